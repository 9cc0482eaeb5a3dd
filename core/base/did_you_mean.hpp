// "did you mean ...?": the nearest word of a list, for misspelt rules, commands, elements and keys.
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace weir {

/// Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`; bytes, case matters.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The largest distance at which a word of this length still counts as misspelt rather than different.
constexpr std::size_t spelling_tolerance(std::size_t length) {
  return length <= 2 ? 0 : length <= 5 ? 1 : length <= 9 ? 2 : 3;
}

/// The nearest of `words` (anything that converts to string_view), or an empty view when none is near.
template <class Words>
std::string_view did_you_mean(std::string_view word, const Words& words) {
  std::string_view best;
  std::size_t best_distance = spelling_tolerance(word.size()) + 1;
  for (const auto& each : words) {
    const std::string_view candidate(each);
    const std::size_t difference =
        candidate.size() > word.size() ? candidate.size() - word.size() : word.size() - candidate.size();
    if (difference >= best_distance) continue;
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

/// "; did you mean 'X'?" for the end of a message, empty when there is no near word.
template <class Words>
std::string did_you_mean_text(std::string_view word, const Words& words) {
  const std::string_view best = did_you_mean(word, words);
  return best.empty() ? std::string{} : fmt::format("; did you mean '{}'?", best);
}

}  // namespace weir
