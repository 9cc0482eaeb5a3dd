#include "core/value/zone.hpp"

#include "tests/support/catch.hpp"

using namespace weir::value;

namespace {

void append(std::string& out, std::uint64_t number, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(number >> (8 * i) & 0xff);
}

/// A version 2 file with one change of offset and a rule for later.
std::string file(std::int64_t change, std::int32_t before, std::int32_t after, const std::string& rule) {
  std::string out;
  for (int version = 0; version < 2; ++version) {
    out += "TZif2";
    out.append(15, '\0');
    for (const std::uint64_t count : {0u, 0u, 0u, 1u, 2u, 8u}) append(out, count, 4);
    append(out, static_cast<std::uint64_t>(change), version == 0 ? 4 : 8);
    out += '\1';
    for (const std::int32_t offset : {before, after}) {
      append(out, static_cast<std::uint32_t>(offset), 4);
      out.append(2, '\0');
    }
    out += std::string("AAA\0BBB\0", 8);
  }
  return out + '\n' + rule + '\n';
}

std::int64_t utc(const char* text) {
  return *utc_seconds(*parse_date_time(text));
}

}  // namespace

TEST_CASE("transitions, then the rule at the end of the file") {
  const auto rules =
      ZoneRules::parse(file(utc("1980-04-06T01:00:00Z"), 3600, 7200, "CET-1CEST,M3.5.0,M10.5.0/3"));
  REQUIRE(rules.has_value());
  CHECK(rules->offset_at_utc(utc("1970-01-01T00:00:00Z")) == 3600);
  CHECK(rules->offset_at_utc(utc("2024-03-31T00:59:59Z")) == 3600);
  CHECK(rules->offset_at_utc(utc("2024-03-31T01:00:00Z")) == 7200);
  CHECK(rules->offset_at_utc(utc("2024-10-27T00:59:59Z")) == 7200);
  CHECK(rules->offset_at_utc(utc("2024-10-27T01:00:00Z")) == 3600);
  CHECK(rules->offset_at_utc(utc("9999-07-01T00:00:00Z")) == 7200);
  // local times: in the gap the offset before it, in the overlap the earlier one
  CHECK(rules->offset_at_local(utc("2024-03-31T02:30:00Z")) == 3600);
  CHECK(rules->offset_at_local(utc("2024-10-27T02:30:00Z")) == 7200);
  CHECK(rules->offset_at_local(utc("2024-12-01T00:00:00Z")) == 3600);
}

TEST_CASE("rules of the southern half, of Julian days and without daylight saving") {
  const auto sydney = ZoneRules::parse(file(0, 36'000, 36'000, "AEST-10AEDT,M10.1.0,M4.1.0/3"));
  CHECK(sydney->offset_at_utc(utc("2024-01-01T00:00:00Z")) == 39'600);
  CHECK(sydney->offset_at_utc(utc("2024-06-01T00:00:00Z")) == 36'000);
  const auto julian = ZoneRules::parse(file(0, 0, 0, "AAA0BBB,J60/0,300/0"));
  CHECK(julian->offset_at_utc(utc("2024-02-29T12:00:00Z")) == 0);
  CHECK(julian->offset_at_utc(utc("2024-03-01T12:00:00Z")) == 3600);
  const auto dhaka = ZoneRules::parse(file(0, 0, 21'600, "<+06>-6"));
  CHECK(dhaka->offset_at_utc(utc("2024-01-01T00:00:00Z")) == 21'600);
}

TEST_CASE("bytes that are no zone are refused") {
  const std::string good = file(0, 0, 3600, "CET-1");
  CHECK_FALSE(ZoneRules::parse("").has_value());
  CHECK_FALSE(ZoneRules::parse("TZif2").has_value());
  for (std::size_t size = 0; size < good.size() - 8; ++size) (void)ZoneRules::parse(good.substr(0, size));
  std::string huge = good;
  huge[32] = '\x7f';  // counts beyond the file
  (void)ZoneRules::parse(huge);
}

TEST_CASE("a set of zones answers by name") {
  Zones zones;
  CHECK(zones.add("Europe/Paris", file(0, 3600, 3600, "CET-1CEST,M3.5.0,M10.5.0/3")));
  CHECK_FALSE(zones.add("Nowhere/City", file(0, 0, 0, "")));
  CHECK(utc_offset(*parse_date_time("2024-07-01T00:00:00@Europe/Paris"), &zones) == 7200);
  CHECK_FALSE(utc_offset(*parse_date_time("2024-07-01T00:00:00@Asia/Dhaka"), &zones).has_value());
  CHECK(utc_offset(*parse_date_time("2024-07-01T00:00:00@Etc/UTC"), nullptr) == 0);
  CHECK_FALSE(utc_offset(*parse_date_time("2024-07-01T00:00:00"), &zones).has_value());
}
