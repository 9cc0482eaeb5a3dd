#include "core/execute/instance.hpp"

#include <fmt/format.h>

namespace weir::execute {

std::string wait_name(const Wait& wait) {
  return wait.visit <= 1 ? wait.element : fmt::format("{}#{}", wait.element, wait.visit);
}

const std::vector<model::FormField>& Deployed::fields(NodeId node) const {
  for (const auto& [owner, form] : forms)
    if (owner == node) return form->fields;
  return (*definitions)[graph.origin[index(node)]].work.fields;
}

bool is_called(const Wait& wait, std::string_view name) {
  if (!name.starts_with(wait.element)) return false;
  name.remove_prefix(wait.element.size());
  if (wait.visit <= 1) return name.empty();
  const fmt::format_int visit(wait.visit);
  return name.starts_with('#') && name.substr(1) == std::string_view(visit.data(), visit.size());
}

std::string_view incident_in(const Instance& instance) {
  std::string_view below;
  for (const auto& [number, wait] : instance.waits) {
    if (wait.kind == WaitKind::incident) return instance.id;
    if (wait.kind == WaitKind::child && below.empty()) below = wait.trouble;
  }
  return below;
}

std::string Instance::label(NodeId node) const {
  return node == NodeId::none || node == graph::process_node ? graph().id : written(node).label();
}

semantics::Question Instance::question(const Wait& wait) const {
  semantics::Question question;
  question.ask = wait.ask;
  question.token = wait.token;
  question.node = graph().find_node(wait.element);
  if (state.valid(wait.token)) question.scope = state.scope_id(state.tokens[wait.token.slot].scope);
  return question;
}

Deployed::Deployed() = default;
Deployed::Deployed(Deployed&&) noexcept = default;
Deployed& Deployed::operator=(Deployed&&) noexcept = default;
Deployed::~Deployed() = default;

Instance::~Instance() = default;

}  // namespace weir::execute
