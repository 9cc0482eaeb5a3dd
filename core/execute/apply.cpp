// Texts from a disk are not to be trusted: slots are checked before anything is indexed by them, and
// afterwards the lists inside the state are walked once.
#include <fmt/format.h>

#include <algorithm>

#include "core/execute/journal.hpp"

namespace weir::execute {

using semantics::no_slot;
using semantics::Phase;
using semantics::ScopeKind;
using semantics::State;

namespace {

constexpr std::uint32_t most_slots = 50'000'000;

bool fits(std::uint32_t slot, std::size_t size) {
  return slot == no_slot || slot < size;
}

/// Ids -> nodes and flows; linear search is too slow for large definitions.
class Names {
 public:
  explicit Names(const graph::ProcessGraph& graph) : graph_(graph) {}
  NodeId node(std::string_view id) {
    if (id.empty()) return graph::process_node;
    for (const auto& [name, found] : nodes_)
      if (name == id) return found;
    const NodeId found = graph_.find_node(id);
    nodes_.emplace_back(id, found);
    return found;
  }
  FlowId flow(std::string_view id) {
    for (const auto& [name, found] : flows_)
      if (name == id) return found;
    const FlowId found = graph_.find_flow(id);
    flows_.emplace_back(id, found);
    return found;
  }

 private:
  const graph::ProcessGraph& graph_;
  std::vector<std::pair<std::string_view, NodeId>> nodes_;  // a record names few
  std::vector<std::pair<std::string_view, FlowId>> flows_;
};

/// What a state must be like so that the semantics can go on with it.
const char* damage(const State& state) {
  const std::size_t tokens = state.tokens.size(), scopes = state.scopes.size();
  for (const semantics::Token& token : state.tokens) {
    if (!fits(token.next, tokens)) return "a token points nowhere";
    if (token.phase == Phase::free) continue;
    if (token.scope >= scopes || state.scopes[token.scope].kind == ScopeKind::free)
      return "a token stands in no scope";
    const bool to_token = token.phase == Phase::armed || token.phase == Phase::compensating;
    if (!fits(token.previous, tokens) || !fits(token.child, to_token ? tokens : scopes))
      return "a token points nowhere";
  }
  std::size_t walked = 0;
  for (std::uint32_t at = 0; at < scopes; ++at) {
    const semantics::Scope& scope = state.scopes[at];
    if (scope.kind == ScopeKind::free) {
      if (!fits(scope.parent, scopes)) return "a scope points nowhere";
      continue;
    }
    if (!fits(scope.parent, scopes) || !fits(scope.host, tokens) || !fits(scope.first, tokens))
      return "a scope points nowhere";
    for (std::uint32_t token = scope.first; token != no_slot; token = state.tokens[token].next)
      if (state.tokens[token].phase == Phase::free || state.tokens[token].scope != at || ++walked > tokens)
        return "the tokens of a scope are no list";
  }
  return nullptr;
}

/// Control flow, without a look at what it points to.
const char* put_slots(const Changes& changes, Names& names, State& state) {
  if (changes.token_slots > most_slots || changes.scope_slots > most_slots)
    return "numbers of slots that cannot be";
  state.tokens.resize(changes.token_slots);
  state.scopes.resize(changes.scope_slots);
  state.free_token = changes.free_token;
  state.free_scope = changes.free_scope;
  if (!fits(state.free_token, state.tokens.size()) || !fits(state.free_scope, state.scopes.size()))
    return "a list of free slots that points nowhere";
  for (const TokenChange& each : changes.tokens) {
    if (each.slot >= state.tokens.size()) return "a token in a slot that is not there";
    semantics::Token token = each.token;
    token.node = names.node(each.node);
    token.flow = each.flow.empty() ? FlowId::none : names.flow(each.flow);
    if (token.phase != Phase::free &&
        (token.node == NodeId::none || (token.flow == FlowId::none) != each.flow.empty()))
      return "a token at an element that the definition does not have";
    if (token.phase == Phase::free) token.node = NodeId::none;
    state.tokens[each.slot] = token;
  }
  for (const ScopeChange& each : changes.scopes) {
    if (each.slot >= state.scopes.size()) return "a scope in a slot that is not there";
    semantics::Scope scope = each.scope;
    scope.node = names.node(each.node);
    if (scope.node == NodeId::none) return "a scope of an element that the definition does not have";
    state.scopes[each.slot] = scope;
  }
  return nullptr;
}

void put_beside(const Record& record, Instance& instance) {
  const Changes& changes = record.changes;
  if (!record.definition.empty()) {
    instance.id = record.instance;
    instance.key = record.key;
    instance.parent = record.parent;
    instance.parent_wait = record.parent_wait;
    instance.started = record.started;
    instance.begun = record.begun;
  }
  for (const ScopeName& each : changes.scope_names)
    if (each.slot < instance.state.scopes.size())
      instance.names.restore_name(each.slot, each.generation, std::string(each.name));
  for (const auto& [path, times] : changes.opened) instance.names.restore_opened(std::string(path), times);
  for (const std::uint32_t number : changes.gone) instance.waits.erase(number);
  for (const Wait& each : changes.waits) {
    instance.waits[each.number] = each;
    instance.last_wait = std::max(instance.last_wait, each.number);
  }
  for (const auto& [element, times] : changes.visits) instance.visits[std::string(element)] = times;
  for (const auto& [element, user] : changes.actors) instance.actors.emplace_back(element, user);
  if (!changes.caught_by.empty()) instance.caught_by = changes.caught_by;
  for (const std::string_view each : changes.partners) meet(instance.partners, std::string(each));
  instance.status = changes.status;
  instance.changed = record.time;
  instance.sequence = record.sequence;
}

/// Frames of tokens that are still there; others have had theirs.
void put_data(const Changes& changes, Instance& instance) {
  const auto there = [&](std::uint32_t token, std::uint32_t generation) {
    return instance.state.valid({token, generation});
  };
  for (const CollectionChange& each : changes.collections)
    if (there(each.host, each.generation))
      instance.data.set_collection(instance.state, each.host, each.items);
  for (const VariableChange& each : changes.variables)
    if (each.token == no_slot)
      instance.data.frames().set_root(each.name, each.value);
    else if (each.item != data::Assigned::all) {
      if (there(each.token, each.generation))
        instance.data.frames().set_item(instance.state, each.token, each.name, each.item, each.value);
    } else if (there(each.token, each.generation))
      instance.data.frames().set_local(instance.state, each.token, each.name, each.value);
}

}  // namespace

Result<std::uint64_t> apply(std::span<const Record> records, Instance& instance) {
  Names names(instance.graph());
  const auto whole =
      std::find_if(records.rbegin(), records.rend(), [](const Record& each) { return each.changes.whole; });
  if (whole != records.rend())
    records = records.subspan(static_cast<std::size_t>(records.rend() - whole) - 1);
  for (const Record& each : records) {
    if (const char* what = put_slots(each.changes, names, instance.state))
      return Error{fmt::format("record {}: {}", each.sequence, what)};
    put_beside(each, instance);
  }
  if (const char* what = damage(instance.state)) return Error{what};
  for (const auto& [number, wait] : instance.waits)
    if (!instance.state.valid(wait.token)) return Error{fmt::format("wait {} stands at no token", number)};
  semantics::rebuild_joins(instance.graph(), instance.state);
  for (const Record& each : records) put_data(each.changes, instance);
  instance.data.restored(instance.state);
  return instance.sequence;
}

}  // namespace weir::execute
