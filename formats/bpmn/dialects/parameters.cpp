// Variables at the border of activities and events: input and output parameters of Camunda 7, ioMapping of
// Camunda 8.
#include <algorithm>
#include <array>

#include "formats/bpmn/context.hpp"
#include "formats/bpmn/dialects/dialects.hpp"

namespace weir::formats::bpmn::dialects {

using model::Document;
using model::ElementId;
using model::ElementKind;
using model::Mapping;
using model::Namespace;
using model::Parameter;

namespace {

/// Elements that each assign one variable.
struct MappingRow {
  Namespace ns;
  std::string_view extension;  // element inside extensionElements
  std::string_view element;    // one of these for each assignment
  std::string_view target;     // attributes; an empty source = the text of the element
  std::string_view source;
  bool input;
};
constexpr std::array rows{
    MappingRow{Namespace::zeebe, "ioMapping", "input", "target", "source", true},
    MappingRow{Namespace::zeebe, "ioMapping", "output", "target", "source", false},
    MappingRow{Namespace::camunda, "inputOutput", "inputParameter", "name", "", true},
    MappingRow{Namespace::camunda, "inputOutput", "outputParameter", "name", "", false},
};

Parameter data(const Document& document, ElementId id);

Parameter text(const Document& document, ElementId id) {
  Parameter out;
  out.kind = Parameter::Kind::text;
  out.text = document[id].text;
  out.span = document[id].text_span;
  return out;
}

Parameter content(const Document& document, ElementId id) {
  for (const ElementId child : model::children(document, id))
    if (document[child].ns == document[id].ns) return data(document, child);
  return text(document, id);
}

/// camunda:list, camunda:map, camunda:value, camunda:script or the text of an entry.
Parameter data(const Document& document, ElementId id) {
  const std::string_view name = document[id].name;
  if (name != "list" && name != "map") return text(document, id);
  Parameter out;
  out.kind = name == "list" ? Parameter::Kind::list : Parameter::Kind::table;
  out.span = document[id].name_span;
  for (const ElementId child : model::children(document, id)) {
    if (document[child].ns != document[id].ns) continue;
    out.items.push_back(document[child].name == "entry" ? content(document, child) : data(document, child));
    out.items.back().key = document.value(child, "key");
  }
  return out;
}

Mapping parameter(const Document& document, ElementId id, const MappingRow& row) {
  const model::Attribute* source = row.source.empty() ? nullptr : document.attribute(id, row.source);
  Mapping made;
  made.target = document.value(id, row.target);
  made.source = source != nullptr ? source->value : document[id].text;
  made.span = source != nullptr ? source->value_span : document[id].text_span;
  for (const ElementId child : model::children(document, id)) {
    if (document[child].ns != row.ns) continue;
    if (document[child].name == "script") {
      made.from = Mapping::From::expression;
      made.language = trim(document.value(child, "scriptFormat"));
      made.source = document[child].text;
      made.span = document[child].text_span;
    } else {
      made.from = Mapping::From::data;
      made.data = data(document, child);
    }
  }
  return made;
}

void add(const Document& document, ElementId around, const MappingRow& row, model::FlowNode& node) {
  for (const ElementId each : model::children(document, document.child(around, row.ns, row.extension)))
    if (document[each].ns == row.ns && document[each].name == row.element &&
        !is_too_deep(document.value(each, row.target)))
      (row.input ? node.inputs : node.outputs).push_back(parameter(document, each, row));
}

}  // namespace

bool is_too_deep(std::string_view target) {
  constexpr std::ptrdiff_t most_parts = 50;  // each one is a context in another
  return std::count(target.begin(), target.end(), '.') >= most_parts;
}

void fill_parameters(const Document& document, model::FlowNode& node) {
  const ElementId extensions = document.child(node.element, ElementKind::extension_elements);
  if (extensions == ElementId::none) return;
  for (const MappingRow& row : rows) add(document, extensions, row, node);
  fill_connector(document, extensions, node);
}

void fill_connector(const Document& document, ElementId extensions, model::FlowNode& node) {
  // A connector has parameters of its own, inside of those of the task.
  const ElementId connector = document.child(extensions, Namespace::camunda, "connector");
  if (connector == ElementId::none) return;
  for (const MappingRow& row : rows) add(document, connector, row, node);
  if (const ElementId id = document.child(connector, Namespace::camunda, "connectorId");
      id != ElementId::none && node.work.job_type.empty())
    node.work.job_type = document[id].text;
}

}  // namespace weir::formats::bpmn::dialects
