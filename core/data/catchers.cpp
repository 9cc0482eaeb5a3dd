#include "core/data/catchers.hpp"

#include <algorithm>

#include "core/value/print.hpp"

namespace weir::data {

using graph::ElementKind;
using graph::Trigger;
using value::Value;

std::string give_to_catchers(const model::Definitions& definitions, const graph::ProcessGraph& graph,
                             const semantics::State& state, std::span<const semantics::Happened> trace,
                             ThrownData thrown, InstanceData& data, Texts& texts, feel::Workspace& workspace,
                             Diagnostics& diagnostics) {
  const auto is_thrown = [](const graph::Event& event) {
    return event.trigger == Trigger::error || event.trigger == Trigger::escalation;
  };
  std::string said;
  for (const semantics::Happened& each : trace) {
    if (each.what != semantics::What::entered) continue;
    const auto events = graph.definitions(each.node);
    if (std::none_of(events.begin(), events.end(), is_thrown)) continue;
    const model::FlowNode& written = definitions[graph.origin[index(each.node)]];
    const model::EventDefinition& event = written.event_definitions.front();
    if (graph[each.node].kind == ElementKind::end_event ||
        graph[each.node].kind == ElementKind::intermediate_throw_event) {
      thrown = {true, events[0].code == CodeId::none ? "" : graph.codes[index(events[0].code)], {}, {}};
      const model::RootElement* root = definitions.root(ElementKind::error, event.reference);
      value::Scope scope;  // the one it was thrown in may be gone already
      scope.entries = data.frames().root().entries();
      data.frames().looked_at = true;
      const Value text = root == nullptr || root->message_text.empty()
                             ? Value{}
                             : texts.text(root->message_text, scope, workspace, diagnostics);
      thrown.message = said = text.is_null() ? "" : value::to_text(text);
      continue;
    }
    if (!thrown.thrown) continue;
    const auto or_null = [](const std::string& text) { return text.empty() ? Value{} : Value::string(text); };
    if (!event.code_variable.empty()) thrown.variables.set(event.code_variable, or_null(thrown.code));
    if (!event.message_variable.empty())
      thrown.variables.set(event.message_variable, or_null(thrown.message));
    data.receive_in_scope(state, each.scope, written, thrown.variables, workspace, diagnostics);
    thrown.variables.clear();
  }
  return said;
}

}  // namespace weir::data
