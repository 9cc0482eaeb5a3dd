// What the operators mean for each pair of types (DMN 1.5 tables 50 to 54 and section 10.3.2.3). Only reached
// when the short way in evaluate.cpp does not apply.
#include <algorithm>

#include "core/feel/evaluator.hpp"
#include "core/value/compare.hpp"

namespace weir::feel {

using value::DateTime;
using value::DaysTimeDuration;
using value::Decimal;
using value::Int128;
using value::Range;
using value::YearsMonthsDuration;

namespace {

using Maybe = std::optional<Value>;  // empty: out of range

constexpr Int128 nanoseconds(std::int64_t seconds) {
  return static_cast<Int128>(seconds) * value::nanoseconds_per_second;
}

Maybe wrap(const std::optional<DateTime>& made) {
  return made ? Maybe(Value::date_time(*made)) : std::nullopt;
}

Maybe wrap(const std::optional<DaysTimeDuration>& made) {
  return made ? Maybe(Value::duration(*made)) : std::nullopt;
}

Maybe months(Int128 count) {
  if (static_cast<std::int64_t>(count) != count) return std::nullopt;
  return Value::duration(YearsMonthsDuration{static_cast<std::int64_t>(count)});
}

bool is_duration(const Value& value) {
  return value.is(Kind::days_time_duration) || value.is(Kind::years_months_duration);
}

bool is_moment(const Value& value) {
  return value.is(Kind::date) || value.is(Kind::time) || value.is(Kind::date_time);
}

Maybe add_duration(const Value& moment, const Value& duration, const value::Zones* zones) {
  if (duration.is(Kind::years_months_duration)) {
    const YearsMonthsDuration by = duration.years_months_duration();
    if (moment.is(Kind::date)) {
      const auto date = value::add(moment.date(), by);
      return date ? Maybe(Value::date(*date)) : std::nullopt;
    }
    if (moment.is(Kind::date_time)) return wrap(value::add(moment.date_time(), by));
    return Value{};
  }
  const DaysTimeDuration by = duration.days_time_duration();
  if (moment.is(Kind::date)) {
    const auto later = value::add(value::at(moment.date(), {}), by);
    return later ? Maybe(Value::date(value::date_of(*later))) : std::nullopt;
  }
  if (moment.is(Kind::date_time)) {
    const DateTime from = moment.date_time();
    auto later = value::add(from, by);
    const value::ZoneRules* rules = zones != nullptr ? zones->find(from.zone) : nullptr;
    if (later && rules != nullptr) {  // elapsed time: the clock on the wall may have been changed in between
      const std::int64_t utc = later->seconds - rules->offset_at_local(from.seconds);
      later->seconds = utc + rules->offset_at_utc(utc);
    }
    return wrap(later);
  }
  return Value::time(value::add(moment.time(), by));
}

Value negated_duration(const Value& duration) {
  return duration.is(Kind::years_months_duration)
             ? Value::duration(value::negated(duration.years_months_duration()))
             : Value::duration(value::negated(duration.days_time_duration()));
}

/// A date counts as its midnight UTC.
DateTime as_moment(const Value& value) {
  if (value.is(Kind::date_time)) return value.date_time();
  return value::at(value.date(), {0, value::Zone::offset(0)});
}

/// The elapsed time between two moments; null when only one has a zone.
Maybe difference(const Value& left, const Value& right, const value::Zones* zones) {
  if (left.is(Kind::time) && right.is(Kind::time)) {
    const value::Time a = left.time();
    const value::Time b = right.time();
    if (a.zone.is_local() != b.zone.is_local() ||
        (a.zone != b.zone && (a.zone.is_named() || b.zone.is_named())))
      return Value{};
    Int128 total = a.nanoseconds - b.nanoseconds;
    if (a.zone != b.zone) total -= nanoseconds(a.zone.offset_seconds() - b.zone.offset_seconds());
    return wrap(DaysTimeDuration::from_total(total));
  }
  if (left.is(Kind::time) || right.is(Kind::time)) return Value{};
  const DateTime a = as_moment(left);
  const DateTime b = as_moment(right);
  Int128 total = nanoseconds(a.seconds - b.seconds) + a.nanoseconds - b.nanoseconds;
  const auto a_offset = value::utc_offset(a, zones);
  const auto b_offset = value::utc_offset(b, zones);
  if (a_offset && b_offset) {
    total -= nanoseconds(*a_offset - *b_offset);
  } else if (a.zone != b.zone) {
    return Value{};
  }
  return wrap(DaysTimeDuration::from_total(total));
}

/// A decimal, cut to an integer of 128 bits; empty when larger than 10^34.
std::optional<Int128> truncated(const Decimal& number) {
  const auto whole = value::round(number, 0, value::Rounding::down);
  if (!whole || whole->exponent() > 3) return std::nullopt;
  Int128 result = whole->coefficient();
  for (int i = 0; i < whole->exponent(); ++i) result *= 10;
  return result;
}

Maybe scale_duration(const Value& duration, const Decimal& by, bool divides) {
  const bool is_months = duration.is(Kind::years_months_duration);
  const auto size = is_months ? Decimal::make(duration.years_months_duration().months, 0)
                              : Decimal::make(duration.days_time_duration().total(), 0);
  if (!size) return std::nullopt;
  const auto scaled = divides ? value::divide(*size, by) : value::multiply(*size, by);
  const auto whole = scaled ? truncated(*scaled) : std::nullopt;
  if (!whole) return std::nullopt;
  return is_months ? months(*whole) : wrap(DaysTimeDuration::from_total(*whole));
}

}  // namespace

[[gnu::noinline]] Value Evaluator::arithmetic(Operator op, const Value& left, const Value& right,
                                              const Node& node) {
  if (left.is_null() || right.is_null())
    return fail(TroubleKind::null_operand, node, "an operand is null: {0}, {1}", left, right);
  const auto finish = [&](const Maybe& result) {
    if (!result)
      return fail(TroubleKind::arithmetic, node, "the result of {0}, {1} is out of range", left, right);
    if (result->is_null()) {
      return fail(TroubleKind::type_mismatch, node, "the operator is not defined for {0} and {1}", left,
                  right);
    }
    return *result;
  };
  if (left.is(Kind::number) && right.is(Kind::number)) {
    const Decimal a = left.decimal();
    const Decimal b = right.decimal();
    std::optional<Decimal> result;
    switch (op) {
      case Operator::add:
        result = value::add(a, b);
        break;
      case Operator::subtract:
        result = value::subtract(a, b);
        break;
      case Operator::multiply:
        result = value::multiply(a, b);
        break;
      case Operator::divide:
        if (b.is_zero()) return fail(TroubleKind::arithmetic, node, "{0} is divided by zero", left);
        result = value::divide(a, b);
        break;
      case Operator::remainder:
        if (b.is_zero()) return fail(TroubleKind::arithmetic, node, "{0} is divided by zero", left);
        result = value::modulo(a, b);
        break;
      default:
        result = value::power(a, b);
        if (!result)
          return fail(TroubleKind::arithmetic, node, "{0} to the power of {1} has no value", left, right);
    }
    return finish(result ? Maybe(Value::number(*result, arena())) : std::nullopt);
  }
  switch (op) {
    case Operator::add:
      if (left.is(Kind::string) && right.is(Kind::string)) {
        const std::string_view a = left.text();
        const std::string_view b = right.text();
        if (a.size() + b.size() > workspace_.limits.text_size || !has_room(a.size() + b.size(), node))
          return fail(TroubleKind::limit, node, "the text becomes too long");
        char* joined = arena().array<char>(a.size() + b.size());
        std::copy(a.begin(), a.end(), joined);
        std::copy(b.begin(), b.end(), joined + a.size());
        return Value::string({joined, a.size() + b.size()});
      }
      if (is_moment(left) && is_duration(right)) return finish(add_duration(left, right, workspace_.zones));
      if (is_duration(left) && is_moment(right)) return finish(add_duration(right, left, workspace_.zones));
      if (left.is(Kind::days_time_duration) && right.is(Kind::days_time_duration))
        return finish(wrap(DaysTimeDuration::from_total(left.days_time_duration().total() +
                                                        right.days_time_duration().total())));
      if (left.is(Kind::years_months_duration) && right.is(Kind::years_months_duration))
        return finish(months(static_cast<Int128>(left.years_months_duration().months) +
                             right.years_months_duration().months));
      break;
    case Operator::subtract:
      if (is_moment(left) && is_moment(right)) return finish(difference(left, right, workspace_.zones));
      if (is_moment(left) && is_duration(right))
        return finish(add_duration(left, negated_duration(right), workspace_.zones));
      if (left.is(Kind::days_time_duration) && right.is(Kind::days_time_duration))
        return finish(wrap(DaysTimeDuration::from_total(left.days_time_duration().total() -
                                                        right.days_time_duration().total())));
      if (left.is(Kind::years_months_duration) && right.is(Kind::years_months_duration))
        return finish(months(static_cast<Int128>(left.years_months_duration().months) -
                             right.years_months_duration().months));
      break;
    case Operator::multiply:
      if (is_duration(left) && right.is(Kind::number))
        return finish(scale_duration(left, right.decimal(), false));
      if (left.is(Kind::number) && is_duration(right))
        return finish(scale_duration(right, left.decimal(), false));
      break;
    case Operator::divide:
      if (is_duration(left) && right.is(Kind::number)) {
        if (right.decimal().is_zero())
          return fail(TroubleKind::arithmetic, node, "{0} is divided by zero", left);
        return finish(scale_duration(left, right.decimal(), true));
      }
      if (is_duration(left) && left.kind() == right.kind()) {
        const bool is_months = left.is(Kind::years_months_duration);
        const auto a = Decimal::make(
            is_months ? left.years_months_duration().months : left.days_time_duration().total(), 0);
        const auto b = Decimal::make(
            is_months ? right.years_months_duration().months : right.days_time_duration().total(), 0);
        const auto ratio = a && b ? value::divide(*a, *b) : std::nullopt;
        if (b && b->is_zero()) return fail(TroubleKind::arithmetic, node, "{0} is divided by zero", left);
        return finish(ratio ? Maybe(Value::number(*ratio, arena())) : std::nullopt);
      }
      break;
    default:
      break;
  }
  return fail(TroubleKind::type_mismatch, node, "the operator is not defined for {0} and {1}", left, right);
}

[[gnu::noinline]] Value Evaluator::negate(const Value& operand, const Node& node) {
  if (operand.is(Kind::number)) return Value::number(-operand.decimal(), arena());
  if (is_duration(operand)) return negated_duration(operand);
  if (operand.is_null()) return fail(TroubleKind::null_operand, node, "minus null has no value");
  return fail(TroubleKind::type_mismatch, node, "minus {0} has no value: it is a {0:t}", operand);
}

[[gnu::noinline]] Value Evaluator::compare(Operator op, const Value& left, const Value& right,
                                           const Node& node) {
  if (op == Operator::equal || op == Operator::not_equal) {
    const Truth answer = equal(left, right);
    if (!answer)
      return fail(TroubleKind::type_mismatch, node,
                  "{0} and {1} have different types: they cannot be compared", left, right);
    return Value::boolean(*answer == (op == Operator::equal));
  }
  const auto found = order(left, right);
  if (!found) {
    if (left.is_null() || right.is_null())
      return fail(TroubleKind::null_operand, node, "{0} and {1} have no order", left, right);
    return fail(TroubleKind::type_mismatch, node, "{0} and {1} have no order", left, right);
  }
  switch (op) {
    case Operator::less:
      return Value::boolean(*found < 0);
    case Operator::less_equal:
      return Value::boolean(*found <= 0);
    case Operator::greater:
      return Value::boolean(*found > 0);
    default:
      return Value::boolean(*found >= 0);
  }
}

Truth Evaluator::contains(const Range& range, const Value& point) {
  if (range.form == Range::Form::equal) return equal(point, range.low);
  if (range.form == Range::Form::not_equal) {
    const Truth same = equal(point, range.low);
    return same ? Truth(!*same) : same;
  }
  if (range.has_low) {
    const auto found = order(range.low, point);
    if (!found) return std::nullopt;
    if (*found > 0 || (*found == 0 && !range.low_closed)) return false;
  }
  if (range.has_high) {
    const auto found = order(point, range.high);
    if (!found) return std::nullopt;
    if (*found > 0 || (*found == 0 && !range.high_closed)) return false;
  }
  return true;
}

Truth Evaluator::matches(const Value& input, const Value& against) {
  if (against.is(Kind::range) && !input.is(Kind::range)) return contains(against.range(), input);
  if (against.is(Kind::list)) {
    if (input.is(Kind::list) && same(input, against)) return true;
    for (const Value& item : against.items()) {  // items of other types are merely not it
      const Truth answer =
          item.is(Kind::range) && !input.is(Kind::range) ? contains(item.range(), input) : equal(input, item);
      if (answer == true) return true;
    }
    return false;
  }
  return equal(input, against);
}

// ---- entries and properties

namespace {

/// The property as a value; empty when the type has none of this name.
Maybe temporal_property(const Value& of, std::string_view name, const value::Zones* zones) {
  const auto number = [](std::int64_t n) { return Maybe(Value::integer(n)); };
  if (of.is(Kind::days_time_duration)) {
    const Int128 total = of.days_time_duration().total() / value::nanoseconds_per_second;
    const auto seconds = static_cast<std::int64_t>(total);
    if (name == "days") return number(seconds / value::seconds_per_day);
    if (name == "hours") return number(seconds / 3600 % 24);
    if (name == "minutes") return number(seconds / 60 % 60);
    if (name == "seconds") return number(seconds % 60);
    return std::nullopt;
  }
  if (of.is(Kind::years_months_duration)) {
    const std::int64_t count = of.years_months_duration().months;
    if (name == "years") return number(count / 12);
    if (name == "months") return number(count % 12);
    return std::nullopt;
  }
  if (of.is(Kind::date) || of.is(Kind::date_time)) {
    const value::Date date = of.is(Kind::date) ? of.date() : value::date_of(of.date_time());
    const value::CivilDate day = value::civil(date);
    if (name == "year") return number(day.year);
    if (name == "month") return number(day.month);
    if (name == "day") return number(day.day);
    if (name == "weekday") return number(value::weekday(date));
  }
  if (!of.is(Kind::time) && !of.is(Kind::date_time)) return std::nullopt;
  const value::Time time = of.is(Kind::time) ? of.time() : value::time_of(of.date_time());
  const std::int64_t seconds = time.nanoseconds / value::nanoseconds_per_second;
  if (name == "hour") return number(seconds / 3600);
  if (name == "minute") return number(seconds / 60 % 60);
  if (name == "second") {
    const std::int64_t fraction = time.nanoseconds % value::nanoseconds_per_second;
    if (fraction == 0) return number(seconds % 60);
    return Value::number(time.nanoseconds % (60 * value::nanoseconds_per_second), -9);
  }
  if (name == "time offset" || name == "offset") {
    const auto offset = of.is(Kind::date_time)  ? value::utc_offset(of.date_time(), zones)
                        : time.zone.is_offset() ? std::optional(time.zone.offset_seconds())
                                                : std::nullopt;
    return offset ? Value::duration(DaysTimeDuration{*offset, 0}) : Value{};
  }
  if (name == "timezone") {
    if (!time.zone.is_named()) return Value{};
    return Value::string(value::zone_name(time.zone));
  }
  return std::nullopt;
}

Maybe range_property(const Range& range, std::string_view name) {
  if (name == "start") return range.low;
  if (name == "end") return range.high;
  if (name == "start included") return Value::boolean(range.low_closed);
  if (name == "end included") return Value::boolean(range.high_closed);
  return std::nullopt;
}

}  // namespace

[[gnu::noinline]] Value Evaluator::property(const Value& of, const Key& key, const Node& node) {
  Maybe found;
  switch (of.kind()) {
    case Kind::null:
      return fail(TroubleKind::null_operand, node, "null has no entry '{0:n}'", Value::string(key.text()));
    case Kind::context:
      if (const Value* entry = of.find(key)) return *entry;
      return fail(TroubleKind::no_entry, node, "the context has no entry '{0:n}'", Value::string(key.text()));
    case Kind::list: {
      const auto items = of.items();
      auto* projected = arena().array<Value>(items.size());
      for (std::size_t i = 0; i < items.size(); ++i)
        ::new (static_cast<void*>(projected + i)) Value(property(items[i], key, node));
      return Value::list({projected, items.size()});
    }
    case Kind::range:
      found = range_property(of.range(), key.text());
      break;
    default:
      found = temporal_property(of, key.text(), workspace_.zones);
  }
  if (found) return *found;
  return fail(TroubleKind::no_entry, node, "a {1:t} has no entry '{0:n}'", Value::string(key.text()), of);
}

}  // namespace weir::feel
