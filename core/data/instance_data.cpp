// Frames of instances are made when the first expression inside looks at them: most loops never do.
#include "core/data/instance_data.hpp"

#include "core/data/mappings.hpp"

namespace weir::data {

using semantics::State;
using value::Value;

const value::Scope& InstanceData::visible(const State& state, std::uint32_t token) {
  prepare_instances(state, token);
  return frames_.visible(state, token);
}

void InstanceData::set_collection(const State& state, std::uint32_t host, const Value& items) {
  collections_[{host, state.tokens[host].generation}] = value::OwnedValue(items);
}

const Value* InstanceData::collection(const State& state, std::uint32_t host) const {
  const auto found = collections_.find({host, state.tokens[host].generation});
  return found == collections_.end() ? nullptr : &found->second.get();
}

void InstanceData::prepare_instances(const State& state, std::uint32_t token) {
  for (std::uint32_t at = token; at != semantics::no_slot;) {
    const std::uint32_t scope = state.tokens[at].scope;
    const std::uint32_t host = state.scopes[scope].host;
    if (state.scopes[scope].kind == semantics::ScopeKind::instances && !frames_.has_frame(state, at)) {
      prepare_instances(state, host);  // frames link outwards, so the outer one must be there first
      const std::uint32_t number = state.tokens[at].count;
      const bool from_one = definitions_.dialect == model::Dialect::camunda8;
      frames_.set_local(state, at, "loopCounter", Value::integer(std::int64_t{number} + (from_one ? 1 : 0)));
      const auto items = collections_.find({host, state.tokens[host].generation});
      const std::string_view element = written(state, at).loop.element_variable;
      if (items != collections_.end() && !element.empty() && number < items->second.get().items().size())
        frames_.set_local(state, at, element, items->second.get().items()[number]);
    }
    at = host;
  }
}

void InstanceData::map_inputs(const State& state, std::uint32_t token, feel::Workspace& workspace,
                              Diagnostics& diagnostics) {
  for (const model::Mapping& each : written(state, token).inputs)
    map(state, token, each, true, workspace, diagnostics, {});
}

void InstanceData::map_outputs(const State& state, std::uint32_t token, feel::Workspace& workspace,
                               Diagnostics& diagnostics, const value::Variables& results) {
  for (const model::Mapping& each : written(state, token).outputs)
    map(state, token, each, false, workspace, diagnostics, results);
}

void InstanceData::map_event_outputs(const State& state, std::uint32_t token, const model::FlowNode& event,
                                     const value::Variables& payload, feel::Workspace& workspace,
                                     Diagnostics& diagnostics) {
  for (const model::Mapping& each : event.outputs)
    map(state, token, each, false, workspace, diagnostics, payload);
}

void InstanceData::map(const State& state, std::uint32_t token, const model::Mapping& mapping, bool input,
                       feel::Workspace& workspace, Diagnostics& diagnostics,
                       const value::Variables& results) {
  if (mapping.target.empty() || (mapping.source.empty() && mapping.from != model::Mapping::From::data))
    return;
  const value::Scope scope{results.entries(), &visible(state, token)};
  // BPMN copies what is there (10.4.2); what is missing hides nothing.
  const bool missing =
      mapping.from == model::Mapping::From::variable && scope.find(value::Key(mapping.source)) == nullptr;
  const auto found = source_value(definitions_, mapping, scope, workspace, diagnostics);
  if (!found || missing) return;
  if (!input && found->get().is_null() && is_computed(definitions_, mapping)) return;
  std::string_view target = mapping.target;
  Value value = found->get();
  if (const std::size_t dot = target.find('.');
      dot != std::string_view::npos && definitions_.dialect == model::Dialect::camunda8) {
    target = target.substr(0, dot);
    const value::Key name(target);
    const Value* before = nullptr;
    if (!input)
      before = visible(state, token).find(name);
    else if (frames_.has_frame(state, token))
      before = frames_.local(token).find(target);
    value = at_path(before, mapping.target.substr(dot + 1), value, workspace.arena);
  }
  if (input) return frames_.set_local(state, token, target, value);
  // Around the activity, whatever it has of that name itself.
  const std::uint32_t host = state.scopes[state.tokens[token].scope].host;
  if (host == semantics::no_slot)
    frames_.set_root(target, value);
  else
    frames_.assign(state, host, target, value);
}

}  // namespace weir::data
