// "did you mean": the known word nearest to a typed one.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace weir {

/// The word among `known` that `typed` most probably means, or an empty view when none is near: at most a
/// third of its letters may be missing, wrong, superfluous or swapped. Upper and lower case count as equal.
std::string_view nearest_word(std::string_view typed, std::span<const std::string_view> known);

/// `; did you mean "word"?` or an empty text: to be put after a message.
std::string suggestion(std::string_view typed, std::span<const std::string_view> known);

}  // namespace weir
