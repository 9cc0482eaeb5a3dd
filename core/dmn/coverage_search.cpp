// A walk over the inputs, region by region, with the rules that still match as a bit set. Two things keep it
// short: a rule that asks for nothing any more ends it, and a set of rules that was met before at the same
// input is not looked at again.
#include "core/dmn/coverage_search.hpp"

#include <algorithm>

namespace weir::dmn {

CoverageSearch::CoverageSearch(const Boxes& boxes, std::size_t rules, std::size_t memory, std::uint64_t& work)
    : words_((rules + 63) / 64), work_(work) {
  std::size_t needed = 0;
  for (const Boxes::Input& input : boxes.inputs) needed += input.axis.size() * words_ * sizeof(std::uint64_t);
  possible_ = needed <= memory;
  if (!possible_) return;
  const std::size_t inputs = boxes.inputs.size();
  rest_.assign(inputs + 1, Bits(words_, 0));
  for (std::size_t rule = 0; rule < rules; ++rule) rest_[inputs][rule / 64] |= std::uint64_t{1} << rule % 64;
  rows_.resize(inputs);
  for (std::size_t i = inputs; i-- > 0;) {
    rows_[i].assign(boxes.inputs[i].axis.size() * words_, 0);
    Bits everywhere(words_, 0);
    for (std::size_t rule = 0; rule < rules; ++rule) {
      const std::uint64_t bit = std::uint64_t{1} << rule % 64;
      const Regions& cell = boxes.cell(rule, i);
      if (cell == boxes.inputs[i].domain) {
        everywhere[rule / 64] |= bit;
        rest_[i][rule / 64] |= rest_[i + 1][rule / 64] & bit;
        continue;
      }
      for (const auto& [from, to] : cell)
        for (std::size_t region = from; region <= to; ++region) rows_[i][region * words_ + rule / 64] |= bit;
    }
    for (std::size_t at = 0; at < rows_[i].size(); ++at) rows_[i][at] |= everywhere[at % words_];
  }
}

CoverageSearch::Answer CoverageSearch::search(const std::vector<const Regions*>& box, const Bits& rules,
                                              const Found& found) {
  box_ = &box;
  found_ = &found;
  at_.assign(box.size(), 0);
  for (std::size_t i = 0; i < box.size(); ++i) {
    if (box[i]->empty()) return Answer::covered;
    at_[i] = box[i]->front().first;
  }
  seen_.assign(box.size(), {});
  stopped_ = exhausted_ = uncovered_ = false;
  look(0, rules);
  return uncovered_ ? Answer::uncovered : exhausted_ ? Answer::unknown : Answer::covered;
}

void CoverageSearch::look(std::size_t input, const Bits& rules) {
  std::uint64_t any = 0;
  std::uint64_t all = 0;
  for (std::size_t w = 0; w < words_; ++w) {
    any |= rules[w];
    all |= rules[w] & rest_[input][w];
  }
  if (any == 0) {
    uncovered_ = true;
    stopped_ = !(*found_)(at_);
    return;
  }
  if (all != 0 || input == box_->size()) return;
  const std::string_view bytes(reinterpret_cast<const char*>(rules.data()), words_ * sizeof(std::uint64_t));
  if (!seen_[input].emplace(bytes).second) return;
  // Sets that are kept cost memory too: they are paid for like work, many times over.
  constexpr std::uint64_t price = 16;
  const std::uint64_t cost = words_ * price;
  if (work_ < cost) {
    exhausted_ = stopped_ = true;
    return;
  }
  work_ -= cost;
  Bits next(words_);
  Bits last;
  for (const auto& [from, to] : *(*box_)[input])
    for (std::size_t region = from; region <= to; ++region) {
      if (work_ < words_) {
        exhausted_ = stopped_ = true;
        return;
      }
      work_ -= words_;
      const std::uint64_t* row = rows_[input].data() + region * words_;
      for (std::size_t w = 0; w < words_; ++w) next[w] = rules[w] & row[w];
      if (next == last) continue;
      last = next;
      at_[input] = static_cast<std::uint32_t>(region);
      look(input + 1, next);
      if (stopped_) return;
    }
  at_[input] = (*box_)[input]->front().first;
}

}  // namespace weir::dmn
