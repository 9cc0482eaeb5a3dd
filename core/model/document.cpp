// Look-ups are linear: an element has few attributes and rules ask for few children.
#include "core/model/document.hpp"

namespace weir::model {

const Attribute* Document::attribute(ElementId id, std::string_view name) const {
  return attribute(id, Namespace::empty, name);
}

const Attribute* Document::attribute(ElementId id, Namespace ns, std::string_view name) const {
  if (id == ElementId::none) return nullptr;
  const Element& element = elements[index(id)];
  for (std::uint32_t i = 0; i < element.attribute_count; ++i) {
    const Attribute& each = attributes[element.first_attribute + i];
    if (each.ns == ns && each.name == name) return &each;
  }
  return nullptr;
}

std::string_view Document::value(ElementId id, std::string_view name) const {
  const Attribute* found = attribute(id, name);
  return found ? found->value : std::string_view{};
}

ElementId Document::child(ElementId id, ElementKind kind) const {
  for (const ElementId each : children(*this, id))
    if ((*this)[each].kind == kind) return each;
  return ElementId::none;
}

ElementId Document::child(ElementId id, Namespace ns, std::string_view name) const {
  for (const ElementId each : children(*this, id))
    if ((*this)[each].ns == ns && (*this)[each].name == name) return each;
  return ElementId::none;
}

Span Document::place(ElementId id, std::string_view attribute_name) const {
  if (id == ElementId::none) return {};
  const Attribute* found = attribute(id, attribute_name);
  return found ? found->value_span : elements[index(id)].name_span;
}

}  // namespace weir::model
