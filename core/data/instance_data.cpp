// Frames of instances are made when the first expression inside looks at them: most loops never do.
#include "core/data/instance_data.hpp"

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

void InstanceData::map(const State& state, std::uint32_t token, const model::Mapping& mapping, bool input,
                       feel::Workspace& workspace, Diagnostics& diagnostics,
                       const value::Variables& results) {
  if (mapping.target.empty() || mapping.source.empty()) return;
  const bool is_expression = definitions_.dialect == model::Dialect::weir ||
                             mapping.source.starts_with('=') ||
                             mapping.source.find("${") != std::string_view::npos ||
                             mapping.source.find("#{") != std::string_view::npos;
  Value value = Value::string(mapping.source);
  std::optional<feel::Expression> expression;  // the value may point into it
  if (is_expression) {
    feel::CompileOptions options;
    options.span = mapping.span;
    expression = feel::compile_condition(mapping.source, {}, options, diagnostics);
    if (!expression) return;
    const value::Scope scope{results.entries(), &visible(state, token)};
    value = feel::evaluate(*expression, scope, workspace);
    if (value.is_null() && !input) return;
  }
  if (input)
    frames_.set_local(state, token, mapping.target, value);
  else
    frames_.assign(state, token, mapping.target, value);
}

}  // namespace weir::data
