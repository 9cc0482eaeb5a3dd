#include <string>

#include "tests/formats/support.hpp"
#include "tests/support/catch.hpp"

using namespace weir;
using namespace weir::model;
using weir::test::Read;

namespace {

/// Definitions around some root elements, all vendors' prefixes declared.
std::string definitions(const std::string& inside, const std::string& attributes = {}) {
  return R"(<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:t="urn:t" targetNamespace="urn:t"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
 xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" )" +
         attributes + ">" + inside + "</definitions>";
}

std::string process(const std::string& inside) {
  return definitions("<process id='p'>" + inside + "</process>");
}

const FlowNode& only_node(const Read& read) {
  REQUIRE(read.result.has_model);
  REQUIRE(read.model().nodes.size() >= 1);
  return read.model().nodes[0];
}

}  // namespace

TEST_CASE("attributes of flow nodes, written and by default") {
  const auto node = [](const std::string& xml) { return Read(process(xml)); };
  SECTION("activities") {
    const Read read = node(
        "<task id='t' isForCompensation='true' startQuantity=' 2 ' completionQuantity='3' default='t:f'/>");
    const FlowNode& task = only_node(read);
    CHECK(task.for_compensation);
    CHECK(task.start_quantity == "2");
    CHECK(task.completion_quantity == "3");
    CHECK(task.default_ref == "f");
    CHECK_FALSE(only_node(node("<task id='t'/>")).for_compensation);
  }
  SECTION("sub-processes") {
    CHECK(only_node(node("<subProcess triggeredByEvent='1'/>")).triggered_by_event);
    const Read read = node(
        "<adHocSubProcess ordering='Sequential' cancelRemainingInstances='false'>"
        "<completionCondition>done</completionCondition></adHocSubProcess>");
    const FlowNode& ad_hoc = only_node(read);
    CHECK(ad_hoc.ad_hoc_sequential);
    CHECK_FALSE(ad_hoc.ad_hoc_cancel_remaining);
    CHECK(ad_hoc.completion_condition.body == "done");
    CHECK(ad_hoc.is_sub_process());
    const Read plain = node("<adHocSubProcess/>");
    CHECK(only_node(plain).ad_hoc_cancel_remaining);
    CHECK_FALSE(only_node(plain).completion_condition.written);
    CHECK(only_node(node("<transaction/>")).inner_scope != ScopeIndex::none);
  }
  SECTION("events") {
    CHECK(only_node(node("<startEvent/>")).interrupting);
    CHECK_FALSE(only_node(node("<startEvent isInterrupting='false' parallelMultiple='true'/>")).interrupting);
    CHECK(only_node(node("<startEvent parallelMultiple='true'/>")).parallel_multiple);
    CHECK_FALSE(only_node(node("<boundaryEvent cancelActivity='0'/>")).interrupting);
  }
  SECTION("gateways") {
    const Read read = node("<eventBasedGateway instantiate='true' eventGatewayType='Parallel'/>");
    CHECK(only_node(read).instantiate);
    CHECK(only_node(read).parallel_event_gateway);
    const Read complex =
        node("<complexGateway><activationCondition> n >= 2 </activationCondition></complexGateway>");
    CHECK(only_node(complex).activation_condition.body == "n >= 2");
  }
  SECTION("tasks") {
    const Read script = node("<scriptTask scriptFormat='x'><script><![CDATA[a < b]]></script></scriptTask>");
    CHECK(only_node(script).script == "a < b");
    CHECK(only_node(script).script_format == "x");
    CHECK(only_node(node("<receiveTask instantiate='true' messageRef='t:m'/>")).message_ref == "m");
    CHECK(only_node(node("<receiveTask instantiate='true'/>")).instantiate);
    CHECK(only_node(node("<sendTask messageRef='m'/>")).message_ref == "m");
    CHECK(only_node(node("<callActivity calledElement='t:q'/>")).called_element == "q");
    CHECK(only_node(node("<callActivity calledElement='${a ? b:c}'/>")).called_element == "${a ? b:c}");
  }
  SECTION("what is no boolean leaves the default") {
    CHECK(only_node(node("<startEvent isInterrupting='no'/>")).interrupting);
    CHECK_FALSE(only_node(node("<startEvent isInterrupting=' false '/>")).interrupting);
  }
}

TEST_CASE("event definitions, inline and by reference, in document order") {
  const Read read(
      definitions(R"(<signal id="sig" name="S"/><signalEventDefinition id="shared" signalRef="t:sig"/>
<message id="msg"/><error id="err" errorCode="E1"/><escalation id="esc" escalationCode="X1" name="Up"/>
<process id="p">
 <startEvent id="a"><messageEventDefinition messageRef="msg"/><eventDefinitionRef> t:shared </eventDefinitionRef>
  <timerEventDefinition id="tm"><timeCycle xsi:type="tFormalExpression" language="feel"> R3/PT1H </timeCycle></timerEventDefinition>
  <eventDefinitionRef>nowhere</eventDefinitionRef></startEvent>
 <endEvent id="b"><errorEventDefinition errorRef="err"/></endEvent>
 <intermediateThrowEvent id="c"><escalationEventDefinition escalationRef="esc"/></intermediateThrowEvent>
 <intermediateThrowEvent id="d"><compensateEventDefinition activityRef="t:act" waitForCompletion="false"/></intermediateThrowEvent>
 <intermediateCatchEvent id="e"><linkEventDefinition name="L"/></intermediateCatchEvent>
 <intermediateCatchEvent id="f"><conditionalEventDefinition><condition xsi:type="tExpression"/></conditionalEventDefinition></intermediateCatchEvent>
 <endEvent id="g"><terminateEventDefinition/><cancelEventDefinition/></endEvent>
 <task id="act"><messageEventDefinition/></task>
</process>)"));
  REQUIRE(read.result.has_model);
  CHECK(read.places() == "8:23 warning unresolved-reference\n");
  const Definitions& model = read.model();
  const auto& a = model[model.node("a")].event_definitions;
  REQUIRE(a.size() == 3);
  CHECK(a[0].kind == ElementKind::message_event_definition);
  CHECK(a[0].reference == "msg");
  CHECK(read.text(a[0].span) == "msg");
  CHECK(a[1].kind == ElementKind::signal_event_definition);
  CHECK(a[1].id == "shared");
  CHECK(a[1].reference == "sig");
  CHECK(a[2].id == "tm");
  CHECK(a[2].time_cycle.body == "R3/PT1H");
  CHECK(a[2].time_cycle.language == "feel");
  CHECK(a[2].time_cycle.formal);
  CHECK(read.text(a[2].time_cycle.span) == "R3/PT1H");
  CHECK_FALSE(a[2].time_date.written);
  CHECK(read.text(a[2].span) == "timerEventDefinition");
  CHECK(model[model.node("b")].event_definitions.at(0).reference == "err");
  CHECK(model[model.node("c")].event_definitions.at(0).reference == "esc");
  CHECK(model[model.node("d")].event_definitions.at(0).reference == "act");
  CHECK_FALSE(model[model.node("d")].event_definitions.at(0).wait_for_completion);
  CHECK(model[model.node("e")].event_definitions.at(0).link_name == "L");
  const EventDefinition& conditional = model[model.node("f")].event_definitions.at(0);
  CHECK(conditional.condition.written);
  CHECK(conditional.condition.empty());
  CHECK_FALSE(conditional.condition.formal);
  CHECK(read.text(conditional.condition.span) == "condition");
  CHECK(model[model.node("g")].has(ElementKind::cancel_event_definition));
  CHECK(model[model.node("act")].event_definitions.empty());

  REQUIRE(model.roots.size() == 5);
  REQUIRE(model.root(ElementKind::error, "t:err") != nullptr);
  CHECK(model.root(ElementKind::error, "err")->code == "E1");
  CHECK(model.root(ElementKind::escalation, "esc")->code == "X1");
  CHECK(model.root(ElementKind::signal, "sig")->name == "S");
  CHECK(model.root(ElementKind::message, "sig") == nullptr);
}

TEST_CASE("loops, and how vendors write collections") {
  const std::string vendors =
      "xmlns:camunda='http://camunda.org/schema/1.0/bpmn' xmlns:zeebe='http://camunda.org/schema/zeebe/1.0' "
      "xmlns:flowable='http://flowable.org/bpmn' xmlns:activiti='http://activiti.org/bpmn'";
  const auto loop = [&](const std::string& xml) {
    const Read read(definitions("<process id='p'><task id='t'>" + xml + "</task></process>", vendors));
    const Loop& made = only_node(read).loop;
    return std::string(made.collection) + "|" + std::string(made.element_variable);
  };
  const Read standard(
      process("<task><standardLoopCharacteristics testBefore='true' loopMaximum='5'>"
              "<loopCondition>again</loopCondition></standardLoopCharacteristics></task>"));
  CHECK(only_node(standard).loop.kind == Loop::Kind::standard);
  CHECK(only_node(standard).loop.test_before);
  CHECK(only_node(standard).loop.maximum == "5");
  CHECK(only_node(standard).loop.condition.body == "again");

  const Read multiple(
      process("<subProcess><multiInstanceLoopCharacteristics isSequential='true' behavior='One'>"
              "<loopCardinality>3</loopCardinality><loopDataInputRef>t:in</loopDataInputRef>"
              "<loopDataOutputRef>out</loopDataOutputRef><completionCondition>enough</completionCondition>"
              "</multiInstanceLoopCharacteristics></subProcess>"));
  const Loop& made = only_node(multiple).loop;
  CHECK(made.kind == Loop::Kind::multi_instance);
  CHECK(made.sequential);
  CHECK(made.behavior == "One");
  CHECK(made.cardinality.body == "3");
  CHECK(made.data_input_ref == "in");
  CHECK(made.data_output_ref == "out");
  CHECK(made.condition.body == "enough");

  const std::string head = "<multiInstanceLoopCharacteristics ", tail = "</multiInstanceLoopCharacteristics>";
  CHECK(loop(head + "camunda:collection='${all}' camunda:elementVariable='one'>" + tail) == "${all}|one");
  CHECK(loop(head + "flowable:collection='all' flowable:elementVariable='one'>" + tail) == "all|one");
  CHECK(loop(head + "activiti:collection='all' activiti:elementVariable='one'>" + tail) == "all|one");
  CHECK(loop(head +
             "><extensionElements><zeebe:loopCharacteristics inputCollection='=all' inputElement='one'/>"
             "</extensionElements>" +
             tail) == "=all|one");
  CHECK(loop(head + ">" + tail) == "|");

  const auto collected = [&](const std::string& xml) {
    const Read read(definitions("<process id='p'><dataObject id='all'/>" + xml + "</process>", vendors));
    const Loop& found = only_node(read).loop;
    std::string text(found.collection);
    text += "|" + std::string(found.element_variable) + "|" + std::string(found.index_variable);
    for (const LoopOutput& each : found.outputs) {
      text += "|" + std::string(each.list.target) + "=" + std::string(each.list.source);
      for (const Mapping& field : each.fields)
        text += " " + std::string(field.target) + ":" + std::string(field.source);
    }
    return text;
  };
  const std::string task = "<task>", end = tail + "</task>";
  CHECK(collected(task + head +
                  "><extensionElements><zeebe:loopCharacteristics outputCollection='r' outputElement='=x.y'/>"
                  "</extensionElements>" +
                  end) == "|||r==x.y");
  CHECK(
      collected(task + head +
                "flowable:elementIndexVariable='i'><extensionElements>"
                "<flowable:variableAggregation target='r'><variable source='x'/>"
                "<variable sourceExpression='${x.y}' target='z'/></flowable:variableAggregation>"
                "<flowable:variableAggregation target='made' class='org.example.Own'/></extensionElements>" +
                end) == "||i|r= x:x z:${x.y}");
  CHECK(collected(
            "<task><ioSpecification><dataInput id='in'/><dataOutput id='out'/></ioSpecification>"
            "<dataInputAssociation><sourceRef>all</sourceRef><targetRef>in</targetRef></dataInputAssociation>"
            "<dataOutputAssociation><sourceRef>out</sourceRef><targetRef>all</targetRef>"
            "</dataOutputAssociation>" +
            head +
            "><loopDataInputRef>in</loopDataInputRef><loopDataOutputRef>out</loopDataOutputRef>"
            "<inputDataItem id='i' name='one'/><outputDataItem id='o' name='not a name'/>" +
            end) == "all|one||all=o");
  CHECK(collected(task + head + "><loopDataInputRef>elsewhere</loopDataInputRef>" + end) == "elsewhere||");

  const Read complex(definitions(
      "<signal id='s'/><escalationEventDefinition id='shared' escalationRef='e'/><process id='p'><task>"
      "<multiInstanceLoopCharacteristics "
      "behavior='Complex'><complexBehaviorDefinition><condition>enough</condition>"
      "<event><signalEventDefinition signalRef='s'/><eventDefinitionRef>shared</eventDefinitionRef></event>"
      "</complexBehaviorDefinition><complexBehaviorDefinition><condition>never</condition>"
      "</complexBehaviorDefinition></multiInstanceLoopCharacteristics></task></process>"));
  const std::vector<BehaviorEvent>& behaviors = only_node(complex).loop.behavior_events;
  REQUIRE(behaviors.size() == 2);
  CHECK(behaviors[0].condition.body == "enough");
  REQUIRE(behaviors[0].definitions.size() == 2);
  CHECK(behaviors[0].definitions[0].reference == "s");
  CHECK(behaviors[0].definitions[1].reference == "e");
  CHECK(behaviors[1].condition.body == "never");
  CHECK(behaviors[1].definitions.empty());
  CHECK(complex.model().nodes.size() == 1);

  const Read call(definitions(
      "<process id='p'><callActivity id='c'><extensionElements><zeebe:calledElement processId='q'/>"
      "</extensionElements></callActivity></process>",
      vendors));
  CHECK(only_node(call).called_element == "q");
}

TEST_CASE("which decision a task asks, and how vendors write it") {
  const std::string vendors =
      "xmlns:camunda='http://camunda.org/schema/1.0/bpmn' xmlns:zeebe='http://camunda.org/schema/zeebe/1.0' "
      "xmlns:flowable='http://flowable.org/bpmn' xmlns:activiti='http://activiti.org/bpmn'";
  const auto decision = [&](const std::string& xml) {
    const Read read(definitions("<process id='p'>" + xml + "</process>", vendors));
    const FlowNode& node = only_node(read);
    const DecisionCall& made = node.work.decision;
    std::string text;
    for (const std::string_view each :
         {made.reference, made.binding, made.version, made.mapping, node.result_variable,
          std::string_view(made.must_match ? "must" : "")})
      text += (text.empty() ? "" : "|") + std::string(each);
    CHECK(made.span.known() == made.written());
    return text;
  };
  const auto task = [](const std::string& kind, const std::string& attributes,
                       const std::string& extensions = {}) {
    return "<" + kind + " id='t' " + attributes + "><extensionElements>" + extensions +
           "</extensionElements></" + kind + ">";
  };
  const auto field = [](const std::string& prefix, const std::string& name, const std::string& value) {
    return "<" + prefix + ":field name='" + name + "'><" + prefix + ":string><![CDATA[" + value + "]]></" +
           prefix + ":string></" + prefix + ":field>";
  };
  CHECK(decision(task("businessRuleTask", "camunda:decisionRef='d'")) == "d|latest||resultList||");
  CHECK(decision(task(
            "businessRuleTask",
            "camunda:decisionRef='${d}' camunda:decisionRefBinding='version' camunda:decisionRefVersion='2' "
            "camunda:mapDecisionResult='singleEntry' camunda:resultVariable='r'")) ==
        "${d}|version|2|singleEntry|r|");
  CHECK(decision(task("businessRuleTask", "camunda:decisionRef=''")) == "");
  CHECK(decision(task("task", "camunda:decisionRef='d'")) == "");
  CHECK(
      decision(task("businessRuleTask", "", "<zeebe:calledDecision decisionId='=d' resultVariable='r'/>")) ==
      "=d|latest||value|r|");
  CHECK(decision(task("businessRuleTask", "",
                      "<zeebe:calledDecision decisionId='d' bindingType='versionTag' versionTag='v1'/>")) ==
        "d|versionTag|v1|value||");
  CHECK(decision(task("serviceTask", "flowable:type='dmn'",
                      field("flowable", "decisionTableReferenceKey", "d"))) == "d|deployment||outputs||");
  CHECK(decision(task("serviceTask", "activiti:type='dmn'",
                      field("activiti", "sameDeployment", "false") +
                          field("activiti", "decisionTaskThrowErrorOnNoHits", "true") +
                          "<activiti:field name='decisionServiceReferenceKey' stringValue='s'/>")) ==
        "s|latest||outputs||must");
  CHECK(decision(task("serviceTask", "flowable:type='http'",
                      field("flowable", "decisionTableReferenceKey", "d"))) == "");
}

TEST_CASE("references resolve with and without prefix, through blanks, to the first of a name") {
  const Read read(process(R"(<startEvent id="s"/><task id="x"/><task id="x"/>
 <exclusiveGateway id="g" default="b"/><exclusiveGateway id="h" default="a"/><exclusiveGateway id="i" default="none"/>
 <sequenceFlow id="a" sourceRef=" t:s " targetRef="x"/><sequenceFlow id="b" sourceRef="g" targetRef="x"/>
 <sequenceFlow id="c" sourceRef="a" targetRef=""/>
 <boundaryEvent id="e" attachedToRef="t:x"/>)"));
  REQUIRE(read.result.has_model);
  CHECK(read.places().find("duplicate-id") != std::string::npos);
  CHECK(read.diagnostics.size() == 1);
  const Definitions& model = read.model();
  REQUIRE(model.flows.size() == 3);
  CHECK(model.flows[0].source == model.node("s"));
  CHECK(model.flows[0].target == NodeIndex{1});
  CHECK(model.flows[0].source_ref == "t:s");
  CHECK(model.flows[2].source == NodeIndex::none);
  CHECK(model.flows[2].target == NodeIndex::none);
  CHECK(model[NodeIndex{1}].incoming.size() == 2);
  CHECK(model[NodeIndex{2}].incoming.empty());
  CHECK(model[model.node("g")].default_flow == FlowIndex{1});
  CHECK(model.flows[1].is_default);
  CHECK(model[model.node("h")].default_flow == FlowIndex::none);
  CHECK_FALSE(model.flows[0].is_default);
  CHECK(model[model.node("i")].default_ref == "none");
  CHECK(model[model.node("e")].attached_to == NodeIndex{1});
}

TEST_CASE("scopes nest, and flow elements elsewhere are no nodes") {
  const Read read(definitions(R"(<process id="p" name="P" isExecutable="true">
 <subProcess id="a"><transaction id="b"><task id="deep"/><sequenceFlow id="f" sourceRef="deep" targetRef="deep"/></transaction></subProcess>
 <extensionElements><task id="no"/></extensionElements>
</process><process id="q" isExecutable="0"/><process id="r"/>
<choreography id="c"><startEvent id="cs"/><choreographyTask id="ct"/></choreography><task id="stray"/>)"));
  REQUIRE(read.result.has_model);
  const Definitions& model = read.model();
  REQUIRE(model.processes.size() == 3);
  CHECK(model.processes[0].executable);
  CHECK(model.processes[1].executable_written);
  CHECK_FALSE(model.processes[1].executable);
  CHECK_FALSE(model.processes[2].executable_written);
  REQUIRE(model.nodes.size() == 3);
  REQUIRE(model.scopes.size() == 5);
  const FlowNode& deep = model[model.node("deep")];
  const Scope& inner = model[deep.scope];
  CHECK(inner.id == "b");
  CHECK(inner.kind == ElementKind::transaction);
  CHECK(inner.node == model.node("b"));
  CHECK(inner.process == ProcessIndex{0});
  CHECK(inner.flows.size() == 1);
  CHECK(model[inner.parent].id == "a");
  CHECK(model[model[inner.parent].parent].id == "p");
  CHECK(model[model.processes[0].scope].nodes.size() == 1);
  CHECK(model.by_id.contains("ct"));
}

TEST_CASE("collaborations, lanes, artifacts and data") {
  const Read read(definitions(R"(<collaboration id="c">
 <participant id="pa" name="A" processRef="t:p"/><participant id="pb" name="B"/>
 <messageFlow id="mf" name="M" sourceRef="t:k" targetRef="pb"/><messageFlow id="bad" sourceRef="f" targetRef="gone"/>
 <association id="as" sourceRef="note" targetRef="pb"/><textAnnotation id="note"><text>hi</text></textAnnotation>
</collaboration>
<process id="p"><laneSet id="ls"><lane id="l1" name="Left"><flowNodeRef> k </flowNodeRef><flowNodeRef>gone</flowNodeRef>
  <childLaneSet id="cl"><lane id="l2"><flowNodeRef>k</flowNodeRef></lane></childLaneSet></lane></laneSet>
 <task id="k"><ioSpecification><dataInput id="di" name="in" isCollection="true"/><dataOutput id="do"/></ioSpecification><property id="pr"/></task>
 <dataObject id="d" isCollection="true"/><dataObjectReference id="dr" dataObjectRef="d" name="Doc"/>
 <dataStoreReference id="sr" dataStoreRef="ds"/><sequenceFlow id="f" sourceRef="k" targetRef="k"/>
 <association id="inside" sourceRef="k" targetRef="d"/>
</process><dataStore id="ds"/>)"));
  REQUIRE(read.result.has_model);
  CHECK(read.places() == "");
  const Definitions& model = read.model();
  REQUIRE(model.participants.size() == 2);
  CHECK(model.participants[0].process == ProcessIndex{0});
  CHECK(model.participants[0].process_ref == "p");
  CHECK(model.participants[1].process == ProcessIndex::none);
  REQUIRE(model.message_flows.size() == 2);
  CHECK(model.message_flows[0].source == model.by_id.at("k"));
  CHECK(model.message_flows[0].target == model.by_id.at("pb"));
  CHECK(model.message_flows[1].source == ElementId::none);  // a sequence flow sends no messages
  CHECK(model.message_flows[1].target == ElementId::none);
  CHECK(read.text(model.message_flows[1].target_span) == "gone");
  REQUIRE(model.associations.size() == 2);
  CHECK(model.associations[0].source == model.by_id.at("note"));
  CHECK(model.associations[0].scope == ScopeIndex::none);
  CHECK(model.associations[1].scope == ScopeIndex{0});
  REQUIRE(model.lanes.size() == 2);
  REQUIRE(model.lanes[0].members.size() == 2);
  CHECK(model.lanes[0].members[0].ref == "k");
  CHECK(read.text(model.lanes[0].members[0].span) == "k");
  CHECK(model.lanes[0].members[0].node == model.node("k"));
  CHECK(model.lanes[0].members[1].node == NodeIndex::none);
  CHECK(model.lanes[1].scope == ScopeIndex{0});
  REQUIRE(model.data.size() == 6);
  CHECK(model.data[0].kind == ElementKind::data_input);
  CHECK(model.data[0].is_collection);
  CHECK(model.data[3].kind == ElementKind::data_object);
  CHECK(model.data[4].name == "Doc");
  CHECK(model.root(ElementKind::data_store, "ds") != nullptr);
}

TEST_CASE("diagrams") {
  const Read read(definitions(
      R"(<process id="p"><task id="a"/><sequenceFlow id="f" sourceRef="a" targetRef="a"/></process>
<bpmndi:BPMNDiagram id="D" name="Main"><bpmndi:BPMNPlane bpmnElement="t:p">
 <bpmndi:BPMNShape id="s" bpmnElement="t:a" isExpanded="false" isHorizontal="false" isMarkerVisible="true">
  <dc:Bounds x="1.5" y="-2" width="1e2" height="+80"/><bpmndi:BPMNLabel><dc:Bounds x="1" y="2" width="3" height="4"/></bpmndi:BPMNLabel></bpmndi:BPMNShape>
 <bpmndi:BPMNShape id="lost" bpmnElement="gone"><dc:Bounds x="NaN" y="1,5" width="1" height="1"/></bpmndi:BPMNShape>
 <bpmndi:BPMNShape id="none" bpmnElement="a"><dc:Bounds x="1" y="1" width="1"/></bpmndi:BPMNShape>
 <bpmndi:BPMNEdge id="e" bpmnElement="f"><di:waypoint x="1" y="2"/><di:waypoint x="3" y="4"/><di:waypoint x="x" y="4"/></bpmndi:BPMNEdge>
</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>)"));
  REQUIRE(read.result.has_model);
  CHECK(read.places() == "");
  REQUIRE(read.model().diagrams.size() == 1);
  const Diagram& diagram = read.model().diagrams[0];
  CHECK(diagram.name == "Main");
  CHECK(diagram.plane_element == read.model().by_id.at("p"));
  REQUIRE(diagram.shapes.size() == 3);
  const Shape& shape = diagram.shapes[0];
  CHECK(shape.bpmn_element == read.model().by_id.at("a"));
  CHECK(shape.bounds.written);
  CHECK(shape.bounds.x == 1.5);
  CHECK(shape.bounds.y == -2);
  CHECK(shape.bounds.width == 100);
  CHECK(shape.bounds.height == 80);
  CHECK(shape.label.written);
  CHECK_FALSE(shape.is_expanded);
  CHECK_FALSE(shape.is_horizontal);
  CHECK(shape.is_marker_visible);
  CHECK(diagram.shapes[1].bpmn_element == ElementId::none);
  CHECK_FALSE(diagram.shapes[1].bounds.written);
  CHECK(diagram.shapes[1].is_expanded);
  CHECK_FALSE(diagram.shapes[2].bounds.written);
  REQUIRE(diagram.edges.size() == 1);
  CHECK(diagram.edges[0].bpmn_element == read.model().by_id.at("f"));
  CHECK(diagram.edges[0].waypoints.size() == 2);
}

TEST_CASE("the dialect is told by platform, use, declaration and exporter") {
  struct Case {
    const char* attributes;
    const char* inside;
    Dialect dialect;
  };
  const std::string camunda = "xmlns:camunda='http://camunda.org/schema/1.0/bpmn' ";
  const std::string activiti = "xmlns:activiti='http://activiti.org/bpmn' ";
  const std::string both = camunda + activiti;
  const std::string drools = "xmlns:d='http://www.jboss.org/drools' ";
  const std::string jbpm = drools + "typeLanguage='http://www.java.com/javaTypes'";
  const Case cases[] = {
      {"", "", Dialect::omg},
      {"xmlns:modeler='http://camunda.org/schema/modeler/1.0' modeler:executionPlatform='Camunda Cloud'", "",
       Dialect::camunda8},
      {"xmlns:modeler='http://camunda.org/schema/modeler/1.0' modeler:executionPlatform='Camunda Platform'",
       "", Dialect::camunda7},
      {"xmlns:zeebe='http://camunda.org/schema/zeebe/1.0'", "", Dialect::camunda8},
      {"xmlns:flowable='http://flowable.org/bpmn'", "", Dialect::flowable},
      {both.c_str(), "", Dialect::camunda7},
      {both.c_str(), "<userTask activiti:assignee='x'/>", Dialect::activiti},
      {activiti.c_str(), "<userTask/>", Dialect::activiti},
      {drools.c_str(), "", Dialect::omg},
      {drools.c_str(), "<userTask d:priority='1'/>", Dialect::jbpm},
      {jbpm.c_str(), "", Dialect::jbpm},
      {"xmlns:w='urn:weir:bpmn:1'", "<userTask w:ignore='x'/>", Dialect::weir},
      {"exporter='jBPM Process Modeler'", "", Dialect::jbpm},
      {"exporter='Flowable Design: flowable'", "", Dialect::flowable},
  };
  for (const Case& each : cases) {
    CAPTURE(each.attributes);
    CAPTURE(each.inside);
    const Read read(
        definitions(std::string("<process id='p'>") + each.inside + "</process>", each.attributes));
    CHECK(dialect_name(read.model().dialect) == dialect_name(each.dialect));
  }
}

TEST_CASE("attributes of the root") {
  const Read read(definitions(
      "<process id='p'/>",
      "id='d' name='N' expressionLanguage='urn:feel' xmlns:modeler='http://camunda.org/schema/modeler/1.0' "
      "modeler:executionPlatform='Camunda Cloud' modeler:executionPlatformVersion='8.5.0'"));
  const Definitions& model = read.model();
  CHECK(model.id == "d");
  CHECK(model.name == "N");
  CHECK(model.target_namespace == "urn:t");
  CHECK(model.expression_language == "urn:feel");
  CHECK(model.execution_platform == "Camunda Cloud");
  CHECK(model.execution_platform_version == "8.5.0");
  CHECK(model.file == read.result.file);
}
