// Looks for a place in a box of inputs that none of some rules covers.
#pragma once

#include <functional>
#include <unordered_set>

#include "core/dmn/boxes.hpp"

namespace weir::dmn {

using Bits = std::vector<std::uint64_t>;

class CoverageSearch {
 public:
  /// `work`: words of bit sets that may be looked at; it is used up by all searches together.
  CoverageSearch(const Boxes& boxes, std::size_t rules, std::size_t memory, std::uint64_t& work);
  /// False: the table is too large for `memory`.
  [[nodiscard]] bool possible() const { return possible_; }

  enum class Answer : std::uint8_t { covered, uncovered, unknown };
  /// Whether `rules` cover every place of `box` (regions of each input). Places that are not are handed to
  /// `found` until it returns false.
  using Found = std::function<bool(const std::vector<std::uint32_t>&)>;
  Answer search(const std::vector<const Regions*>& box, const Bits& rules, const Found& found);

 private:
  void look(std::size_t input, const Bits& rules);

  std::size_t words_;
  std::uint64_t& work_;
  bool possible_ = true;
  std::vector<std::vector<std::uint64_t>> rows_;  // of each input: regions times words, rules that match
  std::vector<Bits> rest_;                        // rules that match everything from this input on
  // One search.
  const std::vector<const Regions*>* box_ = nullptr;
  const Found* found_ = nullptr;
  std::vector<std::uint32_t> at_;
  std::vector<std::unordered_set<std::string>> seen_;  // of each input: sets of rules that were looked at
  bool stopped_ = false, exhausted_ = false, uncovered_ = false;
};

}  // namespace weir::dmn
