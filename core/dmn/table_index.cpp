#include "core/dmn/table_index.hpp"

#include <algorithm>
#include <limits>

#include "core/feel/intervals.hpp"

namespace weir::dmn {

namespace {

using feel::Interval;

/// Set for each test, with nothing in it when the test must be evaluated.
struct Tests {
  bool known = false;
  bool negated = false;
  std::vector<Interval> intervals;
};

/// `kind` is that of the column, null as long as none is known.
Tests tests_of(const feel::Expression& expression, Kind& kind) {
  Kind found = kind;
  std::optional<feel::ValueSet> set = feel::value_set(expression, found);
  const bool indexed =
      found == Kind::number || found == Kind::date || found == Kind::string || found == Kind::boolean;
  if (!set || !indexed) return {};
  kind = found;
  return {true, set->negated, std::move(set->intervals)};
}

bool is_any(const feel::Expression* expression) {
  return expression == nullptr || feel::accepts_all(*expression);
}

constexpr std::int64_t beyond = std::numeric_limits<std::int64_t>::max();

/// number * 10^-exponent as an integer; false when it is none or too large. Rounds down when allowed.
bool scaled(const Value& number, int exponent, std::int64_t& result, bool* inexact = nullptr) {
  if (!number.is_small()) return false;
  std::int64_t coefficient = number.coefficient();
  int shift = number.exponent() - exponent;
  if (shift > 18 && coefficient != 0) return false;
  for (; shift > 0; --shift)
    if (__builtin_mul_overflow(coefficient, 10, &coefficient)) return false;
  if (shift < 0) {
    if (inexact == nullptr) return false;
    for (; shift < 0; ++shift) {
      const std::int64_t digit = coefficient % 10;
      coefficient /= 10;
      if (digit != 0) *inexact = true;
      if (digit < 0) --coefficient;
      if (coefficient == 0 || coefficient == -1) {
        if (coefficient == -1 && shift < -1) *inexact = true;
        break;
      }
    }
  }
  result = coefficient;
  return result != beyond;
}

struct Event {
  std::size_t region;
  std::uint32_t rule;
  bool begins;
};

}  // namespace

std::size_t ColumnIndex::region(const Value& value) const {
  std::int64_t at = 0;
  bool between = false;
  if (kind_ == Kind::number) {
    if (!scaled(value, exponent_, at, &between)) return std::numeric_limits<std::size_t>::max();
  } else {
    at = kind_ == Kind::date ? value.date().days : value.truth() ? 1 : 0;
  }
  const auto found = std::lower_bound(bounds_.begin(), bounds_.end(), at);
  const auto position = static_cast<std::size_t>(found - bounds_.begin());
  const bool hit = found != bounds_.end() && *found == at;
  if (!hit) return 2 * position;
  return 2 * position + (between ? 2 : 1);
}

ColumnIndex::Row ColumnIndex::find(const Value& value) const {
  if (value.is_null() && indexed()) return {no_value_.data(), 0, static_cast<std::uint32_t>(words_)};
  if (value.kind() != kind_) return {};
  std::size_t where = 0;
  if (kind_ == Kind::string) {
    const auto found = texts_.find(std::string(value.text()));
    where = found == texts_.end() ? 0 : found->second;
  } else {
    where = region(value);
    if (where == std::numeric_limits<std::size_t>::max()) return {};
  }
  return {bits_.data() + where * words_, spans_[where].first, spans_[where].second};
}

void ColumnIndex::build(std::span<const feel::Expression* const> tests) {
  words_ = (tests.size() + 63) / 64;
  Kind kind = Kind::null;
  std::vector<Tests> cells(tests.size());
  std::unordered_map<const feel::Expression*, Tests> seen;
  for (std::size_t i = 0; i < tests.size(); ++i) {
    if (is_any(tests[i])) continue;
    const auto [at, fresh] = seen.try_emplace(tests[i]);
    if (fresh) at->second = tests_of(*tests[i], kind);
    cells[i] = at->second;
  }
  if (kind == Kind::null) return;
  exponent_ = 127;
  if (kind == Kind::number)
    for (const Tests& cell : cells)
      for (const Interval& each : cell.intervals)
        for (const Value* end : {&each.low, &each.high}) {
          if (!end->is_small()) return;
          exponent_ = std::min(exponent_, end->exponent());
        }
  const auto number = [&](const Value& value, std::int64_t& at) {
    if (kind == Kind::number) return scaled(value, exponent_, at);
    at = kind == Kind::date ? value.date().days : value.truth() ? 1 : 0;
    return true;
  };
  for (const Tests& cell : cells)
    for (const Interval& each : cell.intervals)
      for (const Value* end : {&each.low, &each.high}) {
        if (kind == Kind::string) {
          texts_.try_emplace(std::string(end->text()), static_cast<std::uint32_t>(texts_.size() + 1));
          continue;
        }
        std::int64_t at = 0;
        if (!number(*end, at)) return;
        bounds_.push_back(at);
      }
  std::sort(bounds_.begin(), bounds_.end());
  bounds_.erase(std::unique(bounds_.begin(), bounds_.end()), bounds_.end());
  const std::size_t regions = kind == Kind::string ? texts_.size() + 1 : 2 * bounds_.size() + 1;
  constexpr std::size_t most_words = (64u << 20) / sizeof(std::uint64_t);
  if (regions > most_words / words_) return;

  no_value_.assign(words_, 0);
  maybe_.assign(words_, 0);
  std::vector<Event> events;
  std::vector<std::pair<std::size_t, std::size_t>> ranges;
  for (std::size_t rule = 0; rule < cells.size(); ++rule) {
    const Tests& cell = cells[rule];
    const std::uint64_t bit = std::uint64_t{1} << (rule % 64);
    const auto id = static_cast<std::uint32_t>(rule);
    if (!cell.known) {  // "-" or something that must be evaluated
      no_value_[rule / 64] |= bit;
      if (!is_any(tests[rule])) {
        maybe_[rule / 64] |= bit;
        has_maybe_ = true;
      }
      events.push_back({0, id, true});
      continue;
    }
    ranges.clear();
    for (const Interval& each : cell.intervals) {
      std::size_t low = 0;
      std::size_t high = regions - 1;
      const auto position = [&](const Value& end) {
        if (kind == Kind::string) return static_cast<std::size_t>(texts_.at(std::string(end.text())));
        std::int64_t at = 0;
        number(end, at);
        return 2 * static_cast<std::size_t>(std::lower_bound(bounds_.begin(), bounds_.end(), at) -
                                            bounds_.begin()) +
               1;
      };
      if (each.has_low) low = position(each.low) + (each.low_closed ? 0 : 1);
      if (each.has_high) high = position(each.high) - (each.high_closed ? 0 : 1);
      if (low <= high) ranges.emplace_back(low, high);
    }
    std::sort(ranges.begin(), ranges.end());
    std::size_t next = 0;  // first region that is not covered yet
    for (const auto& [low, high] : ranges) {
      if (high < next) continue;
      const std::size_t from = std::max(low, next);
      if (cell.negated) {
        if (from > next) {
          events.push_back({next, id, true});
          events.push_back({from, id, false});
        }
      } else {
        events.push_back({from, id, true});
        events.push_back({high + 1, id, false});
      }
      next = high + 1;
    }
    if (cell.negated && next < regions) events.push_back({next, id, true});
  }
  std::stable_sort(events.begin(), events.end(),
                   [](const Event& a, const Event& b) { return a.region < b.region; });
  bits_.assign(regions * words_, 0);
  std::size_t next = 0;
  for (std::size_t where = 0; where < regions; ++where) {
    std::uint64_t* row = bits_.data() + where * words_;
    if (where > 0) std::copy(row - words_, row, row);
    for (; next < events.size() && events[next].region == where; ++next) {
      std::uint64_t& word = row[events[next].rule / 64];
      const std::uint64_t bit = std::uint64_t{1} << (events[next].rule % 64);
      word = events[next].begins ? word | bit : word & ~bit;
    }
    std::size_t first = 0, last = words_;
    while (first < last && row[first] == 0) ++first;
    while (last > first && row[last - 1] == 0) --last;
    spans_.emplace_back(static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last));
  }
  kind_ = kind;
}

void TableIndex::build(std::size_t rules, std::size_t columns,
                       std::span<const feel::Expression* const> tests) {
  constexpr std::size_t few = 4;
  if (rules < few || columns == 0) return;
  words_ = (rules + 63) / 64;
  columns_.resize(columns);
  std::vector<const feel::Expression*> of_column(rules);
  for (std::size_t c = 0; c < columns; ++c) {
    for (std::size_t r = 0; r < rules; ++r) of_column[r] = tests[r * columns + c];
    columns_[c].build(of_column);
  }
}

}  // namespace weir::dmn
