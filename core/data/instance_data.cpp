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
    const auto total = number_of_instances(state, scope.host);
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

/// A process may have a variable of that name, and write anything into it.
std::optional<std::int64_t> InstanceData::number_of_instances(const State& state, std::uint32_t host) const {
  if (const Value* items = collection(state, host)) return static_cast<std::int64_t>(items->items().size());
  const Value* all = frames_.has_frame(state, host) ? frames_.local(host).find(counter_name(0)) : nullptr;
  if (all == nullptr || !all->is(value::Kind::number)) return std::nullopt;
  const auto total = all->decimal().to_integer();
  return total && *total >= 0 && *total <= 0xffffffffll ? total : std::nullopt;
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
  frames_.mark_counter(state, host, counter_name(0));
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
    frames_.set_item(state, host, outputs[i].list.target, number,
                     entries.empty() ? parts[0].get() : Value::context(entries));
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

void InstanceData::restored(const State& state) {
  frames_.relink(state);
  using semantics::Phase;
  for (std::uint32_t slot = 0; slot < state.tokens.size(); ++slot) {
    const semantics::Token& token = state.tokens[slot];
    if (token.phase == Phase::free || !frames_.has_frame(state, slot)) continue;
    const auto counts = [&](std::uint32_t scope) {
      return scope != semantics::no_slot && state.scopes[scope].kind == semantics::ScopeKind::instances;
    };
    if (counts(token.scope)) frames_.mark_counter(state, slot, index_variable(state, slot));
    if (token.phase == Phase::hosting && counts(token.child))
      frames_.mark_counter(state, slot, counter_name(0));
  }
}

std::string_view InstanceData::index_variable(const State& state, std::uint32_t token) const {
  const std::string_view own = written(state, token).loop.index_variable;
  return own.empty() ? "loopCounter" : own;
}

/// Outside of a step nobody writes down what is made here, so a frame may come back without it.
void InstanceData::prepare_instances(const State& state, std::uint32_t token) {
  bool inner = false;  // there are frames already that may be linked past the ones made here
  for (std::uint32_t at = token; at != semantics::no_slot;) {
    const std::uint32_t scope = state.tokens[at].scope;
    const std::uint32_t host = state.scopes[scope].host;
    const auto missing = [&](std::string_view name) {
      return !frames_.has_frame(state, at) || frames_.local(at).find(name) == nullptr;
    };
    inner = inner || frames_.has_frame(state, at);
    if (state.scopes[scope].kind == semantics::ScopeKind::instances && missing(index_variable(state, at))) {
      prepare_instances(state, host);  // frames link outwards, so the outer one must be there first
      const std::uint32_t number = state.tokens[at].count;
      const bool from_one = definitions_.dialect == model::Dialect::camunda8;
      frames_.set_local(state, at, index_variable(state, at),
                        Value::integer(std::int64_t{number} + (from_one ? 1 : 0)));
      frames_.mark_counter(state, at, index_variable(state, at));
      const Value* items = collection(state, host);
      const std::string_view element = written(state, at).loop.element_variable;
      if (items != nullptr && !element.empty() && missing(element) && number < items->items().size())
        frames_.set_local(state, at, element, items->items()[number]);
      prepare_outputs(state, at);
      if (inner) frames_.relink(state);
    }
    at = host;
  }
}

/// What instances give is a variable of their own: several at once must not write the same one. An expression
/// of weir's may as well look at what is around.
void InstanceData::prepare_outputs(const State& state, std::uint32_t token) {
  const std::vector<model::LoopOutput>& outputs = written(state, token).loop.outputs;
  // Several at once that map to a variable around them would all collect what the last one has mapped.
  const auto mapped = [&](std::string_view name) {
    const std::vector<model::Mapping>& all = written(state, token).outputs;
    return graph_[state.tokens[token].node].loop == graph::Loop::parallel &&
           std::any_of(all.begin(), all.end(), [&](const model::Mapping& each) {
             return each.target.substr(0, each.target.find('.')) == name;
           });
  };
  for (std::size_t i = 0; i < outputs.size(); ++i)
    for (std::size_t field = 0; field < std::max<std::size_t>(outputs[i].fields.size(), 1); ++field) {
      const feel::Expression* expression = expressions_.output(state.tokens[token].node, i, field);
      if (expression == nullptr) continue;
      const bool own = definitions_.dialect != model::Dialect::weir && is_path(expression->text());
      for (const std::string_view name : expression->variables()) {
        const Value* inside = frames_.local(token).find(name);
        const Value* around = own ? inside : frames_.visible(state, token).find(value::Key(name));
        if (around == nullptr || frames_.is_unset(*around))
          frames_.set_local(state, token, name, {});
        else if (inside == nullptr && mapped(name))
          frames_.set_local(state, token, name, *around);
      }
    }
}

}  // namespace weir::data
