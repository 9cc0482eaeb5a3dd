// The one value type: what FEEL and JUEL compute with, what process variables hold. 16 bytes, trivially
// copyable, without ownership. Null, booleans, numbers of up to 18 digits, temporal values and texts of up to
// 12 bytes are inside; the rest points into an Arena or at memory that the caller keeps alive (a value may
// borrow any text or array). owned.hpp has the forms that own what they point at.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>

#include "core/base/check.hpp"
#include "core/value/arena.hpp"
#include "core/value/decimal.hpp"
#include "core/value/temporal.hpp"

namespace weir::value {

/// The types of FEEL (DMN 1.5 section 10.3.2.1), in the order of their ranks when values of different types
/// must be sorted.
enum class Kind : std::uint8_t {
  null,
  boolean,
  number,
  string,
  date,
  time,
  date_time,
  days_time_duration,
  years_months_duration,
  list,
  context,
  range,
  function
};

/// As FEEL spells the type: "date and time", "days and time duration" ...
std::string_view kind_name(Kind kind);

/// Hash of a context key or variable name; the same in every run.
constexpr std::uint32_t key_hash(std::string_view text) {
  std::uint32_t hash = 2166136261u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return hash;
}

/// A borrowed name with its hash: comparing two different keys almost never looks at the bytes.
struct Key {
  const char* data = nullptr;
  std::uint32_t size = 0;
  std::uint32_t hash = key_hash({});

  constexpr Key() = default;
  explicit constexpr Key(std::string_view text)
      : data(text.data()), size(static_cast<std::uint32_t>(text.size())), hash(key_hash(text)) {}
  [[nodiscard]] constexpr std::string_view text() const { return {data, size}; }
  friend bool operator==(const Key& left, const Key& right) {
    return left.hash == right.hash && left.size == right.size &&
           (left.data == right.data || std::memcmp(left.data, right.data, left.size) == 0);
  }
};

class Value;
struct Entry;
struct Range;
struct Function;

class Value {
 public:
  static constexpr std::size_t inline_text = 12;
  static constexpr int max_depth = 1000;  // nesting of lists and contexts
  static constexpr std::uint64_t max_weight = 20'000'000;

  constexpr Value() : scalar_{{Kind::null, 0, 0}, 0, {0}} {}
  static constexpr Value boolean(bool truth) { return Value(Kind::boolean, 0, 0, 0, truth ? 1 : 0); }
  static constexpr Value integer(std::int64_t number) { return Value(Kind::number, 0, 0, 0, number); }
  /// coefficient * 10^exponent, exponent -127..127.
  static constexpr Value number(std::int64_t coefficient, int exponent) {
    return Value(Kind::number, static_cast<std::uint8_t>(exponent), 0, 0, coefficient);
  }
  /// Wide decimals go to the arena.
  static Value number(const Decimal& decimal, Arena& arena);
  /// Borrows the bytes when they do not fit inside. The text must be shorter than 4 GiB.
  static Value string(std::string_view text);
  /// Copies the bytes to the arena when they do not fit inside.
  static Value string(std::string_view text, Arena& arena) {
    return text.size() <= inline_text ? string(text) : string(arena.copy(text));
  }
  static constexpr Value date(Date date) { return Value(Kind::date, 0, 0, 0, date.days); }
  static constexpr Value time(const Time& time) { return zoned(Kind::time, time.zone, 0, time.nanoseconds); }
  static constexpr Value date_time(const DateTime& moment) {
    return zoned(Kind::date_time, moment.zone, moment.nanoseconds, moment.seconds);
  }
  static constexpr Value duration(DaysTimeDuration duration) {
    return Value(Kind::days_time_duration, 0, 0, duration.nanoseconds, duration.seconds);
  }
  static constexpr Value duration(YearsMonthsDuration duration) {
    return Value(Kind::years_months_duration, 0, 0, 0, duration.months);
  }
  /// Borrows the array.
  static Value list(std::span<const Value> items);
  /// The same for a caller who has counted both: depth and weight of the result.
  static Value list(std::span<const Value> items, int depth, std::uint64_t weight) {
    return composite(Kind::list, depth, weight, items.size(), items.data());
  }
  /// Borrows the array. Keys must be distinct.
  static Value context(std::span<const Entry> entries);
  static Value range(const Range* range);
  static Value function(const Function* function) { return pointing(Kind::function, 0, 0, 0, function); }

  [[nodiscard]] constexpr Kind kind() const { return scalar_.header.kind; }
  [[nodiscard]] constexpr bool is(Kind kind) const { return scalar_.header.kind == kind; }
  [[nodiscard]] constexpr bool is_null() const { return is(Kind::null); }
  [[nodiscard]] constexpr bool is_true() const { return is(Kind::boolean) && scalar_.payload.integer != 0; }
  [[nodiscard]] constexpr bool is_false() const { return is(Kind::boolean) && scalar_.payload.integer == 0; }

  // Each of these requires the kind it names.
  [[nodiscard]] constexpr bool truth() const { return scalar_.payload.integer != 0; }
  /// False: the number is a wide decimal.
  [[nodiscard]] constexpr bool is_small() const { return scalar_.header.detail != wide_mark; }
  [[nodiscard]] constexpr std::int64_t coefficient() const { return scalar_.payload.integer; }
  [[nodiscard]] constexpr int exponent() const { return static_cast<std::int8_t>(scalar_.header.detail); }
  [[nodiscard]] Decimal decimal() const {
    return is_small() ? Decimal::exactly(coefficient(), exponent())
                      : *static_cast<const Decimal*>(scalar_.payload.pointer);
  }
  /// Points into this value when the text is short: keep the value.
  [[nodiscard]] std::string_view text() const& {
    return scalar_.header.detail == borrowed_mark
               ? std::string_view(static_cast<const char*>(scalar_.payload.pointer), scalar_.auxiliary)
               : std::string_view(text_.bytes, text_.header.detail);
  }
  std::string_view text() const&& = delete;
  [[nodiscard]] constexpr Date date() const { return {scalar_.payload.integer}; }
  [[nodiscard]] constexpr Time time() const { return {scalar_.payload.integer, zone()}; }
  [[nodiscard]] constexpr DateTime date_time() const {
    return {scalar_.payload.integer, scalar_.auxiliary, zone()};
  }
  [[nodiscard]] constexpr DaysTimeDuration days_time_duration() const {
    return {scalar_.payload.integer, scalar_.auxiliary};
  }
  [[nodiscard]] constexpr YearsMonthsDuration years_months_duration() const {
    return {scalar_.payload.integer};
  }
  [[nodiscard]] std::span<const Value> items() const {
    return {static_cast<const Value*>(scalar_.payload.pointer), scalar_.auxiliary};
  }
  [[nodiscard]] inline std::span<const Entry> entries() const;
  [[nodiscard]] const Range& range() const { return *static_cast<const Range*>(scalar_.payload.pointer); }
  [[nodiscard]] const Function& function() const {
    return *static_cast<const Function*>(scalar_.payload.pointer);
  }
  /// Nesting of lists, contexts and ranges: 0 for scalars. Builders refuse more than max_depth, so that
  /// everything that walks through a value may recurse.
  [[nodiscard]] constexpr int depth() const {
    return kind() >= Kind::list ? scalar_.header.depth & depth_mask : 0;
  }
  /// Roughly how many scalars a walk through the value meets (long texts count for more), rounded down by
  /// less than 1 %. Values share their parts, so a few doublings in a short expression can mean a walk
  /// without end; builders refuse more than max_weight.
  [[nodiscard]] constexpr std::uint64_t weight() const {
    if (kind() >= Kind::list)
      return std::uint64_t{scalar_.header.detail} << (scalar_.header.depth >> depth_bits);
    return is(Kind::string) && is_borrowed_text() ? 1 + scalar_.auxiliary / 16 : 1;
  }
  /// Entry with this key, or null. Requires a context.
  [[nodiscard]] inline const Value* find(const Key& key) const;
  /// The text is not inside the value.
  [[nodiscard]] constexpr bool is_borrowed_text() const { return scalar_.header.detail == borrowed_mark; }

 private:
  static constexpr std::uint8_t wide_mark = 0x80;
  static constexpr std::uint8_t borrowed_mark = 0xff;
  static constexpr int depth_bits = 10;
  static constexpr int depth_mask = (1 << depth_bits) - 1;

  struct Header {
    Kind kind;
    std::uint8_t detail;  // number: exponent; string: length inside; zoned: high bits; composites: weight
    std::uint16_t depth;  // composites: nesting, exponent of the weight; zoned: low bits of the zone
  };
  union Payload {
    std::int64_t integer;
    const void* pointer;
  };
  struct Scalar {
    Header header;
    std::uint32_t auxiliary;  // sizes, nanoseconds
    Payload payload;
  };
  struct Text {
    Header header;
    char bytes[inline_text];
  };

  constexpr Value(Kind kind, std::uint8_t detail, std::uint16_t depth, std::uint32_t auxiliary,
                  std::int64_t payload)
      : scalar_{{kind, detail, depth}, auxiliary, {payload}} {}
  static Value pointing(Kind kind, std::uint8_t detail, int depth, std::size_t auxiliary,
                        const void* pointer) {
    Value value(kind, detail, static_cast<std::uint16_t>(depth), static_cast<std::uint32_t>(auxiliary), 0);
    value.scalar_.payload.pointer = pointer;
    return value;
  }
  static Value composite(Kind kind, int depth, std::uint64_t weight, std::size_t size, const void* pointer) {
    const int shift = weight < 256 ? 0 : 56 - std::countl_zero(weight);
    const int nesting = depth < depth_mask ? depth : depth_mask;
    return pointing(kind, static_cast<std::uint8_t>(weight >> shift), nesting | shift << depth_bits, size,
                    pointer);
  }
  static constexpr Value zoned(Kind kind, Zone zone, std::uint32_t auxiliary, std::int64_t payload) {
    return Value(kind, static_cast<std::uint8_t>(zone.code() >> 16), static_cast<std::uint16_t>(zone.code()),
                 auxiliary, payload);
  }
  [[nodiscard]] constexpr Zone zone() const {
    return Zone::from_code(static_cast<std::uint32_t>(scalar_.header.detail) << 16 | scalar_.header.depth);
  }

  union {
    Scalar scalar_;
    Text text_;
  };
};

static_assert(sizeof(Value) == 16 && std::is_trivially_copyable_v<Value>);

/// One entry of a context.
struct Entry {
  Key key;
  Value value;
};

/// A range, or an endpoint with a comparison ("< 10", "!= 3") as unary tests and parentheses write it.
struct Range {
  enum class Form : std::uint8_t { interval, less, less_equal, greater, greater_equal, equal, not_equal };
  Form form = Form::interval;
  bool low_closed = false;
  bool high_closed = false;
  bool has_low = true;  // false: there is no lower end ("< 10"), other than a low end that is null
  bool has_high = true;
  Value low;  // `equal` and `not_equal` keep their value in both
  Value high;
};

std::span<const Entry> Value::entries() const {
  return {static_cast<const Entry*>(scalar_.payload.pointer), scalar_.auxiliary};
}

const Value* Value::find(const Key& key) const {
  for (const Entry& entry : entries())
    if (entry.key == key) return &entry.value;
  return nullptr;
}

/// Variables visible to an expression: the innermost scope first.
struct Scope {
  std::span<const Entry> entries;
  const Scope* outer = nullptr;
  [[nodiscard]] const Value* find(const Key& key) const {
    for (const Scope* scope = this; scope != nullptr; scope = scope->outer)
      for (const Entry& entry : scope->entries)
        if (entry.key == key) return &entry.value;
    return nullptr;
  }
};

/// A copy of everything a value points at, functions excepted: they become null, their code lives elsewhere.
Value deep_copy(const Value& value, Arena& arena);

}  // namespace weir::value
