#include "core/dmn/axis.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/value/compare.hpp"
#include "core/value/print.hpp"

namespace weir::dmn {

namespace {

bool less(const Value& left, const Value& right) {
  if (left.is(Kind::boolean)) return !left.truth() && right.truth();
  return value::compare(left, right).value_or(std::strong_ordering::equal) < 0;
}

/// A number between two, as round as there is one; without an end, an integer beyond the other.
value::Decimal number_between(const Value* low, const Value* high) {
  using value::Decimal;
  const Decimal one(1);
  if (low == nullptr) return subtract(value::floor(high->decimal()), one).value_or(high->decimal());
  const Decimal next = add(value::floor(low->decimal()), one).value_or(low->decimal());
  if (high == nullptr || next < high->decimal()) return next;
  const auto sum = add(low->decimal(), high->decimal());
  return sum ? divide(*sum, Decimal(2)).value_or(next) : next;
}

}  // namespace

Regions intersection(const Regions& left, const Regions& right) {
  Regions made;
  for (std::size_t l = 0, r = 0; l < left.size() && r < right.size();) {
    const std::uint32_t from = std::max(left[l].first, right[r].first);
    const std::uint32_t to = std::min(left[l].second, right[r].second);
    if (from <= to) made.emplace_back(from, to);
    left[l].second < right[r].second ? ++l : ++r;
  }
  return made;
}

bool Axis::build(Kind kind, const std::vector<const feel::ValueSet*>& sets) {
  cuts_.clear();
  for (const feel::ValueSet* set : sets)
    for (const feel::Interval& each : set->intervals) {
      if (each.has_low) cuts_.push_back(each.low);
      if (each.has_high) cuts_.push_back(each.high);
    }
  // Times with and without a zone have no order, nor have those of zones that are not known here.
  if (kind != Kind::boolean)
    for (const Value& cut : cuts_)
      if (!value::compare(cuts_.front(), cut)) {
        cuts_.clear();
        return false;
      }
  if (kind == Kind::boolean) cuts_ = {Value::boolean(false), Value::boolean(true)};
  std::sort(cuts_.begin(), cuts_.end(), less);
  cuts_.erase(std::unique(cuts_.begin(), cuts_.end(),
                          [](const Value& a, const Value& b) { return !less(a, b) && !less(b, a); }),
              cuts_.end());
  kind_ = kind;
  const auto cuts = static_cast<std::uint32_t>(cuts_.size());
  size_ = kind == Kind::null ? 1 : kind == Kind::boolean ? 2 : kind == Kind::string ? cuts + 1 : 2 * cuts + 1;
  return true;
}

Regions Axis::all() const {
  if (kind_ != Kind::date) return {{0, size_ - 1}};
  Regions made;  // there is no day between two that follow each other
  std::uint32_t from = 0;
  for (std::uint32_t i = 0; i + 1 < cuts_.size(); ++i) {
    if (cuts_[i].date().days + 1 != cuts_[i + 1].date().days) continue;
    made.emplace_back(from, 2 * i + 1);
    from = 2 * i + 3;
  }
  made.emplace_back(from, size_ - 1);
  return made;
}

std::uint32_t Axis::position(const Value& value) const {
  const auto found = std::lower_bound(cuts_.begin(), cuts_.end(), value, less);
  const auto at = static_cast<std::uint32_t>(found - cuts_.begin());
  return kind_ == Kind::boolean ? at : kind_ == Kind::string ? at + 1 : 2 * at + 1;
}

Regions Axis::of(const feel::ValueSet& set) const {
  Regions found;
  for (const feel::Interval& each : set.intervals) {
    std::uint32_t low = 0;
    std::uint32_t high = size_ - 1;
    if (each.has_low) low = position(each.low) + (each.low_closed ? 0 : 1);
    if (each.has_high) high = position(each.high) - (each.high_closed ? 0 : 1);
    if (low <= high) found.emplace_back(low, high);
  }
  std::sort(found.begin(), found.end());
  Regions joined;
  for (const auto& [low, high] : found) {
    if (!joined.empty() && low <= joined.back().second + 1)
      joined.back().second = std::max(joined.back().second, high);
    else
      joined.emplace_back(low, high);
  }
  if (!set.negated) return intersection(joined, all());
  Regions others;
  std::uint32_t next = 0;
  for (const auto& [low, high] : joined) {
    if (low > next) others.emplace_back(next, low - 1);
    next = high + 1;
  }
  if (next < size_) others.emplace_back(next, size_ - 1);
  return intersection(others, all());
}

std::string Axis::witness(std::uint32_t region) const {
  if (kind_ == Kind::boolean) return region == 0 ? "= false" : "= true";
  if (kind_ == Kind::string) {
    if (region > 0) return "= " + value::to_literal(cuts_[region - 1]);
    std::string other = "other";
    const auto taken = [&](const Value& cut) { return cut.text() == other; };
    while (std::any_of(cuts_.begin(), cuts_.end(), taken)) other += '_';
    return fmt::format("= \"{}\"", other);
  }
  if (region % 2 == 1) return "= " + value::to_literal(cuts_[region / 2]);
  const Value* low = region == 0 ? nullptr : &cuts_[region / 2 - 1];
  const Value* high = region / 2 == cuts_.size() ? nullptr : &cuts_[region / 2];
  if (low == nullptr && high == nullptr) return "of any value";
  if (kind_ == Kind::number) return "= " + number_between(low, high).to_text();
  if (kind_ == Kind::date)
    return "= " + value::to_literal(low != nullptr ? Value::date({low->date().days + 1})
                                                   : Value::date({high->date().days - 1}));
  if (low == nullptr) return "< " + value::to_literal(*high);
  if (high == nullptr) return "> " + value::to_literal(*low);
  return fmt::format("in ({}..{})", value::to_literal(*low), value::to_literal(*high));
}

}  // namespace weir::dmn
