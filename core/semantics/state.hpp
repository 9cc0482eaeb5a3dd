// Control flow of one running instance, and nothing else: which tokens are where and which scopes are open.
// Anything that does not decide which question is asked next (variables, assignees, due dates) lives beside
// it.
//
// What the prototypes decided (tests/core/semantics/prototypes_test.cpp):
//  * Everything that waits is a token, also an armed boundary event, an armed event sub-process, the memory
//  of a
//    complex gateway between its two phases, and the record of a completed activity that may be compensated.
//    Such tokens are not `live`: they do not keep a scope open. So Token, Scope and Join stay trivially
//    copyable and an open question is always named by one token.
//  * Ids are slot + generation: a stale answer is recognised, a slot is reused.
//  * Tokens of a scope form a list, so ending a scope costs its own tokens only; `live` counts them, so an
//  instance
//    of a multi-instance activity that ends costs O(1).
//  * Joins are a cache (which incoming flows of a gateway hold tokens); it can be rebuilt from the tokens.
#pragma once

#include <cstdint>
#include <type_traits>
#include <vector>

#include "core/base/ids.hpp"

namespace weir::semantics {

inline constexpr std::uint32_t no_slot = 0xffffffffu;

struct TokenId {
  std::uint32_t slot = no_slot;
  std::uint32_t generation = 0;
  friend constexpr bool operator==(TokenId, TokenId) = default;
};

struct ScopeId {
  std::uint32_t slot = no_slot;
  std::uint32_t generation = 0;
  friend constexpr bool operator==(ScopeId, ScopeId) = default;
};

/// Where a token stands in the life of its node.
enum class Phase : std::uint8_t {
  free,          // the slot is unused
  moving,        // on `flow` (or at a start event, flow = none), about to enter `node`
  joining,       // on `flow`, in front of a gateway that waits for others
  choosing,      // asks flows
  counting,      // asks count: how many instances
  testing,       // asks again: loop, completion or activation condition
  working,       // asks work
  catching,      // asks event
  hosting,       // its child scope runs
  compensating,  // waits for compensation handlers
  undoing,       // hosts the scope of a completed sub-process again, whose event sub-process compensates it
  // not live from here on
  armed,     // asks event: boundary event or start of an event sub-process
  consumed,  // complex gateway: a flow whose token was consumed in the first phase
  record     // a completed activity that can be compensated
};

constexpr bool is_live(Phase phase) {
  return phase != Phase::free && phase < Phase::armed;
}

struct Token {
  NodeId node = NodeId::none;
  FlowId flow = FlowId::none;  // by which it came, none for starts, boundary events and instances
  std::uint32_t scope = no_slot;
  std::uint32_t child = no_slot;  // hosting, undoing, record: its scope. armed boundary event: the token of
                                  // its host. compensating: the token of the handler that runs
  std::uint32_t next = no_slot;   // list of the scope's tokens, newest first
  std::uint32_t previous = no_slot;
  std::uint32_t count = 0;  // iterations of a loop; number of an instance, from 0; how often an armed
                            // event has happened
  std::uint32_t generation = 0;
  Phase phase = Phase::free;
};

enum class ScopeKind : std::uint8_t {
  free,
  body,       // of a process or sub-process
  instances,  // the instances of one multi-instance activity
  kept        // a completed sub-process that can still be compensated
};

struct Scope {
  NodeId node = NodeId::none;
  std::uint32_t parent = no_slot;  // scope slot
  std::uint32_t host = no_slot;    // token slot, none for the process
  std::uint32_t first = no_slot;   // token slot
  std::uint32_t live = 0;
  std::uint32_t remaining = 0;  // sequential multi-instance: instances not yet started
  std::uint32_t generation = 0;
  ScopeKind kind = ScopeKind::free;
};

/// Tokens waiting in front of one converging gateway of one scope.
struct Join {
  std::uint32_t scope = no_slot;
  NodeId node = NodeId::none;
  std::uint32_t distinct = 0;  // incoming flows that hold at least one token
  std::uint64_t mask = 0;      // which, for gateways with at most 64 incoming flows
};

/// Slots that steps have changed, maybe more than once; for whoever writes changes down.
struct Touched {
  std::vector<std::uint32_t> tokens, scopes;
};

struct State {
  std::vector<Token> tokens;
  std::vector<Scope> scopes;  // scopes[0] is the process once started
  std::vector<Join> joins;
  std::uint32_t free_token = no_slot;  // lists of free slots, linked by `next` and `parent`
  std::uint32_t free_scope = no_slot;
  Touched* touched = nullptr;  // null: nobody wants to know

  void clear();
  void touch_token(std::uint32_t slot) {
    if (touched != nullptr) touched->tokens.push_back(slot);
  }
  void touch_scope(std::uint32_t slot) {
    if (touched != nullptr) touched->scopes.push_back(slot);
  }
  [[nodiscard]] bool valid(TokenId id) const {
    return id.slot < tokens.size() && tokens[id.slot].phase != Phase::free &&
           tokens[id.slot].generation == id.generation;
  }
  [[nodiscard]] TokenId id(std::uint32_t token) const { return {token, tokens[token].generation}; }
  [[nodiscard]] ScopeId scope_id(std::uint32_t scope) const { return {scope, scopes[scope].generation}; }

  // Storage primitives; they keep the lists and `live` right and know nothing of BPMN.
  std::uint32_t put_token(std::uint32_t scope, NodeId node, FlowId flow, Phase phase);
  void remove_token(std::uint32_t slot);
  /// Changes the phase and keeps the scope's live counter right.
  void set_phase(std::uint32_t token, Phase phase) {
    const bool was = is_live(tokens[token].phase);
    const bool will = is_live(phase);
    if (was != will) {
      scopes[tokens[token].scope].live += will ? 1u : 0xffffffffu;
      touch_scope(tokens[token].scope);
    }
    tokens[token].phase = phase;
    touch_token(token);
  }
  std::uint32_t put_scope(NodeId node, std::uint32_t parent, std::uint32_t host, ScopeKind kind);
  /// The scope must hold no tokens.
  void remove_scope(std::uint32_t slot);
};

static_assert(std::is_trivially_copyable_v<Token> && std::is_trivially_copyable_v<Scope> &&
              std::is_trivially_copyable_v<Join>);

}  // namespace weir::semantics
