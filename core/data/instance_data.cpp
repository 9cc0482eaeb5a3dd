// Frames of instances are made when the first expression inside looks at them: most loops never do.
#include "core/data/instance_data.hpp"

#include <algorithm>

#include "core/data/mappings.hpp"

namespace weir::data {

using semantics::State;
using value::Value;

namespace {

constexpr std::array<std::string_view, 4> specified{"numberOfInstances", "numberOfActiveInstances",
                                                    "numberOfCompletedInstances",
                                                    "numberOfTerminatedInstances"};
constexpr std::array<std::string_view, 4> engines{"nrOfInstances", "nrOfActiveInstances",
                                                  "nrOfCompletedInstances", "nrOfTerminatedInstances"};

/// a or a.b.c
bool is_path(std::string_view text) {
  if (text.starts_with('=')) text.remove_prefix(1);
  return text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_. ${}#") ==
         std::string_view::npos;
}

}  // namespace

std::string_view InstanceData::counter_name(std::size_t which) const {
  const model::Dialect dialect = definitions_.dialect;
  return dialect == model::Dialect::camunda7 || dialect == model::Dialect::flowable ||
                 dialect == model::Dialect::activiti
             ? engines[which]
             : specified[which];
}

const value::Scope& InstanceData::visible(const State& state, std::uint32_t token) {
  prepare_instances(state, token);
  const value::Scope& around = frames_.visible(state, token);
  for (std::uint32_t at = token; at != semantics::no_slot;) {
    const semantics::Scope& scope = state.scopes[state.tokens[at].scope];
    if (scope.kind != semantics::ScopeKind::instances) {
      at = scope.host;
      continue;
    }
    const Value* all =
        frames_.has_frame(state, scope.host) ? frames_.local(scope.host).find(counter_name(0)) : nullptr;
    const auto total = all == nullptr ? std::nullopt : all->decimal().to_integer();
    if (!total) return around;
    // One that is asked about at its end is complete.
    const std::int64_t active =
        std::int64_t{scope.live} - (state.tokens[at].phase == semantics::Phase::testing ? 1 : 0);
    counters_ = {value::Entry{value::Key(counter_name(1)), Value::integer(active)},
                 value::Entry{value::Key(counter_name(2)), Value::integer(*total - scope.remaining - active)},
                 value::Entry{value::Key(counter_name(3)), Value::integer(0)}};
    counted_ = {counters_, &around};
    return counted_;
  }
  return around;
}

void InstanceData::assign(const State& state, std::uint32_t token, std::string_view name,
                          const Value& value) {
  prepare_instances(state, token);
  frames_.assign(state, token, name, value);
}

void InstanceData::set_local(const State& state, std::uint32_t token, std::string_view name,
                             const Value& value) {
  prepare_instances(state, token);
  frames_.set_local(state, token, name, value);
}

void InstanceData::begin_instances(const State& state, std::uint32_t host, std::uint32_t count) {
  if (count > 0) frames_.set_local(state, host, counter_name(0), Value::integer(count));
  const std::vector<Value> empty(written(state, host).loop.outputs.empty() ? 0 : count);
  for (const model::LoopOutput& each : written(state, host).loop.outputs)
    if (count == 0)
      frames_.assign_around(state, host, each.list.target, Value::list({}));
    else
      frames_.set_local(state, host, each.list.target, Value::list(empty));
}

void InstanceData::collect(const State& state, std::uint32_t token, feel::Workspace& workspace,
                           Diagnostics& diagnostics) {
  const NodeId node = state.tokens[token].node;
  const std::uint32_t host = state.scopes[state.tokens[token].scope].host;
  const std::uint32_t number = state.tokens[token].count;
  const std::vector<model::LoopOutput>& outputs = written(state, token).loop.outputs;
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const auto part = [&](std::size_t field) -> value::OwnedValue {
      const feel::Expression* expression = expressions_.output(node, i, field);
      if (expression == nullptr) return {};
      const Value value = feel::evaluate(*expression, visible(state, token), workspace);
      feel::report(*expression, workspace, diagnostics);
      return value;
    };
    std::vector<value::OwnedValue> parts;
    std::vector<value::Entry> entries;
    for (std::size_t field = 0; field < std::max<std::size_t>(outputs[i].fields.size(), 1); ++field)
      parts.push_back(part(field));
    for (std::size_t field = 0; field < outputs[i].fields.size(); ++field)
      entries.push_back({value::Key(outputs[i].fields[field].target), parts[field].get()});
    const Value* list =
        frames_.has_frame(state, host) ? frames_.local(host).find(outputs[i].list.target) : nullptr;
    if (list == nullptr || !list->is(value::Kind::list) || number >= list->items().size()) continue;
    std::vector<Value> items(list->items().begin(), list->items().end());
    items[number] = entries.empty() ? parts[0].get() : Value::context(entries);
    frames_.set_local(state, host, outputs[i].list.target, Value::list(items));
  }
}

void InstanceData::hand_over(const State& state, std::uint32_t host) {
  for (const model::LoopOutput& each : written(state, host).loop.outputs) {
    const Value* list = frames_.has_frame(state, host) ? frames_.local(host).find(each.list.target) : nullptr;
    if (list == nullptr) continue;
    std::vector<Value> items(list->items().begin(), list->items().end());
    if (!each.fields.empty())  // aggregations know of the instances that were completed only
      std::erase_if(items, [](const Value& item) { return item.is_null(); });
    frames_.assign_around(state, host, each.list.target, Value::list(items));
  }
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
      const std::string_view index = written(state, at).loop.index_variable;
      frames_.set_local(state, at, index.empty() ? "loopCounter" : index,
                        Value::integer(std::int64_t{number} + (from_one ? 1 : 0)));
      const auto items = collections_.find({host, state.tokens[host].generation});
      const std::string_view element = written(state, at).loop.element_variable;
      if (items != collections_.end() && !element.empty() && number < items->second.get().items().size())
        frames_.set_local(state, at, element, items->second.get().items()[number]);
      prepare_outputs(state, at);
    }
    at = host;
  }
}

/// What instances give is a variable of their own: several at once must not write the same one. An expression
/// of weir's may as well look at what is around.
void InstanceData::prepare_outputs(const State& state, std::uint32_t token) {
  const std::vector<model::LoopOutput>& outputs = written(state, token).loop.outputs;
  for (std::size_t i = 0; i < outputs.size(); ++i)
    for (std::size_t field = 0; field < std::max<std::size_t>(outputs[i].fields.size(), 1); ++field) {
      const feel::Expression* expression = expressions_.output(state.tokens[token].node, i, field);
      if (expression == nullptr) continue;
      const bool own = definitions_.dialect != model::Dialect::weir && is_path(expression->text());
      for (const std::string_view name : expression->variables()) {
        const bool there = own ? frames_.local(token).find(name) != nullptr
                               : frames_.visible(state, token).find(value::Key(name)) != nullptr;
        if (!there) frames_.set_local(state, token, name, {});
      }
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
  if (input)
    set_local(state, token, target, value);
  else
    frames_.assign_around(state, token, target, value);  // whatever the activity has of that name itself
}

}  // namespace weir::data
