// What one operation sets off comes to an end, and says where.
#include <algorithm>

#include "tests/support/catch.hpp"
#include "tests/support/engine_room.hpp"

using namespace weir;
using namespace weir::test;

namespace {

constexpr const char* head =
    R"(<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:t">)";

}  // namespace

TEST_CASE("endless: calls that fan out are incidents from the 10,001st on") {
  EngineRoom room;
  const std::string sha = room.add("twice.bpmn", std::string(head) + R"(
    <process id="twice" isExecutable="true">
      <callActivity id="a" calledElement="twice"/>
      <callActivity id="b" calledElement="twice"/>
    </process></definitions>)");
  REQUIRE(room.start(sha));
  CHECK(room.whole("twice-10002").empty());
  CHECK(room.standing("twice-1") == "waiting a, b");
  const std::string last = room.whole("twice-10001");
  CHECK(last.find("call-count") != std::string::npos);
  CHECK(last.find("10000 processes under 'twice-1' were called at once before it") != std::string::npos);
}

TEST_CASE(
    "endless: of messages that answer each other 10,000 are delivered, the next one is dropped with a note") {
  EngineRoom room;
  const std::string sha = room.add("echo.bpmn", std::string(head) + R"(
    <message id="m" name="ping"/>
    <process id="begin" isExecutable="true">
      <startEvent id="s"/><endEvent id="e"><messageEventDefinition messageRef="m"/></endEvent>
      <sequenceFlow id="f" sourceRef="s" targetRef="e"/>
    </process>
    <process id="echo" isExecutable="true">
      <startEvent id="s2"><messageEventDefinition messageRef="m"/></startEvent>
      <endEvent id="e2"><messageEventDefinition messageRef="m"/></endEvent>
      <sequenceFlow id="f2" sourceRef="s2" targetRef="e2"/>
    </process></definitions>)");
  REQUIRE(room.start(sha));
  CHECK(room.standing("echo-10001") == "completed");
  CHECK(room.whole("echo-10002").empty());
  std::vector<Diagnostic> notes;
  for (const execute::Runtime::Told& each : room.runtime->told())
    notes.insert(notes.end(), each.notes.list().begin(), each.notes.list().end());
  REQUIRE(notes.size() == 1);
  CHECK(notes[0].code == "dropped-event");
  CHECK(notes[0].message ==
        "message 'ping' of 'echo-10001' reaches nobody: 10000 events were thrown before it in one go");
}
