// Slots are reused through free lists; a generation counts how often.
#include "core/semantics/state.hpp"

#include "core/base/check.hpp"

namespace weir::semantics {

void State::clear() {
  tokens.clear();
  scopes.clear();
  joins.clear();
  free_token = free_scope = no_slot;
}

std::uint32_t State::put_token(std::uint32_t scope, NodeId node, FlowId flow, Phase phase) {
  std::uint32_t slot = free_token;
  if (slot != no_slot) {
    free_token = tokens[slot].next;
  } else {
    slot = static_cast<std::uint32_t>(tokens.size());
    tokens.emplace_back();
  }
  Token& token = tokens[slot];
  Scope& owner = scopes[scope];
  token.node = node;
  token.flow = flow;
  token.scope = scope;
  token.child = no_slot;
  token.next = owner.first;
  token.previous = no_slot;
  token.count = 0;
  token.phase = phase;
  if (owner.first != no_slot) tokens[owner.first].previous = slot;
  owner.first = slot;
  if (is_live(phase)) ++owner.live;
  if (touched != nullptr) {
    touch_token(slot);
    if (token.next != no_slot) touch_token(token.next);
    touch_scope(scope);
  }
  return slot;
}

void State::remove_token(std::uint32_t slot) {
  Token& token = tokens[slot];
  Scope& owner = scopes[token.scope];
  if (token.previous != no_slot)
    tokens[token.previous].next = token.next;
  else
    owner.first = token.next;
  if (token.next != no_slot) tokens[token.next].previous = token.previous;
  if (touched != nullptr) {
    touch_token(slot);
    if (token.previous != no_slot) touch_token(token.previous);
    if (token.next != no_slot) touch_token(token.next);
    touch_scope(token.scope);
  }
  if (is_live(token.phase)) --owner.live;
  token.phase = Phase::free;
  ++token.generation;
  token.next = free_token;
  free_token = slot;
}

std::uint32_t State::put_scope(NodeId node, std::uint32_t parent, std::uint32_t host, ScopeKind kind) {
  std::uint32_t slot = free_scope;
  if (slot != no_slot) {
    free_scope = scopes[slot].parent;
  } else {
    slot = static_cast<std::uint32_t>(scopes.size());
    scopes.emplace_back();
  }
  Scope& scope = scopes[slot];
  const std::uint32_t generation = scope.generation;
  scope = Scope{};
  scope.node = node;
  scope.parent = parent;
  scope.host = host;
  scope.kind = kind;
  scope.generation = generation;
  touch_scope(slot);
  return slot;
}

void State::remove_scope(std::uint32_t slot) {
  Scope& scope = scopes[slot];
  WEIR_CHECK(scope.first == no_slot);
  scope.kind = ScopeKind::free;
  ++scope.generation;
  scope.parent = free_scope;
  free_scope = slot;
  touch_scope(slot);
}

}  // namespace weir::semantics
