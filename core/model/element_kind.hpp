// Every element of BPMN 2.0.2, its XML name and the facts about it: one enum, one table.
#pragma once

#include <cstdint>
#include <string_view>

namespace weir::model {

/// All elements of Semantic.xsd, BPMNDI.xsd and the parts of DC/DI they use. `foreign` is any element of
/// another namespace, `unknown` an element of the BPMN namespace that the specification does not have.
enum class ElementKind : std::uint8_t {
  unknown,
  foreign,
  definitions,
  import_,
  extension,
  extension_elements,
  documentation,
  relationship,
  process,
  sub_process,
  transaction,
  ad_hoc_sub_process,
  call_activity,
  task,
  user_task,
  service_task,
  send_task,
  receive_task,
  script_task,
  manual_task,
  business_rule_task,
  start_event,
  intermediate_catch_event,
  intermediate_throw_event,
  boundary_event,
  end_event,
  implicit_throw_event,
  event,
  exclusive_gateway,
  parallel_gateway,
  inclusive_gateway,
  complex_gateway,
  event_based_gateway,
  sequence_flow,
  message_flow,
  association,
  data_association,
  data_input_association,
  data_output_association,
  message_event_definition,
  timer_event_definition,
  signal_event_definition,
  error_event_definition,
  escalation_event_definition,
  conditional_event_definition,
  compensate_event_definition,
  cancel_event_definition,
  terminate_event_definition,
  link_event_definition,
  message,
  signal,
  error,
  escalation,
  item_definition,
  standard_loop_characteristics,
  multi_instance_loop_characteristics,
  complex_behavior_definition,
  data_object,
  data_object_reference,
  data_store,
  data_store_reference,
  data_state,
  property,
  io_specification,
  data_input,
  data_output,
  input_set,
  output_set,
  io_binding,
  assignment,
  lane_set,
  lane,
  collaboration,
  participant,
  participant_multiplicity,
  participant_association,
  message_flow_association,
  partner_entity,
  partner_role,
  end_point,
  conversation,
  sub_conversation,
  call_conversation,
  conversation_link,
  conversation_association,
  global_conversation,
  choreography,
  choreography_task,
  sub_choreography,
  call_choreography,
  global_choreography_task,
  global_task,
  global_user_task,
  global_manual_task,
  global_script_task,
  global_business_rule_task,
  interface,
  operation,
  correlation_key,
  correlation_property,
  correlation_property_binding,
  correlation_property_retrieval_expression,
  correlation_subscription,
  resource,
  resource_parameter,
  resource_role,
  performer,
  human_performer,
  potential_owner,
  resource_parameter_binding,
  resource_assignment_expression,
  text_annotation,
  group,
  category,
  category_value,
  expression,
  formal_expression,
  script,
  text,
  rendering,
  auditing,
  monitoring,
  activation_condition,
  category_value_ref,
  child_lane_set,
  choreography_ref,
  completion_condition,
  condition,
  condition_expression,
  correlation_property_ref,
  data_input_refs,
  data_output_refs,
  data_path,
  end_point_ref,
  error_ref,
  event_definition_ref,
  flow_node_ref,
  from,
  in_message_ref,
  incoming,
  inner_participant_ref,
  input_data_item,
  input_set_refs,
  interface_ref,
  loop_cardinality,
  loop_condition,
  loop_data_input_ref,
  loop_data_output_ref,
  message_flow_ref,
  message_path,
  operation_ref,
  optional_input_refs,
  optional_output_refs,
  out_message_ref,
  outer_participant_ref,
  outgoing,
  output_data_item,
  output_set_refs,
  participant_ref,
  partition_element,
  resource_ref,
  source,
  source_ref,
  supported_interface_ref,
  supports,
  target,
  target_ref,
  time_cycle,
  time_date,
  time_duration,
  to,
  transformation,
  while_executing_input_refs,
  while_executing_output_refs,
  bpmn_diagram,
  bpmn_plane,
  bpmn_shape,
  bpmn_edge,
  bpmn_label,
  bpmn_label_style,
  bounds,
  font,
  waypoint
};

inline constexpr std::size_t element_kind_count = 183;

/// Categories a kind belongs to; a bit set.
enum class Category : std::uint16_t {
  none = 0,
  flow_node = 1,
  activity = 2,
  task = 4,
  event = 8,
  catching = 16,
  throwing = 32,
  gateway = 64,
  container = 128,  // holds flow elements
  event_definition = 256,
  root = 512,  // may stand directly below definitions
  artifact = 1024,
  flow_element = 2048,
  diagram = 4096,
  part = 8192,  // exists only as a part of its parent: <incoming>, <conditionExpression>
};

constexpr Category operator|(Category a, Category b) {
  return static_cast<Category>(static_cast<std::uint16_t>(a) | static_cast<std::uint16_t>(b));
}

struct ElementFacts {
  ElementKind kind;
  std::string_view name;  // local name in the XML, exactly as in the specification
  Category category;
};

/// The facts of a kind. O(1).
const ElementFacts& facts(ElementKind kind);
/// The kind with this local name, `unknown` when the specification has none. Diagram kinds included.
ElementKind element_kind(std::string_view local_name);

constexpr bool has(Category set, Category one) {
  return (static_cast<std::uint16_t>(set) & static_cast<std::uint16_t>(one)) != 0;
}
inline bool is(ElementKind kind, Category one) {
  return has(facts(kind).category, one);
}
/// XML name of a kind, "exclusiveGateway".
inline std::string_view name(ElementKind kind) {
  return facts(kind).name;
}
/// Words for people: "exclusive gateway", "user task".
std::string_view words(ElementKind kind);

}  // namespace weir::model
