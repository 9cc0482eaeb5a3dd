// What input mappings make stands beside one activity and is gone when the token leaves it.
#include <array>

#include "tests/support/catch.hpp"
#include "tests/support/engine_room.hpp"

using namespace weir;
using namespace weir::test;

namespace {

std::string process(const std::string& content) {
  return R"(<?xml version="1.0"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
    id="d" targetNamespace="urn:t"><error id="bad" errorCode="bad"/>
  <process id="orders" isExecutable="true">)" +
         content + "</process></definitions>";
}

value::Variables with(std::string_view name, std::int64_t number) {
  value::Variables variables;
  variables.set(name, value::Value::integer(number));
  return variables;
}

value::Variables items() {
  const std::array<value::Value, 2> all{value::Value::integer(10), value::Value::integer(20)};
  value::Variables variables;
  variables.set("items", value::Value::list(all));
  return variables;
}

/// A task for each item; `outputs`: mappings.
std::string each_item(const std::string& outputs, const std::string& collected,
                      const std::string& attribute) {
  return process(R"(<startEvent id="s"/>
    <userTask id="a"><extensionElements><zeebe:ioMapping>)" +
                 outputs + R"(</zeebe:ioMapping></extensionElements>
      <multiInstanceLoopCharacteristics )" +
                 attribute + R"(><extensionElements>
        <zeebe:loopCharacteristics inputCollection="=items" inputElement="item" outputCollection="prices"
          outputElement=")" +
                 collected + R"("/></extensionElements></multiInstanceLoopCharacteristics></userTask>
    <userTask id="b"/>
    <sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="b"/>)");
}

}  // namespace

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

TEST_CASE("mappings: what an instance maps is collected and stays in it") {
  const std::string to_price = R"(<zeebe:output source="=answer" target="price"/>)";
  const auto run = [](const std::string& text) {
    EngineRoom room;
    REQUIRE(room.start(room.add("orders.bpmn", text), items()));
    REQUIRE(room.complete("orders-1/a", with("answer", 1)));
    room.reopen();
    REQUIRE(room.complete("orders-1/a#2", with("answer", 2)));
    return room.variables("orders-1");
  };
  CHECK(run(each_item(to_price, "=price", "")) == "items=[10, 20] prices=[1, 2] ");
  CHECK(run(each_item(to_price, "=price", "isSequential=\"true\"")) == "items=[10, 20] prices=[1, 2] ");
  CHECK(run(each_item(to_price, "={q:price}", "")) == "items=[10, 20] prices=[{q: 1}, {q: 2}] ");
  CHECK(run(each_item(R"(<zeebe:output source="=answer" target="p.x"/>)", "=p.x", "")) ==
        "items=[10, 20] prices=[1, 2] ");
  // What nobody collects goes out.
  CHECK(run(each_item(R"(<zeebe:output source="=answer" target="last"/>)", "=item", "")) ==
        "items=[10, 20] last=2 prices=[10, 20] ");
}

TEST_CASE("mappings: parallel instances do not collect what another one has mapped") {
  EngineRoom room;
  const std::string sha = room.add("orders.bpmn", process(R"(<startEvent id="s"/>
    <scriptTask id="a"><extensionElements><zeebe:script expression="=item * 2" resultVariable="answer"/>
        <zeebe:ioMapping><zeebe:input source="=0" target="answer"/>
          <zeebe:output source="=answer" target="price"/></zeebe:ioMapping></extensionElements>
      <multiInstanceLoopCharacteristics><extensionElements>
        <zeebe:loopCharacteristics inputCollection="=items" inputElement="item" outputCollection="prices"
          outputElement="={q:price}"/></extensionElements></multiInstanceLoopCharacteristics></scriptTask>
    <userTask id="b"/>
    <sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="b"/>)"));
  value::Variables variables = items();
  variables.set("price", value::Value::integer(99));
  REQUIRE(room.start(sha, variables));
  CHECK(room.variables("orders-1") == "items=[10, 20] price=99 prices=[{q: 20}, {q: 40}] ");
}

TEST_CASE("mappings: a multi-instance sub-process is mapped before it is collected") {
  EngineRoom room;
  const std::string sha = room.add("orders.bpmn", process(R"(<startEvent id="s"/>
    <subProcess id="each"><extensionElements><zeebe:ioMapping>
        <zeebe:output source="=mark * 2" target="price"/></zeebe:ioMapping></extensionElements>
      <multiInstanceLoopCharacteristics isSequential="true"><extensionElements>
        <zeebe:loopCharacteristics inputCollection="=items" inputElement="item" outputCollection="prices"
          outputElement="=price"/></extensionElements></multiInstanceLoopCharacteristics>
      <startEvent id="is"/><userTask id="a"/><endEvent id="ie"/>
      <sequenceFlow id="i1" sourceRef="is" targetRef="a"/><sequenceFlow id="i2" sourceRef="a" targetRef="ie"/>
    </subProcess>
    <endEvent id="e"/>
    <sequenceFlow id="f1" sourceRef="s" targetRef="each"/><sequenceFlow id="f2" sourceRef="each" targetRef="e"/>)"));
  REQUIRE(room.start(sha, items()));
  REQUIRE(room.complete("orders-1/a", with("mark", 1)));
  REQUIRE(room.complete("orders-1/a#2", with("mark", 2)));
  CHECK(room.standing("orders-1").starts_with("completed"));
  CHECK(room.variables("orders-1").find("prices=[2, 4] ") != std::string::npos);
}

TEST_CASE("mappings: outputs of a sub-process that ends with the process") {
  const auto run = [](const std::string& mappings) {
    EngineRoom room;
    const std::string sha = room.add("orders.bpmn", process(R"(<startEvent id="s"/>
    <subProcess id="part"><extensionElements><zeebe:ioMapping>)" +
                                                            mappings +
                                                            R"(</zeebe:ioMapping></extensionElements>
      <startEvent id="is"/><userTask id="a"/><endEvent id="ie"/>
      <sequenceFlow id="i1" sourceRef="is" targetRef="a"/><sequenceFlow id="i2" sourceRef="a" targetRef="ie"/>
    </subProcess>
    <endEvent id="e"/>
    <sequenceFlow id="f1" sourceRef="s" targetRef="part"/><sequenceFlow id="f2" sourceRef="part" targetRef="e"/>)"));
    REQUIRE(room.start(sha));
    room.reopen();
    REQUIRE(room.complete("orders-1/a", with("r", 3)));
    CHECK(room.standing("orders-1").starts_with("completed"));
    return room.variables("orders-1");
  };
  CHECK(run(R"(<zeebe:output source="=r * 2" target="double"/>)") == "r=3 double=6 ");
  // r is a variable of the sub-process.
  CHECK(run(R"(<zeebe:input source="=0" target="r"/><zeebe:output source="=r" target="r"/>)") == "r=3 ");
}

TEST_CASE("mappings: outputs of nested sub-processes that end in one step") {
  EngineRoom room;
  const std::string sha = room.add("orders.bpmn", process(R"(<startEvent id="s"/>
    <subProcess id="outer"><extensionElements><zeebe:ioMapping><zeebe:input source="=0" target="x"/>
        <zeebe:output source="=x + 1" target="y"/></zeebe:ioMapping></extensionElements>
      <subProcess id="inner"><extensionElements><zeebe:ioMapping><zeebe:input source="=0" target="r"/>
          <zeebe:output source="=r * 2" target="x"/></zeebe:ioMapping></extensionElements>
        <userTask id="a"/></subProcess></subProcess>
    <sequenceFlow id="f1" sourceRef="s" targetRef="outer"/>)"));
  REQUIRE(room.start(sha));
  REQUIRE(room.complete("orders-1/a", with("r", 3)));
  CHECK(room.variables("orders-1") == "y=7 ");
}

TEST_CASE("mappings: outputs of an error event that ends the process") {
  EngineRoom room;
  const std::string sha = room.add("orders.bpmn", process(R"(<startEvent id="s"/><userTask id="a"/>
    <boundaryEvent id="caught" attachedToRef="a"><extensionElements><zeebe:ioMapping>
        <zeebe:output source="=why" target="reason"/></zeebe:ioMapping></extensionElements>
      <errorEventDefinition errorRef="bad"/></boundaryEvent>
    <endEvent id="e"/><endEvent id="e2"/>
    <sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="e"/>
    <sequenceFlow id="f3" sourceRef="caught" targetRef="e2"/>)"));
  REQUIRE(room.start(sha));
  const value::Variables sent = with("why", 7);
  REQUIRE(room.batch([&] {
    execute::FailRequest request;
    request.task = "orders-1/a";
    request.error = "bad";
    request.variables = value::Value::context(sent.entries());
    return room.runtime->fail(request);
  }));
  CHECK(room.variables("orders-1") == "reason=7 ");
}

TEST_CASE("mappings: a variable with the name of a counter is no number of instances") {
  EngineRoom room;
  const std::string sha = room.add("orders.bpmn", each_item("", "=numberOfCompletedInstances", ""));
  REQUIRE(room.start(sha, items()));
  value::Variables results;
  results.set("numberOfInstances", value::Value::string("many"));
  REQUIRE(room.complete("orders-1/a", results));
  REQUIRE(room.complete("orders-1/a#2", results));
  CHECK(room.standing("orders-1").find("b") != std::string::npos);
}

TEST_CASE("mappings: what counts the instances is not overwritten by what has its name") {
  EngineRoom room;
  const std::string sha = room.add(
      "orders.bpmn", each_item("", "=[loopCounter, numberOfInstances, numberOfCompletedInstances]", ""));
  REQUIRE(room.start(sha, items()));
  value::Variables results = with("loopCounter", 70);
  results.set("numberOfInstances", value::Value::integer(99));
  REQUIRE(room.complete("orders-1/a", results));
  room.reopen();
  REQUIRE(room.complete("orders-1/a#2", results));
  CHECK(room.variables("orders-1") ==
        "items=[10, 20] loopCounter=70 numberOfInstances=99 prices=[[1, 2, 1], [2, 2, 2]] ");
}

TEST_CASE("mappings: sub-processes are mapped among more scopes than are looked at") {
  EngineRoom room;
  const std::string sha = room.add("orders.bpmn", process(R"(<startEvent id="s"/>
    <subProcess id="each"><extensionElements><zeebe:ioMapping><zeebe:input source="=item" target="mark"/>
        <zeebe:output source="=mark * 2" target="price"/></zeebe:ioMapping></extensionElements>
      <multiInstanceLoopCharacteristics><extensionElements>
        <zeebe:loopCharacteristics inputCollection="=items" inputElement="item" outputCollection="prices"
          outputElement="=price"/></extensionElements></multiInstanceLoopCharacteristics>
      <startEvent id="is"/><userTask id="a"/><endEvent id="ie"/>
      <sequenceFlow id="i1" sourceRef="is" targetRef="a"/><sequenceFlow id="i2" sourceRef="a" targetRef="ie"/>
    </subProcess>
    <endEvent id="e"/>
    <sequenceFlow id="f1" sourceRef="s" targetRef="each"/><sequenceFlow id="f2" sourceRef="each" targetRef="e"/>)"));
  constexpr int many = 70;
  std::vector<value::Value> all;
  std::string prices;
  for (int i = 1; i <= many; ++i) {
    all.push_back(value::Value::integer(i));
    // Every second one changes its own mark.
    prices += (prices.empty() ? "" : ", ") + std::to_string(i % 2 == 0 ? 2000 : 2 * i);
  }
  value::Variables variables;
  variables.set("items", value::Value::list(all));
  REQUIRE(room.start(sha, variables));
  for (int i = many; i >= 1; --i) {
    if (i == 40) room.reopen();
    REQUIRE(room.complete("orders-1/a" + (i == 1 ? "" : "#" + std::to_string(i)),
                          i % 2 == 0 ? with("mark", 1000) : value::Variables()));
  }
  CHECK(room.standing("orders-1").starts_with("completed"));
  CHECK(room.variables("orders-1").find("prices=[" + prices + "] ") != std::string::npos);
}

TEST_CASE("mappings: a target of a hundred thousand parts is not used") {
  std::string target = "a";
  for (int i = 0; i < 100'000; ++i) target += ".a";
  EngineRoom room;
  const std::string sha =
      room.add("orders.bpmn", process(R"(<startEvent id="s"/><userTask id="a"><extensionElements>
    <zeebe:ioMapping><zeebe:output source="=1" target=")" +
                                      target +
                                      R"("/><zeebe:output source="=1" target="a.b"/></zeebe:ioMapping>
    </extensionElements></userTask><sequenceFlow id="f1" sourceRef="s" targetRef="a"/>)"));
  REQUIRE(room.start(sha));
  REQUIRE(room.complete("orders-1/a"));
  CHECK(room.variables("orders-1") == "a={b: 1} ");
}

TEST_CASE("mappings: an instance that was looked at outside of a step is whole after a reload") {
  EngineRoom room;
  // The default of the form is looked for before the step begins.
  const std::string sha = room.add("orders.bpmn", process(R"(<extensionElements>
    <zeebe:userTaskForm id="form">{"components": [{"type": "textfield", "key": "note", "defaultValue": "x"}]}</zeebe:userTaskForm>
    </extensionElements><startEvent id="s"/>
    <subProcess id="each">
      <multiInstanceLoopCharacteristics><extensionElements>
        <zeebe:loopCharacteristics inputCollection="=items" inputElement="item" outputCollection="prices"
          outputElement="=mark"/></extensionElements></multiInstanceLoopCharacteristics>
      <userTask id="a"><extensionElements><zeebe:formDefinition formKey="camunda-forms:bpmn:form"/>
        </extensionElements></userTask>
      <userTask id="b"/>
      <scriptTask id="c"><extensionElements>
        <zeebe:script expression="=item + mark + loopCounter" resultVariable="mark"/></extensionElements></scriptTask>
      <sequenceFlow id="i1" sourceRef="a" targetRef="b"/><sequenceFlow id="i2" sourceRef="b" targetRef="c"/>
    </subProcess>
    <userTask id="e"/>
    <sequenceFlow id="f1" sourceRef="s" targetRef="each"/><sequenceFlow id="f2" sourceRef="each" targetRef="e"/>)"));
  REQUIRE(room.start(sha, items()));
  for (const char* task : {"orders-1/a", "orders-1/a#2", "orders-1/b", "orders-1/b#2"}) {
    room.reopen();
    REQUIRE(room.complete(task, with("mark", 1)));
  }
  CHECK(room.variables("orders-1") == R"(items=[10, 20] note="x" prices=[12, 23] )");
}
