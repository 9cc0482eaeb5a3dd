// Types as `instance of` and formal parameters write them (DMN 1.5 rules 54 to 56): names, list<T>,
// context<a: T>, function<T> -> T, range<T>.
#pragma once

#include <span>

#include "core/feel/syntax.hpp"

namespace weir::feel {

struct Type {
  enum class Form : std::uint8_t { any, null, simple, list, context, range, function, unknown };
  Form form = Form::any;
  Kind kind = Kind::null;              // simple
  const Type* element = nullptr;       // list, range; function: result
  std::span<const Type* const> parts;  // context: of the entries; function: of the parameters
  std::span<const Key> names;          // context
};

/// A type with a plain name ("number", "date and time", "Any"); form unknown when there is none.
Type named_type(std::string_view name);
/// DMN 1.5 table 55: null is an instance of Null and Any only.
bool instance_of(const Value& value, const Type& type);
/// Conversions of section 10.3.2.9.4: the value itself when it conforms, a singleton list's element, an
/// element as singleton list, date to date and time at midnight UTC; false when nothing applies.
bool coerce(Value& value, const Type& type, Arena& arena);

}  // namespace weir::feel
