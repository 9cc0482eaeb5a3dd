#include "core/value/temporal.hpp"

#include "tests/support/catch.hpp"

using namespace weir::value;

TEST_CASE("dates are read, written and counted") {
  for (const char* text :
       {"1970-01-01", "2024-02-29", "0001-01-01", "-0044-03-15", "999999999-12-31", "-999999999-01-01"}) {
    CAPTURE(text);
    REQUIRE(parse_date(text).has_value());
    CHECK(to_text(*parse_date(text)) == text);
  }
  for (const char* text : {"", "2023-02-29", "2024-13-01", "2024-00-01", "2024-1-1", "24-01-01",
                           "02024-01-01", "1999999999-01-01", "2024-01-01x", "2024-01-32", "+2024-01-01"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_date(text).has_value());
  }
  CHECK(parse_date("1970-01-02")->days == 1);
  CHECK(parse_date("2000-03-01")->days == 11'017);
  CHECK(weekday(*parse_date("2024-02-29")) == 4);
  CHECK(day_of_year(*parse_date("2024-12-31")) == 366);
  CHECK(week_of_year(*parse_date("2021-01-03")) == 53);
  CHECK(week_of_year(*parse_date("2024-12-30")) == 1);
  // every day of four centuries, there and back
  for (std::int64_t day = parse_date("1600-01-01")->days; day < parse_date("2000-01-01")->days; ++day) {
    const CivilDate parts = civil({day});
    REQUIRE(date_of(parts.year, parts.month, parts.day)->days == day);
  }
}

TEST_CASE("times and moments are read and written") {
  for (const char* text :
       {"2024-03-10T10:00:00", "2024-03-10T10:00:00.123456789Z", "2024-03-10T23:59:59+01:00",
        "2024-03-10T00:00:00-05:30", "2024-03-10T00:00:00@Europe/Paris", "2024-03-10T00:00:00+01:00:30"}) {
    CAPTURE(text);
    REQUIRE(parse_date_time(text).has_value());
    CHECK(to_text(*parse_date_time(text)) == text);
  }
  CHECK(to_text(*parse_date_time("2024-12-31T24:00:00")) == "2025-01-01T00:00:00");
  CHECK(to_text(*parse_date_time("2024-12-31T10:00:00+00:00")) == "2024-12-31T10:00:00Z");
  for (const char* text :
       {"2024-03-10", "2024-03-10T10:00", "2024-03-10T24:00:01", "2024-03-10T10:60:00",
        "2024-03-10T10:00:00+19:00", "2024-03-10T10:00:00@Nowhere/City", "2024-03-10 10:00:00",
        "2024-03-10T10:00:00ZZ", "2024-03-10T10:00:00.", "2024-03-10T1:00:00"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_date_time(text).has_value());
  }
  CHECK(to_text(*parse_time("10:30:00.50+02:00")) == "10:30:00.5+02:00");
  CHECK(parse_timer_date("2024-03-10T10:00Z").has_value());
  CHECK(to_text(*parse_timer_date("2024-03-10")) == "2024-03-10T00:00:00");
}

TEST_CASE("durations") {
  struct Case {
    const char* text;
    const char* days_time;
    const char* years_months;
  };
  const Case cases[] = {
      {"PT10S", "PT10S", "P0M"},
      {"P1DT2H3M4.5S", "P1DT2H3M4.5S", "P0M"},
      {"-PT90M", "-PT1H30M", "P0M"},
      {"P1Y2M", "PT0S", "P1Y2M"},
      {"P1Y2M3DT4H", "P3DT4H", "P1Y2M"},
      {"P2W", "P14D", "P0M"},
      {"-P14M", "PT0S", "-P1Y2M"},
      {"P0D", "PT0S", "P0M"},
      {"PT0.000000001S", "PT0.000000001S", "P0M"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.text);
    const auto period = parse_period(each.text);
    REQUIRE(period.has_value());
    CHECK(to_text(period->days_time) == each.days_time);
    CHECK(to_text(period->years_months) == each.years_months);
  }
  for (const char* text : {"", "P", "PT", "P1", "1D", "P1S", "PT1D", "P1M1Y", "P1YT", "P-1D", "P1.5D",
                           "PT1H1H", "P99999999999999999999D", "P999999999999999999D"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_period(text).has_value());
  }
}

TEST_CASE("repeating intervals") {
  const auto cycle = parse_repetition("R5/PT10S");
  REQUIRE(cycle.has_value());
  CHECK(cycle->count == 5);
  CHECK(to_text(cycle->period.days_time) == "PT10S");
  const auto endless = parse_repetition("R/2024-01-01T00:00:00Z/P1D");
  REQUIRE(endless.has_value());
  CHECK_FALSE(endless->count.has_value());
  CHECK(to_text(*endless->start) == "2024-01-01T00:00:00Z");
  CHECK(parse_repetition("R3/PT1H/2024-12-31T00:00:00Z")->end.has_value());
  CHECK(to_text(parse_repetition("R2/2024-01-01T00:00:00Z/2024-01-02T00:00:00Z")->period.days_time) == "P1D");
  CHECK(parse_repetition("R-1/PT1S").has_value());
  for (const char* text :
       {"", "R", "R/", "R5", "Rx/PT1S", "R5/", "R5/PT1S/PT2S", "PT10S", "R5/2024-01-01T00:00:00Z"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_repetition(text).has_value());
  }
}

TEST_CASE("adding to dates keeps to the calendar and to the range") {
  CHECK(to_text(*add(*parse_date("2024-01-31"), YearsMonthsDuration{1})) == "2024-02-29");
  CHECK(to_text(*add(*parse_date("2024-02-29"), YearsMonthsDuration{-12})) == "2023-02-28");
  CHECK_FALSE(add(*parse_date("999999999-12-31"), YearsMonthsDuration{1}).has_value());
  CHECK_FALSE(add(*parse_date("2024-01-01"), YearsMonthsDuration{INT64_MAX}).has_value());
  const auto moment = *parse_date_time("2024-02-28T23:59:59.5");
  CHECK(to_text(*add(moment, DaysTimeDuration{0, 500'000'000})) == "2024-02-29T00:00:00");
  CHECK_FALSE(add(moment, DaysTimeDuration{INT64_MAX, 0}).has_value());
  CHECK(to_text(add(*parse_time("23:30:00"), DaysTimeDuration{3600, 0})) == "00:30:00");
  CHECK(to_text(*add(moment, *parse_period("P1MT1S"))) == "2024-03-29T00:00:00.5");
  CHECK(utc_seconds(*parse_date_time("1970-01-01T01:00:00+01:00")) == 0);
}
