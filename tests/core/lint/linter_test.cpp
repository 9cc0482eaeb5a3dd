#include "core/lint/linter.hpp"

#include "core/lint/rules.hpp"
#include "tests/support/catch.hpp"

using namespace weir;
using namespace weir::lint;

TEST_CASE("names of rules and groups are resolved, unknown ones are errors") {
  const auto row = [](std::string_view id) {
    for (std::size_t i = 0; i < std::size(all_rules); ++i)
      if (all_rules[i]->id == id) return i;
    return std::size(all_rules);
  };
  const std::size_t fake_join = row("fake-join");
  const std::size_t dangling = row("dangling-flow");
  CHECK(select({})->enabled(fake_join));
  CHECK(!select({.ignore = {"fake-join"}})->enabled(fake_join));
  CHECK(!select({.ignore = {"correctness"}})->enabled(fake_join));
  const auto only = select({.select = {"fake-join"}});
  CHECK(only->enabled(fake_join));
  CHECK(!only->enabled(dangling));
  CHECK(select({.select = {"all"}})->enabled(dangling));
  CHECK(select({.severities = {{"fake-join", Severity::error}}})->severity(fake_join) == Severity::error);
  CHECK(select({})->severity(fake_join) == Severity::warning);
  CHECK(select({})->tolerated(fake_join) == Severity::warning);
  const auto mismatch = row("incoming-outgoing-mismatch");
  CHECK(select({})->severity(mismatch) == Severity::error);
  CHECK(select({})->tolerated(mismatch) == Severity::warning);
  CHECK(select({.severities = {{"incoming-outgoing-mismatch", Severity::info}}})->tolerated(mismatch) ==
        Severity::info);

  const auto wrong = select({.ignore = {"fake-jion"}});
  REQUIRE(!wrong);
  CHECK(wrong.error().message == "there is no rule or group 'fake-jion'; did you mean 'fake-join'?");
  CHECK(!select({.select = {"nonsense"}}));
  CHECK(!select({.severities = {{"nonsense", Severity::error}}}));
}

TEST_CASE("every rule is well described") {
  for (const Rule* rule : all_rules) {
    CAPTURE(rule->id);
    CHECK(find_rule(rule->id) == rule);
    CHECK(rule->id.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string_view::npos);
    CHECK(!rule->group.empty());
    CHECK(rule->summary.ends_with('.'));
    CHECK(rule->explanation.size() > 150);
    CHECK(rule->explanation.find("\n\nMend it ") != std::string_view::npos);
  }
  CHECK(!find_rule("nonsense"));
}
