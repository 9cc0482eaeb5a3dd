// Scenarios of Prosimos: what is read, and what is said about what cannot be.
#include "formats/prosimos/reader.hpp"

#include <string>

#include "formats/scenario.hpp"
#include "tests/support/catch.hpp"

using namespace weir;

namespace {

struct Read {
  SourceMap sources;
  Diagnostics diagnostics;
  std::optional<simulate::Scenario> scenario;

  explicit Read(std::string text)
      : scenario(formats::read_scenario("s.json", std::move(text), sources, diagnostics)) {}
  /// "4:12 bad-scenario message" of each diagnostic.
  [[nodiscard]] std::vector<std::string> problems() const {
    std::vector<std::string> lines;
    for (const Diagnostic& each : diagnostics.list()) {
      const Position at = sources.position(each.span.file, each.span.begin);
      lines.push_back(std::to_string(at.line) + ":" + std::to_string(at.column) + " " + each.code + " " +
                      each.message);
    }
    return lines;
  }
};

constexpr const char* good = R"({
  "process_model": "ignored", "model_type": "CRISP", "granule_size": {"value": 60, "time_unit": "MINUTES"},
  "resource_profiles": [
    {"id": "clerks", "name": "Clerks", "resource_list": [
      {"id": "c", "name": "Clerk", "amount": "2", "cost_per_hour": "20.5", "calendar": "office", "assignedTasks": []},
      {"id": "d", "name": "Dana", "amount": 1, "cost_per_hour": 30, "calendar": "nights"}]}],
  "arrival_time_distribution": {"distribution_name": "expon",
    "distribution_params": [{"value": 100}, {"value": 0}, {"value": Infinity}]},
  "arrival_time_calendar": [{"from": "MONDAY", "to": "SUNDAY", "beginTime": "00:00:00", "endTime": "23:59:59.999999"}],
  "gateway_branching_probabilities": [{"gateway_id": "g", "probabilities": [
    {"path_id": "f1", "value": "0.25"}, {"path_id": "f2"}]}],
  "task_resource_distribution": [{"task_id": "t", "resources": [
    {"resource_id": "c", "distribution_name": "fix", "distribution_params": [{"value": 60}]},
    {"resource_id": "d", "distribution_name": "uniform", "distribution_params": [{"value": 10}, {"value": 20}]}]}],
  "resource_calendars": [
    {"id": "office", "name": "office", "time_periods": [
      {"from": "MONDAY", "to": "FRIDAY", "beginTime": "09:00", "endTime": "17:00:00"}]},
    {"id": "nights", "name": "nights", "time_periods": [
      {"from": "Saturday", "to": "MONDAY", "beginTime": "22:00:00", "endTime": "00:00:00"}]}],
  "event_distribution": [{}, {"event_id": "e", "distribution_name": "fix", "distribution_params": [{"value": 5}]}]
})";

/// A scenario with one section.
std::string with(const std::string& section) {
  return "{\"resource_profiles\": [],\n" + section + "}";
}

}  // namespace

TEST_CASE("a scenario of Prosimos is read") {
  const Read read(good);
  CHECK(read.problems().empty());
  REQUIRE(read.scenario.has_value());
  const simulate::Scenario& scenario = *read.scenario;
  REQUIRE(scenario.resources.size() == 2);
  CHECK(scenario.resources[0].id == "c");
  CHECK(scenario.resources[0].count == 2);
  CHECK(scenario.resources[0].cost_per_hour == 20.5);
  CHECK(scenario.resources[0].pool == "Clerks");
  CHECK(scenario.resources[1].calendar == "nights");
  REQUIRE(scenario.arrivals.between.has_value());
  CHECK(scenario.arrivals.between->mean() == 100);
  REQUIRE(scenario.calendars.size() == 3);
  CHECK(scenario.calendars[0].calendar.weekly_work() == value::per_week - 7);
  CHECK(scenario.calendars[1].calendar.weekly_work() == 40 * value::per_hour);
  CHECK(scenario.calendars[2].calendar.weekly_work() == 6 * value::per_hour);
  REQUIRE(scenario.flows.size() == 2);
  CHECK(scenario.flows[0].probability == 0.25);
  CHECK_FALSE(scenario.flows[1].probability.has_value());
  REQUIRE(scenario.activities.size() == 2);
  CHECK(scenario.activities[1].resource == "d");
  CHECK(scenario.activities[1].time.mean() == 15);
  REQUIRE(scenario.events.size() == 1);
  CHECK(read.sources.position(scenario.flows[1].span.file, scenario.flows[1].span.begin).line == 11);
}

TEST_CASE("what is wrong with a scenario has a place") {
  struct Row {
    const char* section;
    const char* problem;
  };
  for (
      const Row& row : {
          Row{R"("resource_calendars": [{"id": "c", "time_periods": [{"from": "MUNDAY", "to": "FRIDAY", "beginTime": "09:00", "endTime": "17:00"}]}])",
              "2:62 bad-scenario 'MUNDAY' is no day of the week; did you mean 'MONDAY'?"},
          Row{R"("resource_calendars": [{"id": "c", "time_periods": [{"from": "MONDAY", "to": "FRIDAY", "beginTime": "9 am", "endTime": "17:00"}]}])",
              "2:101 bad-scenario '9 am' is no time of day"},
          Row{R"("resource_calendars": [{"id": "c", "time_periods": [{"from": "MONDAY", "to": "FRIDAY", "beginTime": "09:00"}]}])",
              "2:53 bad-scenario a period without 'beginTime' or 'endTime'"},
          Row{R"("resource_calendars": 5)", "2:23 bad-scenario 'resource_calendars' is a number, not a list"},
          Row{R"("arrival_time_distribution": {"distribution_name": "gama", "distribution_params": []})",
              "2:52 bad-scenario distribution 'gama' is not known"},
          Row{R"("arrival_time_distribution": {"distribution_name": "gamma", "distribution_params": [{"value": 1}]})",
              "2:84 bad-scenario 'gamma' does not take 1 parameters"},
          Row{R"("arrival_time_distribution": {"distribution_name": "fix", "distribution_params": [{"value": "x"}]})",
              "2:93 bad-scenario a parameter of 'fix' is no number"},
          Row{R"("arrival_time_distribution": {})",
              "2:30 bad-scenario a distribution without distribution_name"},
          Row{R"("resource_profiles": [{"resource_list": [{"id": "r", "amount": -1}]}])",
              "2:64 bad-scenario there cannot be -1 of a resource"},
          Row{R"("resource_profiles": [{"resource_list": [{"amount": 1}]}])",
              "2:42 bad-scenario 'id' is missing"},
          Row{R"("task_resource_distribution": [{"task_id": "t", "resources": {"a": 1}}])",
              "2:62 bad-scenario 'resources' is an object, not a list"},
          Row{R"("gateway_branching_probabilities": [{"gateway_id": "g", "probabilities": [{"path_id": "f", "value": true}]}])",
              "2:101 bad-scenario 'value' is no number"},
          Row{R"("batch_processing": [{"task_id": "t"}])",
              "2:1 not-simulated this version of weir does not simulate 'batch_processing'"},
          Row{R"("model_type": "FUZZY")",
              "2:1 not-simulated this version of weir does not simulate FUZZY calendars: their hours count "
              "in full"},
      }) {
    CAPTURE(row.section);
    const Read read(with(row.section));
    CHECK(read.problems() == std::vector<std::string>{row.problem});
    CHECK(read.scenario.has_value());
  }
}

TEST_CASE("what is no scenario is refused") {
  struct Row {
    const char* text;
    const char* problem;
  };
  for (const Row& row : {
           Row{"{\n  \"resource_profiles\": [1, 2\n", "3:1 bad-json this is no JSON"},
           Row{"{\"a\": 1}",
               "1:1 bad-scenario this JSON is no scenario of Prosimos: it has no 'resource_profiles'"},
           Row{"[]", "1:1 bad-scenario this JSON is no scenario of Prosimos: it has no 'resource_profiles'"},
           Row{"{\"resource_profiles\": {\"r\": []}}",
               "1:23 bad-scenario this is a scenario of the first Prosimos (2021), which weir does not read"},
           Row{"", "1:1 bad-scenario this is no scenario that weir can read (JSON of Prosimos)"},
           Row{"<definitions/>",
               "1:1 bad-scenario this is no scenario that weir can read (JSON of Prosimos)"},
       }) {
    CAPTURE(row.text);
    const Read read(row.text);
    REQUIRE(read.problems().size() == 1);
    CHECK(
        read.problems()[0].starts_with(row.problem));  // the reasons of RapidJSON differ between its versions
    CHECK_FALSE(read.scenario.has_value());
  }
}

TEST_CASE("the last of several resources with one id counts") {
  const Read read(R"({"resource_profiles": [{"name": "p", "resource_list": [{"id": "r", "cost_per_hour": 1}]},
    {"name": "q", "resource_list": [{"id": "r", "cost_per_hour": 2}]}]})");
  REQUIRE(read.scenario->resources.size() == 1);
  CHECK(read.scenario->resources[0].cost_per_hour == 2);
}

TEST_CASE("attributes of cases and rules on them become variables and conditions") {
  const Read read(with(R"(
    "case_attributes": [
      {"name": "amount", "type": "continuous", "values": {"distribution_name": "uniform",
        "distribution_params": [{"value": 0}, {"value": 2000}]}},
      {"name": "client", "type": "discrete", "values": [{"key": "new", "value": 0.25}, {"key": "old", "value": "0.75"}]}],
    "branch_rules": [
      {"id": "large", "rules": [[{"attribute": "amount", "comparison": "in", "value": ["1000", "inf"]}],
        [{"attribute": "client", "comparison": "=", "value": "new"},
         {"attribute": "amount", "comparison": ">", "value": 500}]]},
      {"id": "broken", "rules": [[{"attribute": "amount", "comparison": "~", "value": 1}]]}],
    "gateway_branching_probabilities": [{"gateway_id": "g", "probabilities": [
      {"path_id": "f1", "value": 0.5, "condition_id": "large"},
      {"path_id": "f2", "value": 0.5, "condition_id": "larch"}]}])"));
  REQUIRE(read.scenario.has_value());
  CHECK(read.problems() ==
        std::vector<std::string>{"11:73 bad-scenario comparison '~' is not known",
                                 "14:55 bad-scenario there are no branch_rules 'larch' that can be used"});
  REQUIRE(read.scenario->variables.size() == 2);
  CHECK(read.scenario->variables[0].number.has_value());
  REQUIRE(read.scenario->variables[1].choices.size() == 2);
  CHECK(read.scenario->variables[1].choices[1].weight == 0.75);
  REQUIRE(read.scenario->conditions.size() == 1);
  CHECK(read.scenario->conditions[0].flow == "f1");
  CHECK(read.scenario->conditions[0].condition ==
        "(amount >= 1000 and true) or client = \"new\" and amount > 500");
}

TEST_CASE("exponnorm has the parameters of scipy: K, loc, scale, then the interval") {
  const Read read(with(R"("arrival_time_distribution": {"distribution_name": "exponnorm",
    "distribution_params": [{"value": 0.5}, {"value": 100}, {"value": 20}, {"value": 0}, {"value": 1000}]})"));
  CHECK(read.problems().empty());
  REQUIRE(read.scenario->arrivals.between.has_value());
  CHECK(read.scenario->arrivals.between->shape() == simulate::Shape::exponnorm);
  CHECK(read.scenario->arrivals.between->mean() == 110);
}
