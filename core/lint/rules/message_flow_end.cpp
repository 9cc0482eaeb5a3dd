// Which elements can send and which can receive.
#include "core/lint/data_items.hpp"
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

namespace {

using model::ElementId;
using model::ElementKind;

bool can_send(ElementKind kind) {
  using enum model::ElementKind;
  return kind == participant || kind == end_event || kind == intermediate_throw_event ||
         (model::is(kind, model::Category::activity) && kind != receive_task);
}

bool can_receive(ElementKind kind) {
  using enum model::ElementKind;
  return kind == participant || kind == start_event || kind == intermediate_catch_event ||
         kind == boundary_event || (model::is(kind, model::Category::activity) && kind != send_task);
}

}  // namespace

/// An end event that sends has a message to send, a start event that receives one to wait for.
static bool without_message(const Subject& subject, ElementId end) {
  const model::Document& document = subject.model.document;
  const model::NodeIndex index = subject.model.node(document.value(end, "id"));
  if (index == model::NodeIndex::none) return false;
  const model::FlowNode& node = subject.model[index];
  return (node.kind == ElementKind::start_event || node.kind == ElementKind::end_event) &&
         subject.strict(node.scope) && !node.has(ElementKind::message_event_definition);
}

static void check(const Subject& subject, Report& report) {
  const model::Document& document = subject.model.document;
  for (const model::MessageFlow& flow : subject.model.message_flows) {
    const std::string name = quoted(flow.id.empty() ? flow.name : flow.id);
    const bool strict = strict_at(subject, flow.element);
    const auto check_end = [&](ElementId end, std::string_view ref, Span span, bool source) {
      const std::string_view verb = source ? "leaves" : "leads to";
      const ElementId named = end == ElementId::none ? referred(subject, ref) : end;
      if (named == ElementId::none) return;
      const ElementKind kind = document[named].kind;
      if (!(source ? can_send(kind) : can_receive(kind))) {
        // A receive task that answers is drawn so by many; BPMN does not forbid it.
        report.when(strict && !model::is(kind, model::Category::activity))
            .add(span, flow.id,
                 fmt::format("message flow {} {} the {} {}, which cannot {} a message", name, verb,
                             model::words(kind), quoted(ref), source ? "send" : "receive"));
      } else if (without_message(subject, named)) {
        report.add(span, flow.id,
                   fmt::format("message flow {} {} the {} {}, which has no message event definition", name,
                               verb, model::words(kind), quoted(ref)));
      }
    };
    check_end(flow.source, flow.source_ref, flow.source_span, true);
    check_end(flow.target, flow.target_ref, flow.target_span, false);
  }
}

constinit const Rule message_flow_end{
    .id = "message-flow-end",
    .group = "correctness",
    .severity = Severity::error,
    .tolerated = Severity::warning,
    .summary = "A message flow must lead from something that sends to something that receives.",
    .explanation =
        "Pools and activities can be at both ends of a message flow. Of the events, start, catch and "
        "boundary events "
        "receive; throw and end events send. Gateways, receive tasks at the sending end and send tasks at "
        "the receiving "
        "end are mistakes, usually because the arrow was drawn the wrong way round.\n\n"
        "Artifacts, data and whole processes send nothing. In an executable process the event has a message "
        "event definition too.\n\n"
        "Mend it by turning the arrow round or attaching it to the right element.\n\n"
        "BPMN 2.0.2, 7.6.2, 10.5.2 and 10.5.3 (message flow connections); BPMNspector EXT.008, "
        "EXT.009, EXT.103, EXT.108, EXT.109, EXT.119.",
    .check = check,
};

}  // namespace weir::lint::rules
