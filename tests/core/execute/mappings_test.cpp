// What input mappings make stands beside one activity and is gone when the token leaves it.
#include "tests/support/catch.hpp"
#include "tests/support/engine_room.hpp"

using namespace weir;
using namespace weir::test;

TEST_CASE("mappings: inputs of one activity are not seen behind it") {
  EngineRoom room;
  const std::string sha = room.add("orders.bpmn", R"(<?xml version="1.0"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
    id="d" targetNamespace="urn:t">
  <process id="orders" isExecutable="true">
    <startEvent id="s"/>
    <userTask id="a"><extensionElements><zeebe:ioMapping>
      <zeebe:input source="=n + 1" target="secret"/><zeebe:output source="=secret" target="told"/>
    </zeebe:ioMapping></extensionElements></userTask>
    <scriptTask id="b"><extensionElements>
      <zeebe:script expression="=if secret = null then &quot;gone&quot; else secret" resultVariable="seen"/>
    </extensionElements></scriptTask>
    <userTask id="c"/>
    <sequenceFlow id="f1" sourceRef="s" targetRef="a"/>
    <sequenceFlow id="f2" sourceRef="a" targetRef="b"/>
    <sequenceFlow id="f3" sourceRef="b" targetRef="c"/>
  </process>
</definitions>)");
  value::Variables variables;
  variables.set("n", value::Value::integer(1));
  REQUIRE(room.start(sha, variables));
  room.reopen();
  REQUIRE(room.complete("orders-1/a"));
  CHECK(room.variables("orders-1") == R"(n=1 told=2 seen="gone" )");
  CHECK(room.whole("orders-1").find("secret") == std::string::npos);
}

TEST_CASE("mappings: an output leaves the activity although a result or an input has its name") {
  EngineRoom room;
  const std::string sha = room.add("orders.bpmn", R"(<?xml version="1.0"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
    id="d" targetNamespace="urn:t">
  <process id="orders" isExecutable="true">
    <startEvent id="s"/>
    <userTask id="a"><extensionElements><zeebe:ioMapping>
      <zeebe:input source="=1" target="one"/>
      <zeebe:output source="=grade" target="grade"/><zeebe:output source="=one + 1" target="one"/>
    </zeebe:ioMapping></extensionElements></userTask>
    <userTask id="b"/>
    <sequenceFlow id="f1" sourceRef="s" targetRef="a"/>
    <sequenceFlow id="f2" sourceRef="a" targetRef="b"/>
  </process>
</definitions>)");
  REQUIRE(room.start(sha));
  value::Variables results;
  results.set("grade", value::Value::string("A"));
  results.set("note", value::Value::string("secret"));
  REQUIRE(room.complete("orders-1/a", results));
  CHECK(room.variables("orders-1") == R"(grade="A" one=2 )");
}
