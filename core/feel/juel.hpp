// JUEL, the expression language of ${...} and #{...} in Camunda 7, Flowable and Activiti files (JSR 245),
// onto the trees of FEEL. "abc ${x} def" is a text with expressions in it.
#pragma once

#include "core/feel/parser.hpp"

namespace weir::feel {

/// The text must live as long as the arena.
Parsed parse_juel(std::string_view text, const Place& place, Arena& arena, Diagnostics& diagnostics);
/// Contains ${ or #{.
bool looks_like_juel(std::string_view text);

}  // namespace weir::feel
