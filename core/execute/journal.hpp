// What is written down of a step, and the one applier that reads it back. A record says what was answered,
// for people and tests, and what changed, for recovery: applying changes calls neither the semantics nor
// FEEL, so a log outlives corrections of both. Elements are named by their BPMN ids, never by number.
//
// The record of a checkpoint is of the same kind: `whole`, without steps, and its changes are everything
// there is.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/base/result.hpp"
#include "core/execute/instance.hpp"

namespace weir::execute {

/// A token as it is after the step. Ids stand in the texts; token.node and token.flow mean nothing here.
struct TokenChange {
  std::uint32_t slot = 0;
  semantics::Token token;
  std::string_view node, flow;  // empty flow = none
};

struct ScopeChange {
  std::uint32_t slot = 0;
  semantics::Scope scope;
  std::string_view node;  // empty = the process
};

/// A variable of the process (token = no_slot) or of the frame of a token, or one item of such a list.
struct VariableChange {
  std::uint32_t token = semantics::no_slot, generation = 0;
  std::string_view name;
  value::Value value;
  std::uint32_t item = data::Assigned::all;
};

/// The collection a multi-instance activity runs over.
struct CollectionChange {
  std::uint32_t host = 0, generation = 0;
  value::Value items;
};

struct ScopeName {
  std::uint32_t slot = 0, generation = 0;
  std::string_view name;
};

struct Changes {
  bool whole = false;
  std::uint32_t token_slots = 0, scope_slots = 0;
  std::uint32_t free_token = semantics::no_slot, free_scope = semantics::no_slot;
  std::vector<TokenChange> tokens;
  std::vector<ScopeChange> scopes;
  std::vector<VariableChange> variables;
  std::vector<CollectionChange> collections;
  std::vector<ScopeName> scope_names;
  std::vector<std::pair<std::string_view, std::uint32_t>> opened;  // how many scopes of a path there were
  std::vector<Wait> waits;                                         // put, by number
  std::vector<std::uint32_t> gone;                                 // numbers of waits that are no more
  std::vector<std::pair<std::string_view, std::uint32_t>> visits;
  std::vector<std::pair<std::string_view, std::string_view>> actors;  // that were none before
  std::string_view caught_by;                                         // see Instance
  std::vector<std::string_view> partners;                             // that were met, the latest last
  Status status = Status::waiting;
};

/// Texts point to the instance it was made from or to the text it was read from.
struct Record {
  std::uint64_t sequence = 0;  // of the whole journal, without gaps
  value::Instant time = 0;
  std::string_view instance;
  // Of the first record of an instance and of checkpoints.
  std::string_view definition, process, key, parent;
  std::uint32_t parent_wait = 0;
  value::Instant started = 0;
  std::uint64_t begun = 0;     // how many instances there had been, with this one; 0 = nobody counted
  bool removed = false;        // from here on there is no such instance
  std::string_view by;         // who did it, empty = weir itself
  std::string_view operation;  // of a batch, that did it; empty = none
  /// What somebody has set from outside, where steps have followed; else the changes say so.
  std::span<const value::Entry> set;
  std::vector<TraceStep> steps;  // weir.trace/1
  std::vector<std::string> why;  // beside each step: what decided it, may be empty
  Changes changes;
};

/// Everything of an instance, as a checkpoint keeps it.
Record whole(const Instance& instance);

/// Brings an instance that has had no records yet to the state after these, oldest first; the number of the
/// last one. Errors: they do not fit the definition or each other.
Result<std::uint64_t> apply(std::span<const Record> records, Instance& instance);

}  // namespace weir::execute
