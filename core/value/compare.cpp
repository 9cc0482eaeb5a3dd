// Moments are compared as instants. Two in the same zone need no offset for that; a named zone has one when
// its rules are given. A named zone at a time without date has none.
#include "core/value/compare.hpp"

namespace weir::value {

namespace {

using Order = std::optional<std::strong_ordering>;

Order compare_times(const Time& left, const Time& right) {
  if (left.zone == right.zone) return left.nanoseconds <=> right.nanoseconds;
  if (!left.zone.is_offset() || !right.zone.is_offset()) return std::nullopt;
  return left.nanoseconds - left.zone.offset_seconds() * nanoseconds_per_second <=>
         right.nanoseconds - right.zone.offset_seconds() * nanoseconds_per_second;
}

/// Seconds since 1970-01-01T00:00:00Z of both; local times when both are local.
std::optional<std::pair<std::int64_t, std::int64_t>> instants(const DateTime& left, const DateTime& right,
                                                              const Zones* zones) {
  if (left.zone == right.zone) return std::pair(left.seconds, right.seconds);
  const auto a = utc_offset(left, zones);
  const auto b = utc_offset(right, zones);
  if (!a || !b) return std::nullopt;
  return std::pair(left.seconds - *a, right.seconds - *b);
}

Order compare_moments(const DateTime& left, const DateTime& right, const Zones* zones) {
  const auto both = instants(left, right, zones);
  if (!both) return std::nullopt;
  if (both->first != both->second) return both->first <=> both->second;
  return left.nanoseconds <=> right.nanoseconds;
}

std::strong_ordering compare_texts(std::string_view left, std::string_view right) {
  return left.compare(right) <=> 0;  // UTF-8 sorts like code points; bytes are compared unsigned
}

std::optional<bool> equal_ranges(const Range& left, const Range& right, const Zones* zones) {
  return left.form == right.form && left.has_low == right.has_low && left.has_high == right.has_high &&
         left.low_closed == right.low_closed && left.high_closed == right.high_closed &&
         same(left.low, right.low, zones) && same(left.high, right.high, zones);
}

}  // namespace

Order compare(const Value& left, const Value& right, const Zones* zones) {
  if (left.kind() != right.kind()) return std::nullopt;
  switch (left.kind()) {
    case Kind::number:
      if (left.is_small() && right.is_small() && left.exponent() == right.exponent())
        return left.coefficient() <=> right.coefficient();
      return left.decimal() <=> right.decimal();
    case Kind::string:
      return compare_texts(left.text(), right.text());
    case Kind::date:
      return left.date() <=> right.date();
    case Kind::time:
      return compare_times(left.time(), right.time());
    case Kind::date_time:
      return compare_moments(left.date_time(), right.date_time(), zones);
    case Kind::days_time_duration:
      return left.days_time_duration() <=> right.days_time_duration();
    case Kind::years_months_duration:
      return left.years_months_duration() <=> right.years_months_duration();
    default:
      return std::nullopt;
  }
}

std::optional<bool> equal(const Value& left, const Value& right, const Zones* zones) {
  if (left.is_null() || right.is_null()) return left.is_null() && right.is_null();
  if (left.kind() != right.kind()) return std::nullopt;
  switch (left.kind()) {
    case Kind::boolean:
      return left.truth() == right.truth();
    case Kind::string:
      return left.text() == right.text();
    case Kind::time: {
      const Time a = left.time();
      const Time b = right.time();
      const auto order = compare_times({a.nanoseconds - a.nanoseconds % nanoseconds_per_second, a.zone},
                                       {b.nanoseconds - b.nanoseconds % nanoseconds_per_second, b.zone});
      return order ? *order == 0 : false;
    }
    case Kind::date_time: {
      const auto both = instants(left.date_time(), right.date_time(), zones);
      if (both) return both->first == both->second;
      // local against instant: different; a named zone whose rules are missing: nobody knows
      const bool named = left.date_time().zone.is_named() || right.date_time().zone.is_named();
      const bool local = left.date_time().zone.is_local() || right.date_time().zone.is_local();
      return named && !local ? std::nullopt : std::optional<bool>(false);
    }
    case Kind::list: {
      const auto a = left.items();
      const auto b = right.items();
      if (a.size() != b.size()) return false;
      for (std::size_t i = 0; i < a.size(); ++i)
        if (!same(a[i], b[i], zones)) return false;
      return true;
    }
    case Kind::context: {
      if (left.entries().size() != right.entries().size()) return false;
      for (const Entry& entry : left.entries()) {
        const Value* other = right.find(entry.key);
        if (other == nullptr || !same(entry.value, *other, zones)) return false;
      }
      return true;
    }
    case Kind::range:
      return equal_ranges(left.range(), right.range(), zones);
    case Kind::function:
      return &left.function() == &right.function();
    default: {
      const Order order = compare(left, right, zones);
      return order ? *order == 0 : false;
    }
  }
}

}  // namespace weir::value
