// One pass over the elements in document order sorts them into the typed arrays. A flow element counts only
// directly inside a process or sub-process: a <task> in an extension element or in a choreography is written,
// but it is no node of a process, and stays in the document alone.
#include <fmt/format.h>

#include "formats/bpmn/context.hpp"
#include "formats/bpmn/dialects/dialects.hpp"
#include "formats/bpmn/vocabulary.hpp"
#include "formats/excerpt.hpp"
#include "formats/known_namespaces.hpp"

namespace weir::formats::bpmn {

using model::Category;
using model::ElementId;
using model::ElementKind;
using model::Namespace;
using model::NodeIndex;
using model::ScopeIndex;

namespace {

bool specification(Namespace ns) {
  return ns == Namespace::bpmn || ns == Namespace::bpmndi || ns == Namespace::di || ns == Namespace::dc;
}

/// xsd:ID is unique in a file over model and diagram together; ids inside vendors' elements are their own
/// affair.
void register_id(Context& context, ElementId id) {
  const model::Element& element = context.element(id);
  if (!specification(element.ns)) return;
  const std::string_view value = context.trimmed_value(id, "id");
  if (value.empty()) return;
  const auto [first, added] = context.model.by_id.emplace(value, id);
  if (added) return;
  const ElementId earlier = first->second;
  // jBPM's own modeler repeats ids of what nobody refers to across processes, and its engine reads that.
  const auto carries_flow = [&](ElementId each) {
    const ElementKind kind = context.element(each).kind;
    return kind == ElementKind::process || model::is(kind, Category::flow_node) ||
           model::is(kind, Category::flow_element);
  };
  const bool harmless =
      context.model.dialect == model::Dialect::jbpm && !carries_flow(id) && !carries_flow(earlier);
  context.report(
      harmless ? Severity::warning : Severity::error, "duplicate-id", "schema", context.id_place(id), value,
      [&] { return fmt::format("the id '{}' is used twice; ids are unique in a file", excerpt(value)); },
      [&](Diagnostic& error) {
        error.notes.push_back({fmt::format("first used by this <{}>", excerpt(context.element(earlier).name)),
                               context.id_place(earlier)});
      });
}

bool opens_content(const model::Element& element) {
  return element.kind == ElementKind::extension_elements || element.kind == ElementKind::documentation ||
         element.kind == ElementKind::foreign;
}

void report_unknown(Context& context, ElementId id) {
  const model::Element& element = context.element(id);
  std::string_view nearest;
  context.report(
      Severity::error, "unknown-element", "schema", element.name_span, context.trimmed_value(id, "id"),
      [&] {
        nearest = nearest_element(element.name);
        return nearest.empty() ? fmt::format("BPMN has no element <{}>", excerpt(element.name))
                               : fmt::format("BPMN has no element <{}>; did you mean <{}>?",
                                             excerpt(element.name), nearest);
      },
      [&](Diagnostic& error) {
        if (nearest.empty()) return;
        const auto begin = static_cast<std::uint32_t>(element.name_span.end - element.name.size());
        error.fixes.push_back({fmt::format("write <{}>", nearest),
                               {element.name_span.file, begin, element.name_span.end},
                               std::string(nearest)});
      });
}

/// An element of another vocabulary where the specification allows none.
void report_foreign(Context& context, ElementId id) {
  const model::Element& element = context.element(id);
  if (model::element_kind(element.name) == ElementKind::unknown || specification(element.ns)) {
    context.report(
        Severity::warning, "foreign-element", "schema", element.name_span, context.trimmed_value(id, "id"),
        [&] {
          return fmt::format(
              "<{}> is no part of BPMN and is ignored; other vocabularies belong inside <extensionElements>",
              excerpt(element.name));
        });
    return;
  }
  context.report(
      Severity::error, "foreign-element", "schema", element.name_span, context.trimmed_value(id, "id"), [&] {
        return fmt::format(
            "<{}> looks like BPMN but is in {}, so it is not read as BPMN; the namespace of BPMN is '{}'",
            element.name,
            element.namespace_uri.empty() ? std::string("no namespace")
                                          : fmt::format("the namespace '{}'", excerpt(element.namespace_uri)),
            bpmn_namespace);
      });
}

void check_element(Context& context, ElementId id) {
  const model::Element& element = context.element(id);
  if (element.parent == ElementId::none || context.open_inside[index(element.parent)]) return;
  if (element.kind == ElementKind::unknown) {
    report_unknown(context, id);
    return;
  }
  if (element.kind != ElementKind::foreign) return;
  const model::Element& parent = context.element(element.parent);
  if (parent.ns != Namespace::bpmn || parent.kind == ElementKind::unknown) return;
  // Formal expressions and scripts are mixed content: anything may stand in them.
  if (model::is(parent.kind, Category::part) || parent.kind == ElementKind::script ||
      parent.kind == ElementKind::text || parent.kind == ElementKind::expression ||
      parent.kind == ElementKind::formal_expression)
    return;
  report_foreign(context, id);
}

ScopeIndex add_scope(Context& context, ElementId id, NodeIndex node, ScopeIndex parent) {
  const auto scope_index = static_cast<ScopeIndex>(context.model.scopes.size());
  model::Scope& scope = context.model.scopes.emplace_back();
  scope.kind = context.element(id).kind;
  scope.element = id;
  scope.id = context.trimmed_value(id, "id");
  scope.name = context.document.value(id, "name");
  scope.span = context.id_place(id);
  scope.node = node;
  scope.parent = parent;
  scope.process = parent == ScopeIndex::none ? model::ProcessIndex::none : context.model[parent].process;
  return scope_index;
}

void add_process(Context& context, ElementId id) {
  const auto process_index = static_cast<model::ProcessIndex>(context.model.processes.size());
  const ScopeIndex scope = add_scope(context, id, NodeIndex::none, ScopeIndex::none);
  context.model.scopes[index(scope)].process = process_index;
  context.scope_inside[index(id)] = scope;
  model::Process& process = context.model.processes.emplace_back();
  process.element = id;
  process.id = context.trimmed_value(id, "id");
  process.name = context.document.value(id, "name");
  process.span = context.id_place(id);
  process.executable_written = context.document.attribute(id, "isExecutable") != nullptr;
  process.executable = context.boolean(id, "isExecutable", false);
  process.scope = scope;
  dialects::fill_process(context.document, process);
}

void add_node(Context& context, ElementId id, ScopeIndex scope) {
  const auto node_index = static_cast<NodeIndex>(context.model.nodes.size());
  model::FlowNode& node = context.model.nodes.emplace_back();
  node.kind = context.element(id).kind;
  node.element = id;
  node.id = context.trimmed_value(id, "id");
  node.name = context.document.value(id, "name");
  node.span = context.id_place(id);
  node.scope = scope;
  context.model.scopes[index(scope)].nodes.push_back(node_index);
  if (!node.id.empty()) context.model.node_by_id.emplace(node.id, node_index);
  if (model::is(node.kind, Category::container)) {
    node.inner_scope = add_scope(context, id, node_index, scope);
    context.scope_inside[index(id)] = node.inner_scope;
  }
  fill_node(context, node_index);
}

void add_flow(Context& context, ElementId id, ScopeIndex scope) {
  const auto flow_index = static_cast<model::FlowIndex>(context.model.flows.size());
  model::SequenceFlow& flow = context.model.flows.emplace_back();
  flow.element = id;
  flow.id = context.trimmed_value(id, "id");
  flow.name = context.document.value(id, "name");
  flow.span = context.id_place(id);
  flow.scope = scope;
  context.model.scopes[index(scope)].flows.push_back(flow_index);
  if (!flow.id.empty()) context.flow_by_id.emplace(flow.id, flow_index);
  fill_flow(context, flow);
}

void add_root(Context& context, ElementId id) {
  model::RootElement& root = context.model.roots.emplace_back();
  root.kind = context.element(id).kind;
  root.element = id;
  root.id = context.trimmed_value(id, "id");
  root.name = context.document.value(id, "name");
  root.code = root.kind == ElementKind::escalation ? context.document.value(id, "escalationCode")
                                                   : context.document.value(id, "errorCode");
  root.span = context.id_place(id);
  dialects::fill_error(context.document, root);
  if (root.kind != ElementKind::message) return;
  // Camunda 8: <zeebe:subscription correlationKey="= orderId"/>
  const ElementId extensions = context.document.child(id, ElementKind::extension_elements);
  const ElementId subscription = extensions == ElementId::none
                                     ? extensions
                                     : context.document.child(extensions, Namespace::zeebe, "subscription");
  if (subscription == ElementId::none) return;
  root.message.correlation_key = context.trimmed_value(subscription, "correlationKey");
  root.message.correlation_key_span = context.document.place(subscription, "correlationKey");
}

void add_data(Context& context, ElementId id) {
  model::DataElement& data = context.model.data.emplace_back();
  data.kind = context.element(id).kind;
  data.element = id;
  data.id = context.trimmed_value(id, "id");
  data.name = context.document.value(id, "name");
  data.span = context.id_place(id);
  data.is_collection = context.boolean(id, "isCollection", false);
}

void add_element(Context& context, ElementId id) {
  const ElementKind kind = context.element(id).kind;
  const ElementId parent = context.element(id).parent;
  const bool below_definitions =
      parent != ElementId::none && context.element(parent).kind == ElementKind::definitions;
  if (model::is(kind, Category::flow_node)) {
    const ScopeIndex scope = context.container(id);
    if (scope != ScopeIndex::none) add_node(context, id, scope);
    return;
  }
  if (below_definitions && (model::is(kind, Category::root) || model::is(kind, Category::event_definition)) &&
      kind != ElementKind::process && kind != ElementKind::collaboration)
    add_root(context, id);
  switch (kind) {
    case ElementKind::process:
      if (below_definitions || parent == ElementId::none) add_process(context, id);
      break;
    case ElementKind::sequence_flow:
      if (const ScopeIndex scope = context.container(id); scope != ScopeIndex::none)
        add_flow(context, id, scope);
      break;
    case ElementKind::participant:
      context.model.participants.push_back(participant(context, id));
      break;
    case ElementKind::message_flow:
      context.model.message_flows.push_back(message_flow(context, id));
      break;
    case ElementKind::association:
      context.model.associations.push_back(association(context, id));
      break;
    case ElementKind::lane:
      context.model.lanes.push_back(lane(context, id));
      break;
    case ElementKind::data_object:
    case ElementKind::data_object_reference:
    case ElementKind::data_store_reference:
    case ElementKind::property:
    case ElementKind::data_input:
    case ElementKind::data_output:
      add_data(context, id);
      break;
    case ElementKind::bpmn_diagram:
      context.model.diagrams.push_back(diagram(context, id));
      break;
    default:
      break;
  }
}

}  // namespace

/// Nodes are large: room for all of them at once saves moving them again and again.
static void reserve(Context& context) {
  std::size_t nodes = 0, flows = 0;
  for (const model::Element& element : context.document.elements) {
    nodes += model::is(element.kind, Category::flow_node) ? 1 : 0;
    flows += element.kind == ElementKind::sequence_flow ? 1 : 0;
  }
  context.model.nodes.reserve(nodes);
  context.model.flows.reserve(flows);
  context.model.node_by_id.reserve(nodes);
  context.flow_by_id.reserve(flows);
}

void collect(Context& context) {
  const std::size_t count = context.document.elements.size();
  reserve(context);
  context.scope_inside.assign(count, ScopeIndex::none);
  context.open_inside.assign(count, false);
  context.model.by_id.reserve(count / 2);
  for (std::size_t i = 0; i < count; ++i) {
    const auto id = static_cast<ElementId>(i);
    const ElementId parent = context.element(id).parent;
    if (parent != ElementId::none) context.scope_inside[i] = context.scope_inside[index(parent)];
    context.open_inside[i] = opens_content(context.element(id)) ||
                             (parent != ElementId::none && context.open_inside[index(parent)]);
    register_id(context, id);
    check_element(context, id);
    add_element(context, id);
  }
}

}  // namespace weir::formats::bpmn
