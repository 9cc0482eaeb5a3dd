// Which process a call activity means and what goes in and out. BPMN says that by data associations
// (data_associations.cpp).
#include <array>

#include "formats/bpmn/context.hpp"
#include "formats/bpmn/dialects/dialects.hpp"

namespace weir::formats::bpmn::dialects {

using model::Dialect;
using model::Document;
using model::ElementId;
using model::ElementKind;
using model::Mapping;
using model::Namespace;

namespace {

/// camunda:in, flowable:out ... that does not stand for all variables.
Mapping one(const Document& document, ElementId id) {
  Mapping made;
  made.target = document.value(id, "target");
  made.local = document[id].name == "out" && trim(document.value(id, "local")) == "true";
  if (const model::Attribute* source = document.attribute(id, "source")) {
    made.source = source->value;
    made.span = source->value_span;
    made.from = Mapping::From::variable;
  } else if (const model::Attribute* expression = document.attribute(id, "sourceExpression")) {
    made.source = expression->value;
    made.span = expression->value_span;
  }
  return made;
}

void read_in_and_out(const Document& document, ElementId extensions, Namespace ns,
                     model::CalledProcess& call) {
  for (const ElementId each : model::children(document, extensions)) {
    const std::string_view name = document[each].name;
    if (document[each].ns != ns || (name != "in" && name != "out")) continue;
    const bool all = document.value(each, "variables") == "all";
    if (const std::string_view key = document.value(each, "businessKey"); !key.empty())
      call.business_key = key;
    else if (all && name == "in")
      (document.value(each, "local") == "true" ? call.local_in : call.all_in) = true;
    else if (all)  // what is local is seen by output mappings, which see all there is
      call.all_out = call.all_out || trim(document.value(each, "local")) != "true";
    else if (!document.value(each, "target").empty())
      (name == "in" ? call.in : call.out).push_back(one(document, each));
  }
}

void read_zeebe(const Document& document, ElementId called, model::CalledProcess& call) {
  const auto is_false = [&](std::string_view name) { return trim(document.value(called, name)) == "false"; };
  call.all_in = !is_false("propagateAllParentVariables");
  call.local_in = true;
  call.all_out = !is_false("propagateAllChildVariables");
  call.binding = document.value(called, "bindingType");
  call.version = document.value(called, "versionTag");
}

}  // namespace

void fill_call(const Document& document, Dialect dialect, model::FlowNode& node) {
  if (node.kind != ElementKind::call_activity) return;
  model::CalledProcess& call = node.call;
  const ElementId extensions = document.child(node.element, ElementKind::extension_elements);
  if (dialect == Dialect::camunda8) {
    const ElementId called = document.child(extensions, Namespace::zeebe, "calledElement");
    if (called != ElementId::none) read_zeebe(document, called, call);
    return;
  }
  if (dialect != Dialect::camunda7 && dialect != Dialect::flowable && dialect != Dialect::activiti) return;
  // These engines give nothing that is not said.
  call.all_in = call.all_out = false;
  for (const Namespace ns : {Namespace::camunda, Namespace::flowable, Namespace::activiti}) {
    const auto value = [&](std::string_view name) {
      const model::Attribute* found = document.attribute(node.element, ns, name);
      return found == nullptr ? std::string_view() : trim(found->value);
    };
    if (value("inheritVariables") == "true") call.all_in = true;
    if (value("sameDeployment") == "true") call.binding = "deployment";
    if (value("inheritBusinessKey") == "true") call.business_key = "${execution.processBusinessKey}";
    if (const std::string_view key = value("businessKey"); !key.empty()) call.business_key = key;
    if (const std::string_view binding = value("calledElementBinding"); !binding.empty())
      call.binding = binding;
    for (const std::string_view name : {"calledElementVersion", "calledElementVersionTag"})
      if (const std::string_view version = value(name); !version.empty()) call.version = version;
    if (extensions != ElementId::none) read_in_and_out(document, extensions, ns, call);
  }
}

}  // namespace weir::formats::bpmn::dialects
