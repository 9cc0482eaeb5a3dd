#include "core/base/did_you_mean.hpp"

#include <vector>

#include "tests/support/catch.hpp"

using namespace weir;

TEST_CASE("edit distance counts insertions, deletions, replacements and swaps") {
  struct Row {
    const char *a, *b;
    std::size_t distance;
  };
  for (const auto& [a, b, distance] :
       {Row{"", "", 0}, Row{"", "abc", 3}, Row{"lint", "lint", 0}, Row{"lnit", "lint", 1},
        Row{"lin", "lint", 1}, Row{"kitten", "sitting", 3}, Row{"ca", "abc", 3}}) {
    CAPTURE(a, b);
    CHECK(edit_distance(a, b) == distance);
    CHECK(edit_distance(b, a) == distance);
  }
  CHECK(edit_distance(std::string(1000, 'a'), "a") == 1000);
}

TEST_CASE("only near words are suggested") {
  const std::vector<std::string> words{"fake-join", "dangling-flow", "lint", "x"};
  CHECK(did_you_mean("fake-jion", words) == "fake-join");
  CHECK(did_you_mean("danglingflow", words) == "dangling-flow");
  CHECK(did_you_mean("verify", words).empty());
  CHECK(did_you_mean("y", words).empty());
  CHECK(did_you_mean_text("lnt", words) == "; did you mean 'lint'?");
  CHECK(did_you_mean_text("simulate", words).empty());
}
