#include "cli/world/ignore.hpp"

#include "tests/support/catch.hpp"

using weir::cli::world::IgnoreFile;
using weir::cli::world::wildcard_match;

TEST_CASE("wildcards stop at slashes, double stars do not") {
  struct Case {
    const char* pattern;
    const char* path;
    bool matches;
  };
  for (const Case& each : {
           Case{"a.bpmn", "a.bpmn", true},
           {"a.bpmn", "b.bpmn", false},
           {"*.bpmn", "a.bpmn", true},
           {"*.bpmn", "x/a.bpmn", false},
           {"*", "", true},
           {"?.bpmn", "a.bpmn", true},
           {"?.bpmn", ".bpmn", false},
           {"?", "/", false},
           {"**/*.bpmn", "a.bpmn", true},
           {"**/*.bpmn", "x/y/a.bpmn", true},
           {"x/**/a", "x/a", true},
           {"x/**/a", "x/y/z/a", true},
           {"x/**/a", "xy/a", false},
           {"x/**", "x/y/z", true},
           {"**/b/**", "a/b/c", true},
           {"**/b/**", "a/bb/c", false},
           {"[a-c]x", "bx", true},
           {"[!a-c]x", "bx", false},
           {"[]x]", "]", true},
           {"[\\]]", "]", true},
           {"[x", "[x", true},
           {"[a-]", "-", true},
           {"\\*", "*", true},
           {"\\*", "a", false},
           {"a\\", "a\\", true},
           {"a*b*c", "a1b2b3c", true},
           {"a*b*c", "a1b2b3", false},
       }) {
    CAPTURE(each.pattern, each.path);
    CHECK(wildcard_match(each.pattern, each.path) == each.matches);
  }
}

TEST_CASE("a pattern with many stars is not slow") {
  std::string pattern;
  for (int i = 0; i < 200; ++i) pattern += "*a";
  CHECK_FALSE(wildcard_match(pattern, std::string(199, 'a')));
  CHECK(wildcard_match(pattern, std::string(400, 'a')));
}

TEST_CASE("ignore files follow gitignore(5)") {
  const IgnoreFile file("/p/",
                        "# comment\r\n"
                        "\n"
                        "*.tmp\n"
                        "!keep.tmp\n"
                        "/top.bpmn\n"
                        "out/\n"
                        "docs/*.bpmn\n"
                        "\\#odd\n"
                        "trailing   \n");
  using enum IgnoreFile::Verdict;
  CHECK(file.verdict("/p/a.tmp", false) == ignored);
  CHECK(file.verdict("/p/x/a.tmp", false) == ignored);
  CHECK(file.verdict("/p/x/keep.tmp", false) == kept);
  CHECK(file.verdict("/p/top.bpmn", false) == ignored);
  CHECK(file.verdict("/p/x/top.bpmn", false) == silent);
  CHECK(file.verdict("/p/x/out", true) == ignored);
  CHECK(file.verdict("/p/out", false) == silent);
  CHECK(file.verdict("/p/docs/a.bpmn", false) == ignored);
  CHECK(file.verdict("/p/docs/x/a.bpmn", false) == silent);
  CHECK(file.verdict("/p/#odd", false) == ignored);
  CHECK(file.verdict("/p/trailing", false) == ignored);
}
