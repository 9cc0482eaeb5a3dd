// BPMN DI (chapter 12). Numbers are xsd:double written with a point; anything else leaves the value
// unwritten.
#include <charconv>
#include <cmath>

#include "formats/bpmn/context.hpp"

namespace weir::formats::bpmn {

using model::ElementId;
using model::ElementKind;

namespace {

bool number(const Context& context, ElementId id, std::string_view name, double& out) {
  std::string_view text = context.trimmed_value(id, name);
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return false;
  out = value;
  return true;
}

/// The dc:Bounds directly inside an element.
model::Bounds bounds(const Context& context, ElementId id) {
  model::Bounds made;
  const ElementId from = context.document.child(id, ElementKind::bounds);
  if (from == ElementId::none) return made;
  const bool x = number(context, from, "x", made.x);
  const bool y = number(context, from, "y", made.y);
  const bool width = number(context, from, "width", made.width);
  const bool height = number(context, from, "height", made.height);
  made.written = x && y && width && height;
  return made;
}

model::Bounds label(const Context& context, ElementId id) {
  const ElementId from = context.document.child(id, ElementKind::bpmn_label);
  return from == ElementId::none ? model::Bounds{} : bounds(context, from);
}

model::Shape shape(const Context& context, ElementId id) {
  model::Shape made;
  made.element = id;
  made.id = context.trimmed_value(id, "id");
  made.bpmn_element_ref = context.trimmed_value(id, "bpmnElement");
  made.bounds = bounds(context, id);
  made.label = label(context, id);
  made.is_expanded = context.boolean(id, "isExpanded", true);
  made.is_horizontal = context.boolean(id, "isHorizontal", true);
  made.is_marker_visible = context.boolean(id, "isMarkerVisible", false);
  return made;
}

model::Edge edge(const Context& context, ElementId id) {
  model::Edge made;
  made.element = id;
  made.id = context.trimmed_value(id, "id");
  made.bpmn_element_ref = context.trimmed_value(id, "bpmnElement");
  made.label = label(context, id);
  for (const ElementId child : model::children(context.document, id)) {
    if (context.element(child).kind != ElementKind::waypoint) continue;
    model::Point point;
    if (number(context, child, "x", point.x) && number(context, child, "y", point.y))
      made.waypoints.push_back(point);
  }
  return made;
}

}  // namespace

model::Diagram diagram(const Context& context, ElementId id) {
  model::Diagram made;
  made.element = id;
  made.id = context.trimmed_value(id, "id");
  made.name = context.document.value(id, "name");
  for (const ElementId plane : model::children(context.document, id)) {
    if (context.element(plane).kind != ElementKind::bpmn_plane) continue;
    if (made.plane_ref.empty()) made.plane_ref = context.trimmed_value(plane, "bpmnElement");
    for (const ElementId child : model::children(context.document, plane)) {
      const ElementKind kind = context.element(child).kind;
      if (kind == ElementKind::bpmn_shape) made.shapes.push_back(shape(context, child));
      if (kind == ElementKind::bpmn_edge) made.edges.push_back(edge(context, child));
    }
  }
  return made;
}

}  // namespace weir::formats::bpmn
