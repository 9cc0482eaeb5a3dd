#include "core/value/decimal.hpp"

#include <array>
#include <cmath>

#include "tests/support/catch.hpp"

using namespace weir::value;

namespace {

struct DecimalCase {
  std::string_view operation;
  std::string_view left;
  std::string_view right;
  std::string_view result;
};

constexpr DecimalCase cases[] = {
#include "tests/core/value/decimal_cases.inc"
};

std::optional<Decimal> computed(std::string_view operation, const Decimal& left, const Decimal& right) {
  if (operation == "add") return add(left, right);
  if (operation == "subtract") return subtract(left, right);
  if (operation == "multiply") return multiply(left, right);
  if (operation == "divide") return divide(left, right);
  if (operation == "modulo") return modulo(left, right);
  if (operation == "power") return power(left, right);
  if (operation == "square_root") return square_root(left);
  if (operation == "exponential") return exponential(left);
  if (operation == "logarithm") return logarithm(left);
  if (operation == "parse") return left;
  if (operation == "compare") return Decimal{left < right ? -1 : left > right ? 1 : 0};
  constexpr std::array<std::pair<std::string_view, Rounding>, 7> roundings{
      {{"round_half_even", Rounding::half_even},
       {"round_half_up", Rounding::half_up},
       {"round_half_down", Rounding::half_down},
       {"round_up", Rounding::up},
       {"round_down", Rounding::down},
       {"round_floor", Rounding::floor},
       {"round_ceiling", Rounding::ceiling}}};
  for (const auto& [name, rounding] : roundings)
    if (name == operation) return round(left, *right.to_integer(), rounding);
  FAIL("unknown operation");
  return {};
}

}  // namespace

TEST_CASE("decimal arithmetic agrees with an independent implementation to the last digit") {
  for (const DecimalCase& each : cases) {
    CAPTURE(each.operation, each.left, each.right, each.result);
    const auto left = Decimal::parse(each.left);
    const auto right = Decimal::parse(each.right);
    REQUIRE(left.has_value());
    REQUIRE(right.has_value());
    const auto result = computed(each.operation, *left, *right);
    if (each.result == "none") {
      CHECK_FALSE(result.has_value());
      continue;
    }
    REQUIRE(result.has_value());
    CHECK(*result == *Decimal::parse(each.result));
    CHECK(*Decimal::parse(result->to_text()) == *result);
  }
}

TEST_CASE("decimals print their shortest text") {
  const std::pair<std::string_view, std::string_view> texts[] = {
      {"0", "0"},
      {"-0.00", "0"},
      {"1.500", "1.5"},
      {"100", "100"},
      {"-12.30", "-12.3"},
      {"0.001", "0.001"},
      {".5", "0.5"},
      {"1e3", "1000"},
      {"1E-3", "0.001"},
      {"1e33", "1000000000000000000000000000000000"},
      {"1e40", "1E+40"},
      {"1.25e-50", "1.25E-50"},
      {"9999999999999999999999999999999999", "9999999999999999999999999999999999"},
  };
  for (const auto& [text, shortest] : texts) {
    CAPTURE(text);
    REQUIRE(Decimal::parse(text).has_value());
    CHECK(Decimal::parse(text)->to_text() == shortest);
  }
}

TEST_CASE("texts that are no numbers are refused") {
  for (const char* text :
       {"", "-", ".", "1e", "1e+", "abc", "1.2.3", "1 ", " 1", "1_000", "0x10", "1e99999999999999"}) {
    CAPTURE(text);
    CHECK_FALSE(Decimal::parse(text).has_value());
  }
}

TEST_CASE("decimals and doubles") {
  CHECK(Decimal::from_double(0.1)->to_text() == "0.1");
  CHECK(Decimal::from_double(1e300)->to_double() == 1e300);
  CHECK_FALSE(Decimal::from_double(std::nan("")).has_value());
  CHECK_FALSE(Decimal::from_double(HUGE_VAL).has_value());
  CHECK(Decimal::parse("0.1")->to_double() == 0.1);
  CHECK(Decimal::parse("123456789012345678901234567890")->to_double() == 123456789012345678901234567890.0);
  CHECK(Decimal::parse("1e6000")->to_double() == HUGE_VAL);
  CHECK(Decimal::parse("1e-6000")->to_double() == 0);
  for (const double number : {3.14159, -2.5e-8, 1e22, 123456.789, 5e-324})
    CHECK(Decimal::from_double(number)->to_double() == number);
}

TEST_CASE("decimals as integers") {
  CHECK(Decimal::parse("12.00")->to_integer() == 12);
  CHECK_FALSE(Decimal::parse("12.5")->to_integer().has_value());
  CHECK(Decimal::parse("1e18")->to_integer() == 1'000'000'000'000'000'000);
  CHECK_FALSE(Decimal::parse("1e19")->to_integer().has_value());
  CHECK(Decimal::parse("-9223372036854775808")->to_integer() == INT64_MIN);
  CHECK(floor(*Decimal::parse("-1.5")).to_text() == "-2");
  CHECK(ceiling(*Decimal::parse("-1.5")).to_text() == "-1");
}
