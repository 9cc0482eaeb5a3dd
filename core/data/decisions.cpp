// One evaluation, then the result is taken apart as the dialect wants it.
#include "core/data/decisions.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/dmn/results.hpp"
#include "core/value/print.hpp"

namespace weir::data {

using value::Entry;
using value::Value;

namespace {

constexpr std::size_t most_shown = 60;  // of a value in an explanation

std::string shortened(std::string text) {
  return text.size() > most_shown ? text.substr(0, most_shown - 3) + "..." : text;
}

/// "rule 2 lead (amount = 300, category = "travel")"
std::string rules_text(const dmn::Explanation::TableTrace& table) {
  std::string text = table.rules.empty() ? "no rule" : table.rules.size() == 1 ? "rule" : "rules";
  for (const dmn::Explanation::Rule& rule : table.rules)
    text += fmt::format("{} {}{}{}", &rule == table.rules.data() ? "" : ",", rule.number,
                        rule.id.empty() ? "" : " ", rule.id);
  std::string inputs;
  for (const dmn::Explanation::Input& input : table.inputs)
    inputs += fmt::format("{}{} = {}", inputs.empty() ? "" : ", ", input.label, shortened(input.value));
  return inputs.empty() ? text : fmt::format("{} ({})", text, inputs);
}

/// What one question comes to; lives as long as decide() runs.
class Asking {
 public:
  Asking(const model::FlowNode& activity, feel::Workspace& workspace, Diagnostics& diagnostics)
      : activity_(activity), call_(activity.work.decision), workspace_(workspace), diagnostics_(diagnostics) {
    explanation_.matches_only = true;
  }

  Decided run(const FindDecision& find, bool newest, const value::Scope& scope, Texts& texts) {
    workspace_.reset();
    const std::size_t before = diagnostics_.size();
    const Value written = texts.text(call_.reference, scope, workspace_, diagnostics_, call_.span);
    if (!written.is(value::Kind::string) || written.text().empty())
      return fail(fmt::format("which decision '{}' asks is not known: {} is {}{}", activity_.label(),
                              call_.reference, value::to_literal(written), troubles(before)));
    reference_ = decision_reference(written.text());
    reference_.binding = newest ? "latest" : std::string(call_.binding);
    if (const std::string wrong = read_version(scope, texts); !wrong.empty()) return fail(wrong);
    const Result<dmn::Decision> found = find(reference_);
    if (!found) {
      made_.missing = true;
      return fail(fmt::format("'{}' asks for a decision: {}", activity_.label(), found.error().message));
    }
    decision_ = *found;
    evaluate(scope);
    return made_;
  }

 private:
  std::string read_version(const value::Scope& scope, Texts& texts) {
    const auto known = std::find(model::decision_bindings.begin(), model::decision_bindings.end(),
                                 std::string_view(reference_.binding));
    if (known == model::decision_bindings.end())
      return fmt::format("'{}' binds its decision by '{}', which is none of latest, deployment, version",
                         activity_.label(), reference_.binding);
    if (reference_.binding == "versionTag")
      return fmt::format(
          "'{}' asks for the decision '{}' by a version tag; weir knows versions by number only",
          activity_.label(), reference_.id);
    if (reference_.binding != "version") return {};
    const Value version = texts.text(call_.version, scope, workspace_, diagnostics_, call_.span);
    const auto number = value::Decimal::parse(value::to_text(version));
    const auto whole = number ? number->to_integer() : std::nullopt;
    if (!whole || *whole < 1)
      return fmt::format("'{}' asks for version '{}' of the decision '{}', which is no version number",
                         activity_.label(), value::to_text(version), reference_.id);
    reference_.version = static_cast<std::uint64_t>(*whole);
    return {};
  }

  void evaluate(const value::Scope& scope) {
    Diagnostics found;
    const std::size_t before = diagnostics_.size();
    const Value result = dmn::evaluate(decision_, scope, workspace_, found, &explanation_);
    bool mistaken = false;
    look_at_inputs(found);
    for (Diagnostic& each : found.list()) {
      const bool swallowed = each.code == "dmn-no-rule" || (call_.mapping == "value" && each.group == "feel");
      mistaken = mistaken || !swallowed;
      diagnostics_.add(std::move(each));
    }
    if (result.is_null() && mistaken)
      fail(fmt::format("the decision '{}' that '{}' asks has no result{}", name(), activity_.label(),
                       troubles(before)));
    else if (nothing_matched() && call_.must_match)
      fail(fmt::format("no rule of the decision '{}' that '{}' asks matches", name(), activity_.label()));
    else
      take(result);
    made_.why = fmt::format("{} = {}", name(), shortened(value::to_literal(result)));
    for (const dmn::Explanation::TableTrace& table : explanation_.tables)
      made_.why += table.table == own_table() ? fmt::format(" by {}", rules_text(table)) : "";
    for (const dmn::Explanation::TableTrace& table : explanation_.tables)
      if (table.table != own_table())
        made_.why += fmt::format("; {} by {}", table.decision, rules_text(table));
  }

  void look_at_inputs(const Diagnostics& found) {
    for (const dmn::Explanation::TableTrace& table : explanation_.tables)
      for (const dmn::Explanation::Input& input : table.inputs)
        made_.lacks_data = made_.lacks_data || input.value == "null";
    for (const Diagnostic& each : found.list())
      made_.lacks_data =
          made_.lacks_data || each.code == "feel-unknown-variable" || each.code == "feel-null-operand";
  }

  void take(const Value& result) {
    value::Arena& arena = workspace_.arena;
    const std::string_view variable = activity_.result_variable;
    if (call_.mapping == "value") {
      set(activity_.outputs.empty() ? made_.variables : made_.locals, variable, result);
      return;
    }
    const Value rows = dmn::rows(decision_, result, nothing_matched(), arena);
    if (call_.mapping == "outputs") return take_outputs(result, rows);
    const Value mapped = this->mapped(rows);
    if (!made_.problem.empty()) return;
    set(made_.variables, variable, mapped);
    set(made_.locals, "decisionResult", rows);
  }

  void take_outputs(const Value& result, const Value& rows) {
    const std::span<const Value> all = rows.items();
    value::Variables& variables = activity_.outputs.empty() ? made_.variables : made_.locals;
    // Mappings may also speak of the result as a whole.
    if (!activity_.outputs.empty()) {
      set(variables, name(), result);
      set(variables, reference_.id, result);
    }
    if (dmn::gives_list(decision_)) {
      if (activity_.outputs.empty()) set(variables, reference_.id, rows);
    } else if (!all.empty() && all[0].is(value::Kind::context)) {
      for (const Entry& each : all[0].entries()) set(variables, each.key.text(), each.value);
    }
  }

  static void set(value::Variables& variables, std::string_view name, const Value& value) {
    if (!name.empty()) variables.set(name, value);
  }

  /// As Camunda 7 maps it, or a problem.
  Value mapped(const Value& rows) {
    const std::span<const Value> all = rows.items();
    const bool one_row = call_.mapping == "singleEntry" || call_.mapping == "singleResult";
    if (std::find(model::decision_mappings.begin(), model::decision_mappings.end(), call_.mapping) ==
        model::decision_mappings.end())
      return reject(
          fmt::format("'{}' maps the result of its decision by '{}', which is none of singleEntry, "
                      "singleResult, collectEntries, resultList",
                      activity_.label(), call_.mapping));
    if (one_row && all.size() > 1)
      return reject(
          fmt::format("{} rules of the decision '{}' that '{}' asks count, but its mapping {} takes one",
                      all.size(), name(), activity_.label(), call_.mapping));
    if (call_.mapping == "resultList") return rows;
    if (call_.mapping == "singleResult") return all.empty() ? Value{} : all[0];
    Value* values = workspace_.arena.array<Value>(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (!all[i].is(value::Kind::context) || all[i].entries().size() != 1)
        return reject(
            fmt::format("the decision '{}' that '{}' asks has several outputs, but its mapping {} takes one",
                        name(), activity_.label(), call_.mapping));
      ::new (static_cast<void*>(values + i)) Value(all[i].entries()[0].value);
    }
    if (call_.mapping == "collectEntries") return Value::list({values, all.size()});
    return all.empty() ? Value{} : values[0];
  }

  [[nodiscard]] const dmn::Table* own_table() const { return dmn::element(decision_).logic.table.get(); }
  /// The decision's own table was looked at and none of its rules matched.
  [[nodiscard]] bool nothing_matched() const {
    return std::any_of(explanation_.tables.begin(), explanation_.tables.end(),
                       [&](const auto& table) { return table.table == own_table() && table.rules.empty(); });
  }
  [[nodiscard]] const std::string& name() const { return dmn::element(decision_).name; }

  std::string troubles(std::size_t from) const {
    std::string out;
    for (std::size_t i = from; i < diagnostics_.size() && i < from + 3; ++i)
      out += (i == from ? ": " : "; ") + diagnostics_.list()[i].message;
    return out;
  }

  Decided& fail(std::string problem) {
    made_.problem = std::move(problem);
    return made_;
  }
  Value reject(std::string problem) {
    fail(std::move(problem));
    return {};
  }

  const model::FlowNode& activity_;
  const model::DecisionCall& call_;
  feel::Workspace& workspace_;
  Diagnostics& diagnostics_;
  DecisionReference reference_;
  dmn::Decision decision_;
  dmn::Explanation explanation_;
  Decided made_;
};

}  // namespace

DecisionReference decision_reference(std::string_view text) {
  DecisionReference reference;
  const std::size_t hash = text.rfind('#');
  const std::string_view file = hash == std::string_view::npos ? std::string_view{} : text.substr(0, hash);
  if (file.ends_with(".dmn") || file.ends_with(".toml") || file.ends_with(".xml")) {
    reference.file = file;
    text.remove_prefix(hash + 1);
  }
  reference.id = text;
  return reference;
}

bool is_decision_file(std::string_view name, std::string_view wanted) {
  while (wanted.starts_with("./")) wanted.remove_prefix(2);
  while (wanted.starts_with("../")) wanted.remove_prefix(3);
  if (wanted.empty() || name == wanted) return true;
  return name.size() > wanted.size() && name.ends_with(wanted) &&
         name[name.size() - wanted.size() - 1] == '/';
}

Decided decide(const model::FlowNode& activity, const FindDecision& find, bool newest,
               const value::Scope& scope, Texts& texts, feel::Workspace& workspace,
               Diagnostics& diagnostics) {
  return Asking(activity, workspace, diagnostics).run(find, newest, scope, texts);
}

}  // namespace weir::data
