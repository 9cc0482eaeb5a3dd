// not, is, string, number, and Camunda's tests for missing values.
#include <algorithm>
#include <string>

#include "core/feel/builtins/arguments.hpp"
#include "core/feel/builtins/functions.hpp"
#include "core/value/compare.hpp"
#include "core/value/print.hpp"

namespace weir::feel::functions {

Value not_of(const Call& call) {
  const Value* truth = argument(call, 0, Kind::boolean);
  if (truth != nullptr) return Value::boolean(!truth->truth());
  if (call[0].is_null()) return Value{};
  return refuse(call, 0);
}

/// Same type and the same value, zones and all; never null.
Value is(const Call& call) {
  const Value left = call.size() > 0 ? call[0] : Value{};
  const Value right = call.size() > 1 ? call[1] : Value{};
  if (left.kind() != right.kind()) return Value::boolean(false);
  if (left.is(Kind::time))
    return Value::boolean(left.time().nanoseconds == right.time().nanoseconds &&
                          left.time().zone == right.time().zone);
  if (left.is(Kind::date_time)) {
    const value::DateTime a = left.date_time();
    const value::DateTime b = right.date_time();
    return Value::boolean(a.seconds == b.seconds && a.nanoseconds == b.nanoseconds && a.zone == b.zone);
  }
  return Value::boolean(value::same(left, right));
}

Value string_of(const Call& call) {
  if (call[0].is_null()) return Value{};
  if (call[0].is(Kind::string)) return call[0];
  return text_value(call, value::to_text(call[0]));
}

Value number_of(const Call& call) {
  if (call.size() == 1 && call[0].is(Kind::number)) return call[0];
  const Value* text = argument(call, 0, Kind::string);
  if (text == nullptr) return refuse(call, 0);
  // Separators: grouping is blank, ',' or '.'; decimal is ',' or '.'; not the same.
  char grouping = '\0';
  char point = '.';
  if (given(call, 1)) {
    const Value* separator = argument(call, 1, Kind::string);
    if (separator == nullptr ||
        (separator->text() != " " && separator->text() != "," && separator->text() != "."))
      return refuse(call, 1);
    grouping = separator->text()[0];
  }
  if (given(call, 2)) {
    const Value* separator = argument(call, 2, Kind::string);
    if (separator == nullptr || (separator->text() != "," && separator->text() != "."))
      return refuse(call, 2);
    point = separator->text()[0];
  }
  if (grouping == point) return refuse(call, 2);
  std::string plain;
  for (const char c : text->text()) {
    if (c == grouping) continue;
    if (c == '.' && point != '.') return refuse(call, 0);
    plain += c == point ? '.' : c;
  }
  const auto number = Decimal::parse(plain);
  if (!number || plain.ends_with('.')) return refuse(call, 0);
  return Value::number(*number, call.evaluator.arena());
}

Value is_defined(const Call& call) {
  return Value::boolean(!call[0].is_null());
}

Value get_or_else(const Call& call) {
  return call[0].is_null() ? call[1] : call[0];
}

/// assert(value, condition, cause?): the value when the condition holds.
Value assert_that(const Call& call) {
  if (call[1].is_true()) return call[0];
  const Value cause = call.size() > 2 ? call[2] : Value::string("the condition does not hold");
  return call.evaluator.fail(TroubleKind::argument, call.node, "assertion failed: {0:n}", cause);
}

/// A placeholder of ad-hoc sub-processes for AI agents: the value itself.
Value from_ai(const Call& call) {
  return call[0];
}

}  // namespace weir::feel::functions
