// Drives one instance: answers the questions that its data decides and leaves a Wait for every other one.
// Calls nothing outside; what a step changed is in the recorder.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/data/choose_flows.hpp"
#include "core/data/decisions.hpp"
#include "core/data/texts.hpp"
#include "core/execute/record.hpp"
#include "core/execute/timers.hpp"
#include "core/execute/world.hpp"

namespace weir::execute {

/// Work space of one engine.
struct Bench {
  semantics::Outcome outcome;
  std::deque<semantics::Question> pending;
  Recorder::Room recorder;
};

/// What the engines of one thread share.
struct Workshop {
  feel::Workspace workspace;
  std::map<const model::Definitions*, data::Texts> texts;
  /// The decision that an instance of a process means.
  std::function<Result<dmn::Decision>(const Deployed&, const data::DecisionReference&)> decisions;
  /// What the project says about work that models leave to others, and about connections that they do not
  /// declare.
  std::span<const model::Handler> handlers;
  std::span<const model::Connection> connections;
  /// Of one instance between two pauses; then there is an incident, and retry allows as many again. Each is
  /// written down: more at a time would cost memory without bounds.
  std::uint32_t most_steps = 100'000;
  std::unique_ptr<Bench> bench;  // that nobody uses just now, if there is one
};

/// A message, signal or escalation that left the instance, or the error that ended it.
struct Sent {
  graph::Trigger trigger = graph::Trigger::none;
  std::string name, element;
  std::string key;           // of a message: what its correlation key is here, empty = none
  bool arrived = false;      // a message that somebody took
  std::string message;       // of an error: what it says besides its code
  value::Variables payload;  // of a message
};

/// Message that a send or receive task, or an event with this definition, sends or waits for; empty = it
/// names none. A message flow may name that of a send task.
std::string message_name(const model::Definitions& definitions, const model::FlowNode& node,
                         std::uint32_t definition);

/// When the timer of an event with this definition is due that begins to wait now; empty = it says nothing
/// of that sort. `written`: what it says.
std::optional<Due> timer_due(const Deployed& deployed, NodeId node, std::uint32_t definition,
                             const value::Scope& visible, value::Instant now, feel::Workspace& workspace,
                             Diagnostics& notes, std::string& written);

class Engine {
 public:
  Engine(Instance& instance, Workshop& workshop, value::Instant now);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  /// Begins the instance; its variables are set before. `by`: who has started it, empty = nobody knows.
  void start(NodeId start_event, std::string_view by = {}, std::string why = {});
  /// Sets variables around an activity.
  void assign_around(std::uint32_t wait, const value::Variables& variables);
  /// Ends work. `results`: a context or null; see the mappings of the activity for where it goes.
  void done(std::uint32_t wait, const value::Value& results, std::string why = {});
  /// Notes who did it, for four-eyes rules.
  void acted(std::string_view element, std::string_view user);
  /// Notes with whom it has exchanged its latest message.
  void met(const std::string& partner);
  /// Whether this work's error is caught inside of the instance.
  [[nodiscard]] bool catches(std::uint32_t wait, std::string_view code) const;
  /// Ends work with a BPMN error; false when nobody catches it, nothing has happened then. `message`: for
  /// whoever catches it. When it `leaves`, the instance fails with it (10.5.6).
  bool error(std::uint32_t wait, std::string_view code, const value::Value& results,
             std::string_view message = {}, bool leaves = false);
  /// Work goes on, but something below it has escalated.
  void escalate(std::uint32_t wait, std::string_view code);
  /// An event happens.
  void happen(std::uint32_t wait, const value::Value& payload, std::string why = {});
  /// Work could not be done and nobody in the process deals with it. `of`: who or what failed.
  void fail(std::uint32_t wait, std::string_view code, std::string_view message, std::string_view of = {});
  /// Tries again what became incidents; how many there were.
  std::size_t retry();
  /// Answers an incident that asks which way: these flows.
  void choose(std::uint32_t wait, std::vector<FlowId> flows);
  /// Moves tokens from outside; it must not be forbidden.
  void modify(semantics::Modification modification, std::string why);
  /// Starts these activities of an ad-hoc sub-process that waits for them; none = no more of them.
  void activate(std::uint32_t wait, std::vector<NodeId> nodes);
  /// Changes a wait in place; it is written down.
  Wait& change(std::uint32_t wait);
  /// Nothing happens until it is resumed.
  void suspend() { instance_.status = Status::suspended; }
  void resume();
  /// Ends everything.
  void cancel();
  void set(std::string_view name, const value::Value& value) {
    instance_.data.frames().set_root(name, value);
  }

  /// Sets variables of the process and lets conditions look at them. `variables`: a context or null, which
  /// stays where it is.
  void change_variables(const value::Value& variables);

  /// What a connector is called with; valid until the workspace is used again. An error says which text has
  /// no value.
  Result<Call> call(const Wait& wait, std::string_view token, std::string& type);

  [[nodiscard]] Recorder& recorder() { return recorder_; }
  [[nodiscard]] const std::vector<Sent>& sent() const { return sent_; }
  [[nodiscard]] Diagnostics& notes() { return notes_; }

 private:
  using Question = semantics::Question;
  using Action = semantics::Action;

  void act(Action& action, std::string why = {});
  void settle();
  void finish();
  bool look_at_conditions();
  bool look_at_activities();
  void handle(const Question& question);
  void flows(const Question& question);
  void count(const Question& question);
  void again(const Question& question);
  void instance_ends(const Question& question);
  void work(const Question& question);
  void event(const Question& question);
  void activities(const Question& question);
  void event(const Question& question, std::uint32_t definition);
  void timer(const Question& question, Wait wait);
  void message(const Question& question, Wait wait, const model::FlowNode& written, const std::string& code);
  void hear(const semantics::Thrown& signal);
  /// What a step has thrown, and the mappings of sub-processes it has begun and ended, in their order.
  void map_and_send();
  Sent sent(const semantics::Thrown& thrown);
  /// A send task that no worker does.
  void send(const Question& question, const model::FlowNode& activity, std::string message);
  /// What the correlation key of a message that is sent is there, empty = none.
  std::string key_of(const model::RootElement& message, const value::Scope& scope);
  /// One event definition has happened; of a parallel multiple event maybe not the last one.
  void happen_one(std::uint32_t wait, std::string why);
  bool script(const Question& question, const model::FlowNode& activity);
  void decision(const Question& question, const model::FlowNode& activity);
  /// Gives the code and message of what was thrown to the variables of whoever has caught it.
  void caught(const Action& action);
  void handled(const Question& question, const model::Handler& handler, const value::Value& results);
  void work_done(const Question& question, const value::Value& results, std::string why = {});
  void take_results(std::uint32_t token, const value::Value& results, const model::FlowNode& activity);
  [[nodiscard]] data::Bare bare() const;
  /// Of the variables that a condition looks at, one has changed; or it has just begun to wait.
  [[nodiscard]] bool concerns(const Wait& wait) const;
  Wait waiting(const Question& question, WaitKind kind);
  /// What people call the element just now: names may have holes.
  std::string label(const Question& question);
  void open(Wait wait);
  void close(std::uint32_t number);
  void incident(const Question& question, std::string_view code, std::string message);
  std::string troubles(std::size_t from) const;
  std::string text(std::string_view data_text, const Question& question);
  /// What a data text gives here, until the workspace is used again; one that is no expression looks at no
  /// variable.
  value::Value text_value(std::string_view data_text, const Question& question);
  void user_task(const Question& question, const model::FlowNode& activity);
  /// Adds the name or names that a data text gives; says what is wrong when it gives anything else.
  std::string names(std::string_view data_text, const Question& question, std::vector<std::string>& out);
  [[nodiscard]] const value::Scope& visible(const Question& question) {
    return instance_.data.visible(instance_.state, question.token.slot);
  }

  Instance& instance_;
  Workshop& workshop_;
  feel::Workspace& workspace_;
  data::Texts& texts_;
  value::Instant now_;
  std::unique_ptr<Bench> bench_;
  Recorder recorder_;
  semantics::Outcome& outcome_;
  std::deque<Question>& pending_;
  /// Of the error or escalation that an activity ends with.
  std::string thrown_code_, thrown_message_;
  std::string failed_message_;  // of the error that nobody has caught
  value::Variables thrown_data_;
  std::optional<Wait> again_;     // the timer that has just happened and may happen again
  std::vector<Wait> retried_;     // incidents of calls that are tried again: the same visits go on
  std::vector<Question> mended_;  // decisions that are asked again after an incident
  std::vector<Sent> sent_;
  Diagnostics notes_;
  std::uint32_t steps_ = 0, most_steps_;
  std::uint32_t waits_before_;  // number of the last one
};

}  // namespace weir::execute
