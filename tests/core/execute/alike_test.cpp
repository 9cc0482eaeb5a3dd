// Starts that look at no data are repeated, not worked out again. What is on the disk must not show it: the
// same instances are started by one process, which repeats, and by one process each, which cannot.
#include <fmt/format.h>

#include "tests/support/catch.hpp"
#include "tests/support/engine_room.hpp"

using namespace weir;
using namespace weir::test;

namespace {

struct Case {
  const char* name;
  bool alike;
  const char* steps;  // between start and end, or all of a BPMN file
};

const Case cases[] = {
    {"a task for groups", true, R"(user = "task"
groups = ["clerks", "bosses"])"},
    {"a task for one who is named", true, R"(user = "task"
assign = "ann")"},
    {"a job", true, R"(service = "task"
worker = "post")"},
    {"two at once", true, R"(user = "task"
next = ["one", "two"]
[[step]]
service = "one"
worker = "post"
next = "e"
[[step]]
user = "two")"},
    {"both begin at once", true, R"(parallel = "both"
to = ["one", "two"]
[[step]]
service = "one"
worker = "post"
next = "e"
[[step]]
user = "two")"},
    {"a task for whom a variable names", false, R"(user = "task"
assign = "= if who = null then \"nobody\" else who")"},
    {"a name with a hole", false, R"(user = "task"
name = "Look at ${amount}")"},
    {"a due date", false, R"(user = "task"
due = "2d")"},
    {"a deadline", false, R"(user = "task"
on = [{ timeout = "5d", then = "late" }]
[[step]]
end = "done"
[[step]]
merge = "late")"},
    {"a way that data chooses", false, R"(choice = "way"
when = [{ if = "amount > 2", then = "high" }]
else = "low"
[[step]]
user = "high"
next = "e"
[[step]]
user = "low")"},
    {"a task with data of its own", false, R"(user = "task"
in = ["mine = amount"])"},
    {"an error that sets a variable", false, R"(<?xml version="1.0"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
    xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
  <error id="late" errorCode="LATE"/>
  <process id="one" isExecutable="true">
    <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="inner"/>
    <subProcess id="inner">
      <startEvent id="is"/><sequenceFlow id="f2" sourceRef="is" targetRef="ie"/>
      <endEvent id="ie"><errorEventDefinition errorRef="late"/></endEvent>
    </subProcess>
    <boundaryEvent id="b" attachedToRef="inner">
      <errorEventDefinition errorRef="late" camunda:errorCodeVariable="who"/>
    </boundaryEvent>
    <sequenceFlow id="f3" sourceRef="b" targetRef="task"/>
    <userTask id="task"/><sequenceFlow id="f4" sourceRef="task" targetRef="e"/><endEvent id="e"/>
  </process>
</definitions>)"},
    {"an error whose message looks at a variable", false, R"(<?xml version="1.0"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
    xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
  <error id="late" errorCode="LATE" camunda:errorMessage="${amount + 1}"/>
  <process id="one" isExecutable="true">
    <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="inner"/>
    <subProcess id="inner">
      <startEvent id="is"/><sequenceFlow id="f2" sourceRef="is" targetRef="ie"/>
      <endEvent id="ie"><errorEventDefinition errorRef="late"/></endEvent>
    </subProcess>
    <boundaryEvent id="b" attachedToRef="inner"><errorEventDefinition errorRef="late"/></boundaryEvent>
    <sequenceFlow id="f3" sourceRef="b" targetRef="task"/>
    <userTask id="task"/><sequenceFlow id="f4" sourceRef="task" targetRef="e"/><endEvent id="e"/>
  </process>
</definitions>)"},
    {"a pause", false, R"(catch = "pause"
after = "1h")"},
    {"a message with a key that is missing", false, R"(receive = "paid"
message = "paid"
[messages.paid]
key = "nothing")"},
    {"a message", false, R"(receive = "paid"
message = "paid")"},
};

std::string written(const Case& each) {
  if (each.steps[0] == '<') return each.steps;
  return fmt::format(
      "weir = 1\n[process]\nid = \"one\"\n[[step]]\nstart = \"s\"\n[[step]]\n{}\n[[step]]\nend = \"e\"\n",
      each.steps);
}

/// Starts some, each with data of its own; the journal, and what was noted meanwhile.
std::string started(const std::string& text, bool each_alone, std::uint64_t& repeated) {
  EngineRoom room;
  const std::string sha = room.add(text[0] == '<' ? "one.bpmn" : "one.toml", text);
  std::string notes;
  for (int i = 0; i < 5; ++i) {
    value::Variables variables;
    if (i != 3) variables.set("amount", value::Value::integer(i));
    if (i != 1) variables.set("who", value::Value::string(fmt::format("user \"{}\"", i)));
    const auto begun = room.start(sha, variables, i % 2 == 0 ? "" : fmt::format("k{}", i));
    REQUIRE(begun.has_value());
    repeated += room.runtime->repeated();
    for (const execute::Runtime::Told& told : room.runtime->told())
      for (const Diagnostic& note : told.notes.list())
        notes += fmt::format("{}: {}\n", told.instance, note.message);
    if (each_alone) room.reopen();
  }
  return *room.disk.read("state/journal/1.jsonl") + notes;
}

}  // namespace

TEST_CASE("alike: nobody can see which starts were repeated") {
  for (const Case& each : cases) {
    INFO(each.name);
    std::uint64_t repeated = 0, alone = 0;
    const std::string together = started(written(each), false, repeated);
    CHECK(together == started(written(each), true, alone));
    CHECK((repeated > 0) == each.alike);
    CHECK(alone == 0);
  }
}

TEST_CASE("alike: what was started in a batch can be gone on with in it") {
  EngineRoom room;
  const std::string sha = room.add("one.toml", written(cases[0]));
  REQUIRE(room.start(sha).has_value());
  execute::StartRequest start;
  start.definition = sha;
  start.process = "one";
  start.key = "k";
  execute::CompleteRequest end;
  end.task = "one-2/task";

  REQUIRE(room.runtime->begin().has_value());
  REQUIRE(room.runtime->start(start).has_value());
  const auto again = room.runtime->start(start);
  REQUIRE(again.has_value());
  CHECK(again->existed);
  CHECK(again->instance == "one-2");
  CHECK(room.runtime->complete(end).has_value());
  CHECK_FALSE(room.runtime->complete(end).has_value());
  REQUIRE(room.runtime->commit().has_value());
  CHECK(room.runtime->repeated() == 1);
  room.reopen();
  CHECK(room.standing("one-2") == "completed");
  CHECK(room.trace("one-2") == "s task");
}

TEST_CASE("alike: a batch that is given up leaves nothing") {
  EngineRoom room;
  const std::string sha = room.add("one.toml", written(cases[0]));
  REQUIRE(room.start(sha).has_value());
  const std::string before = *room.disk.read("state/journal/1.jsonl");
  execute::StartRequest start;
  start.definition = sha;
  start.process = "one";
  REQUIRE(room.runtime->begin().has_value());
  REQUIRE(room.runtime->start(start).has_value());
  CHECK(room.runtime->load("one-2").has_value());
  room.runtime->abandon();
  CHECK(*room.disk.read("state/journal/1.jsonl") == before);
  CHECK(room.standing("one-2").empty());
  const auto next = room.start(sha);
  REQUIRE(next.has_value());
  CHECK(next->instance == "one-2");
}
