// One instance that outlives the command that started it: control flow, data, and what it waits for.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/data/expressions.hpp"
#include "core/data/instance_data.hpp"
#include "core/execute/status.hpp"
#include "core/semantics/trace.hpp"
#include "core/value/calendar.hpp"

namespace weir::execute {

/// A process as instances run it. Never changes; instances point to it.
struct Deployed {
  // In the .cpp file: else every file that has one compiles all of this again.
  Deployed();
  Deployed(Deployed&&) noexcept;
  Deployed& operator=(Deployed&&) noexcept;
  ~Deployed();

  std::string definition;  // sha256 of the source
  const model::Definitions* definitions = nullptr;
  graph::ProcessGraph graph;
  data::Expressions expressions;
  std::vector<std::pair<NodeId, const model::Form*>> forms;  // that stand in files of their own

  /// What a user task or start event shows and asks for.
  [[nodiscard]] const std::vector<model::FormField>& fields(NodeId node) const;
};

/// Who or what answers an open question.
enum class WaitKind : std::uint8_t {
  user_task,
  job,   // an external worker
  call,  // a connector; due = when the next attempt may begin
  timer,
  message,
  signal,
  condition,
  child,       // a called process
  activities,  // of an ad-hoc sub-process; repeats = how many were activated
  incident,    // somebody who mends what went wrong
  receiver     // of a message that is kept; due = until when
};
inline constexpr std::array<std::string_view, 11> wait_names{"user-task",  "job",      "call",      "timer",
                                                             "message",    "signal",   "condition", "child",
                                                             "activities", "incident", "receiver"};

/// What stands beside an open question. Everything here is written down; nothing is worked out again.
struct Wait {
  std::uint32_t number = 0;  // in its instance, from 1, never used again
  WaitKind kind = WaitKind::job;
  semantics::Ask ask = semantics::Ask::work;
  semantics::TokenId token;
  std::string element;           // BPMN id of the question's node
  std::uint32_t visit = 1;       // how many waits of this element there have been, with this one
  std::uint32_t definition = 0;  // which of an event's definitions, from 0
  std::string label;             // what people call it
  std::string name;              // message, signal; job type; type of connector; code of an incident
  std::string key;               // correlation key; what went wrong; id of the called instance
  value::Instant created = 0;
  /// Timer; next attempt; user task: when it should be done; job: how long its owner holds it, or when it may
  /// be tried again.
  value::Instant due = value::never;
  std::string assignee;  // of a message that is kept: the only instance that gets it, empty = whoever waits
  std::vector<std::string> users, groups;
  std::uint32_t attempt = 0;  // of a call: begun so far; of a job: failed so far; of an incident: failed
  /// Who runs the attempt that has begun, or holds the job, empty = nobody; incident: user, worker, connector
  /// or called instance that failed; message that is kept: the instance that has sent it.
  std::string owner;
  std::string trouble;       // call, job: why the last attempt failed; child: the instance with an incident
  std::int64_t repeats = 0;  // timer: times it will still happen after the next one, -1 = for ever
  std::string period;        // ... and this much later each time, ISO 8601
  bool held = false;         // condition: it was true when last looked at
  bool mended = false;       // incident: variables were set since
};

/// "manager-approval", from the second visit on "manager-approval#2".
std::string wait_name(const Wait& wait);
bool is_called(const Wait& wait, std::string_view name);

struct Instance {
  explicit Instance(const Deployed& what)
      : deployed(&what), data(*what.definitions, what.graph, what.expressions) {}
  Instance(const Instance&) = delete;  // data points to the definition; others point to it
  Instance& operator=(const Instance&) = delete;
  // In the .cpp file: else every file that has one compiles all of this again.
  ~Instance();

  [[nodiscard]] const graph::ProcessGraph& graph() const { return deployed->graph; }
  [[nodiscard]] const model::FlowNode& written(NodeId node) const {
    return (*deployed->definitions)[graph().origin[index(node)]];
  }
  [[nodiscard]] std::string label(NodeId node) const;
  /// The open question a wait is about.
  [[nodiscard]] semantics::Question question(const Wait& wait) const;

  std::string id;
  std::string key;     // given by whoever started it: one key, one instance
  std::string parent;  // instance that called it, empty = none
  std::uint32_t parent_wait = 0;
  std::string caught_by;  // the caller, however far above, that has caught the error this one failed with
  const Deployed* deployed;
  value::Instant started = 0, changed = 0;
  Status status = Status::waiting;
  std::uint64_t begun = 0;     // which one of its store, from 1
  std::uint64_t sequence = 0;  // of the last record

  semantics::State state;
  semantics::ScopeNames names;
  data::InstanceData data;
  std::map<std::uint32_t, Wait> waits;  // by number
  std::uint32_t last_wait = 0;
  std::map<std::string, std::uint32_t, std::less<>> visits;  // by element
  /// Who started it or did a user task, as (element, user), each pair once.
  std::vector<std::pair<std::string, std::string>> actors;
  /// Instances that it has exchanged messages with, the latest last.
  std::vector<std::string> partners;
};

/// Notes that the latest message was from or to this one; who was met long ago is forgotten.
template <class Text>
void meet(std::vector<Text>& partners, const Text& partner) {
  constexpr std::size_t most = 100;
  std::erase(partners, partner);
  if (partners.size() == most) partners.erase(partners.begin());
  partners.push_back(partner);
}

/// The instance with an incident, it or one below it, empty = none has.
std::string_view incident_in(const Instance& instance);

}  // namespace weir::execute
