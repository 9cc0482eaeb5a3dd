// What is above one instance: operations of commands, called processes, signals, calls of connectors.
// Everything between begin() and commit() is one batch: it is on disk as a whole or not at all.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>

#include "core/data/declared.hpp"
#include "core/execute/engine.hpp"
#include "core/execute/kept.hpp"
#include "core/execute/migrate.hpp"
#include "core/execute/people.hpp"
#include "core/execute/requests.hpp"
#include "core/execute/store.hpp"

namespace weir::execute {

/// The start event of this id, or the none start event when it is empty (10.5.2); none = there is no such
/// one.
NodeId start_node(const graph::ProcessGraph& graph, std::string_view id);
/// What to say then.
std::string no_start(std::string_view process, std::string_view id);
/// Which definition of this event, or 0 for a receive task, is about a message or signal of this name; empty
/// = none is.
std::optional<std::uint32_t> about(const Deployed& deployed, NodeId node, graph::Trigger trigger,
                                   std::string_view name);

class Runtime {
 public:
  /// Finds what instances run; it stays where it is.
  using Library =
      std::function<Result<const Deployed*>(std::string_view definition, std::string_view process)>;
  /// Whether the process that wrote this as owner of an attempt still runs.
  using Alive = std::function<bool(std::string_view owner)>;

  Runtime(Store& store, Clock& clock, Connector& connector, Library library, std::string owner, Alive alive)
      : store_(store),
        clock_(clock),
        connector_(connector),
        library_(std::move(library)),
        owner_(std::move(owner)),
        alive_(std::move(alive)) {}
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;
  // In the .cpp file: else every file that has one compiles all of this again.
  ~Runtime();

  /// How the decisions are found that tasks ask; without it there are none.
  void find_decisions(decltype(Workshop::decisions) decisions) { workshop_.decisions = std::move(decisions); }

  void know(People people) { people_ = std::move(people); }

  /// Who does jobs, and connections that definitions do not declare; both stay where they are.
  void delegate(std::span<const model::Handler> handlers, std::span<const model::Connection> connections) {
    workshop_.handlers = handlers;
    workshop_.connections = connections;
    alike_.clear();
  }

  /// What records say from here on that they are part of; for whoever goes on after a crash.
  void set_operation(std::string operation) { operation_ = std::move(operation); }

  /// Where the random numbers of expressions begin.
  void seed(std::uint64_t random) { workshop_.workspace.random_state = random; }

  Result<std::uint64_t> begin();
  /// Ends the batch and lets others write.
  Result<std::uint64_t> commit();
  /// Begins the next batch while the disk is at this one, without letting others in: it is done for sure when
  /// the next commit() or commit_aside() says so. An error is of either of them; abandon() then.
  Result<std::uint64_t> commit_aside();
  /// Until that batch is done, or it failed; abandon() then.
  Result<std::uint64_t> batch_written();
  /// Others wait to begin.
  [[nodiscard]] bool is_wanted() const { return store_.is_wanted(); }
  /// Lets others write; nothing of the batch happens.
  void abandon();

  // Between begin() and commit(). An error means that nothing was done; trouble() says of which sort.
  Result<Standing> start(const StartRequest& request);
  Result<Standing> complete(const CompleteRequest& request);
  /// Makes the user the task's assignee; it may be nobody else's.
  Result<Standing> claim(std::string_view task, std::string_view user);
  /// Gives it back to its candidates.
  Result<Standing> release(std::string_view task, std::string_view user);
  /// Whoever may do a task may give it to somebody else; nobody (empty) stands for who runs weir.
  Result<Standing> assign(std::string_view task, std::string_view assignee, std::string_view user);
  Result<Standing> fail(const FailRequest& request);
  /// Gives a worker jobs of a type that nobody holds and that may be tried, oldest first; they are its own
  /// until the hold ends, or until somebody else gets them after that.
  Result<std::vector<Activated>> activate(const ActivateRequest& request);
  /// Holds a job longer.
  Result<Standing> extend(std::string_view job, std::string_view worker, value::Microseconds hold);
  /// Moves it to another definition of its process, see migrate.hpp.
  Result<Standing> migrate(std::string_view instance, std::string_view definition,
                           const Counterparts& counterparts, std::string_view by);
  Result<Standing> suspend(std::string_view instance, std::string_view by);
  Result<Standing> resume(std::string_view instance, std::string_view by);
  /// Gives a message to the one instance that waits for it, else starts one, else keeps it for a while.
  Result<Standing> message(const MessageRequest& request);
  /// Those that wait for a receiver, or all that the store remembers.
  Result<std::vector<KeptMessage>> kept_messages(bool all);
  /// Messages that were not wanted in time are no more; how many.
  Result<std::uint64_t> expire_messages();
  /// The timers of this definition's start events take the place of those of older ones; the same definition
  /// again changes nothing. Diagnostics as of start_timer_waits(), of which errors are no reason to arm less.
  Result<StartTimers> arm(std::string_view definition, std::string_view process, Diagnostics& notes);
  /// Whether those of a process happen, by somebody's wish, which later versions do not change.
  struct Arming {
    StartTimers timers;
    bool changed = false;    // they were not so before
    std::vector<Wait> past;  // dates that passed while they were disarmed: they start nothing
  };
  Result<Arming> set_armed(std::string_view process, bool armed, std::string_view by);
  /// Lets a timer that waits happen now, in the place of its next time; that of a start event begins the
  /// instance that is told.
  Result<Standing> fire(const FireRequest& request);
  /// Of an instance, of a message that is kept, or of whoever got it.
  Result<Standing> standing(std::string_view id);
  /// Begins what conditional start events begin when these are the variables (13.5.1), of one process or,
  /// when that is empty, of all that were deployed.
  Result<std::vector<Standing>> begin_where_true(const value::Value& variables, std::string_view process,
                                                 std::string_view by);
  /// Gives a signal to everybody who waits for it and starts what it starts; the instance that was first.
  Result<Standing> signal(std::string_view name, const value::Value& payload);
  /// Sets variables of the process; what waits for a condition looks at them.
  Result<Standing> set(std::string_view instance, const value::Value& variables, std::string_view by);
  /// Says which flow an element takes whose way is not decided (an incident); empty = the only such element.
  Result<Standing> choose(std::string_view instance, std::string_view element, std::string_view flow,
                          std::string_view by);
  /// Starts activities of an ad-hoc sub-process that is under way; none = it ends with those that run.
  Result<Standing> activate_inside(std::string_view instance, std::string_view sub_process,
                                   const std::vector<std::string>& activities, std::string_view by);
  /// Takes tokens away and lets others begin elsewhere, see semantics/modify.hpp.
  Result<Standing> move(const MoveRequest& request);
  Result<Standing> retry(std::string_view instance, std::string_view by);
  Result<Standing> cancel(std::string_view instance, std::string_view by);
  /// Forgets an instance that has ended.
  Result<Standing> remove(std::string_view instance, std::string_view by);
  /// Timers that are due happen, those of start events too, oldest first; how many. It commits now and then.
  Result<std::uint64_t> fire_timers();
  Result<Instance*> load(std::string_view instance);
  [[nodiscard]] Trouble trouble() const { return trouble_; }

  /// Outside of begin() and commit(): makes the calls that are due of these instances (empty = of all) until
  /// none is left; how many.
  /// `meanwhile` is done once a second as long as there are calls, as part of a batch, and what it leads to
  /// is called too when it is of all.
  Result<std::uint64_t> make_calls(std::set<std::string> instances,
                                   const std::function<Result<std::uint64_t>()>& meanwhile = {});
  /// Asked again and again: nothing more is begun once it is true.
  void stop_when(std::function<bool()> told) { told_to_stop_ = std::move(told); }
  /// How many of them may run at a time, 1 = each in the caller's thread; connectors must bear it.
  void set_calls_at_once(std::size_t most) { calls_at_once_ = most; }

  /// What happened since the last look.
  struct Told {
    std::string instance;
    std::vector<TraceStep> steps;
    std::vector<std::string> why;
    std::vector<Sent> sent;
    Diagnostics notes;
  };
  std::vector<Told> told() { return std::exchange(told_, {}); }
  /// For whoever looks at nothing but notes and what was sent.
  void tell_no_steps() { tells_steps_ = false; }
  /// Where the due times of waiting calls end: the next one, or never.
  [[nodiscard]] value::Instant next_call() const { return next_call_; }
  /// Instances that steps have left with calls to make.
  [[nodiscard]] const std::set<std::string>& touched() const { return touched_; }
  /// Starts that did what an earlier one had done, see alike.cpp.
  [[nodiscard]] std::uint64_t repeated() const { return repeated_; }
  Store& store() { return store_; }
  /// Instances in memory are read again when needed; for long batches.
  void forget() {
    loaded_.clear();
    touched_.clear();
    errors_.clear();
  }

 private:
  struct Attempt {
    std::string instance;
    std::uint32_t wait = 0, number = 0;
    std::string type, token;
    value::OwnedValue settings, parameters;
    value::Microseconds timeout = 0;
  };
  struct Ended {
    Attempt attempt;
    Called called;
  };
  class Crew;
  using Due = std::pair<std::string, std::uint32_t>;  // instance, number of the wait
  struct Alike;
  /// `alike`: is told whether this beginning shows how others are.
  void step(Instance& instance, std::string_view by, const std::function<void(Engine&)>& f,
            Alike* alike = nullptr);
  /// Adds a record that nobody wrote yet: done now, by whom, as part of what.
  void write(Record& record, value::Instant now, std::string_view by);
  Result<std::uint64_t> follow();
  Result<Instance*> begin_instance(const Deployed& deployed);
  // alike.cpp: starts that look at no data all do the same.
  struct Beginner {
    const Deployed* deployed = nullptr;
    std::string start_event, by;
    friend auto operator<=>(const Beginner&, const Beginner&) = default;
  };
  struct Alike {
    bool known = false;  // they are, and the rest is good
    NodeId start = NodeId::none;
    std::size_t given = 0;      // variables, when it was learnt
    std::uint32_t pattern = 0;  // of the store
    std::string prefix;         // of ids
    std::vector<TraceStep> steps;
    std::vector<std::string> why;
  };
  void learn(Alike& alike, const Instance& instance, Engine& engine, const Record& record);
  Standing start_like(const Alike& alike, const StartRequest& request, const value::Variables* variables);
  Result<std::uint64_t> call_child(Instance& parent, std::uint32_t wait);
  /// Which version of its process a call activity means; the error says that there is none.
  Result<const Deployed*> called_by(Instance& parent, const Wait& wait, Diagnostics& notes);
  Result<std::uint64_t> tell_parent(Instance& child);
  /// Whoever called it knows whether it, or what it called, has an incident.
  Result<std::uint64_t> tell_trouble(const std::string& child);
  /// Whether an error is caught by a caller and not inside: the instance has to fail with it then.
  Result<bool> leaves(Instance& instance, std::uint32_t wait, std::string_view code);
  /// `gathered`: how a start event stands that waits for more.
  Result<std::uint64_t> broadcast(const std::string& signal, const std::string& thrower,
                                  const value::Value& payload = {}, Standing* gathered = nullptr);
  Result<std::uint64_t> deliver(std::size_t told, std::size_t sent);
  Result<std::uint64_t> escalate(const std::string& thrower, const std::string& code);
  /// What one operation sets off comes to an end: more calls of processes under one root are incidents
  /// ("call-count"), more messages, signals and escalations are dropped with a note.
  static constexpr std::uint32_t most_called = 10'000, most_thrown = 10'000;
  using Receiver = std::pair<std::string, std::uint32_t>;  // instance, number of the wait
  /// An empty key is any.
  Result<std::vector<Receiver>> waiting_for(WaitKind kind, std::string_view name,
                                            std::optional<std::string_view> key);
  struct Beginning {
    std::string definition, process, start_event;
    std::uint32_t event = 0;  // which of its definitions happens
  };
  /// Notes what has happened to a parallel multiple start event: all that has come when it was the last thing
  /// (10.5.2), else what it lacks.
  Result<Standing> gather(const Beginning& beginning, const Deployed& deployed, const value::Value& payload,
                          std::string_view by, value::Variables& all);
  struct Newest {
    std::string process, definition;
    const Deployed* deployed = nullptr;
  };
  /// The newest version of each process that was deployed, those that cannot be read left out.
  Result<std::vector<Newest>> newest_of_all();
  Result<std::vector<Beginning>> begun_by(graph::Trigger trigger, std::string_view name);
  /// `sender`: of the message that it begins with.
  Result<Standing> begin_by(const Beginning& beginning, const value::Value& payload, std::string_view by = {},
                            const std::string& sender = {}, std::string_view why = {});
  Result<Standing> begin_at(const Deployed& deployed, NodeId start, const value::Value& payload,
                            std::string_view by, const std::string& sender, std::string_view why);
  Result<MessageRequest> completed(const MessageRequest& request);
  Result<Standing> keep(const MessageRequest& request, value::Microseconds time_to_live);
  /// `known`: there was a record of it before.
  void write_message(const KeptMessage& message, std::string_view by, bool known);
  Result<value::Microseconds> time_to_live(std::string_view message);
  Result<std::optional<KeptMessage>> message_for(std::string_view name, std::string_view key,
                                                 const std::function<bool(const KeptMessage&)>& fits);
  Result<std::uint64_t> hand_over(const Receiver& receiver);
  // conversations.cpp: who is meant by a message that names nobody.
  /// The instance that has begun what this one is part of; that is who others talk to.
  Result<std::string> root_of(const std::string& instance);
  /// An instance and what it has called.
  Result<std::set<std::string>> family(const std::string& root);
  struct Partner {
    std::string root;
    std::set<std::string> family;
    bool is_over = false;
  };
  /// The latest partner that waits for such messages, now or some time; none has an empty root.
  Result<Partner> partner_for(const std::string& sender, std::string_view message);
  /// A message happens at an instance; both remember it.
  Result<std::uint64_t> take(const Receiver& receiver, const std::string& sender, const value::Value& payload,
                             std::string_view by = {});
  Result<std::uint64_t> introduce(const std::string& one, const std::string& other);
  /// Of the instances that wait, those that can be meant.
  Result<std::uint64_t> narrow(std::vector<Receiver>& found, const std::string& sender,
                               const Partner& partner);
  Result<std::optional<StartTimers>> start_timers_of(std::string_view instance);
  void write_start_timers(const StartTimers& timers, bool known, std::string_view by = {});
  /// Begins an instance and says when the timer is due again; without an instance: it is not due then any
  /// more.
  Result<Standing> fire_start(std::string_view timers, std::uint32_t number, value::Instant due,
                              std::string_view by = {}, std::string_view why = {});
  Result<std::uint64_t> look_for_calls(const std::set<std::string>* instances, std::deque<Due>& due);
  Result<std::uint64_t> begin_attempts(std::deque<Due>& due, std::size_t most);
  Result<bool> is_under_way(const Attempt& attempt);
  Result<std::uint64_t> end_attempt(const Attempt& attempt, const Called& called);
  /// An open task, or a job where that is said.
  struct Task {
    Instance* instance = nullptr;
    std::uint32_t number = 0;
    [[nodiscard]] const Wait& wait() const { return instance->waits.at(number); }
  };
  Result<Task> find_task(std::string_view task, bool job);
  /// Refuses who may not do it; else whom they stand in for, in words for its history.
  Result<std::string> entitle(const Task& task, std::string_view user);
  Result<std::uint64_t> fill_in(const data::AskedForm& form, value::Variables& variables);
  Result<Standing> set_assignee(const Task& task, std::string_view assignee, std::string_view by);
  /// Variables of the types that the process declares; refuses others. `given`: a context or null.
  Result<value::Variables> declared(const Instance& instance, const value::Value& given);
  /// An element of what the instance runs.
  Result<NodeId> find_node(const Instance& instance, std::string_view element);
  /// Refuses when it is over or suspended.
  Result<Instance*> load_running(std::string_view instance);
  /// With everything it has called.
  Result<std::uint64_t> halt(std::string_view instance, bool stop, std::string_view by);
  Error refuse(Trouble trouble, std::string message) {
    trouble_ = trouble;
    return Error{std::move(message)};
  }

  Store& store_;
  Clock& clock_;
  Connector& connector_;
  Library library_;
  std::string owner_, operation_;
  Alive alive_;
  Workshop workshop_;
  People people_;
  std::map<std::string, std::unique_ptr<Instance>, std::less<>> loaded_;
  std::map<std::string, KeptMessage, std::less<>> kept_;   // that this batch has written
  std::map<std::string, StartTimers, std::less<>> armed_;  // the same
  std::map<std::string, value::Variables, std::less<>> gathered_;
  std::deque<Receiver> listening_;  // have just begun to wait for a message
  std::deque<std::string> to_follow_, troubled_;
  /// What has left an instance and is still under way.
  struct Thrown {
    graph::Trigger trigger = graph::Trigger::none;
    std::string name, thrower;
    std::size_t told = 0, sent = 0;  // messages: where it is told of
  };
  std::deque<Thrown> thrown_;
  std::deque<std::string> abandoned_;  // called instances that nobody waits for any more
  /// The BPMN error that an instance failed with in this batch.
  struct Uncaught {
    std::string code, message;
    value::OwnedValue data;
    std::vector<std::string> failed;  // called instances, below this one, that it has ended already
  };
  std::map<std::string, Uncaught, std::less<>> errors_;
  std::map<Beginner, Alike> alike_;
  std::uint64_t repeated_ = 0;
  bool tells_steps_ = true;
  std::map<std::string, std::uint32_t, std::less<>> called_;  // root instance: calls since follow() began
  std::vector<Told> told_;
  std::set<std::string> touched_;  // and wait for calls
  std::vector<Attempt> begun_;     // written down, maybe; their calls were not made yet
  std::vector<Ended> ended_;       // results of calls that are not on disk yet
  std::size_t calls_at_once_ = 1;
  [[nodiscard]] bool is_told_to_stop() const { return told_to_stop_ && told_to_stop_(); }
  std::function<bool()> told_to_stop_;
  Trouble trouble_ = Trouble::none;
  value::Instant next_call_ = value::never;
  bool locked_ = false;
};

}  // namespace weir::execute
