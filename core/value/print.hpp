// Values as text.
#pragma once

#include <string>

#include "core/value/value.hpp"

namespace weir::value {

/// What FEEL's string() gives: a text as it is, everything else as a literal; texts inside lists and contexts
/// are quoted.
std::string to_text(const Value& value);
void append_text(std::string& out, const Value& value);

/// A FEEL literal that evaluates to the value again: texts quoted, temporal values as @"...", functions as
/// "function(...)".
std::string to_literal(const Value& value);

}  // namespace weir::value
