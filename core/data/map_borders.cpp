// The mappings at the border of activities, sub-processes and events. What ended in a step is found by its
// frames: they outlive their tokens until the slots are used again.
#include <algorithm>

#include "core/data/instance_data.hpp"
#include "core/data/mappings.hpp"

namespace weir::data {

using semantics::no_slot;
using semantics::ScopeKind;
using semantics::State;
using value::Value;

namespace {

constexpr std::ptrdiff_t deepest_target = 50;  // parts of a target such as a.b.c
constexpr std::size_t few_scopes = 64;         // of more, only those around the token that acts are looked at

/// One that cannot be evaluated, or says nothing, has no value.
std::optional<value::OwnedValue> given(const model::Definitions& definitions, const model::Mapping& mapping,
                                       const value::Scope& scope, feel::Workspace& workspace,
                                       Diagnostics& diagnostics) {
  using From = model::Mapping::From;
  if (mapping.target.empty() || (mapping.source.empty() && mapping.from != From::data)) return std::nullopt;
  // BPMN copies what is there (10.4.2); what is missing hides nothing.
  if (mapping.from == From::variable && scope.find(value::Key(mapping.source)) == nullptr)
    return std::nullopt;
  return source_value(definitions, mapping, scope, workspace, diagnostics);
}

/// Camunda 8: a.b is a part of a. The name of the variable.
std::string_view variable_of(const model::Definitions& definitions, const model::Mapping& mapping) {
  return definitions.dialect == model::Dialect::camunda8 ? mapping.target.substr(0, mapping.target.find('.'))
                                                         : mapping.target;
}

/// The value of the whole variable; nothing: the target is too deep.
std::optional<Value> whole(const model::Mapping& mapping, std::string_view name, const Value* before,
                           const Value& value, feel::Workspace& workspace) {
  if (name.size() == mapping.target.size()) return value;
  if (std::count(mapping.target.begin(), mapping.target.end(), '.') >= deepest_target) return std::nullopt;
  return at_path(before, mapping.target.substr(name.size() + 1), value, workspace.arena);
}

}  // namespace

void InstanceData::map_inputs(const State& state, std::uint32_t token, feel::Workspace& workspace,
                              Diagnostics& diagnostics) {
  for (const model::Mapping& each : written(state, token).inputs)
    map_input(state, token, each, workspace, diagnostics);
}

void InstanceData::map_input(const State& state, std::uint32_t token, const model::Mapping& mapping,
                             feel::Workspace& workspace, Diagnostics& diagnostics) {
  const auto found = given(definitions_, mapping, visible(state, token), workspace, diagnostics);
  if (!found) return;
  const std::string_view name = variable_of(definitions_, mapping);
  const Value* before = frames_.has_frame(state, token) ? frames_.local(token).find(name) : nullptr;
  if (const auto value = whole(mapping, name, before, found->get(), workspace))
    set_local(state, token, name, *value);
}

void InstanceData::map_outputs(const State& state, std::uint32_t token, feel::Workspace& workspace,
                               Diagnostics& diagnostics, const value::Variables& results) {
  for (const model::Mapping& each : written(state, token).outputs)
    map_output(ends(state, token), each, {results.entries(), &visible(state, token)}, workspace, diagnostics);
}

InstanceData::Ends InstanceData::ends(const State& state, std::uint32_t token) {
  prepare_instances(state, token);
  const bool instance = state.scopes[state.tokens[token].scope].kind == ScopeKind::instances;
  return {frames_.place(state, token), instance ? state.tokens[token].node : NodeId::none};
}

/// `seen`: what the source sees.
void InstanceData::map_output(const Ends& ends, const model::Mapping& mapping, const value::Scope& seen,
                              feel::Workspace& workspace, Diagnostics& diagnostics) {
  const auto found = given(definitions_, mapping, seen, workspace, diagnostics);
  if (!found || (found->get().is_null() && is_computed(definitions_, mapping))) return;
  const std::string_view name = variable_of(definitions_, mapping);
  const Value* before =
      name.size() == mapping.target.size() ? nullptr : frames_.visible(ends.place).find(value::Key(name));
  const auto value = whole(mapping, name, before, found->get(), workspace);
  if (!value) return;
  if (is_collected(ends, name))
    frames_.set_local(ends.place, name, *value);
  else
    frames_.assign_around(ends.place, name, *value);  // whatever the activity has of that name itself
}

/// It is a variable of the instance from which the list of all instances is made.
bool InstanceData::is_collected(const Ends& ends, std::string_view target) const {
  if (ends.instance_of == NodeId::none || ends.place.own == ends.place.around ||
      frames_.local(ends.place).find(target) == nullptr)
    return false;
  const std::vector<model::LoopOutput>& outputs =
      definitions_[graph_.origin[index(ends.instance_of)]].loop.outputs;
  for (std::size_t i = 0; i < outputs.size(); ++i)
    for (std::size_t field = 0; field < std::max<std::size_t>(outputs[i].fields.size(), 1); ++field)
      if (const feel::Expression* expression = expressions_.output(ends.instance_of, i, field))
        for (const std::string_view name : expression->variables())
          if (name == target) return true;
  return false;
}

value::Variables InstanceData::handed_out(const State& state, std::uint32_t scope,
                                          const model::FlowNode& event, feel::Workspace& workspace,
                                          Diagnostics& diagnostics) {
  value::Variables out;
  const Frames::Place place = place_in(state, scope);
  for (const model::Mapping& each : event.inputs) {
    const value::Scope seen{out.entries(), &frames_.visible(place)};
    const auto found = given(definitions_, each, seen, workspace, diagnostics);
    if (!found) continue;
    const std::string_view name = variable_of(definitions_, each);
    if (const auto value = whole(each, name, out.find(name), found->get(), workspace)) out.set(name, *value);
  }
  return out;
}

value::Variables InstanceData::handed_out(const State& state, std::uint32_t token) {
  value::Variables out;
  if (!frames_.has_frame(state, token)) return out;
  for (const model::Mapping& each : written(state, token).inputs)
    if (const std::string_view name = variable_of(definitions_, each); !name.empty())
      if (const Value* value = frames_.local(token).find(name)) out.set(name, *value);
  return out;
}

void InstanceData::receive(const State& state, std::uint32_t token, const model::FlowNode& event,
                           const value::Variables& payload, feel::Workspace& workspace,
                           Diagnostics& diagnostics) {
  if (event.outputs.empty()) {
    for (const value::Entry& each : payload.entries()) assign(state, token, each.key.text(), each.value);
    return;
  }
  const value::Variables given = as_outputs(event, payload);
  for (const model::Mapping& each : event.outputs)
    map_output(ends(state, token), each, {given.entries(), &visible(state, token)}, workspace, diagnostics);
}

void InstanceData::receive_in_scope(const State& state, std::uint32_t scope, const model::FlowNode& event,
                                    const value::Variables& payload, feel::Workspace& workspace,
                                    Diagnostics& diagnostics) {
  receive_at(place_in(state, scope), event, payload, workspace, diagnostics);
}

void InstanceData::receive_at(Frames::Place place, const model::FlowNode& event,
                              const value::Variables& payload, feel::Workspace& workspace,
                              Diagnostics& diagnostics) {
  if (event.outputs.empty())
    for (const value::Entry& each : payload.entries())
      frames_.assign_around(place, each.key.text(), each.value);
  const value::Variables given = as_outputs(event, payload);
  for (const model::Mapping& each : event.outputs)
    map_output({place, NodeId::none}, each, {given.entries(), &frames_.visible(place)}, workspace,
               diagnostics);
}

/// What stands directly in a scope, also one that was there before the step; else the process.
Frames::Place InstanceData::place_in(const State& state, std::uint32_t scope) {
  std::uint32_t inside = 0;
  const ScopeKind kind = scope < state.scopes.size() ? state.scopes[scope].kind : ScopeKind::free;
  if (kind == ScopeKind::body || kind == ScopeKind::instances) {
    const std::uint32_t host = state.scopes[scope].host;
    if (host != no_slot) inside = ends(state, host).place.own;
  } else {
    for (const SubProcess& each : around_)
      if (each.scope == scope) inside = each.ends.place.own;
  }
  return {inside, inside};
}

void InstanceData::look_around(const State& state, const semantics::Action& action) {
  around_.clear();
  unseen_.clear();
  if (!expressions_.map_sub_processes()) return;
  if (state.scopes.size() <= few_scopes) {
    for (const semantics::Scope& each : state.scopes)
      if (each.kind == ScopeKind::body && each.host != no_slot) note_sub_process(state, each.host);
    return;
  }
  const semantics::TokenId acts =
      action.kind == semantics::Action::Kind::move ? action.token : action.question.token;
  if (!state.valid(acts)) return;
  for (std::uint32_t at = acts.slot; at != no_slot; at = state.scopes[state.tokens[at].scope].host)
    note_sub_process(state, at);
}

void InstanceData::note_sub_process(const State& state, std::uint32_t host) {
  const semantics::Token& token = state.tokens[host];
  if (token.phase != semantics::Phase::hosting || token.child == no_slot ||
      state.scopes[token.child].kind != ScopeKind::body)
    return;
  around_.push_back({token.node, token.child, ends(state, host)});
}

void InstanceData::map_sub_processes(const State& state, std::span<const semantics::Happened> trace,
                                     feel::Workspace& workspace, Diagnostics& diagnostics) {
  using semantics::What;
  for (const semantics::Happened& each : trace) {
    if (each.what != What::opened && each.what != What::closed && each.what != What::left) continue;
    if (each.node == graph::process_node) continue;
    const model::FlowNode& node = definitions_[graph_.origin[index(each.node)]];
    if (!node.is_sub_process() || (each.what == What::opened ? node.inputs : node.outputs).empty()) continue;
    if (each.what == What::opened) {
      if (each.scope < state.scopes.size() && state.scopes[each.scope].kind == ScopeKind::body &&
          state.scopes[each.scope].node == each.node)
        map_inputs(state, state.scopes[each.scope].host, workspace, diagnostics);
    } else if (each.what == What::closed) {
      const auto before = std::find_if(around_.begin(), around_.end(), [&](const SubProcess& other) {
        return other.scope == each.scope && other.node == each.node;
      });
      if (before != around_.end()) {
        const Ends gone = before->ends;
        around_.erase(before);  // the slot of the scope may be used again
        for (const model::Mapping& mapping : node.outputs)
          map_output(gone, mapping, frames_.visible(gone.place), workspace, diagnostics);
      } else if (graph_[each.node].loop != graph::Loop::parallel &&
                 graph_[each.node].loop != graph::Loop::sequential) {
        unseen_.push_back(each.node);
      }
    } else if (std::erase(unseen_, each.node) != 0) {
      // It began in this step, or there are too many scopes to look at: its own variables are gone.
      receive_at(place_in(state, each.scope), node, {}, workspace, diagnostics);
    }
  }
}

}  // namespace weir::data
