// The law: what BPMN 2.0.2 chapter 13 says happens next. The semantics ask questions, the drivers answer
// them:
//
//   driver    flows, again                count                 work                     event
//   verify    every admissible set        0, 1, 2               done, or each error      happens, or later
//   simulate  data, else probabilities    data or sampled       sampled duration         event queue
//   execute   FEEL on scope data          collection size       connector, user, job     clock, inbox
//
// Tokens run until each must wait for an answer ("rest"). Of the interleavings the specification allows, a
// run takes this one: the token that has waited longest moves first, outgoing flows are taken in document
// order, and inclusive and complex joins are looked at only when no other token can move. Pace::step shows
// every interleaving: after each call only what needs no decision has happened, and move() lets one token go
// on. Verify explores that; each run at rest pace is one path through it.
//
// Prototypes decided (tests/core/semantics/prototypes_test.cpp): reach sets precomputed in the graph make an
// inclusive join two bit tests per token; complex gateways, ad-hoc activation and compensation fit the same
// State.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/graph/process_graph.hpp"
#include "core/semantics/state.hpp"

namespace weir::semantics {

using graph::ProcessGraph;

/// flows: which way?  count: how many instances?  again: is the loop / completion / activation condition true
/// now? activate: which activities of the ad-hoc sub-process next?  work: done?  event: did it happen?
enum class Ask : std::uint8_t { flows, count, again, activate, work, event };
/// "flows", "count", ... as in weir.trace/1.
std::string_view ask_name(Ask ask);

/// An open question. For an event-based gateway `node` is the event asked about; otherwise the token's node.
struct Question {
  Ask ask = Ask::work;
  ScopeId scope;
  TokenId token;
  NodeId node = NodeId::none;
  friend constexpr bool operator==(const Question&, const Question&) = default;
};

/// How work ended, or that an event happened. Who catches an error or escalation is found by the semantics.
enum class Reply : std::uint8_t { done, error, escalation, cancel };

struct Answer {
  std::span<const FlowId> flows;  // flows: outgoing flows of the node to take, document order, distinct
  std::span<const NodeId> nodes;  // activate: nodes to activate; none with count = 0 means "no more"
  std::uint32_t count = 0;        // count: instances. again: 0 = false, else true; of an instance of behavior
                                  // Complex bit 0 is completionCondition, bit n its n-th definition.
                                  // activate: 1 = stay open, 2 = no more, and what still runs is cancelled
  Reply reply = Reply::done;      // work
  CodeId code = CodeId::none;     // error or escalation code, none = an unnamed one
};

/// Something that leaves the instance.
struct Thrown {
  graph::Trigger trigger = graph::Trigger::none;  // message, signal, escalation nobody caught
  NodeId node = NodeId::none;
  CodeId code = CodeId::none;
  std::uint32_t scope = no_slot;  // it was thrown in; the step may have ended it
};

enum class End : std::uint8_t { running, completed, terminated, failed, runaway };

/// What happened, in order; only filled when Outcome::want_trace.
enum class What : std::uint8_t { entered, left, taken, opened, closed, cancelled, ended };
struct Happened {
  What what = What::entered;
  NodeId node = NodeId::none;
  FlowId flow = FlowId::none;  // taken
  std::uint32_t scope = no_slot;
};

/// A compensation handler, or a compensation event sub-process, that has begun for a record.
struct Compensated {
  TokenId handler;                // its token, or the host of the scope that lives again
  TokenId record;                 // that is gone
  std::uint32_t kept = no_slot;   // the record's own scope, if it had one
  std::uint32_t scope = no_slot;  // that the record stood in
};

enum class Pace : std::uint8_t { rest, step };

/// Filled anew by each call; keep one and reuse it, its buffers then never grow again.
struct Outcome {
  std::vector<Question> opened,
      withdrawn;  // withdrawn: open before and neither answered nor possible any more
  std::vector<Thrown> thrown;
  std::vector<Happened> trace;
  std::vector<Compensated> compensated;  // filled as the trace is
  End end = End::running;
  CodeId error = CodeId::none;      // End::failed: the code nobody caught
  NodeId failed_at = NodeId::none;  // where it was raised

  bool want_trace = false;
  Pace pace = Pace::rest;
  std::uint32_t budget = 1'000'000;  // moves per call; more = End::runaway

  std::vector<TokenId> queue;  // work space: tokens that can move
};

/// Begins an instance in an empty state at one of graph.instance_starts() (process_node = implicit start).
void start(const ProcessGraph& graph, NodeId start_event, State& state, Outcome& outcome);
/// Answers an open question. A question that is no longer open is ignored (outcome stays empty).
void answer(const ProcessGraph& graph, const Question& question, const Answer& given, State& state,
            Outcome& outcome);
/// Step pace: lets this token move on (or the join it waits at fire). It must be one of open_moves().
void move(const ProcessGraph& graph, TokenId token, State& state, Outcome& outcome);

/// All open questions / possible moves of a state, in the order of the slots. Appends to `out`.
void open_questions(const ProcessGraph& graph, const State& state, std::vector<Question>& out);
void open_moves(const ProcessGraph& graph, const State& state, std::vector<TokenId>& out);

/// True when a converging gateway may fire with the tokens that wait at it (13.4; table 13.3 for inclusive
/// ones).
bool join_enabled(const ProcessGraph& graph, const State& state, const Join& join);

/// Whether this answer to what is asked at the end of an instance ends its multi-instance activity.
bool ends_instances(const State& state, std::uint32_t token, std::uint32_t answer);

/// The token that waits for this compensation handler, or no_slot.
std::uint32_t thrower_of(const State& state, std::uint32_t handler);

/// Fills state.joins from the tokens; for states that were built from somewhere else.
void rebuild_joins(const ProcessGraph& graph, State& state);

/// Nodes that a token enters at once even at step pace, because entering only opens a question: resting in
/// the node and resting on the flow in front of it are the same marking.
inline bool enters_at_once(const ProcessGraph& graph, NodeId node) {
  return graph[node].at_once;
}

}  // namespace weir::semantics
