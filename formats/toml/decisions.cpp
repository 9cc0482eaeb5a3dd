// A row is the input cells, FEEL unary tests, then the outputs, values of TOML or FEEL behind "= ", and
// perhaps a remark.
#include "formats/toml/decisions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/did_you_mean.hpp"
#include "core/feel/expression.hpp"
#include "core/value/print.hpp"
#include "formats/toml/texts.hpp"

namespace weir::formats::toml {

namespace {

using weir::dmn::Aggregation;
using weir::dmn::Element;
using weir::dmn::HitPolicy;
using weir::dmn::Table;
using weir::dmn::Text;

struct Hit {
  std::string_view word;
  HitPolicy policy;
  Aggregation aggregation = Aggregation::none;
};
constexpr std::array hits{
    Hit{"unique", HitPolicy::unique},
    Hit{"first", HitPolicy::first},
    Hit{"priority", HitPolicy::priority},
    Hit{"any", HitPolicy::any},
    Hit{"collect", HitPolicy::collect},
    Hit{"collect+", HitPolicy::collect, Aggregation::sum},
    Hit{"collect<", HitPolicy::collect, Aggregation::min},
    Hit{"collect>", HitPolicy::collect, Aggregation::max},
    Hit{"collect#", HitPolicy::collect, Aggregation::count},
    Hit{"rule-order", HitPolicy::rule_order},
    Hit{"output-order", HitPolicy::output_order},
};
constexpr std::array<std::string_view, 6> keys = {"id", "name", "hit", "inputs", "outputs", "rules"};
constexpr std::array<std::string_view, 1> unsupported = {"types"};
constexpr int deepest = 20;

class Reader {
 public:
  Reader(Context& context, weir::dmn::Definitions& out) : context_(context), out_(out) {}

  void table(const Value& written) {
    context_.check_keys(written, keys, "in [[decision]]", unsupported);
    Element made;
    made.span = written.span;
    if (!identify(written, made)) return;
    made.logic.form = weir::dmn::Boxed::Form::table;
    made.logic.span = made.span;
    made.logic.table = std::make_unique<Table>();
    Table& table = *made.logic.table;
    table.hit_policy_span = made.span;
    if (const Entry* hit = written.find("hit")) read_hit(*hit, table);
    columns(written, made, table);
    if (const Entry* rules = need(written, "rules", "[[\"> 100\", \"large\"], ...]")) {
      if (!rules->value.is_array())
        context_.wrong(rules->value.span, "'rules' is an array of rows, each an array of cells");
      else
        for (const Value& each : rules->value.items) row(each, made, table);
    }
    out_.elements.push_back(std::move(made));
  }

 private:
  bool identify(const Value& written, Element& made) {
    const Entry* id = need(written, "id", "\"name\"");
    const std::string* text = id == nullptr ? nullptr : context_.text(*id);
    if (text == nullptr) return false;
    made.span = id->value.content;
    if (!is_id(*text)) {
      context_.wrong(
          id->value.span,
          fmt::format("'{}' is no id: letters, digits, '_', '.' and '-', with a letter first", *text));
      return false;
    }
    for (const Element& each : out_.elements)
      if (each.kind == Element::Kind::decision && each.id == *text) {
        context_.error("duplicate-id", made.span, fmt::format("there is a decision '{}' already", *text))
            .notes.push_back({"here", each.span});
        return false;
      }
    made.id = made.name = *text;
    if (const Entry* name = written.find("name"))
      if (const std::string* said = context_.text(*name); said != nullptr && !said->empty())
        made.name = *said;
    made.variable = {made.name, {}, made.span};
    return true;
  }

  const Entry* need(const Value& written, std::string_view key, std::string_view example) {
    const Entry* found = written.find(key);
    if (found == nullptr)
      context_.error("missing-key", written.span, fmt::format("a decision needs {} = {}", key, example));
    return found;
  }

  void read_hit(const Entry& entry, Table& table) {
    const std::string* text = context_.text(entry);
    if (text == nullptr) return;
    table.hit_policy_span = entry.value.content;
    std::vector<std::string_view> words;
    for (const Hit& each : hits) {
      words.push_back(each.word);
      if (each.word != *text) continue;
      table.hit_policy = each.policy;
      table.aggregation = each.aggregation;
      return;
    }
    context_.wrong(entry.value.content,
                   fmt::format("'{}' is no hit policy{}", *text, did_you_mean_text(*text, words)));
  }

  void columns(const Value& written, Element& made, Table& table) {
    if (const Entry* inputs = need(written, "inputs", "[\"amount\"]"))
      for (const Value* each : context_.texts(*inputs)) {
        Table::Input& input = table.inputs.emplace_back();
        input.label = each->text;
        input.expression.form = weir::dmn::Boxed::Form::literal;
        input.expression.span = each->content;
        input.expression.text = feel(*each, made, feel::Language::feel);
      }
    const Entry* outputs = need(written, "outputs", "[\"verdict\"]");
    if (outputs == nullptr) return;
    if (outputs->value.is_array() && outputs->value.items.empty())
      context_.wrong(outputs->value.span, "a decision needs at least one output");
    for (const Value* each : context_.texts(*outputs)) {
      if (!is_id(each->text))
        context_.wrong(each->span, fmt::format("'{}' is no name of a variable", each->text));
      table.outputs.emplace_back().name = {each->text, {}, each->content};
    }
  }

  void row(const Value& written, Element& made, Table& table) {
    const std::size_t inputs = table.inputs.size(), cells = inputs + table.outputs.size();
    const std::size_t count = written.is_array() ? written.items.size() : 0;
    const bool remark = count == cells + 1 && written.items.back().is_string();
    if (!written.is_array() || (count != cells && !remark)) {
      context_.wrong(written.span,
                     fmt::format("a rule of '{}' has {} cells: {} for the inputs, {} for the outputs, and "
                                 "perhaps a text as remark",
                                 made.id, cells, inputs, table.outputs.size()));
      return;
    }
    Table::Rule& rule = table.rules.emplace_back();
    rule.span = written.span;
    for (std::size_t i = 0; i < cells; ++i) {
      const Value& cell = written.items[i];
      if (i >= inputs) {
        rule.outputs.push_back(output(cell, made));
      } else if (cell.is_string()) {
        rule.inputs.push_back(feel(cell, made, feel::Language::unary_tests));
      } else {
        rule.inputs.push_back({literal(cell, 0), cell.span, true});
      }
    }
  }

  Text output(const Value& cell, Element& made) {
    if (cell.is_string() && cell.text.starts_with("= ")) {
      Value expression = cell;
      expression.text.erase(0, 2);
      // Without escapes the text begins where it is written.
      if (cell.content.end - cell.content.begin == cell.text.size()) expression.content.begin += 2;
      return feel(expression, made, feel::Language::feel);
    }
    return {literal(cell, 0), cell.is_string() ? cell.content : cell.span, true};
  }

  Text feel(const Value& value, Element& made, feel::Language language) {
    const Text text{std::string(context_.feel_text(value)), value.content, true};
    if (!text.text.empty() && text.text != "-") use_variables(text, made, language);
    return text;
  }

  /// What an expression looks at becomes input data that the decision requires. Mistakes are found when the
  /// decisions are compiled.
  void use_variables(const Text& text, Element& made, feel::Language language) {
    Diagnostics ignored;
    feel::CompileOptions options;
    options.span = text.span;
    const auto compiled = feel::compile(text.text, language, options, ignored);
    if (!compiled) return;
    for (const std::string_view name : compiled->variables()) {
      const std::string href = fmt::format("#input.{}", name);
      if (std::any_of(made.requirements.begin(), made.requirements.end(),
                      [&](const weir::dmn::Reference& each) { return each.href == href; }))
        continue;
      made.requirements.push_back({weir::dmn::Reference::Kind::input, href, text.span});
      const std::string id = href.substr(1);
      if (std::any_of(out_.elements.begin(), out_.elements.end(),
                      [&](const Element& each) { return each.id == id; }))
        continue;
      Element input;
      input.kind = Element::Kind::input_data;
      input.id = id;
      input.name = name;
      input.span = text.span;
      input.variable = {input.name, type_of(name), text.span};
      out_.elements.push_back(std::move(input));
    }
  }

  /// The type of a variable as DMN calls it; empty = any.
  std::string type_of(std::string_view name) const {
    for (const model::Variable& each : context_.model.variables) {
      if (each.name != name) continue;
      if (each.type == "integer") return "number";
      if (each.type == "datetime") return "date and time";
      for (const std::string_view type : {"string", "number", "boolean", "date", "time"})
        if (each.type == type) return std::string(type);
    }
    return {};
  }

  /// A value of TOML as FEEL.
  std::string literal(const Value& value, int depth) {
    switch (value.kind) {
      case Value::Kind::string:
        return value::to_literal(value::Value::string(value.text));
      case Value::Kind::integer:
        return std::to_string(value.integer);
      case Value::Kind::number: {
        std::string digits = value.text;
        std::erase(digits, '_');
        if (!value::Decimal::parse(digits)) context_.wrong(value.span, "a cell must be a finite number");
        return digits.starts_with('+') ? digits.substr(1) : digits;
      }
      case Value::Kind::boolean:
        return value.boolean ? "true" : "false";
      case Value::Kind::date:
      case Value::Kind::time:
        return fmt::format("@\"{}\"", value.text);
      case Value::Kind::date_time:
        return fmt::format("@\"{}\"", iso_date_time(value.text).value_or(value.text));
      case Value::Kind::array:
      case Value::Kind::table:
        break;
    }
    if (depth > deepest) {
      context_.wrong(value.span, fmt::format("a cell nests more than {} lists and tables", deepest));
      return "null";
    }
    std::string text;
    if (value.is_array()) {
      for (const Value& each : value.items) text += (text.empty() ? "" : ", ") + literal(each, depth + 1);
      return "[" + text + "]";
    }
    for (const Entry& each : value.entries)
      text += fmt::format("{}{}: {}", text.empty() ? "" : ", ",
                          value::to_literal(value::Value::string(each.key)), literal(each.value, depth + 1));
    return "{" + text + "}";
  }

  Context& context_;
  weir::dmn::Definitions& out_;
};

}  // namespace

void read_decisions(Context& context, const Entry& section, weir::dmn::Definitions& decisions) {
  if (!context.is_tables(section)) return;
  Reader reader(context, decisions);
  for (const Value& each : section.value.items) reader.table(each);
}

}  // namespace weir::formats::toml
