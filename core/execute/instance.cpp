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

}  // namespace weir::execute
