// Structural tests on values, and the conversions that parameters allow.
#include "core/feel/types.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/feel/evaluator.hpp"

namespace weir::feel {

Type named_type(std::string_view name) {
  constexpr auto kinds = std::to_array<std::pair<std::string_view, Kind>>({
      {"number", Kind::number},
      {"string", Kind::string},
      {"boolean", Kind::boolean},
      {"date", Kind::date},
      {"time", Kind::time},
      {"date and time", Kind::date_time},
      {"dateTime", Kind::date_time},
      {"days and time duration", Kind::days_time_duration},
      {"day time duration", Kind::days_time_duration},
      {"dayTimeDuration", Kind::days_time_duration},
      {"years and months duration", Kind::years_months_duration},
      {"year month duration", Kind::years_months_duration},
      {"yearMonthDuration", Kind::years_months_duration},
      {"list", Kind::list},
      {"context", Kind::context},
      {"function", Kind::function},
      {"range", Kind::range},
  });
  Type type;
  for (const auto& [known, kind] : kinds) {
    if (known != name) continue;
    type.form = Type::Form::simple;
    type.kind = kind;
    return type;
  }
  type.form = name == "Any" || name == "any"     ? Type::Form::any
              : name == "Null" || name == "null" ? Type::Form::null
                                                 : Type::Form::unknown;
  return type;
}

namespace {
/// `narrow` conforms to `wide` (DMN 1.5 section 10.3.2.9.3).
bool conforms(const Type& narrow, const Type& wide) {
  if (wide.form == Type::Form::any || narrow.form == Type::Form::null) return true;
  if (wide.form == Type::Form::simple && wide.kind == Kind::list && narrow.form == Type::Form::list)
    return true;
  if (wide.form == Type::Form::simple && wide.kind == Kind::context && narrow.form == Type::Form::context)
    return true;
  if (wide.form != narrow.form) return false;
  switch (wide.form) {
    case Type::Form::simple:
      return narrow.kind == wide.kind;
    case Type::Form::list:
    case Type::Form::range:
      return conforms(*narrow.element, *wide.element);
    case Type::Form::context:
      for (std::size_t i = 0; i < wide.names.size(); ++i) {
        const auto at = std::find(narrow.names.begin(), narrow.names.end(), wide.names[i]);
        if (at == narrow.names.end() ||
            !conforms(*narrow.parts[static_cast<std::size_t>(at - narrow.names.begin())], *wide.parts[i]))
          return false;
      }
      return true;
    case Type::Form::function:
      if (narrow.parts.size() != wide.parts.size()) return false;
      for (std::size_t i = 0; i < wide.parts.size(); ++i)
        if (!conforms(*wide.parts[i], *narrow.parts[i])) return false;
      return conforms(*narrow.element, *wide.element);
    default:
      return false;
  }
}
}  // namespace

bool instance_of(const Value& value, const Type& type) {
  switch (type.form) {
    case Type::Form::any:
      return !value.is_null();
    case Type::Form::null:
      return value.is_null();
    case Type::Form::simple:
      return value.is(type.kind);
    case Type::Form::list:
      return value.is(Kind::list) &&
             std::all_of(value.items().begin(), value.items().end(), [&](const Value& item) {
               return item.is_null() || instance_of(item, *type.element);
             });
    case Type::Form::context:
      if (!value.is(Kind::context)) return false;
      for (std::size_t i = 0; i < type.names.size(); ++i) {
        const Value* entry = value.find(type.names[i]);
        if (entry == nullptr || !(entry->is_null() || instance_of(*entry, *type.parts[i]))) return false;
      }
      return true;
    case Type::Form::range: {
      if (!value.is(Kind::range)) return false;
      const value::Range& range = value.range();
      const auto fits = [&](const Value& end) { return end.is_null() || instance_of(end, *type.element); };
      return fits(range.low) && fits(range.high);
    }
    case Type::Form::function: {
      if (!value.is(Kind::function)) return false;
      const value::Function& function = value.function();
      if (function.native != nullptr) return function.native->parameters.size() == type.parts.size();
      if (function.node == nullptr) return true;
      const auto parameters = function.node->types;
      if (parameters.size() != type.parts.size()) return false;
      for (std::size_t i = 0; i < parameters.size(); ++i)
        if (parameters[i] != nullptr && !conforms(*type.parts[i], *parameters[i])) return false;
      return true;
    }
    case Type::Form::unknown:
      return false;
  }
  return false;
}

bool coerce(Value& value, const Type& type, Arena& arena) {
  if (value.is_null() || type.form == Type::Form::any || type.form == Type::Form::unknown ||
      instance_of(value, type))
    return true;
  if (value.is(Kind::list) && value.items().size() == 1 && instance_of(value.items()[0], type)) {
    value = Value(value.items()[0]);
    return true;
  }
  const bool wants_list =
      type.form == Type::Form::list || (type.form == Type::Form::simple && type.kind == Kind::list);
  if (wants_list && (type.form == Type::Form::simple || instance_of(value, *type.element))) {
    value = Value::list({arena.make(value), 1});
    return true;
  }
  if (value.is(Kind::date) && type.form == Type::Form::simple && type.kind == Kind::date_time) {
    value = Value::date_time(value::at(value.date(), {0, value::Zone::offset(0)}));
    return true;
  }
  if (value.is(Kind::date_time) && type.form == Type::Form::simple && type.kind == Kind::date) {
    value = Value::date(value::date_of(value.date_time()));
    return true;
  }
  return false;
}

}  // namespace weir::feel
