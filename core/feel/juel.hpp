// JUEL, the expression language of ${...} and #{...} in Camunda 7, Flowable and Activiti files (JSR 245),
// onto the trees of FEEL. "abc ${x} def" is a text with expressions in it.
#pragma once

#include <string_view>
#include <vector>

#include "core/feel/parser.hpp"

namespace weir::feel {

/// The text must live as long as the arena.
Parsed parse_juel(std::string_view text, const Place& place, Arena& arena, Diagnostics& diagnostics);
/// One expression as Java, MVEL, Groovy and JavaScript write it: "return x > 10;", `return` and `;` may be
/// missing.
Parsed parse_script(std::string_view text, const Place& place, Arena& arena, Diagnostics& diagnostics);
/// Calls that only the program an expression was written for can make: methods of its objects, functions that
/// weir does not have. Names, each once.
std::vector<std::string_view> foreign_calls(const Node& root);
/// Contains ${ or #{.
bool looks_like_juel(std::string_view text);

}  // namespace weir::feel
