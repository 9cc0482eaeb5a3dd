// Every place of a file where an expression may stand, as the document has it: what BPMN itself calls an
// expression, scripts, and the attributes and extension elements of vendors that look like one.
#pragma once

#include <functional>

#include "core/model/definitions.hpp"

namespace weir::model {

struct ExpressionPlace {
  enum class Sort : std::uint8_t {
    formal,   // an element that the specification says holds an expression
    script,   // the body of a script; `language` is its format
    mapping,  // where a variable or a resource comes from: an expression or literal text
    vendor,   // any other text of a vendor that looks like an expression
  };
  Sort sort = Sort::formal;
  std::string_view role;                // "condition", "timer", "input mapping" ...
  ElementId owner = ElementId::none;    // the nearest element around it with an id
  ElementId element = ElementId::none;  // that holds the text
  Expression expression;
};

/// Calls `visit` for each in document order; places without any text are left out.
void for_each_expression(const Document& document, const std::function<void(const ExpressionPlace&)>& visit);

/// The attributes and texts of a vendor hold FEEL after '=' (Camunda 8), or JUEL in ${...} and #{...}.
bool looks_like_expression(std::string_view text, Namespace vendor);

}  // namespace weir::model
