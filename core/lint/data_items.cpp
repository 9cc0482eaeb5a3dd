// Items are compared as BPMNspector does it: the same definition, or the same structureRef.
#include "core/lint/data_items.hpp"

namespace weir::lint {

using model::Document;
using model::ElementId;
using model::ElementKind;

ElementId referred(const Subject& subject, std::string_view reference) {
  if (reference.empty()) return ElementId::none;
  const auto& by_id = subject.model.by_id;
  auto found = by_id.find(reference);
  if (found == by_id.end()) found = by_id.find(model::local_part(reference));
  return found == by_id.end() ? ElementId::none : found->second;
}

std::string_view child_text(const Document& document, ElementId id, ElementKind kind) {
  const ElementId child = document.child(id, kind);
  return child == ElementId::none ? std::string_view() : document[child].text;
}

bool strict_at(const Subject& subject, ElementId id) {
  const Document& document = subject.model.document;
  if (subject.model.dialect != model::Dialect::omg) return false;
  for (; id != ElementId::none; id = document[id].parent)
    if (document[id].kind == ElementKind::process) {
      for (const model::Process& each : subject.model.processes)
        if (each.element == id) return each.executable;
      return false;
    }
  return true;
}

Item item_of(const Subject& subject, ElementId id) {
  const Document& document = subject.model.document;
  if (id == ElementId::none) return {};
  for (const std::string_view attribute : {"itemSubjectRef", "itemRef", "structureRef"})
    if (const std::string_view written = document.value(id, attribute); !written.empty()) {
      const ElementId found = referred(subject, written);
      const bool here = found != ElementId::none && document[found].kind == ElementKind::item_definition;
      return {true, here ? found : ElementId::none};
    }
  if (document[id].kind == ElementKind::data_object_reference)
    return item_of(subject, referred(subject, document.value(id, "dataObjectRef")));
  if (document[id].kind == ElementKind::data_store_reference)
    return item_of(subject, referred(subject, document.value(id, "dataStoreRef")));
  return {};
}

bool is_collection(const Document& document, ElementId id) {
  const std::string_view value = document.value(id, "isCollection");
  return value == "true" || value == "1";
}

bool differ(const Subject& subject, const Item& one, const Item& other) {
  const Document& document = subject.model.document;
  if (one.definition == ElementId::none || other.definition == ElementId::none) return false;
  if (one.definition == other.definition) return false;
  const std::string_view structure = document.value(one.definition, "structureRef");
  return structure.empty() || structure != document.value(other.definition, "structureRef") ||
         is_collection(document, one.definition) != is_collection(document, other.definition);
}

InputOutput input_output(const Document& document, ElementId owner) {
  InputOutput made;
  if (owner == ElementId::none) return made;
  made.element = model::is(document[owner].kind, model::Category::event)
                     ? owner
                     : document.child(owner, ElementKind::io_specification);
  for (const ElementId child : model::children(document, made.element)) {
    const ElementKind kind = document[child].kind;
    if (kind == ElementKind::data_input) made.inputs.push_back(child);
    if (kind == ElementKind::data_output) made.outputs.push_back(child);
    if (kind == ElementKind::input_set) made.input_sets.push_back(child);
    if (kind == ElementKind::output_set) made.output_sets.push_back(child);
  }
  return made;
}

}  // namespace weir::lint
