// Data of compensation (BPMN 2.0.2, 13.5.5): a handler sees a snapshot of what the activity saw when it was
// completed. The variables of the process are as they are now, as in all engines; what stood in scopes that
// are gone, such as the item of an instance of a multi-instance sub-process, is kept: the record of a scope
// has a frame with what the scope's host had for itself, and a handler that begins for a record inside gets a
// frame with copies of what the records around it have.
#include "core/data/instance_data.hpp"

namespace weir::data {

using semantics::no_slot;
using semantics::ScopeKind;
using semantics::State;
using semantics::TokenId;

void InstanceData::keep_for_compensation(const State& state, const semantics::Outcome& outcome) {
  // All are read before one is written: a token may have got the slot of another one that is read.
  std::vector<std::pair<TokenId, value::Variables>> made;
  for (const SubProcess& each : around_) {
    if (each.scope >= state.scopes.size() || each.ends.place.own == each.ends.place.around) continue;
    const semantics::Scope& scope = state.scopes[each.scope];
    if (scope.kind == ScopeKind::kept && scope.node == each.node && scope.host != no_slot)
      made.emplace_back(state.id(scope.host), frames_.local(each.ends.place));
  }
  const std::size_t records = made.size();
  const auto kept_by = [&](TokenId record) -> const value::Variables* {
    for (std::size_t i = 0; i < records; ++i)
      if (made[i].first == record) return &made[i].second;
    return frames_.left_by(record);
  };
  for (const semantics::Compensated& each : outcome.compensated) {
    if (!state.valid(each.handler)) continue;
    value::Variables seen;
    const auto add = [&](const value::Variables* inner) {
      if (inner == nullptr) return;
      for (const value::Entry& entry : inner->entries())
        if (seen.find(entry.key.text()) == nullptr) seen.set(entry.key.text(), entry.value);
    };
    add(kept_by(each.record));
    for (const SubProcess& around : around_)  // it was completed in this very step
      if (around.scope == each.kept && around.ends.place.own != around.ends.place.around)
        add(&frames_.local(around.ends.place));
    for (std::uint32_t at = each.scope; at < state.scopes.size() && state.scopes[at].kind == ScopeKind::kept;
         at = state.scopes[at].parent)
      if (state.scopes[at].host != no_slot) add(kept_by(state.id(state.scopes[at].host)));
    if (seen.size() > 0) made.emplace_back(each.handler, std::move(seen));
  }
  for (const auto& [token, variables] : made)
    for (const value::Entry& each : variables.entries())
      frames_.set_local(state, token.slot, each.key.text(), each.value);
}

}  // namespace weir::data
