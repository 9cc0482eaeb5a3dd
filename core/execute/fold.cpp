// By slot the last change wins. A variable of a token counts as long as the token that had it is there: slots
// are used again, generations are not.
#include "core/execute/fold.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <tuple>

namespace weir::execute {

using semantics::no_slot;

namespace {

/// The list with these items in the place of its own.
value::Value with_items(const value::Value& list, const std::map<std::uint32_t, const value::Value*>& items,
                        value::Arena& arena) {
  if (!list.is(value::Kind::list)) return list;
  const std::span<const value::Value> old = list.items();
  auto* copy = arena.array<value::Value>(old.size());
  std::uninitialized_copy(old.begin(), old.end(), copy);
  for (const auto& [number, item] : items)
    if (number < old.size()) copy[number] = *item;
  return value::Value::list(std::span<const value::Value>(copy, old.size()));
}

}  // namespace

Record fold(std::span<const Record> records, value::Arena& arena) {
  // A migration says everything again, under another definition.
  const auto last = std::find_if(records.rbegin(), records.rend(),
                                 [](const Record& each) { return each.changes.whole && !each.removed; });
  if (last != records.rend()) records = records.subspan(static_cast<std::size_t>(records.rend() - last) - 1);
  if (records.size() == 1 && records[0].changes.whole) return records[0];
  if (records.back().removed) {
    Record out = records.back();
    out.changes = {};
    out.changes.whole = true;
    out.changes.status = records.back().changes.status;
    return out;
  }
  Record out = records[0];
  out.set = {};
  out.steps.clear();
  out.why.clear();
  out.by = {};
  out.operation = {};
  Changes& all = out.changes;
  std::map<std::uint32_t, const TokenChange*> tokens;
  std::map<std::uint32_t, const ScopeChange*> scopes;
  using Name = std::tuple<std::uint32_t, std::uint32_t, std::string_view>;
  std::map<Name, std::size_t> variables;
  std::map<Name, std::map<std::uint32_t, const value::Value*>> items;  // that have been set since
  std::map<std::pair<std::uint32_t, std::uint32_t>, const CollectionChange*> collections;
  std::map<std::uint32_t, const ScopeName*> names;
  std::map<std::string_view, std::uint32_t> opened, visits;
  decltype(Changes::actors) actors;
  decltype(Changes::partners) partners;
  std::map<std::uint32_t, const Wait*> waits;
  std::vector<const VariableChange*> order;  // of first appearance
  for (const Record& record : records) {
    const Changes& changes = record.changes;
    out.sequence = record.sequence;
    out.time = record.time;
    all.status = changes.status;
    if (!changes.caught_by.empty()) all.caught_by = changes.caught_by;
    all.token_slots = changes.token_slots;
    all.scope_slots = changes.scope_slots;
    all.free_token = changes.free_token;
    all.free_scope = changes.free_scope;
    tokens.erase(tokens.lower_bound(changes.token_slots), tokens.end());  // a state that was emptied
    scopes.erase(scopes.lower_bound(changes.scope_slots), scopes.end());
    for (const TokenChange& each : changes.tokens) tokens[each.slot] = &each;
    for (const ScopeChange& each : changes.scopes) scopes[each.slot] = &each;
    for (const VariableChange& each : changes.variables) {
      const Name name(each.token, each.generation, each.name);
      if (each.item != data::Assigned::all) {
        items[name][each.item] = &each.value;
        continue;
      }
      items.erase(name);
      const auto [place, fresh] = variables.try_emplace(name, order.size());
      if (fresh)
        order.push_back(&each);
      else
        order[place->second] = &each;
    }
    for (const CollectionChange& each : changes.collections)
      collections[{each.host, each.generation}] = &each;
    for (const ScopeName& each : changes.scope_names) names[each.slot] = &each;
    for (const auto& [path, times] : changes.opened) opened[path] = times;
    for (const auto& [element, times] : changes.visits) visits[element] = times;
    actors.insert(actors.end(), changes.actors.begin(), changes.actors.end());
    for (const std::string_view each : changes.partners) meet(partners, each);
    for (const std::uint32_t number : changes.gone) waits.erase(number);
    for (const Wait& each : changes.waits) waits[each.number] = &each;
  }
  const auto there = [&](std::uint32_t token, std::uint32_t generation) {
    const auto found = tokens.find(token);
    return found != tokens.end() && found->second->token.phase != semantics::Phase::free &&
           found->second->token.generation == generation;
  };
  Changes folded;
  folded.whole = true;
  folded.status = all.status;
  folded.caught_by = all.caught_by;
  folded.token_slots = all.token_slots;
  folded.scope_slots = all.scope_slots;
  folded.free_token = all.free_token;
  folded.free_scope = all.free_scope;
  for (const auto& [slot, each] : tokens) folded.tokens.push_back(*each);
  for (const auto& [slot, each] : scopes) folded.scopes.push_back(*each);
  for (const VariableChange* each : order)
    if (each->token == no_slot || there(each->token, each->generation)) {
      folded.variables.push_back(*each);
      if (const auto changed = items.find({each->token, each->generation, each->name});
          changed != items.end())
        folded.variables.back().value = with_items(each->value, changed->second, arena);
    }
  // Variables of the process first, then by token, as whole() has them.
  std::stable_sort(folded.variables.begin(), folded.variables.end(), [](const auto& a, const auto& b) {
    return a.token + 1 < b.token + 1;  // no_slot + 1 = 0
  });
  for (const auto& [host, each] : collections)
    if (there(host.first, host.second)) folded.collections.push_back(*each);
  for (const auto& [slot, each] : names) {
    const auto scope = scopes.find(slot);
    if (scope != scopes.end() && scope->second->scope.kind != semantics::ScopeKind::free &&
        scope->second->scope.generation == each->generation)
      folded.scope_names.push_back(*each);
  }
  folded.opened.assign(opened.begin(), opened.end());
  folded.visits.assign(visits.begin(), visits.end());
  folded.actors = std::move(actors);
  folded.partners = std::move(partners);
  for (const auto& [number, each] : waits) folded.waits.push_back(*each);
  out.changes = std::move(folded);
  return out;
}

}  // namespace weir::execute
