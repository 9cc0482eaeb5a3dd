// Event definitions (section 10.5.5) and loop characteristics (section 10.3.8).
#include "formats/bpmn/context.hpp"

namespace weir::formats::bpmn {

using model::ElementId;
using model::ElementKind;

namespace {

/// The attribute by which a definition names what it reacts to or throws, empty when its kind has none.
std::string_view reference_attribute(ElementKind kind) {
  switch (kind) {
    case ElementKind::message_event_definition:
      return "messageRef";
    case ElementKind::signal_event_definition:
      return "signalRef";
    case ElementKind::error_event_definition:
      return "errorRef";
    case ElementKind::escalation_event_definition:
      return "escalationRef";
    case ElementKind::compensate_event_definition:
      return "activityRef";
    default:
      return {};
  }
}

void read_timer(const Context& context, ElementId id, model::EventDefinition& definition) {
  for (const ElementId child : model::children(context.document, id)) {
    switch (context.element(child).kind) {
      case ElementKind::time_date:
        definition.time_date = context.expression(child);
        break;
      case ElementKind::time_cycle:
        definition.time_cycle = context.expression(child);
        break;
      case ElementKind::time_duration:
        definition.time_duration = context.expression(child);
        break;
      default:
        break;
    }
  }
}

}  // namespace

model::EventDefinition event_definition(const Context& context, ElementId id) {
  model::EventDefinition definition;
  definition.kind = context.element(id).kind;
  definition.element = id;
  definition.id = context.trimmed_value(id, "id");
  definition.span = context.element(id).name_span;
  const std::string_view attribute = reference_attribute(definition.kind);
  if (!attribute.empty()) {
    definition.reference = reference_name(context.document.value(id, attribute));
    definition.span = context.document.place(id, attribute);
  }
  switch (definition.kind) {
    case ElementKind::timer_event_definition:
      read_timer(context, id, definition);
      break;
    case ElementKind::conditional_event_definition:
      if (const ElementId condition = context.document.child(id, ElementKind::condition);
          condition != ElementId::none)
        definition.condition = context.expression(condition);
      break;
    case ElementKind::link_event_definition:
      definition.link_name = context.document.value(id, "name");
      definition.span = context.document.place(id, "name");
      break;
    case ElementKind::compensate_event_definition:
      definition.wait_for_completion = context.boolean(id, "waitForCompletion", true);
      break;
    default:
      break;
  }
  return definition;
}

namespace {

model::BehaviorEvent complex_behavior(const Context& context, ElementId id) {
  model::BehaviorEvent made;
  if (const ElementId condition = context.document.child(id, ElementKind::condition);
      condition != ElementId::none)
    made.condition = context.expression(condition);
  const ElementId event = context.document.child(id, ElementKind::event);
  if (event == ElementId::none) return made;
  for (const ElementId child : model::children(context.document, event)) {
    const ElementKind kind = context.element(child).kind;
    if (model::is(kind, model::Category::event_definition))
      made.definitions.push_back(event_definition(context, child));
    if (kind == ElementKind::event_definition_ref)
      made.references.push_back(reference_name(context.element(child).text));
  }
  return made;
}

}  // namespace

model::Loop loop(const Context& context, ElementId id) {
  model::Loop made;
  made.element = id;
  if (context.element(id).kind == ElementKind::standard_loop_characteristics) {
    made.kind = model::Loop::Kind::standard;
    made.test_before = context.boolean(id, "testBefore", false);
    made.maximum = context.trimmed_value(id, "loopMaximum");
  } else {
    made.kind = model::Loop::Kind::multi_instance;
    made.sequential = context.boolean(id, "isSequential", false);
    made.behavior = context.trimmed_value(id, "behavior");
    if (made.behavior == "None" || made.behavior == "One") {
      const std::string_view reference = reference_name(context.trimmed_value(
          id, made.behavior == "None" ? "noneBehaviorEventRef" : "oneBehaviorEventRef"));
      if (!reference.empty()) made.behavior_events.emplace_back().references.push_back(reference);
    }
  }
  for (const ElementId child : model::children(context.document, id)) {
    switch (context.element(child).kind) {
      case ElementKind::loop_condition:
      case ElementKind::completion_condition:
        made.condition = context.expression(child);
        break;
      case ElementKind::loop_cardinality:
        made.cardinality = context.expression(child);
        break;
      case ElementKind::loop_data_input_ref:
        made.data_input_ref = reference_name(context.element(child).text);
        break;
      case ElementKind::loop_data_output_ref:
        made.data_output_ref = reference_name(context.element(child).text);
        break;
      case ElementKind::complex_behavior_definition:
        if (made.behavior == "Complex") made.behavior_events.push_back(complex_behavior(context, child));
        break;
      default:
        break;
    }
  }
  return made;
}

}  // namespace weir::formats::bpmn
