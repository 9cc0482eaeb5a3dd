#include "core/base/source_map.hpp"

#include "tests/support/catch.hpp"

using namespace weir;

TEST_CASE("positions count lines and code points") {
  SourceMap sources;
  const FileId file = sources.add("a.bpmn", "one\r\ntw\xC3\xB6 x\rthree\n");
  const auto at = [&](std::uint32_t offset) {
    const Position p = sources.position(file, offset);
    return std::pair(p.line, p.column);
  };
  CHECK(at(0) == std::pair(1u, 1u));
  CHECK(at(5) == std::pair(2u, 1u));
  CHECK(at(9) == std::pair(2u, 4u));   // after the two bytes of ö
  CHECK(at(12) == std::pair(3u, 1u));  // a lone CR ends a line too
  CHECK(at(999) == std::pair(4u, 1u));
  CHECK(sources.line(file, 2) == "tw\xC3\xB6 x");
  CHECK(sources.line(file, 5).empty());
  CHECK(sources.snippet({file, 12, 17}) == "three");
}

TEST_CASE("positions do not depend on the order of questions") {
  const std::string text =
      "a\xC3\xB6"
      "b\n\xE2\x82\xAC xy\n\nlast";
  SourceMap fresh_answers, one_after_the_other;
  const FileId file = one_after_the_other.add("a", text);
  for (const std::uint32_t offset : {7u, 0u, 10u, 8u, 4u, 5u, 9u, 12u, 11u, 13u, 3u, 1u, 14u, 2u}) {
    const Position expected = fresh_answers.position(fresh_answers.add("a", text), offset);
    const Position actual = one_after_the_other.position(file, offset);
    CAPTURE(offset);
    CHECK(actual.line == expected.line);
    CHECK(actual.column == expected.column);
  }
}
