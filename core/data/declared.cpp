#include "core/data/declared.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/feel/regex.hpp"
#include "core/model/definitions.hpp"
#include "core/value/print.hpp"

namespace weir::data {

using value::Kind;
using value::Value;

namespace {

/// The value in the declared type, null when it is none of it. Types that are not simple are not looked into.
Value typed(const Value& value, std::string_view type, value::Arena& arena) {
  const bool text = value.is(Kind::string);
  if (type == "number" || type == "integer") {
    Value number = value;
    if (text)
      if (const auto parsed = value::Decimal::parse(value.text())) number = Value::number(*parsed, arena);
    if (!number.is(Kind::number)) return {};
    return type == "integer" && !number.decimal().to_integer() ? Value{} : number;
  }
  if (type == "boolean") {
    if (text && value.text() == "true") return Value::boolean(true);
    if (text && value.text() == "false") return Value::boolean(false);
    return value.is(Kind::boolean) ? value : Value{};
  }
  if (type == "string") return text ? value : Value{};
  if (type == "date") {
    if (const auto date = text ? value::parse_date(value.text()) : std::nullopt) return Value::date(*date);
    return value.is(Kind::date) ? value : Value{};
  }
  if (type == "time") {
    if (const auto time = text ? value::parse_time(value.text()) : std::nullopt) return Value::time(*time);
    return value.is(Kind::time) ? value : Value{};
  }
  if (type == "datetime") {
    if (const auto moment = text ? value::parse_date_time(value.text()) : std::nullopt)
      return Value::date_time(*moment);
    return value.is(Kind::date_time) ? value : Value{};
  }
  if (type == "duration") {
    if (const auto period = text ? value::parse_period(value.text()) : std::nullopt)
      return period->years_months.months == 0 ? Value::duration(period->days_time)
                                              : Value::duration(period->years_months);
    return value.is(Kind::days_time_duration) || value.is(Kind::years_months_duration) ? value : Value{};
  }
  if (type.starts_with("list")) return value.is(Kind::list) ? value : Value{};
  return value;
}

std::string outside(std::string_view minimum, std::string_view maximum, const Value& value) {
  if (!value.is(Kind::number)) return {};
  const value::Decimal number = value.decimal();
  if (const auto least = value::Decimal::parse(minimum); least && number < *least)
    return fmt::format("is less than {}", minimum);
  if (const auto most = value::Decimal::parse(maximum); most && number > *most)
    return fmt::format("is more than {}", maximum);
  return {};
}

/// The same for the number of characters.
std::string outside_length(const model::FormField& field, std::string_view text) {
  const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xc0u) == 0x80; };
  const auto length =
      static_cast<std::int64_t>(text.size()) - std::count_if(text.begin(), text.end(), continues);
  const value::Decimal number(length);
  if (const auto least = value::Decimal::parse(field.shortest); least && number < *least)
    return fmt::format("is shorter than {}", field.shortest);
  if (const auto most = value::Decimal::parse(field.longest); most && number > *most)
    return fmt::format("is longer than {}", field.longest);
  return {};
}

std::string unlike(std::string_view written, const Value& value, feel::Workspace& workspace) {
  if (written.empty() || !value.is(Kind::string)) return {};
  std::string problem;
  feel::Regex* pattern = workspace.regexes.find(fmt::format("^(?:{})$", written), {}, problem);
  if (pattern == nullptr) return fmt::format("has the pattern '{}', which is wrong: {}", written, problem);
  return pattern->search(value.text(), 0) == feel::Regex::Outcome::match
             ? ""
             : fmt::format("does not match '{}'", written);
}

/// The same as forms mean it. What is wrong with the pattern was said when the form was read.
std::string lacks(std::string_view written, const Value& value, feel::Workspace& workspace) {
  if (written.empty() || !value.is(Kind::string)) return {};
  std::string problem;
  feel::Regex* pattern = workspace.regexes.find(written, {}, problem, feel::RegexSyntax::ecmascript);
  if (pattern == nullptr) return {};
  switch (pattern->search(value.text(), 0)) {
    case feel::Regex::Outcome::match:
      return {};
    case feel::Regex::Outcome::none:
      return fmt::format("does not match '{}'", written);
    case feel::Regex::Outcome::limit:
      return fmt::format("takes too many steps to compare with '{}'", written);
  }
  return {};
}

std::string outside(const model::Variable& variable, const Value& value, feel::Workspace& workspace) {
  if (const std::string why = unlike(variable.pattern, value, workspace); !why.empty()) return why;
  if (const std::string why = outside(variable.minimum, variable.maximum, value); !why.empty()) return why;
  if (variable.values.empty()) return {};
  std::string all;
  for (const model::Parameter& each : variable.values) {
    if (each.text == value::to_text(value)) return {};
    all += (all.empty() ? "" : ", ") + std::string(each.text);
  }
  return fmt::format("is none of {}", all);
}

}  // namespace

void add_defaults(const model::Definitions& definitions, value::Variables& variables,
                  feel::Workspace& workspace) {
  for (const model::Variable& each : definitions.variables) {
    if (each.default_value.kind == model::Parameter::Kind::none || variables.find(each.name) != nullptr)
      continue;
    Texts texts;
    Diagnostics ignored;
    workspace.reset();
    variables.set(each.name, texts.parameter(each.default_value, {}, workspace, ignored));
  }
}

Result<value::Variables> declared(const model::Definitions& definitions, const value::Variables& given,
                                  bool beginning, feel::Workspace& workspace) {
  value::Variables out = given;
  if (beginning) add_defaults(definitions, out, workspace);
  for (const model::Variable& variable : definitions.variables) {
    const Value* found = given.find(variable.name);
    if (found == nullptr) {
      if (beginning && variable.required && out.find(variable.name) == nullptr)
        return Error{fmt::format("the process needs '{}'{}: give it with -v {}=...", variable.name,
                                 variable.label.empty() ? "" : fmt::format(" ({})", variable.label),
                                 variable.name)};
      continue;
    }
    if (found->is_null() && !variable.required) continue;
    const Value value = typed(*found, variable.type, workspace.arena);
    if (value.is_null())
      return Error{fmt::format("'{}' must be of type {}, not {}", variable.name, variable.type,
                               value::to_literal(*found))};
    if (const std::string why = outside(variable, value, workspace); !why.empty())
      return Error{fmt::format("'{}' {}: {}", variable.name, why, value::to_literal(value))};
    out.set(variable.name, value);
  }
  return out;
}

Result<Value> filled_in(const model::FormField& field, const Value& given, feel::Workspace& workspace) {
  const Value value = field.type.empty() ? given : typed(given, field.type, workspace.arena);
  if (value.is_null())
    return Error{
        fmt::format("'{}' must be of type {}, not {}", field.variable, field.type, value::to_literal(given))};
  const bool left_out = !field.required && value.is(Kind::string) && value.text().empty();
  std::string why = left_out ? "" : lacks(field.pattern, value, workspace);
  if (why.empty()) why = outside(field.minimum, field.maximum, value);
  if (why.empty() && value.is(Kind::string)) why = outside_length(field, value.text());
  if (why.empty() && !field.values.empty() &&
      std::find(field.values.begin(), field.values.end(), value::to_text(value)) == field.values.end())
    why = fmt::format("is none of {}", fmt::join(field.values, ", "));
  if (!why.empty()) return Error{fmt::format("'{}' {}: {}", field.variable, why, value::to_literal(value))};
  return value;
}

Result<std::uint64_t> fill_in(const AskedForm& form, value::Variables& variables,
                              feel::Workspace& workspace) {
  const std::vector<model::FormField>& fields = form.fields;
  for (const model::FormField& field : fields) {
    const value::Value* given = variables.find(field.variable);
    if (!field.asked) {
      const bool asked = std::any_of(fields.begin(), fields.end(), [&](const model::FormField& each) {
        return each.asked && each.variable == field.variable;
      });
      if (given != nullptr && !asked)
        return Error{fmt::format("'{}' only shows '{}'{}", form.name, field.variable,
                                 form.begins ? "" : ": 'weir instance set' changes it")};
      continue;
    }
    if (given == nullptr && !field.default_value.empty()) {
      Diagnostics ignored;
      Texts texts;
      workspace.reset();
      const value::Value* there = form.scope.find(value::Key(field.variable));
      if (there == nullptr || there->is_null())
        variables.set(field.variable, texts.text(field.default_value, form.scope, workspace, ignored));
      given = variables.find(field.variable);
    }
    const bool missing = given == nullptr || given->is_null();
    if (missing && field.required && form.complete)
      return Error{fmt::format("'{}' asks for '{}': give it with -v {}=...", form.name, field.variable,
                               field.variable)};
    if (missing) continue;
    const Result<value::Value> filled = filled_in(field, *given, workspace);
    if (!filled) return Error{fmt::format("'{}': {}", form.name, filled.error().message)};
    variables.set(field.variable, *filled);
  }
  return variables.size();
}

}  // namespace weir::data
