// Types of item definitions: structure as FEEL knows it, and constraints on the values (DMN 1.5
// sections 7.3.2 and 10.3.2.9).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/feel/expression.hpp"
#include "core/feel/types.hpp"

namespace weir::dmn {

using value::Key;
using value::Kind;
using value::Value;

struct Type {
  enum class Form : std::uint8_t { any, simple, list, context, function };
  Form form = Form::any;
  Kind kind = Kind::null;                   // simple
  const Type* element = nullptr;            // list; function: the result, may be null
  std::vector<const Type*> parts;           // context, function
  std::vector<Key> names;                   // context, function
  std::optional<feel::Expression> allowed;  // unary tests that the value must pass
  std::string allowed_text;
  std::string name;  // for messages
};

enum class Fit : std::uint8_t { yes, wrong_type, not_allowed };

/// Whether the value is of the type; null always is.
Fit fits(const Value& value, const Type& type, feel::Workspace& workspace);
/// Conversions of section 10.3.2.9.4, then fits().
Fit convert(Value& value, const Type& type, feel::Workspace& workspace);

}  // namespace weir::dmn
