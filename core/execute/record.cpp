#include "core/execute/record.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace weir::execute {

using semantics::no_slot;
using semantics::Phase;
using semantics::ScopeKind;
using semantics::State;

namespace {

TokenChange token_change(const Instance& instance, std::uint32_t slot) {
  TokenChange change;
  change.slot = slot;
  change.token = instance.state.tokens[slot];
  if (change.token.phase == Phase::free) return change;
  change.node = instance.graph().node_id(change.token.node);
  if (change.token.flow != FlowId::none) change.flow = instance.graph().flow_id(change.token.flow);
  return change;
}

ScopeChange scope_change(const Instance& instance, std::uint32_t slot) {
  ScopeChange change;
  change.slot = slot;
  change.scope = instance.state.scopes[slot];
  if (change.scope.kind != ScopeKind::free && change.scope.node != graph::process_node)
    change.node = instance.graph().node_id(change.scope.node);
  return change;
}

void name_scope(const Instance& instance, std::uint32_t slot, Changes& changes) {
  const semantics::Scope& scope = instance.state.scopes[slot];
  if (scope.kind != ScopeKind::free)
    changes.scope_names.push_back({slot, scope.generation, instance.names.name(slot)});
}

void sizes(const State& state, Changes& changes) {
  changes.token_slots = static_cast<std::uint32_t>(state.tokens.size());
  changes.scope_slots = static_cast<std::uint32_t>(state.scopes.size());
  changes.free_token = state.free_token;
  changes.free_scope = state.free_scope;
}

void introduce(const Instance& instance, Record& record) {
  record.definition = instance.deployed->definition;
  record.process = instance.graph().id;
  record.key = instance.key;
  record.parent = instance.parent;
  record.parent_wait = instance.parent_wait;
  record.started = instance.started;
  record.begun = instance.begun;
}

/// Keeps the memory.
void clear(Record& record) {
  Changes changes = std::move(record.changes);
  changes.tokens.clear();
  changes.scopes.clear();
  changes.variables.clear();
  changes.collections.clear();
  changes.scope_names.clear();
  changes.opened.clear();
  changes.waits.clear();
  changes.gone.clear();
  changes.visits.clear();
  changes.actors.clear();
  changes.partners.clear();
  changes.whole = false;
  changes.caught_by = {};
  record = Record();
  record.changes = std::move(changes);
}

/// In order, each once.
template <class T>
void unique(std::vector<T>& all) {
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
}

/// Which of the sets are to be written down, each variable and item once; no items of what is written whole.
std::vector<std::size_t> last_set(const std::vector<data::Assigned>& all) {
  using Name = std::tuple<std::uint32_t, std::uint32_t, std::string_view>;
  const auto name = [](const data::Assigned& each) { return Name(each.token, each.generation, each.name); };
  std::set<Name> whole;
  if (std::any_of(all.begin(), all.end(), [](const auto& each) { return each.item != data::Assigned::all; }))
    for (const data::Assigned& each : all)
      if (each.item == data::Assigned::all) whole.insert(name(each));
  std::set<std::pair<Name, std::uint32_t>> seen;  // of many; few are looked through faster
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const data::Assigned& each = all[i];
    const auto same = [&](const data::Assigned& other) {
      return other.item == each.item && name(other) == name(each);
    };
    const auto here = all.begin() + static_cast<std::ptrdiff_t>(i);
    const bool again =
        all.size() <= 16 ? std::any_of(all.begin(), here, same) : !seen.emplace(name(each), each.item).second;
    if (!again && (each.item == data::Assigned::all || !whole.contains(name(each)))) out.push_back(i);
  }
  return out;
}

}  // namespace

Recorder::Recorder(Instance& instance, Room& room)
    : instance_(instance), fresh_(instance.sequence == 0), room_(room) {
  room_.touched.tokens.clear();
  room_.touched.scopes.clear();
  room_.assigned.clear();
  room_.steps.clear();
  room_.why.clear();
  room_.put.clear();
  room_.gone.clear();
  room_.collections.clear();
  room_.visited.clear();
  room_.actors.clear();
  room_.set = {};
  room_.partners.clear();
  instance_.state.touched = &room_.touched;
  instance_.data.frames().assigned = &room_.assigned;
}

Recorder::~Recorder() {
  instance_.state.touched = nullptr;
  instance_.data.frames().assigned = nullptr;
}

void Recorder::step(TraceStep step, std::string why) {
  room_.steps.push_back(std::move(step));
  room_.why.push_back(std::move(why));
}

Record& Recorder::record() {
  auto& [touched, assigned, steps, why, put, gone, collections, visited, actors, set, partners, record] =
      room_;
  clear(record);
  record.instance = instance_.id;
  if (fresh_) introduce(instance_, record);
  if (!steps.empty()) record.set = set;
  record.steps = std::move(steps);
  record.why = std::move(why);
  Changes& changes = record.changes;
  const State& state = instance_.state;
  sizes(state, changes);
  std::vector<std::uint32_t>&tokens = touched.tokens, &scopes = touched.scopes;
  unique(tokens);
  unique(scopes);
  unique(put);
  unique(gone);
  unique(collections);
  unique(visited);
  const bool inner = std::any_of(scopes.begin(), scopes.end(), [](std::uint32_t slot) { return slot != 0; });
  // An instance that ends leaves an empty state.
  std::erase_if(tokens, [&](std::uint32_t slot) { return slot >= state.tokens.size(); });
  std::erase_if(scopes, [&](std::uint32_t slot) { return slot >= state.scopes.size(); });
  changes.tokens.reserve(tokens.size());
  for (const std::uint32_t slot : tokens) changes.tokens.push_back(token_change(instance_, slot));
  for (const std::uint32_t slot : scopes) {
    changes.scopes.push_back(scope_change(instance_, slot));
    name_scope(instance_, slot, changes);
  }
  if (inner || fresh_)
    for (const auto& [path, times] : instance_.names.opened()) changes.opened.emplace_back(path, times);
  std::sort(changes.opened.begin(), changes.opened.end());
  for (const std::size_t i : last_set(assigned)) {
    const data::Assigned& each = assigned[i];
    const data::Frames& frames = instance_.data.frames();
    if (each.token != no_slot &&
        (each.token >= state.tokens.size() || state.tokens[each.token].phase == Phase::free ||
         state.tokens[each.token].generation != each.generation || !frames.has_frame(state, each.token)))
      continue;  // the token that had it is gone
    const value::Variables& variables = each.token == no_slot ? frames.root() : frames.local(each.token);
    if (const value::Value* value = variables.find(each.name))
      changes.variables.push_back(
          {each.token, each.token == no_slot ? 0 : state.tokens[each.token].generation, each.name,
           each.item == data::Assigned::all ? *value : value->items()[each.item], each.item});
  }
  for (const std::uint32_t host : collections)
    if (const value::Value* items =
            host < state.tokens.size() ? instance_.data.collection(state, host) : nullptr)
      changes.collections.push_back({host, state.tokens[host].generation, *items});
  changes.waits.reserve(put.size());
  for (const std::uint32_t number : put)
    if (const auto wait = instance_.waits.find(number); wait != instance_.waits.end())
      changes.waits.push_back(wait->second);
  changes.gone.swap(gone);
  for (const std::string_view element : visited)
    changes.visits.emplace_back(element, instance_.visits.find(element)->second);
  for (const auto& [element, user] : actors) changes.actors.emplace_back(element, user);
  changes.caught_by = instance_.caught_by;
  changes.partners.assign(partners.begin(), partners.end());
  changes.status = instance_.status;
  return record;
}

Record whole(const Instance& instance) {
  Record record;
  record.instance = instance.id;
  record.sequence = instance.sequence;
  record.time = instance.changed;
  introduce(instance, record);
  Changes& changes = record.changes;
  changes.whole = true;
  changes.caught_by = instance.caught_by;
  changes.status = instance.status;
  const State& state = instance.state;
  sizes(state, changes);
  const data::Frames& frames = instance.data.frames();
  for (const value::Entry& entry : frames.root().entries())
    changes.variables.push_back({no_slot, 0, entry.key.text(), entry.value, data::Assigned::all});
  for (std::uint32_t slot = 0; slot < state.tokens.size(); ++slot) {
    changes.tokens.push_back(token_change(instance, slot));
    if (state.tokens[slot].phase == Phase::free) continue;
    if (frames.has_frame(state, slot))
      for (const value::Entry& entry : frames.local(slot).entries())
        changes.variables.push_back(
            {slot, state.tokens[slot].generation, entry.key.text(), entry.value, data::Assigned::all});
    if (const value::Value* items = instance.data.collection(state, slot))
      changes.collections.push_back({slot, state.tokens[slot].generation, *items});
  }
  for (std::uint32_t slot = 0; slot < state.scopes.size(); ++slot) {
    changes.scopes.push_back(scope_change(instance, slot));
    name_scope(instance, slot, changes);
  }
  for (const auto& [path, times] : instance.names.opened()) changes.opened.emplace_back(path, times);
  std::sort(changes.opened.begin(), changes.opened.end());
  for (const auto& [number, wait] : instance.waits) changes.waits.push_back(wait);
  for (const auto& [element, times] : instance.visits) changes.visits.emplace_back(element, times);
  for (const auto& [element, user] : instance.actors) changes.actors.emplace_back(element, user);
  changes.partners.assign(instance.partners.begin(), instance.partners.end());
  return record;
}

}  // namespace weir::execute
