// Moments with offsets are compared as instants. A named zone has no offset here: two moments in the same
// named zone are compared by their local times, other combinations have no answer.
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

Order compare_moments(const DateTime& left, const DateTime& right) {
  std::int64_t a = left.seconds;
  std::int64_t b = right.seconds;
  if (left.zone != right.zone) {
    if (!left.zone.is_offset() || !right.zone.is_offset()) return std::nullopt;
    a -= left.zone.offset_seconds();
    b -= right.zone.offset_seconds();
  }
  if (a != b) return a <=> b;
  return left.nanoseconds <=> right.nanoseconds;
}

std::strong_ordering compare_texts(std::string_view left, std::string_view right) {
  return left.compare(right) <=> 0;  // UTF-8 sorts like code points; bytes are compared unsigned
}

std::optional<bool> equal_ranges(const Range& left, const Range& right) {
  return left.form == right.form && left.has_low == right.has_low && left.has_high == right.has_high &&
         left.low_closed == right.low_closed && left.high_closed == right.high_closed &&
         same(left.low, right.low) && same(left.high, right.high);
}

}  // namespace

Order compare(const Value& left, const Value& right) {
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
      return compare_moments(left.date_time(), right.date_time());
    case Kind::days_time_duration:
      return left.days_time_duration() <=> right.days_time_duration();
    case Kind::years_months_duration:
      return left.years_months_duration() <=> right.years_months_duration();
    default:
      return std::nullopt;
  }
}

std::optional<bool> equal(const Value& left, const Value& right) {
  if (left.is_null() || right.is_null()) return left.is_null() && right.is_null();
  if (left.kind() != right.kind()) return std::nullopt;
  switch (left.kind()) {
    case Kind::boolean:
      return left.truth() == right.truth();
    case Kind::string:
      return left.text() == right.text();
    case Kind::list: {
      const auto a = left.items();
      const auto b = right.items();
      if (a.size() != b.size()) return false;
      for (std::size_t i = 0; i < a.size(); ++i)
        if (!same(a[i], b[i])) return false;
      return true;
    }
    case Kind::context: {
      if (left.entries().size() != right.entries().size()) return false;
      for (const Entry& entry : left.entries()) {
        const Value* other = right.find(entry.key);
        if (other == nullptr || !same(entry.value, *other)) return false;
      }
      return true;
    }
    case Kind::range:
      return equal_ranges(left.range(), right.range());
    case Kind::function:
      return &left.function() == &right.function();
    default: {
      const Order order = compare(left, right);
      return order ? *order == 0 : false;
    }
  }
}

}  // namespace weir::value
