#include "cli/variables.hpp"

#include <fmt/format.h>

#include "formats/json/value.hpp"

namespace weir::cli {

using value::Kind;
using value::Value;

Value typed_text(std::string_view text, std::string_view type, value::Arena& arena) {
  if (type == "number") {
    if (const auto number = value::Decimal::parse(text)) return Value::number(*number, arena);
  } else if (type == "boolean") {
    if (text == "true" || text == "false") return Value::boolean(text == "true");
  } else if (type == "date") {
    if (const auto date = value::parse_date(text)) return Value::date(*date);
  } else if (type == "time") {
    if (const auto time = value::parse_time(text)) return Value::time(*time);
  } else if (type == "date and time") {
    if (const auto moment = value::parse_date_time(text)) return Value::date_time(*moment);
  } else if (type == "days and time duration" || type == "years and months duration") {
    if (const auto period = value::parse_period(text))
      return type.front() == 'd' ? Value::duration(period->days_time) : Value::duration(period->years_months);
  }
  return Value::string(text, arena);
}

Value typed_json(const Value& value, std::string_view type, value::Arena& arena) {
  if (!value.is(Kind::string) || type == "number" || type == "boolean") return value;
  return typed_text(value.text(), type, arena);
}

Result<value::Variables> read_variables(const std::vector<VariableOption>& options) {
  value::Variables variables;
  for (const VariableOption& each : options) {
    if (!each.json) {
      variables.set(each.name, Value::string(each.value));
      continue;
    }
    const Result<value::OwnedValue> value = formats::json::read(each.value);
    if (!value) return Error{fmt::format("-v {}: {}", each.name, value.error().message)};
    variables.set(each.name, value->get());
  }
  return variables;
}

}  // namespace weir::cli
