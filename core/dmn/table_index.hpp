// Which rules can match, found by one look-up per input and an AND of bit sets instead of a walk over the
// rules. An input column is indexed when its tests compare with constants of one kind: numbers, dates, texts
// or booleans; tests that cannot be indexed count as "maybe" and are evaluated for the candidates only.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/feel/expression.hpp"

namespace weir::dmn {

using value::Kind;
using value::Value;

/// One column: regions of values between which no test tells, and for each the rules that match there.
class ColumnIndex {
 public:
  /// `tests` has one entry per rule, null for "-".
  void build(std::span<const feel::Expression* const> tests);
  [[nodiscard]] bool indexed() const { return kind_ != Kind::null; }
  /// Rules as bits; all words outside of [first, last) are 0.
  struct Row {
    const std::uint64_t* bits = nullptr;
    std::uint32_t first = 0, last = 0;
  };
  /// Candidates for a value; no bits when the column says nothing about values of that kind.
  [[nodiscard]] Row find(const Value& value) const;
  /// The rule's test must be evaluated, find() does not decide it.
  [[nodiscard]] const std::uint64_t* maybe() const { return maybe_.data(); }
  [[nodiscard]] bool has_maybe() const { return has_maybe_; }

 private:
  [[nodiscard]] std::size_t region(const Value& value) const;

  Kind kind_ = Kind::null;  // null: not indexed
  int exponent_ = 0;        // of the bounds of numbers
  std::size_t words_ = 0;
  std::vector<std::int64_t> bounds_;  // numbers, dates, booleans; regions: below, at, between, at ... above
  std::unordered_map<std::string, std::uint32_t> texts_;        // regions; 0 = any other
  std::vector<std::uint64_t> bits_;                             // of each region
  std::vector<std::uint64_t> no_value_;                         // null: only "-" and maybes
  std::vector<std::pair<std::uint32_t, std::uint32_t>> spans_;  // of each region, words that are not all 0
  std::vector<std::uint64_t> maybe_;
  bool has_maybe_ = false;
};

class TableIndex {
 public:
  /// `tests` is rule-major, null for "-". Nothing is built for a few rules.
  void build(std::size_t rules, std::size_t columns, std::span<const feel::Expression* const> tests);
  [[nodiscard]] bool empty() const { return columns_.empty(); }
  [[nodiscard]] std::size_t words() const { return words_; }
  [[nodiscard]] const ColumnIndex& column(std::size_t i) const { return columns_[i]; }

 private:
  std::size_t words_ = 0;
  std::vector<ColumnIndex> columns_;
};

}  // namespace weir::dmn
