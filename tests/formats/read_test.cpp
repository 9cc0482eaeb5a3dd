#include "formats/read.hpp"

#include <algorithm>

#include "tests/formats/support.hpp"
#include "tests/support/catch.hpp"

using namespace weir;
using weir::test::Read;

TEST_CASE("the format is told by content") {
  struct Case {
    const char* bytes;
    formats::FileKind kind;
    bool model;
    const char* message;  // part of the first diagnostic's
  };
  const std::string bpmn = R"(<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>)";
  const Case cases[] = {
      {bpmn.c_str(), formats::FileKind::bpmn, true, ""},
      {R"(<d:definitions xmlns:d="http://www.omg.org/spec/DMN/20151101/dmn.xsd"/>)", formats::FileKind::dmn,
       false, ""},
      {R"(<d:definitions xmlns:d="https://www.omg.org/spec/DMN/20230324/MODEL/"/>)", formats::FileKind::dmn,
       false, ""},
      {R"(<definitions><decision/></definitions>)", formats::FileKind::dmn, false, "no namespace"},
      {R"(<definitions><process id="p"/></definitions>)", formats::FileKind::bpmn, true, "no namespace"},
      {R"(<definitions xmlns="http://schema.omg.org/spec/BPMN/2.0"/>)", formats::FileKind::bpmn, true,
       "draft"},
      {R"(<process xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>)", formats::FileKind::bpmn, true,
       "not <process>"},
      {"<html/>", formats::FileKind::unknown, false, "<html>"},
      {"", formats::FileKind::unknown, false, "empty"},
      {" \n ", formats::FileKind::unknown, false, "blanks"},
      {"{\"a\": 1}", formats::FileKind::unknown, false, "JSON"},
      {"hello", formats::FileKind::unknown, false, "no XML"},
      {"\x1F\x8B\x08", formats::FileKind::unknown, false, "gzip"},
      {"\x7F"
       "ELF",
       formats::FileKind::unknown, false, "a program"},
      {"# a comment\n\nweir = 1\n", formats::FileKind::toml, true, "[process]"},
      {"weird = 1\n", formats::FileKind::unknown, false, "no XML"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.bytes);
    const Read read(each.bytes);
    CHECK(read.result.kind == each.kind);
    CHECK(read.result.has_model == each.model);
    CHECK(read.first_message().find(each.message) != std::string::npos);
    if (*each.message == '\0') CHECK(read.diagnostics.empty());
    if (!each.model && each.kind != formats::FileKind::dmn) CHECK(read.diagnostics.has_errors());
  }
}

TEST_CASE("a process becomes typed nodes and flows") {
  const Read read(
      R"(<b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:t">
  <b:process id="p" name="Pay" isExecutable="true">
    <b:startEvent id="s"/>
    <b:exclusiveGateway id="g" default="f3"/>
    <b:subProcess id="sub"><b:task id="inner"/></b:subProcess>
    <b:boundaryEvent id="late" attachedToRef="sub" cancelActivity="false">
      <b:timerEventDefinition><b:timeDuration> PT1H </b:timeDuration></b:timerEventDefinition>
    </b:boundaryEvent>
    <b:sequenceFlow id="f1" sourceRef="s" targetRef="g"/>
    <b:sequenceFlow id="f2" sourceRef="g" targetRef="sub"><b:conditionExpression>a &lt; b</b:conditionExpression></b:sequenceFlow>
    <b:sequenceFlow id="f3" sourceRef="g" targetRef="nowhere"/>
  </b:process>
</b:definitions>)");
  REQUIRE(read.result.has_model);
  CHECK(read.diagnostics.empty());
  const model::Definitions& model = read.result.definitions;
  REQUIRE(model.processes.size() == 1);
  CHECK(model.processes[0].executable);
  REQUIRE(model.scopes.size() == 2);
  REQUIRE(model.nodes.size() == 5);
  const model::FlowNode& gateway = model[model.node("g")];
  CHECK(gateway.incoming.size() == 1);
  CHECK(gateway.outgoing.size() == 2);
  REQUIRE(gateway.default_flow != model::FlowIndex::none);
  CHECK(model[gateway.default_flow].is_default);
  CHECK(model[gateway.default_flow].target == model::NodeIndex::none);
  CHECK(model.flows[1].condition.body == "a < b");
  CHECK(read.text(model.flows[1].condition.span) == "a &lt; b");
  const model::FlowNode& late = model[model.node("late")];
  CHECK(late.attached_to == model.node("sub"));
  CHECK_FALSE(late.interrupting);
  REQUIRE(late.event_definitions.size() == 1);
  CHECK(late.event_definitions[0].time_duration.body == "PT1H");
  CHECK(read.text(late.event_definitions[0].time_duration.span) == "PT1H");
  CHECK(model.path(model.node("inner")) == "Pay › sub › inner");
}
