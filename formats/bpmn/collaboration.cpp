// Participants, message flows, associations and lanes (chapter 9 and section 10.8).
#include "formats/bpmn/context.hpp"

namespace weir::formats::bpmn {

using model::ElementId;
using model::ElementKind;

model::Participant participant(const Context& context, ElementId id) {
  model::Participant made;
  made.element = id;
  made.id = context.trimmed_value(id, "id");
  made.name = context.document.value(id, "name");
  made.process_ref = reference_name(context.document.value(id, "processRef"));
  made.span = context.id_place(id);
  return made;
}

model::MessageFlow message_flow(const Context& context, ElementId id) {
  model::MessageFlow made;
  made.element = id;
  made.id = context.trimmed_value(id, "id");
  made.name = context.document.value(id, "name");
  made.source_ref = context.trimmed_value(id, "sourceRef");
  made.target_ref = context.trimmed_value(id, "targetRef");
  made.message_ref = reference_name(context.document.value(id, "messageRef"));
  made.span = context.id_place(id);
  made.source_span = context.document.place(id, "sourceRef");
  made.target_span = context.document.place(id, "targetRef");
  return made;
}

model::Association association(const Context& context, ElementId id) {
  model::Association made;
  made.element = id;
  made.id = context.trimmed_value(id, "id");
  made.source_ref = context.trimmed_value(id, "sourceRef");
  made.target_ref = context.trimmed_value(id, "targetRef");
  made.span = context.id_place(id);
  made.source_span = context.document.place(id, "sourceRef");
  made.target_span = context.document.place(id, "targetRef");
  made.scope = context.container(id);
  return made;
}

model::Lane lane(const Context& context, ElementId id) {
  model::Lane made;
  made.element = id;
  made.id = context.trimmed_value(id, "id");
  made.name = context.document.value(id, "name");
  made.span = context.id_place(id);
  made.scope = context.scope_inside[index(id)];
  for (const ElementId child : model::children(context.document, id)) {
    const model::Element& element = context.element(child);
    if (element.kind != ElementKind::flow_node_ref) continue;
    made.members.push_back({element.text, element.text_span.known() ? element.text_span : element.name_span,
                            model::NodeIndex::none});
  }
  return made;
}

}  // namespace weir::formats::bpmn
