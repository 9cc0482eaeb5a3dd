// Durations, dates and texts with holes.
#include "formats/toml/texts.hpp"

#include "tests/support/catch.hpp"

using namespace weir::formats::toml;

TEST_CASE("durations become ISO 8601", "[toml]") {
  struct Row {
    std::string_view written, iso;
  };
  const Row rows[] = {
      {"90s", "PT90S"},
      {"15m", "PT15M"},
      {"2h", "PT2H"},
      {"3d", "P3D"},
      {"1w", "P7D"},
      {"2mo", "P2M"},
      {"1y", "P1Y"},
      {"1d12h", "P1DT12H"},
      {"1w2d", "P9D"},
      {"1.5s", "PT1.5S"},
      {"0s", "PT0S"},
      {"1y2mo3d4h5m6s", "P1Y2M3DT4H5M6S"},
      {"P2D", "P2D"},
      {"PT90M", "PT90M"},
      {"P1W", "P7D"},
      {"PT0.25S", "PT0.25S"},
      {"P1Y2M3DT4H5M6S", "P1Y2M3DT4H5M6S"},
      // none
      {"", ""},
      {"2", ""},
      {"d", ""},
      {"2x", ""},
      {"2h1d", ""},
      {"2d2d", ""},
      {"1.5h", ""},
      {"-2d", ""},
      {"2 d", ""},
      {"P", ""},
      {"PT", ""},
      {"P2", ""},
      {"P2H", ""},
      {"PT2D", ""},
      {"P1DT", ""},
      {"P1.5D", ""},
      {"PT1.S", ""},
      {"99999999999d", ""},
      {"2min", ""},
      {"inf", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.written);
    CHECK(iso_duration(row.written).value_or("") == row.iso);
  }
}

TEST_CASE("dates become ISO 8601 with a time", "[toml]") {
  struct Row {
    std::string_view written, iso;
  };
  const Row rows[] = {
      {"2026-03-02", "2026-03-02T00:00:00"},
      {"2026-03-02 10:00", "2026-03-02T10:00:00"},
      {"2026-03-02T10:00:30Z", "2026-03-02T10:00:30Z"},
      {"2026-03-02t10:00:30.5z", "2026-03-02T10:00:30.5Z"},
      {"2026-03-02T10:00:30+02:00", "2026-03-02T10:00:30+02:00"},
      {"2026-03-02T10:00:30@Europe/Berlin", "2026-03-02T10:00:30@Europe/Berlin"},
      {"2026-13-02", ""},
      {"2026-03-32", ""},
      {"tomorrow", ""},
      {"2026-03-02T1", ""},
      {"2026-03-02T10:00:30+2", ""},
      {"2d", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.written);
    CHECK(iso_date_time(row.written).value_or("") == row.iso);
  }
}

TEST_CASE("holes become FEEL", "[toml]") {
  struct Row {
    std::string_view written, text, error;
  };
  const Row rows[] = {
      {"plain", "plain", ""},
      {"", "", ""},
      {"${amount}", "=amount", ""},
      {"${ a + 1 }", "=a + 1", ""},
      {"to ${name}!", "=\"to \" + string(name) + \"!\"", ""},
      {"${a}${b}", "=string(a) + string(b)", ""},
      {"costs $5", "costs $5", ""},
      {"$${x}", "${x}", ""},
      {"a $${x} ${y}", "=\"a ${x} \" + string(y)", ""},
      {"say \"${x}\"\n", "=\"say \\\"\" + string(x) + \"\\\"\\n\"", ""},
      {"${ {a: 1}.a }", "={a: 1}.a", ""},
      {"${ \"}\" }", "=\"}\"", ""},
      {"= 5", "=\"= 5\"", ""},
      {"${", "", "this '${' is not closed with '}'"},
      {"x ${a", "", "this '${' is not closed with '}'"},
      {"${ }", "", "there is nothing between '${' and '}'"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.written);
    const DataText made = data_text(row.written);
    CHECK(made.text == row.text);
    CHECK(made.error == row.error);
  }
}
