// BPMN DI (section 12): where shapes and edges are drawn. Lengths in the diagram's own unit (pixels).
#pragma once

#include <string_view>
#include <vector>

#include "core/model/document.hpp"

namespace weir::model {

struct Bounds {
  double x = 0, y = 0, width = 0, height = 0;
  bool written = false;  // all four attributes are there and are finite numbers
};

struct Point {
  double x = 0, y = 0;
};

struct Shape {
  ElementId element = ElementId::none;  // the BPMNShape
  std::string_view id, bpmn_element_ref;
  ElementId bpmn_element = ElementId::none;  // what it draws, none when it resolves to nothing
  Bounds bounds, label;
  bool is_expanded = true, is_horizontal = true, is_marker_visible = false;
};

struct Edge {
  ElementId element = ElementId::none;  // the BPMNEdge
  std::string_view id, bpmn_element_ref;
  ElementId bpmn_element = ElementId::none;
  std::vector<Point> waypoints;
  Bounds label;
};

/// A BPMNDiagram with its plane.
struct Diagram {
  ElementId element = ElementId::none;
  std::string_view id, name;
  std::string_view plane_ref;                 // bpmnElement of the plane
  ElementId plane_element = ElementId::none;  // what it resolves to
  std::vector<Shape> shapes;
  std::vector<Edge> edges;
};

}  // namespace weir::model
