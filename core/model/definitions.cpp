// Look-ups and labels that every user of the model needs.
#include "core/model/definitions.hpp"

#include <algorithm>

namespace weir::model {

std::string_view dialect_name(Dialect dialect) {
  switch (dialect) {
    case Dialect::omg:
      return "omg";
    case Dialect::camunda7:
      return "camunda7";
    case Dialect::camunda8:
      return "camunda8";
    case Dialect::flowable:
      return "flowable";
    case Dialect::activiti:
      return "activiti";
    case Dialect::jbpm:
      return "jbpm";
    case Dialect::weir:
      return "weir";
  }
  return "omg";
}

std::string_view local_part(std::string_view qname) {
  const auto colon = qname.rfind(':');
  return colon == std::string_view::npos ? qname : qname.substr(colon + 1);
}

bool FlowNode::has(ElementKind definition) const {
  return std::any_of(event_definitions.begin(), event_definitions.end(),
                     [&](const EventDefinition& each) { return each.kind == definition; });
}

bool FlowNode::sends_by_worker() const {
  return (kind == ElementKind::intermediate_throw_event || kind == ElementKind::end_event) &&
         !work.job_type.empty();
}

std::string FlowNode::label() const {
  std::string out;
  for (const char c : name.empty() ? id : name) {
    const bool blank = static_cast<unsigned char>(c) <= ' ' || c == 0x7f;
    if (!blank)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

NodeIndex Definitions::node(std::string_view node_id) const {
  const auto found = node_by_id.find(node_id);
  return found == node_by_id.end() ? NodeIndex::none : found->second;
}

const RootElement* Definitions::root(ElementKind kind, std::string_view root_id) const {
  const std::string_view local = local_part(root_id);
  for (const RootElement& each : roots)
    if (each.kind == kind && (each.id == root_id || each.id == local)) return &each;
  return nullptr;
}

std::string Definitions::path(NodeIndex node_index) const {
  if (node_index == NodeIndex::none) return {};
  const FlowNode* at = &(*this)[node_index];
  std::string out = at->label();
  ScopeIndex scope = at->scope;
  while (scope != ScopeIndex::none) {
    const Scope& each = (*this)[scope];
    const std::string_view label = each.name.empty() ? each.id : each.name;
    out = std::string(label) + " › " + out;
    scope = each.parent;
  }
  return out;
}

Definitions::Definitions() = default;
Definitions::Definitions(Definitions&&) noexcept = default;
Definitions& Definitions::operator=(Definitions&&) noexcept = default;
Definitions::~Definitions() = default;

}  // namespace weir::model
