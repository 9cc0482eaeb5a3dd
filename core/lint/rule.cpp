// What every rule needs: questions about a node's surroundings and the making of findings. A finding about a
// node carries the path of names that leads to it, because ids mean nothing to people.
#include "core/lint/rule.hpp"

namespace weir::lint {

using model::ElementKind;
using model::ScopeIndex;

bool Subject::executable(ScopeIndex scope) const {
  if (scope == ScopeIndex::none) return false;
  const model::ProcessIndex process = model[scope].process;
  return process != model::ProcessIndex::none && model[process].executable;
}

bool Subject::in_ad_hoc(const model::FlowNode& node) const {
  const model::Scope* scope = scope_of(node.scope);
  if (!scope) return false;
  if (scope->kind == ElementKind::ad_hoc_sub_process) return true;
  const model::Attribute* ad_hoc =
      model.document.attribute(scope->element, model::Namespace::drools, "adHoc");
  return ad_hoc && ad_hoc->value == "true";
}

bool Subject::in_event_sub_process(const model::FlowNode& node) const {
  const model::Scope* scope = scope_of(node.scope);
  return scope && scope->node != model::NodeIndex::none && model[scope->node].triggered_by_event;
}

Diagnostic& Report::add(Span span, std::string_view element, std::string message) {
  Diagnostic made;
  made.severity = severity_;
  made.code = rule_.id;
  made.group = rule_.group;
  made.message = std::move(message);
  made.span = span;
  made.element = element;
  return out_.add(std::move(made));
}

namespace {

/// Names of the containers from the process down to `scope`.
std::string scope_path(const model::Definitions& model, ScopeIndex index) {
  std::string out;
  while (index != ScopeIndex::none) {
    const model::Scope& scope = model[index];
    const std::string_view label = scope.name.empty() ? scope.id : scope.name;
    out = out.empty() ? std::string(label) : std::string(label) + " › " + out;
    index = scope.parent;
  }
  return out;
}

void add_path(Diagnostic& diagnostic, std::string path) {
  if (!path.empty()) diagnostic.notes.push_back(Note{"path: " + std::move(path), {}});
}

}  // namespace

Diagnostic& Report::at(const model::FlowNode& node, Span span, std::string message) {
  Diagnostic& made = add(span, node.id, std::move(message));
  add_path(made, subject_.model.path(subject_.index_of(node)));
  return made;
}

Diagnostic& Report::at(const model::SequenceFlow& flow, Span span, std::string message) {
  Diagnostic& made = add(span, flow.id, std::move(message));
  std::string path = scope_path(subject_.model, flow.scope);
  const auto end = [&](model::NodeIndex node, std::string_view ref) {
    return node == model::NodeIndex::none ? std::string(ref) : subject_.model[node].label();
  };
  path += " › " + end(flow.source, flow.source_ref) + " → " + end(flow.target, flow.target_ref);
  add_path(made, std::move(path));
  return made;
}

Diagnostic& Report::at(const model::Scope& scope, Span span, std::string message) {
  Diagnostic& made = add(span, scope.id, std::move(message));
  add_path(made, scope_path(subject_.model, static_cast<ScopeIndex>(&scope - subject_.model.scopes.data())));
  return made;
}

bool has_vendor_parts(const model::Document& document, model::ElementId id) {
  if (id == model::ElementId::none) return false;
  const model::Element& element = document[id];
  for (std::uint32_t i = 0; i < element.attribute_count; ++i)
    if (document.attributes[element.first_attribute + i].ns > model::Namespace::dmn) return true;
  const model::ElementId extensions = document.child(id, ElementKind::extension_elements);
  return extensions != model::ElementId::none && document[extensions].first_child != model::ElementId::none;
}

bool may_have_vendor_trigger(const model::Document& document, const model::FlowNode& node) {
  using model::Namespace;
  if (!node.event_definitions.empty() || node.element == model::ElementId::none) return false;
  // Imixs marks its events with attributes, Flowable names an event type or a variable in the extensions.
  const model::Element& element = document[node.element];
  for (std::uint32_t i = 0; i < element.attribute_count; ++i)
    if (document.attributes[element.first_attribute + i].ns == Namespace::other) return true;
  for (const model::ElementId child :
       model::children(document, document.child(node.element, ElementKind::extension_elements)))
    if (document[child].ns == Namespace::other || document[child].ns == Namespace::flowable) return true;
  return false;
}

bool is_expression(std::string_view text) {
  return text.starts_with('=') || text.find("${") != std::string_view::npos ||
         text.find("#{") != std::string_view::npos;
}

std::string quoted(std::string_view text) {
  constexpr std::size_t longest = 60;
  if (text.size() <= longest) return fmt::format("'{}'", text);
  std::size_t cut = longest;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0u) == 0x80u)
    --cut;  // not inside a character
  return fmt::format("'{}…'", text.substr(0, cut));
}

std::string quoted(const model::FlowNode& node) {
  const std::string label = node.label();
  return label.empty() ? "(without a name)" : quoted(std::string_view(label));
}

std::string quoted(const model::SequenceFlow& flow) {
  return flow.id.empty() ? "(without an id)" : quoted(flow.id);
}

std::string quoted(const model::Scope& scope) {
  const std::string_view label = scope.name.empty() ? scope.id : scope.name;
  return label.empty() ? "(without a name)" : quoted(label);
}

}  // namespace weir::lint
