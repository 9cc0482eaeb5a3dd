// Values may be written as texts even when they are numbers, and the end of an interval may be "inf": a
// comparison with it says nothing and is left out.
#include "formats/prosimos/branch_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "core/base/printable.hpp"

namespace weir::formats::prosimos {

using json::Item;
using json::Kind;

namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

class Translator {
 public:
  Translator(const std::function<bool(std::string_view)>& is_text, Diagnostics& diagnostics)
      : is_text_(is_text), diagnostics_(diagnostics) {}

  std::optional<std::string> alternatives(const Item& rules) {
    std::string out;
    for (const Item& every : rules.items()) {
      std::string together;
      // A single rule may stand without its list.
      for (const Item& rule : every.is(Kind::object) ? std::vector<Item>{every} : every.items()) {
        const std::string one = comparison(rule);
        if (!one.empty()) together += (together.empty() ? "" : " and ") + one;
      }
      if (!together.empty()) out += (out.empty() ? "" : " or ") + together;
    }
    if (failed_) return std::nullopt;
    if (out.empty()) {
      error(rules, "rules that say nothing");
      return std::nullopt;
    }
    return out;
  }

 private:
  void error(const Item& where, std::string message) {
    failed_ = true;
    diagnostics_.error("bad-scenario", std::move(message), where.span()).group = "simulation";
  }

  std::string comparison(const Item& rule) {
    const Item attribute = rule["attribute"], value = rule["value"];
    const std::string_view operation = rule["comparison"].text();
    if (!attribute.is(Kind::string) || !rule["comparison"].is(Kind::string) || !value) {
      error(rule, "a rule must have 'attribute', 'comparison' and 'value'");
      return {};
    }
    const std::string name(attribute.text());
    if (operation == "in") {
      const std::vector<Item> ends = value.items();
      if (ends.size() != 2) {
        error(value, "'in' takes the two ends of an interval");
        return {};
      }
      return fmt::format("({} and {})", bound(name, ">=", ends[0]), bound(name, "<=", ends[1]));
    }
    constexpr std::array<std::string_view, 6> operations{"=", "!=", "<", "<=", ">", ">="};
    if (std::find(operations.begin(), operations.end(), operation) == operations.end()) {
      error(rule["comparison"], fmt::format("comparison '{}' is not known", printable(operation)));
      return {};
    }
    if (is_text_(name)) return fmt::format("{} {} {}", name, operation, quoted(value.text()));
    return bound(name, operation, value);
  }

  std::string bound(const std::string& name, std::string_view operation, const Item& value) {
    const std::optional<double> number =
        value.text() == "inf" ? std::optional<double>(HUGE_VAL) : value.number();
    if (!number || std::isnan(*number)) {
      error(value, fmt::format("'{}' is no number", printable(value.text())));
      return "false";
    }
    if (std::isfinite(*number)) return fmt::format("{} {} {}", name, operation, value.text());
    const bool less = operation == "<" || operation == "<=" || operation == "!=";
    return less == (*number > 0 || operation == "!=") ? "true" : "false";
  }

  const std::function<bool(std::string_view)>& is_text_;
  Diagnostics& diagnostics_;
  bool failed_ = false;
};

}  // namespace

std::optional<std::string> rules_as_feel(const Item& rules,
                                         const std::function<bool(std::string_view)>& is_text,
                                         Diagnostics& diagnostics) {
  return Translator(is_text, diagnostics).alternatives(rules);
}

}  // namespace weir::formats::prosimos
