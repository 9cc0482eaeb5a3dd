// The table. Order is the order of the enum, so a look-up by kind is an index.
#include "core/model/element_kind.hpp"

#include <array>
#include <string>
#include <unordered_map>

#include "core/base/check.hpp"

namespace weir::model {

namespace {

constexpr std::array<ElementFacts, element_kind_count> table{{
    {ElementKind::unknown, "unknown", Category::none},
    {ElementKind::foreign, "foreign", Category::none},
    {ElementKind::definitions, "definitions", Category::none},
    {ElementKind::import_, "import", Category::none},
    {ElementKind::extension, "extension", Category::none},
    {ElementKind::extension_elements, "extensionElements", Category::none},
    {ElementKind::documentation, "documentation", Category::none},
    {ElementKind::relationship, "relationship", Category::none},
    {ElementKind::process, "process", Category::container | Category::root},
    {ElementKind::sub_process, "subProcess", Category::flow_node | Category::activity | Category::container},
    {ElementKind::transaction, "transaction", Category::flow_node | Category::activity | Category::container},
    {ElementKind::ad_hoc_sub_process, "adHocSubProcess",
     Category::flow_node | Category::activity | Category::container},
    {ElementKind::call_activity, "callActivity", Category::flow_node | Category::activity},
    {ElementKind::task, "task", Category::flow_node | Category::activity | Category::task},
    {ElementKind::user_task, "userTask", Category::flow_node | Category::activity | Category::task},
    {ElementKind::service_task, "serviceTask", Category::flow_node | Category::activity | Category::task},
    {ElementKind::send_task, "sendTask", Category::flow_node | Category::activity | Category::task},
    {ElementKind::receive_task, "receiveTask", Category::flow_node | Category::activity | Category::task},
    {ElementKind::script_task, "scriptTask", Category::flow_node | Category::activity | Category::task},
    {ElementKind::manual_task, "manualTask", Category::flow_node | Category::activity | Category::task},
    {ElementKind::business_rule_task, "businessRuleTask",
     Category::flow_node | Category::activity | Category::task},
    {ElementKind::start_event, "startEvent", Category::flow_node | Category::event | Category::catching},
    {ElementKind::intermediate_catch_event, "intermediateCatchEvent",
     Category::flow_node | Category::event | Category::catching},
    {ElementKind::intermediate_throw_event, "intermediateThrowEvent",
     Category::flow_node | Category::event | Category::throwing},
    {ElementKind::boundary_event, "boundaryEvent",
     Category::flow_node | Category::event | Category::catching},
    {ElementKind::end_event, "endEvent", Category::flow_node | Category::event | Category::throwing},
    {ElementKind::implicit_throw_event, "implicitThrowEvent",
     Category::flow_node | Category::event | Category::throwing},
    {ElementKind::event, "event", Category::flow_node | Category::event},
    {ElementKind::exclusive_gateway, "exclusiveGateway", Category::flow_node | Category::gateway},
    {ElementKind::parallel_gateway, "parallelGateway", Category::flow_node | Category::gateway},
    {ElementKind::inclusive_gateway, "inclusiveGateway", Category::flow_node | Category::gateway},
    {ElementKind::complex_gateway, "complexGateway", Category::flow_node | Category::gateway},
    {ElementKind::event_based_gateway, "eventBasedGateway", Category::flow_node | Category::gateway},
    {ElementKind::sequence_flow, "sequenceFlow", Category::flow_element},
    {ElementKind::message_flow, "messageFlow", Category::none},
    {ElementKind::association, "association", Category::artifact},
    {ElementKind::data_association, "dataAssociation", Category::none},
    {ElementKind::data_input_association, "dataInputAssociation", Category::none},
    {ElementKind::data_output_association, "dataOutputAssociation", Category::none},
    {ElementKind::message_event_definition, "messageEventDefinition", Category::event_definition},
    {ElementKind::timer_event_definition, "timerEventDefinition", Category::event_definition},
    {ElementKind::signal_event_definition, "signalEventDefinition", Category::event_definition},
    {ElementKind::error_event_definition, "errorEventDefinition", Category::event_definition},
    {ElementKind::escalation_event_definition, "escalationEventDefinition", Category::event_definition},
    {ElementKind::conditional_event_definition, "conditionalEventDefinition", Category::event_definition},
    {ElementKind::compensate_event_definition, "compensateEventDefinition", Category::event_definition},
    {ElementKind::cancel_event_definition, "cancelEventDefinition", Category::event_definition},
    {ElementKind::terminate_event_definition, "terminateEventDefinition", Category::event_definition},
    {ElementKind::link_event_definition, "linkEventDefinition", Category::event_definition},
    {ElementKind::message, "message", Category::root},
    {ElementKind::signal, "signal", Category::root},
    {ElementKind::error, "error", Category::root},
    {ElementKind::escalation, "escalation", Category::root},
    {ElementKind::item_definition, "itemDefinition", Category::root},
    {ElementKind::standard_loop_characteristics, "standardLoopCharacteristics", Category::none},
    {ElementKind::multi_instance_loop_characteristics, "multiInstanceLoopCharacteristics", Category::none},
    {ElementKind::complex_behavior_definition, "complexBehaviorDefinition", Category::none},
    {ElementKind::data_object, "dataObject", Category::flow_element},
    {ElementKind::data_object_reference, "dataObjectReference", Category::flow_element},
    {ElementKind::data_store, "dataStore", Category::root},
    {ElementKind::data_store_reference, "dataStoreReference", Category::flow_element},
    {ElementKind::data_state, "dataState", Category::none},
    {ElementKind::property, "property", Category::none},
    {ElementKind::io_specification, "ioSpecification", Category::none},
    {ElementKind::data_input, "dataInput", Category::none},
    {ElementKind::data_output, "dataOutput", Category::none},
    {ElementKind::input_set, "inputSet", Category::none},
    {ElementKind::output_set, "outputSet", Category::none},
    {ElementKind::io_binding, "ioBinding", Category::none},
    {ElementKind::assignment, "assignment", Category::none},
    {ElementKind::lane_set, "laneSet", Category::none},
    {ElementKind::lane, "lane", Category::none},
    {ElementKind::collaboration, "collaboration", Category::root},
    {ElementKind::participant, "participant", Category::none},
    {ElementKind::participant_multiplicity, "participantMultiplicity", Category::none},
    {ElementKind::participant_association, "participantAssociation", Category::none},
    {ElementKind::message_flow_association, "messageFlowAssociation", Category::none},
    {ElementKind::partner_entity, "partnerEntity", Category::root},
    {ElementKind::partner_role, "partnerRole", Category::root},
    {ElementKind::end_point, "endPoint", Category::root},
    {ElementKind::conversation, "conversation", Category::none},
    {ElementKind::sub_conversation, "subConversation", Category::none},
    {ElementKind::call_conversation, "callConversation", Category::none},
    {ElementKind::conversation_link, "conversationLink", Category::none},
    {ElementKind::conversation_association, "conversationAssociation", Category::none},
    {ElementKind::global_conversation, "globalConversation", Category::root},
    {ElementKind::choreography, "choreography", Category::root},
    {ElementKind::choreography_task, "choreographyTask", Category::flow_node},
    {ElementKind::sub_choreography, "subChoreography", Category::flow_node},
    {ElementKind::call_choreography, "callChoreography", Category::flow_node},
    {ElementKind::global_choreography_task, "globalChoreographyTask", Category::root},
    {ElementKind::global_task, "globalTask", Category::root},
    {ElementKind::global_user_task, "globalUserTask", Category::root},
    {ElementKind::global_manual_task, "globalManualTask", Category::root},
    {ElementKind::global_script_task, "globalScriptTask", Category::root},
    {ElementKind::global_business_rule_task, "globalBusinessRuleTask", Category::root},
    {ElementKind::interface, "interface", Category::root},
    {ElementKind::operation, "operation", Category::none},
    {ElementKind::correlation_key, "correlationKey", Category::none},
    {ElementKind::correlation_property, "correlationProperty", Category::root},
    {ElementKind::correlation_property_binding, "correlationPropertyBinding", Category::none},
    {ElementKind::correlation_property_retrieval_expression, "correlationPropertyRetrievalExpression",
     Category::none},
    {ElementKind::correlation_subscription, "correlationSubscription", Category::none},
    {ElementKind::resource, "resource", Category::root},
    {ElementKind::resource_parameter, "resourceParameter", Category::none},
    {ElementKind::resource_role, "resourceRole", Category::none},
    {ElementKind::performer, "performer", Category::none},
    {ElementKind::human_performer, "humanPerformer", Category::none},
    {ElementKind::potential_owner, "potentialOwner", Category::none},
    {ElementKind::resource_parameter_binding, "resourceParameterBinding", Category::none},
    {ElementKind::resource_assignment_expression, "resourceAssignmentExpression", Category::none},
    {ElementKind::text_annotation, "textAnnotation", Category::artifact},
    {ElementKind::group, "group", Category::artifact},
    {ElementKind::category, "category", Category::root},
    {ElementKind::category_value, "categoryValue", Category::none},
    {ElementKind::expression, "expression", Category::none},
    {ElementKind::formal_expression, "formalExpression", Category::none},
    {ElementKind::script, "script", Category::none},
    {ElementKind::text, "text", Category::none},
    {ElementKind::rendering, "rendering", Category::none},
    {ElementKind::auditing, "auditing", Category::none},
    {ElementKind::monitoring, "monitoring", Category::none},
    {ElementKind::activation_condition, "activationCondition", Category::part},
    {ElementKind::category_value_ref, "categoryValueRef", Category::part},
    {ElementKind::child_lane_set, "childLaneSet", Category::part},
    {ElementKind::choreography_ref, "choreographyRef", Category::part},
    {ElementKind::completion_condition, "completionCondition", Category::part},
    {ElementKind::condition, "condition", Category::part},
    {ElementKind::condition_expression, "conditionExpression", Category::part},
    {ElementKind::correlation_property_ref, "correlationPropertyRef", Category::part},
    {ElementKind::data_input_refs, "dataInputRefs", Category::part},
    {ElementKind::data_output_refs, "dataOutputRefs", Category::part},
    {ElementKind::data_path, "dataPath", Category::part},
    {ElementKind::end_point_ref, "endPointRef", Category::part},
    {ElementKind::error_ref, "errorRef", Category::part},
    {ElementKind::event_definition_ref, "eventDefinitionRef", Category::part},
    {ElementKind::flow_node_ref, "flowNodeRef", Category::part},
    {ElementKind::from, "from", Category::part},
    {ElementKind::in_message_ref, "inMessageRef", Category::part},
    {ElementKind::incoming, "incoming", Category::part},
    {ElementKind::inner_participant_ref, "innerParticipantRef", Category::part},
    {ElementKind::input_data_item, "inputDataItem", Category::part},
    {ElementKind::input_set_refs, "inputSetRefs", Category::part},
    {ElementKind::interface_ref, "interfaceRef", Category::part},
    {ElementKind::loop_cardinality, "loopCardinality", Category::part},
    {ElementKind::loop_condition, "loopCondition", Category::part},
    {ElementKind::loop_data_input_ref, "loopDataInputRef", Category::part},
    {ElementKind::loop_data_output_ref, "loopDataOutputRef", Category::part},
    {ElementKind::message_flow_ref, "messageFlowRef", Category::part},
    {ElementKind::message_path, "messagePath", Category::part},
    {ElementKind::operation_ref, "operationRef", Category::part},
    {ElementKind::optional_input_refs, "optionalInputRefs", Category::part},
    {ElementKind::optional_output_refs, "optionalOutputRefs", Category::part},
    {ElementKind::out_message_ref, "outMessageRef", Category::part},
    {ElementKind::outer_participant_ref, "outerParticipantRef", Category::part},
    {ElementKind::outgoing, "outgoing", Category::part},
    {ElementKind::output_data_item, "outputDataItem", Category::part},
    {ElementKind::output_set_refs, "outputSetRefs", Category::part},
    {ElementKind::participant_ref, "participantRef", Category::part},
    {ElementKind::partition_element, "partitionElement", Category::part},
    {ElementKind::resource_ref, "resourceRef", Category::part},
    {ElementKind::source, "source", Category::part},
    {ElementKind::source_ref, "sourceRef", Category::part},
    {ElementKind::supported_interface_ref, "supportedInterfaceRef", Category::part},
    {ElementKind::supports, "supports", Category::part},
    {ElementKind::target, "target", Category::part},
    {ElementKind::target_ref, "targetRef", Category::part},
    {ElementKind::time_cycle, "timeCycle", Category::part},
    {ElementKind::time_date, "timeDate", Category::part},
    {ElementKind::time_duration, "timeDuration", Category::part},
    {ElementKind::to, "to", Category::part},
    {ElementKind::transformation, "transformation", Category::part},
    {ElementKind::while_executing_input_refs, "whileExecutingInputRefs", Category::part},
    {ElementKind::while_executing_output_refs, "whileExecutingOutputRefs", Category::part},
    {ElementKind::bpmn_diagram, "BPMNDiagram", Category::diagram},
    {ElementKind::bpmn_plane, "BPMNPlane", Category::diagram},
    {ElementKind::bpmn_shape, "BPMNShape", Category::diagram},
    {ElementKind::bpmn_edge, "BPMNEdge", Category::diagram},
    {ElementKind::bpmn_label, "BPMNLabel", Category::diagram},
    {ElementKind::bpmn_label_style, "BPMNLabelStyle", Category::diagram},
    {ElementKind::bounds, "Bounds", Category::diagram},
    {ElementKind::font, "Font", Category::diagram},
    {ElementKind::waypoint, "waypoint", Category::diagram},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < table.size(); ++i)
    if (static_cast<std::size_t>(table[i].kind) != i) return false;
  return true;
}
static_assert(in_order(), "the table must list the kinds in the order of the enum");

/// "exclusiveGateway" -> "exclusive gateway"; DI names stay as they are.
std::string in_words(std::string_view name) {
  if (name.starts_with("BPMN")) return std::string(name);
  std::string out;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') {
      if (!out.empty()) out += ' ';
      out += static_cast<char>(c - 'A' + 'a');
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

const ElementFacts& facts(ElementKind kind) {
  WEIR_CHECK(static_cast<std::size_t>(kind) < table.size());
  return table[static_cast<std::size_t>(kind)];
}

ElementKind element_kind(std::string_view local_name) {
  static const auto by_name = [] {
    std::unordered_map<std::string_view, ElementKind> map;
    for (const ElementFacts& row : table)
      if (row.kind != ElementKind::unknown && row.kind != ElementKind::foreign)
        map.emplace(row.name, row.kind);
    return map;
  }();
  const auto found = by_name.find(local_name);
  return found == by_name.end() ? ElementKind::unknown : found->second;
}

std::string_view words(ElementKind kind) {
  static const auto all = [] {
    std::array<std::string, element_kind_count> made;
    for (std::size_t i = 0; i < table.size(); ++i) made[i] = in_words(table[i].name);
    return made;
  }();
  return all[static_cast<std::size_t>(kind)];
}

}  // namespace weir::model
