// Which decision a task asks. Camunda 7 says it in attributes, Camunda 8 in an extension element, Flowable
// and Activiti in fields of a service task.
#include <array>

#include "formats/bpmn/dialects/dialects.hpp"

namespace weir::formats::bpmn::dialects {

using model::Attribute;
using model::Document;
using model::ElementId;
using model::ElementKind;
using model::Namespace;

namespace {

/// Attributes of a business rule task, and what the engine does when they are not there.
struct Vendor {
  Namespace ns;
  std::string_view extension;  // element that holds them; empty: they stand on the task, in the namespace
  std::string_view reference, binding, version, tag, mapping;
  std::string_view usual_binding, usual_mapping;
};
constexpr std::array vendors{
    Vendor{Namespace::camunda, "", "decisionRef", "decisionRefBinding", "decisionRefVersion",
           "decisionRefVersionTag", "mapDecisionResult", "latest", "resultList"},
    Vendor{Namespace::zeebe, "calledDecision", "decisionId", "bindingType", "", "versionTag", "", "latest",
           "value"},
};

std::string_view otherwise(std::string_view written, std::string_view usual) {
  return written.empty() ? usual : written;
}

void read_attributes(const Document& document, const Vendor& vendor, model::FlowNode& node) {
  ElementId element = node.element;
  if (!vendor.extension.empty()) {
    const ElementId extensions = document.child(element, ElementKind::extension_elements);
    if (extensions == ElementId::none) return;
    element = document.child(extensions, vendor.ns, vendor.extension);
    if (element == ElementId::none) return;
  }
  const auto find = [&](std::string_view name) {
    if (name.empty()) return static_cast<const Attribute*>(nullptr);
    return vendor.extension.empty() ? document.attribute(element, vendor.ns, name)
                                    : document.attribute(element, name);
  };
  const auto value = [&](std::string_view name) {
    const Attribute* found = find(name);
    return found == nullptr ? std::string_view{} : found->value;
  };
  const Attribute* reference = find(vendor.reference);
  if (reference == nullptr || reference->value.empty()) return;
  model::DecisionCall& decision = node.work.decision;
  decision.reference = reference->value;
  decision.span = reference->value_span;
  decision.binding = otherwise(value(vendor.binding), vendor.usual_binding);
  decision.version = otherwise(value(vendor.version), value(vendor.tag));
  decision.mapping = otherwise(value(vendor.mapping), vendor.usual_mapping);
}

void read_fields(const Document& document, Namespace ns, model::FlowNode& node) {
  const Attribute* type = document.attribute(node.element, ns, "type");
  const ElementId extensions = document.child(node.element, ElementKind::extension_elements);
  if (type == nullptr || type->value != "dmn" || extensions == ElementId::none) return;
  model::DecisionCall decision;
  decision.binding = "deployment";
  decision.mapping = "outputs";
  for (const ElementId field : model::children(document, extensions)) {
    if (document[field].ns != ns || document[field].name != "field") continue;
    const std::string_view name = document.value(field, "name");
    std::string_view text = document.value(field, "stringValue");
    Span span = document.place(field, "stringValue");
    for (const ElementId child : model::children(document, field))
      if (text.empty() && (document[child].name == "string" || document[child].name == "expression")) {
        text = document[child].text;
        span = document[child].text_span;
      }
    if (name == "decisionTableReferenceKey" || name == "decisionServiceReferenceKey") {
      decision.reference = text;
      decision.span = span;
    } else if (name == "sameDeployment" && text == "false") {
      decision.binding = "latest";
    } else if (name == "decisionTaskThrowErrorOnNoHits") {
      decision.must_match = text == "true";
    }
  }
  if (decision.written()) node.work.decision = decision;
}

}  // namespace

void fill_decision(const Document& document, model::FlowNode& node) {
  if (node.kind == ElementKind::business_rule_task)
    for (const Vendor& vendor : vendors) read_attributes(document, vendor, node);
  if (node.kind == ElementKind::service_task)
    for (const Namespace ns : {Namespace::flowable, Namespace::activiti}) read_fields(document, ns, node);
}

}  // namespace weir::formats::bpmn::dialects
