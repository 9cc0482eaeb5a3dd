// What comes from outside besides messages and finished work: signals, variables, decisions of people; and
// what engines read differently from BPMN.
#include "tests/support/catch.hpp"
#include "tests/support/engine_room.hpp"

using namespace weir;
using test::EngineRoom;

namespace {

std::string process(const std::string& content, const std::string& vendor = {}) {
  return R"(<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t" )" + vendor +
         R"(><process id="p" isExecutable="true"><startEvent id="start"/>
<sequenceFlow id="f1" sourceRef="start" targetRef="x"/>)" +
         content + "</process></definitions>";
}

const std::string two_ways = R"(<exclusiveGateway id="x"/>
<sequenceFlow id="left" sourceRef="x" targetRef="a"/><sequenceFlow id="right" name="to b" sourceRef="x" targetRef="b"/>
<userTask id="a"/><userTask id="b"/>)";

}  // namespace

TEST_CASE("a person says which way when nothing decides", "[execute]") {
  EngineRoom room;
  const std::string id = room.start(room.add("p.bpmn", process(two_ways)))->instance;
  CHECK(room.standing(id) == "incident x!undecided");
  CHECK_FALSE(room.batch([&] { return room.runtime->choose(id, "x", "up", "anna"); }).has_value());
  room.reopen();
  CHECK(room.batch([&] { return room.runtime->choose(id, "x", "to b", "anna"); }).has_value());
  CHECK(room.standing(id) == "waiting b");
  CHECK_FALSE(room.batch([&] { return room.runtime->choose(id, "x", "left", "anna"); }).has_value());
}

TEST_CASE("a flow without a condition is taken as true where the engine does", "[execute]") {
  EngineRoom room;
  const std::string text = process(two_ways, R"(xmlns:camunda="http://camunda.org/schema/1.0/bpmn")");
  CHECK(room.standing(room.start(room.add("p.bpmn", text))->instance) == "waiting a");
}

TEST_CASE("a signal from outside reaches who waits for it", "[execute]") {
  EngineRoom room;
  const std::string text = process(R"(<intermediateCatchEvent id="x"><signalEventDefinition signalRef="s"/>
</intermediateCatchEvent><sequenceFlow id="f2" sourceRef="x" targetRef="a"/><userTask id="a"/>)");
  std::string with_signal = text;
  with_signal.insert(with_signal.find("<process"), R"(<signal id="s" name="alarm"/>)");
  const std::string id = room.start(room.add("p.bpmn", with_signal))->instance;
  CHECK_FALSE(room.batch([&] { return room.runtime->signal("other", {}); }).has_value());
  const std::vector<value::Entry> entries{{value::Key("level"), value::Value::integer(3)}};
  CHECK(room.batch([&] { return room.runtime->signal("alarm", value::Value::context(entries)); })->instance ==
        id);
  CHECK(room.standing(id) == "waiting a");
  CHECK(room.variables(id) == "level=3 ");
}

TEST_CASE("variables that are set from outside make conditions true", "[execute]") {
  EngineRoom room;
  const std::string id =
      room.start(room.add("p.bpmn", process(R"(<intermediateCatchEvent id="x"><conditionalEventDefinition>
<condition>= level > 2</condition></conditionalEventDefinition></intermediateCatchEvent>
<sequenceFlow id="f2" sourceRef="x" targetRef="a"/><userTask id="a"/>)")))
          ->instance;
  CHECK(room.standing(id) == "waiting x");
  const std::vector<value::Entry> entries{{value::Key("level"), value::Value::integer(3)}};
  CHECK(
      room.batch([&] { return room.runtime->set(id, value::Value::context(entries), "anna"); }).has_value());
  CHECK(room.standing(id) == "waiting a");
}

TEST_CASE("a condition that looks at one variable still sees that it was false in between", "[execute]") {
  EngineRoom room;
  const std::string text =
      process(R"(<userTask id="x"/><boundaryEvent id="b" attachedToRef="x" cancelActivity="false">
<conditionalEventDefinition camunda:variableName="x"><condition>${y &gt; 1}</condition></conditionalEventDefinition>
</boundaryEvent><sequenceFlow id="f2" sourceRef="b" targetRef="a"/><userTask id="a"/>)",
              R"(xmlns:camunda="http://camunda.org/schema/1.0/bpmn")");
  value::Variables before;
  before.set("x", value::Value::integer(0));
  before.set("y", value::Value::integer(0));
  const std::string id = room.start(room.add("p.bpmn", text), before)->instance;
  const auto set = [&](const std::vector<std::pair<std::string_view, int>>& all) {
    std::vector<value::Entry> entries;
    for (const auto& [name, number] : all)
      entries.push_back({value::Key(name), value::Value::integer(number)});
    CHECK(room.batch([&] { return room.runtime->set(id, value::Value::context(entries), "anna"); })
              .has_value());
    const std::string standing = room.standing(id);
    std::size_t tasks = 0;
    for (std::size_t at = standing.find(" a"); at != std::string::npos; at = standing.find(" a", at + 1))
      ++tasks;
    return tasks;
  };
  CHECK(set({{"x", 1}, {"y", 2}}) == 1);
  CHECK(set({{"x", 2}}) == 1);  // true all the time
  CHECK(set({{"y", 0}}) == 1);
  CHECK(set({{"x", 3}, {"y", 3}}) == 2);
  CHECK(set({{"y", 0}}) == 2);
  CHECK(set({{"y", 4}}) == 2);  // true, but nobody touched x
  CHECK(set({{"x", 4}}) == 3);
}

TEST_CASE("a timer that repeats happens once for each period that nobody looked", "[execute]") {
  EngineRoom room;
  const std::string id = room.start(room.add("p.bpmn", process(R"(<userTask id="x"/>
<boundaryEvent id="b" attachedToRef="x" cancelActivity="false"><timerEventDefinition><timeCycle>R5/PT10M</timeCycle>
</timerEventDefinition></boundaryEvent><sequenceFlow id="f2" sourceRef="b" targetRef="a"/><userTask id="a"/>)")))
                             ->instance;
  room.clock.pass("PT35M");
  room.reopen();
  CHECK(*room.fire_timers() == 3);
  CHECK(*room.fire_timers() == 0);
  const auto has = [&](const std::string& name) { return room.standing(id).find(name) != std::string::npos; };
  CHECK(has("a#3"));
  CHECK_FALSE(has("a#4"));
  room.clock.pass("P1D");
  CHECK(*room.fire_timers() == 2);  // and never again
  CHECK(has("a#5"));
  CHECK_FALSE(has("b"));
}

TEST_CASE("a call activity that names no process is somebody else's job", "[execute]") {
  EngineRoom room;
  const std::string id = room.start(room.add("p.bpmn", process(R"(<callActivity id="x"/>)")))->instance;
  CHECK(room.standing(id) == "waiting x");
  CHECK(room.complete(id + "/x")->status == execute::Status::completed);
}

TEST_CASE("timers of cron texts and of jBPM", "[execute]") {
  const value::Instant now = *execute::parse_instant("2026-11-25T09:00:00Z");
  using model::Dialect;
  const auto at = [&](std::string_view text, Dialect dialect) {
    const auto due = execute::due(text, now, dialect);
    return due ? execute::instant_text(due->at) + (due->repeats < 0 ? " " + due->period : "") : "none";
  };
  CHECK(at("0 0 8 ? * 2", Dialect::camunda7) == "2026-11-30T08:00:00Z 0 0 8 ? * 2");
  CHECK(at("0 0 8 * * 2", Dialect::camunda8) == "2026-12-01T08:00:00Z 0 0 8 * * 2");
  CHECK(at("2s", Dialect::jbpm) == "2026-11-25T09:00:02Z");
  CHECK(at("500", Dialect::jbpm) == "2026-11-25T09:00:00.500Z");
  CHECK(at("1m###90s", Dialect::jbpm) == "2026-11-25T09:01:00Z PT1M30S");
  CHECK(at("2s", Dialect::camunda7) == "none");
  const auto next = execute::next_due(now, now, "0 0 8 * * ?", Dialect::camunda7);
  REQUIRE(next.has_value());
  CHECK(execute::instant_text(*next) == "2026-11-26T08:00:00Z");
  CHECK(execute::next_due(now, now, "PT1H", Dialect::camunda7) == now + 3600 * value::per_second);
}

TEST_CASE("nothing happens to a suspended instance and to what it has called", "[execute]") {
  EngineRoom room;
  const std::string child =
      room.add("child.bpmn", R"(<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
 targetNamespace="t"><process id="inner" isExecutable="true"><startEvent id="begin"/>
<sequenceFlow id="i1" sourceRef="begin" targetRef="nap"/><intermediateCatchEvent id="nap"><timerEventDefinition>
<timeDuration>PT1H</timeDuration></timerEventDefinition></intermediateCatchEvent>
<sequenceFlow id="i2" sourceRef="nap" targetRef="over"/><endEvent id="over"/></process></definitions>)");
  const std::string called = room.start(child)->instance;
  const std::string id = room.start(room.add("p.bpmn", process(R"(<callActivity id="x" calledElement="inner"/>
<sequenceFlow id="f2" sourceRef="x" targetRef="a"/><userTask id="a"/>)")))
                             ->instance;
  const auto suspended = room.batch([&] { return room.runtime->suspend(id, "anna"); });
  REQUIRE(suspended.has_value());
  CHECK(suspended->status == execute::Status::suspended);
  CHECK(room.standing(id) == "suspended x");
  CHECK_FALSE(room.batch([&] { return room.runtime->suspend(id, "anna"); }).has_value());
  room.clock.pass("PT2H");
  room.reopen();
  CHECK(*room.fire_timers() == 1);  // of the one that nobody suspended
  CHECK(room.standing(called) == "completed");
  CHECK(room.standing(id) == "suspended x");
  REQUIRE(room.batch([&] { return room.runtime->resume(id, "anna"); }).has_value());
  CHECK(room.standing(id) == "waiting x");
  CHECK(*room.fire_timers() == 1);
  CHECK(room.standing(id) == "waiting a");
}

TEST_CASE("a substitute counts from a day to a day, and no four-eyes rule is passed by a wrong name",
          "[execute]") {
  EngineRoom room;
  const std::string definition =
      room.add("p.bpmn", process(R"(<userTask id="x"/><sequenceFlow id="f2" sourceRef="x" targetRef="a"/>
<userTask id="a"/>)"));
  const std::string id = room.start(definition)->instance;
  execute::People people;
  people.substitutes["eva"] = {{"ida", room.clock.now() + 10, room.clock.now() + 20}};
  people.four_eyes["p"] = {{"x", "b"}};
  room.runtime->know(people);
  const auto instance = room.batch([&] { return room.runtime->assign(id + "/x", "eva", {}); });
  REQUIRE(instance.has_value());
  const auto problem = [&](value::Instant later) {
    const value::Instant now = room.clock.now() + later;
    REQUIRE(room.runtime->begin().has_value());
    const execute::Instance& loaded = **room.runtime->load(id);
    const auto may = execute::may_do(people, loaded, loaded.waits.begin()->second, "ida", now);
    room.runtime->abandon();
    return may.problem;
  };
  CHECK(problem(9) == "it is eva's");
  CHECK(problem(10) == "[four-eyes] names 'b', which 'p' does not have");
  CHECK(problem(20) == "it is eva's");
  people.four_eyes["p"] = {{"x", "a"}};
  CHECK(problem(10).empty());
}
