#include "core/lint/timer_text.hpp"

#include "tests/support/catch.hpp"

using namespace weir::lint;

TEST_CASE("dates") {
  for (const char* good :
       {"2024-12-31", "20241231", "2024-02-29T23:59", "2024-12-31T23:59:60Z", "2024-12-31T23:59:00.5+01:00",
        "2024-12-31T23:59:00-0330", "2024-12-31T23:59:00+01", "2024-12-31T23:59:00+02:00[Europe/Berlin]",
        "20241231T235900Z", "2024-12-31T24:00:00", "2000-02-29"}) {
    CAPTURE(good);
    CHECK(check_date(good).problem == "");
  }
  for (const char* bad :
       {"", "2024", "2024-13-01", "2024-00-10", "2024-02-30", "1900-02-29", "2024-12-31T", "2024-12-31T25:00",
        "2024-12-31T24:00:01", "2024-12-31T23:60", "99999-01-01T00:00:00Z", "2024-12-31T23:59:00 Berlin",
        "2024-12-31T23:59:00[]", "2024-12-31T23:59:00[Europe/Berlin", "2024-12-31T23:59:00+25:00",
        "31.12.2024", "2024-1-1"}) {
    CAPTURE(bad);
    CHECK(check_date(bad).problem != "");
  }
}

TEST_CASE("texts of timer durations") {
  struct Row {
    const char* text;
    double seconds;
  };
  for (const auto& [text, seconds] :
       {Row{"PT0S", 0}, Row{"PT10S", 10}, Row{"PT1H30M", 5400}, Row{"P1DT0.5H", 88200}, Row{"P2W", 1209600},
        Row{"PT0,5S", 0.5}, Row{"pt5m", 300}, Row{"+PT1S", 1}}) {
    CAPTURE(text);
    CHECK(check_duration(text).problem == "");
    CHECK(check_duration(text).seconds == seconds);
  }
  CHECK(check_duration("P1Y2M3D").problem == "");
  for (const char* bad : {"",
                          "P",
                          "PT",
                          "P1DT",
                          "1 hour",
                          "P1H",
                          "PT1D",
                          "PT1M1H",
                          "PT1H1H",
                          "-PT1H",
                          "PT-1H",
                          "P1E9Y",
                          "PT1",
                          "P1Y2",
                          "PT1S ",
                          "PT99999999999999999999S",
                          "P292277026596Y",
                          "P.D",
                          "PT1.S",
                          "P1T1H2"}) {
    CAPTURE(bad);
    CHECK(check_duration(bad).problem != "");
  }
}

TEST_CASE("cycles") {
  struct Row {
    const char* text;
    bool endless;
  };
  for (const auto& [text, endless] :
       {Row{"R3/PT10M", false}, Row{"R/PT10M", true}, Row{"R/PT10M/2025-01-01T00:00:00Z", false},
        Row{"R0/PT1S", false}, Row{"R/2024-01-01T00:00:00Z/P1D", true}, Row{"R3//PT1H", false},
        Row{"R/2024-01-01/2024-01-02", true}, Row{"R5/PT1H/${end}", false}, Row{"* * * * *", true},
        Row{"0 0 8 ? * MON-FRI", true}, Row{"0 0/5 8-18,20 L * ? 2030", true},
        Row{"0 0 12 15W jan,jul FRI#2", true}, Row{"0 0 0 LW * 6L", true}, Row{"@daily", true},
        Row{"  0 0 22-2 * * *  ", true}}) {
    CAPTURE(text);
    CHECK(check_cycle(text).problem == "");
    CHECK(check_cycle(text).endless == endless);
  }
  for (const char* bad : {"",
                          "R",
                          "R/",
                          "R3",
                          "R/PT0S",
                          "R-5/PT1S",
                          "R3/1 hour",
                          "R9999999999999999999/PT1S",
                          "PT5M",
                          "R3/PT1H/never",
                          "* * * *",
                          "61 25 32 13 8 ?",
                          "0 0 0 0 * ?",
                          "0 0 24 * * ?",
                          "0 */0 * * * ?",
                          "0 0 8 * * MON-FRY",
                          "0 0 8 * JUP *",
                          "? * * * * *",
                          "0 0 8 , * *",
                          "0 0 8 1-40 * *",
                          "@noon",
                          "a b c d e",
                          "0 0 0 1W2 * ?"}) {
    CAPTURE(bad);
    CHECK(check_cycle(bad).problem != "");
  }
  CHECK(check_cycle("* * * * * *").seconds == 1);
  CHECK(check_cycle("0 * * * * *").seconds == 60);
}

TEST_CASE("methods of Java objects in expressions") {
  CHECK(called_bean("${runtime.exec('id')}") == "runtime");
  CHECK(called_bean("#{ clock.now.plus(1) }") == "clock");
  CHECK(called_bean("${order.due}") == "");
  CHECK(called_bean("${now()}") == "");
  CHECK(called_bean("${") == "");
  CHECK(called_bean("=duration(\"PT1H\")") == "");
}
