// Each open question of work or event kind is an Item in a slot that is used again; a case keeps its items in
// a list per token, because the law names questions by tokens when it withdraws them. An item withdrawn while
// it stands in the heap or in a queue is marked and freed when its turn comes there. Questions that take no
// time (which way, how often) are answered at once from a list: answering one opens others.
#include "core/simulate/simulator.hpp"

#include <algorithm>
#include <utility>

#include "core/base/random.hpp"
#include "core/semantics/semantics.hpp"
#include "core/simulate/event_queue.hpp"
#include "core/simulate/resources.hpp"
#include "core/simulate/stuck.hpp"
#include "core/simulate/ways.hpp"

namespace weir::simulate {

using semantics::Ask;
using semantics::End;
using semantics::Question;
using value::Instant;
using value::Microseconds;

namespace {

constexpr Instant end_of_time = 253'402'300'800 * value::per_second;  // the year 10000
constexpr double most_instances = 100'000;
constexpr std::uint64_t odd = 0xd1342543de82ef95u;  // tells the cases' random streams apart

enum class Purpose : std::uint8_t { time, flows, again, count, arrival };
constexpr std::size_t purposes = 5;

struct Item {
  enum class State : std::uint8_t {
    free,
    waiting,  // in a queue
    running,  // in the heap
    endless,  // runs beyond the end of time
    idle,     // nothing will happen
    dropped   // withdrawn, but still in a queue or in the heap
  };
  Instant enabled = 0, started = 0;
  Microseconds work = 0;
  semantics::TokenId token;
  NodeId node = NodeId::none;
  std::uint32_t in_case = none;
  std::uint32_t next = none;  // of the same token; of the free list
  std::uint32_t resource = none;
  Ask ask = Ask::work;
  State state = State::free;
};

/// An ad-hoc sub-process that may activate more.
struct Activating {
  Question question;
  std::uint32_t activated = 0;
};

struct Case {
  semantics::State state;
  std::uint64_t number = 0;
  Instant arrived = 0;
  Microseconds waiting = 0, processing = 0;
  double cost = 0;
  std::uint32_t pending = 0;  // items that are not idle
  std::uint32_t steps = 0;
  value::Variables data;
  std::vector<std::uint32_t> visits;  // by node
  std::vector<std::uint32_t> items;   // by token slot: its first item
  std::vector<Activating> activating;
};

// Who watches a run; what nobody watches costs nothing.
struct Nobody {
  static constexpr bool work = false, rest = false;
};
struct WatchWork {
  static constexpr bool work = true, rest = false;
  std::vector<LogRow>& log;
};
struct WatchRest {
  static constexpr bool work = false, rest = true;
  const Visit& visit;
};

template <class Watch>
class Simulator {
 public:
  Simulator(const Plan& plan, const RunOptions& options, std::uint64_t replication, Watch watch)
      : plan_(plan), graph_(*plan.graph), options_(options), staff_(plan), watch_(watch), ways_(plan) {
    const Random root = Random(options.seed).split(replication);
    for (std::uint32_t i = 0; i < graph_.nodes.size(); ++i) {
      const Random element = root.split(plan.nodes[i].stream);
      for (std::size_t purpose = 0; purpose < purposes; ++purpose)
        keys_.push_back(element.split(purpose).bits());
    }
    for (const PlannedVariable& each : plan.data.variables)
      variable_keys_.push_back(root.split(each.stream).bits());
    observed_from_ = plan.begin + std::max<Microseconds>(0, options.warm_up);
    figures_.elements.resize(graph_.nodes.size());
    figures_.resources.resize(plan.resources.size());
  }

  Figures run() {
    const value::Calendar& opening = plan_.calendars[plan_.arrival_calendar];
    const Instant first = opening.next_on_duty(plan_.begin);
    last_end_ = plan_.begin;
    if (options_.cases > 0 && first < plan_.until) queue_.schedule(first, Event::What::arrival, 0);
    bool more = options_.cases > 0;
    while (!queue_.empty() && (more || open_cases_ > 0)) {
      const Event event = queue_.next();
      ++figures_.events;
      now_ = event.time;
      switch (event.what) {
        case Event::What::arrival:
          more = arrive(opening);
          break;
        case Event::What::done:
          done(event.which);
          break;
        case Event::What::duty:
          staff_.woken(event.which);
          offer(event.which);
          break;
      }
    }
    figures_.cases.unfinished = open_cases_;
    observe_resources();
    return std::move(figures_);
  }

 private:
  [[nodiscard]] Random stream(Purpose purpose, NodeId node, const Case& at, std::uint32_t visit) const {
    const std::uint64_t seed =
        keys_[index(node) * purposes + static_cast<std::size_t>(purpose)] + at.number * odd;
    // The same either way; but of the first visit, nearly every one, the compiler knows half of the mixing.
    return visit == 0 ? Random(seed, 0) : Random(seed, visit);
  }

  // -- cases

  bool arrive(const value::Calendar& opening) {
    const std::uint32_t slot = take_case();
    Case& at = cases_[slot];
    at.number = figures_.cases.arrived++;
    at.arrived = now_;
    at.waiting = at.processing = 0;
    at.cost = 0;
    at.pending = at.steps = 0;
    at.activating.clear();
    at.visits.assign(graph_.nodes.size(), 0);
    for (std::size_t i = 0; i < variable_keys_.size(); ++i) {
      Random random(variable_keys_[i] + at.number * odd, 0);
      draw(plan_.data.variables[i], random, at.data);
    }
    ++open_cases_;
    bool more = figures_.cases.arrived < options_.cases;
    if (more) {
      Random random = stream(Purpose::arrival, plan_.start, at, 0);
      const Instant next = opening.next_on_duty(now_ + plan_.between_arrivals.draw_time(random));
      more = next < plan_.until && next < end_of_time;
      if (more) queue_.schedule(next, Event::What::arrival, 0);
    }
    semantics::start(graph_, plan_.start, at.state, outcome_);
    follow(slot);
    return more;
  }

  std::uint32_t take_case() {
    if (!free_cases_.empty()) {
      const std::uint32_t slot = free_cases_.back();
      free_cases_.pop_back();
      return slot;
    }
    cases_.emplace_back();
    return static_cast<std::uint32_t>(cases_.size() - 1);
  }

  void finish(std::uint32_t slot, std::uint64_t& counter, bool measured) {
    Case& at = cases_[slot];
    for (std::uint32_t& first : at.items)
      while (first != none) {
        const std::uint32_t id = first;
        first = items_[id].next;
        drop(id);
      }
    ++counter;
    --open_cases_;
    last_end_ = now_;
    if (measured && at.arrived >= observed_from_) {
      figures_.cycle_time.add(static_cast<double>(now_ - at.arrived) * 1e-6);
      figures_.waiting_time.add(static_cast<double>(at.waiting) * 1e-6);
      figures_.processing_time.add(static_cast<double>(at.processing) * 1e-6);
      figures_.cost.add(at.cost);
    }
    free_cases_.push_back(slot);
  }

  /// Takes in what the law said last about this case, and answers what needs no time.
  void follow(std::uint32_t slot) {
    choices_.clear();
    for (std::size_t answered = 0;;) {
      for (const Question& each : outcome_.withdrawn) withdraw(slot, each);
      if constexpr (Watch::rest)
        if (outcome_.end != End::runaway) watch_.visit(cases_[slot].number, cases_[slot].state);
      if (outcome_.end != End::running) {
        CaseCounts& counts = figures_.cases;
        const bool measured = outcome_.end != End::runaway;
        finish(slot,
               outcome_.end == End::failed    ? counts.failed
               : outcome_.end == End::runaway ? counts.stopped
                                              : counts.completed,
               measured);
        return;
      }
      for (const Question& each : outcome_.opened)
        if (each.ask == Ask::work || each.ask == Ask::event)
          open(slot, each);
        else if (each.ask == Ask::activate)
          remember(cases_[slot], each);
        else
          choices_.push_back(each);
      if (answered == choices_.size()) {
        if (!activate(cases_[slot])) break;
        continue;
      }
      if (++cases_[slot].steps > options_.most_steps) {
        finish(slot, figures_.cases.stopped, false);
        return;
      }
      choose(cases_[slot], choices_[answered++]);
    }
    if (cases_[slot].pending == 0) {
      tally_stuck(graph_, cases_[slot].state, figures_.stuck);
      finish(slot, figures_.cases.stuck, true);
    }
  }

  // -- choices

  void choose(Case& at, const Question question) {
    const PlannedNode& planned = plan_.nodes[index(question.node)];
    const std::uint32_t visit = at.visits[index(question.node)]++;
    semantics::Answer answer;
    switch (question.ask) {
      case Ask::flows: {
        Random random = stream(Purpose::flows, question.node, at, visit);
        answer.flows = ways_.choose(question.node, at.data, random);
        break;
      }
      case Ask::count: {
        if (const auto count = ways_.count(question.node, at.data)) {
          answer.count = std::min(*count, static_cast<std::uint32_t>(most_instances));
          break;
        }
        Random random = stream(Purpose::count, question.node, at, visit);
        answer.count = static_cast<std::uint32_t>(std::min(planned.count.draw(random) + 0.5, most_instances));
        break;
      }
      case Ask::again: {
        if (const auto activates = ways_.activates(question, at.state, at.data)) {
          answer.count = *activates ? 1 : 0;
          break;
        }
        Random random = stream(Purpose::again, question.node, at, visit);
        answer.count = graph_[question.node].asks_end
                           ? ways_.instance_ends(question.node, at.data, planned.again, random)
                       : random.unit() < planned.again ? 1
                                                       : 0;
        break;
      }
      default:
        break;
    }
    semantics::answer(graph_, question, answer, at.state, outcome_);
  }

  static void remember(Case& at, const Question& question) {
    for (const Activating& each : at.activating)
      if (each.question.token == question.token) return;
    at.activating.push_back({question, 0});
  }

  /// Lets an ad-hoc sub-process go on that can; false: none can now.
  bool activate(Case& at) {
    std::erase_if(at.activating,
                  [&](const Activating& each) { return !at.state.valid(each.question.token); });
    for (Activating& each : at.activating) {
      const auto chosen = ways_.activities(each.question, at.state, each.activated, at.data);
      if (!chosen) continue;
      ++at.steps;
      semantics::Answer answer;
      answer.nodes = chosen->nodes;
      answer.count = chosen->count;
      const Question question = each.question;
      each.activated += static_cast<std::uint32_t>(chosen->nodes.size());
      if (chosen->count != 1)
        std::erase_if(at.activating, [&](const Activating& one) { return one.question == question; });
      semantics::answer(graph_, question, answer, at.state, outcome_);
      return true;
    }
    return false;
  }

  // -- items

  void open(std::uint32_t slot, const Question& question) {
    const std::uint32_t id = take_item();
    Item& item = items_[id];
    Case& at = cases_[slot];
    item.enabled = item.started = now_;
    item.work = 0;
    item.token = question.token;
    item.node = question.node;
    item.ask = question.ask;
    item.in_case = slot;
    item.resource = none;
    if (question.token.slot >= at.items.size()) at.items.resize(question.token.slot + 1, none);
    item.next = std::exchange(at.items[question.token.slot], id);
    const PlannedNode& planned = plan_.nodes[index(item.node)];
    switch (planned.how) {
      case PlannedNode::Time::never:
        item.state = Item::State::idle;
        return;
      case PlannedNode::Time::elapses: {
        item.work = draw_time(at, item, planned.time);
        run_until(id, now_ + item.work);
        ++at.pending;
        return;
      }
      case PlannedNode::Time::team: {
        ++at.pending;
        const std::uint32_t member = staff_.idle_member(planned.team, now_);
        if (member != none) {
          begin(id, plan_.teams[planned.team].resources[member], member);
          return;
        }
        item.state = Item::State::waiting;
        staff_.wait(planned.team, id, enabled_++, now_, waker());
        return;
      }
    }
  }

  Microseconds draw_time(Case& at, const Item& item, const Distribution& time) {
    Random random = stream(Purpose::time, item.node, at, at.visits[index(item.node)]++);
    return time.draw_time(random);
  }

  void begin(std::uint32_t id, std::uint32_t resource, std::uint32_t position) {
    Item& item = items_[id];
    item.started = now_;
    item.resource = resource;
    item.work = draw_time(cases_[item.in_case], item, plan_.nodes[index(item.node)].times[position]);
    run_until(id, staff_.begin_work(resource, now_, item.work));
  }

  void run_until(std::uint32_t id, Instant time) {
    Item& item = items_[id];
    item.state = time < end_of_time ? Item::State::running : Item::State::endless;
    if (item.state == Item::State::running) queue_.schedule(time, Event::What::done, id);
  }

  auto waker() {
    return
        [this](std::uint32_t resource, Instant time) { queue_.schedule(time, Event::What::duty, resource); };
  }

  void offer(std::uint32_t resource) {
    const auto dropped = [this](std::uint32_t id) {
      if (items_[id].state != Item::State::dropped) return false;
      free_item(id);
      return true;
    };
    const Staff::Found found = staff_.offer(resource, now_, dropped, waker());
    if (found.item != none) begin(found.item, resource, found.membership.position);
  }

  void done(std::uint32_t id) {
    if (items_[id].state == Item::State::dropped) {
      free_item(id);
      return;
    }
    const Item item = items_[id];
    unlink(id);
    free_item(id);
    Case& at = cases_[item.in_case];
    --at.pending;
    record(at, item);
    if (item.resource != none) {
      staff_.end_work(item.resource, now_);
      offer(item.resource);
    }
    if (++at.steps > options_.most_steps) {
      finish(item.in_case, figures_.cases.stopped, false);
      return;
    }
    semantics::answer(graph_, {item.ask, {}, item.token, item.node}, {}, cases_[item.in_case].state,
                      outcome_);
    follow(item.in_case);
  }

  void record(Case& at, const Item& item) {
    const bool counts = item.enabled >= observed_from_;
    ElementTally& tally = figures_.elements[index(item.node)];
    if (counts) ++tally.count;
    if (item.ask == Ask::event && item.resource == none) {
      if (counts) tally.waiting += static_cast<double>(now_ - item.enabled) * 1e-6;
      return;
    }
    const Microseconds waited = item.started - item.enabled;
    double cost = plan_.nodes[index(item.node)].fixed_cost;
    const double worked = static_cast<double>(item.work) * 1e-6;
    if (item.resource != none) {
      cost += worked / 3600 * plan_.resources[item.resource].cost_per_hour;
      ResourceTally& resource = figures_.resources[item.resource];
      if (counts) ++resource.count;
      if (counts) resource.cost += cost;
      resource.worked += observed_work(item);
    }
    at.waiting += waited;
    at.processing += item.work;
    at.cost += cost;
    if constexpr (Watch::work)
      watch_.log.push_back({at.number, item.node, item.resource, item.enabled, item.started, now_});
    if (!counts) return;
    tally.waiting += static_cast<double>(waited) * 1e-6;
    tally.processing += worked;
    tally.paused += static_cast<double>(now_ - item.started - item.work) * 1e-6;
    tally.cost += cost;
  }

  /// Seconds of an item's work after the warm-up and until now.
  [[nodiscard]] double observed_work(const Item& item) const {
    const value::Calendar& calendar = staff_.calendar(item.resource);
    const Instant from = std::max(item.started, observed_from_);
    if (from == item.started) return static_cast<double>(item.work) * 1e-6;
    return static_cast<double>(calendar.working_time(from, now_)) * 1e-6;
  }

  void withdraw(std::uint32_t slot, const Question& question) {
    Case& at = cases_[slot];
    if (question.token.slot >= at.items.size()) return;
    std::uint32_t* link = &at.items[question.token.slot];
    while (*link != none && (items_[*link].node != question.node || items_[*link].token != question.token))
      link = &items_[*link].next;
    if (*link == none) return;
    const std::uint32_t id = *link;
    *link = items_[id].next;
    drop(id);
  }

  /// Forgets an item that is no longer in its case's list.
  void drop(std::uint32_t id) {
    Item& item = items_[id];
    const std::uint32_t resource = item.resource;
    if (item.state != Item::State::idle) --cases_[item.in_case].pending;
    if (item.state == Item::State::waiting) staff_.abandon(plan_.nodes[index(item.node)].team);
    if (resource != none) interrupt(item);
    if (item.state == Item::State::waiting || item.state == Item::State::running)
      item.state = Item::State::dropped;
    else
      free_item(id);
    if (resource == none) return;
    staff_.end_work(resource, now_);
    offer(resource);
  }

  /// What was worked before the interruption was worked and costs, but nothing was completed.
  void interrupt(const Item& item) {
    const value::Calendar& calendar = staff_.calendar(item.resource);
    const double worked = static_cast<double>(calendar.working_time(item.started, now_)) * 1e-6;
    const double cost = worked / 3600 * plan_.resources[item.resource].cost_per_hour;
    Case& at = cases_[item.in_case];
    at.waiting += item.started - item.enabled;
    at.processing += calendar.working_time(item.started, now_);
    at.cost += cost;
    ResourceTally& resource = figures_.resources[item.resource];
    const Instant from = std::max(item.started, observed_from_);
    resource.worked += static_cast<double>(calendar.working_time(from, now_)) * 1e-6;
    if (item.enabled >= observed_from_) resource.cost += cost;
  }

  std::uint32_t take_item() {
    if (free_items_ == none) {
      items_.emplace_back();
      return static_cast<std::uint32_t>(items_.size() - 1);
    }
    return std::exchange(free_items_, items_[free_items_].next);
  }

  void free_item(std::uint32_t id) {
    items_[id].state = Item::State::free;
    items_[id].next = std::exchange(free_items_, id);
  }

  void unlink(std::uint32_t id) {
    std::uint32_t* link = &cases_[items_[id].in_case].items[items_[id].token.slot];
    while (*link != id) link = &items_[*link].next;
    *link = items_[id].next;
  }

  void observe_resources() {
    const Instant until = std::max(last_end_, observed_from_);
    figures_.observed = static_cast<double>(until - observed_from_) * 1e-6;
    for (std::uint32_t i = 0; i < plan_.resources.size(); ++i)
      figures_.resources[i].available =
          static_cast<double>(staff_.calendar(i).working_time(observed_from_, until)) * 1e-6;
  }

  const Plan& plan_;
  const graph::ProcessGraph& graph_;
  const RunOptions& options_;
  Staff staff_;
  Watch watch_;
  std::vector<std::uint64_t> keys_;  // of random streams, by node and purpose
  std::vector<std::uint64_t> variable_keys_;
  EventQueue queue_;
  std::vector<Case> cases_;
  std::vector<std::uint32_t> free_cases_;
  std::vector<Item> items_;
  std::uint32_t free_items_ = none;
  std::uint64_t enabled_ = 0;  // items that had to wait so far: their order
  std::uint64_t open_cases_ = 0;
  Instant now_ = 0, last_end_ = 0, observed_from_ = 0;
  semantics::Outcome outcome_;
  Ways ways_;
  std::vector<Question> choices_;
  Figures figures_;
};

}  // namespace

Figures run(const Plan& plan, const RunOptions& options, std::uint64_t replication,
            std::vector<LogRow>* log) {
  if (log != nullptr) return Simulator<WatchWork>(plan, options, replication, {*log}).run();
  return Simulator<Nobody>(plan, options, replication, {}).run();
}

Figures run_visiting(const Plan& plan, const RunOptions& options, std::uint64_t replication,
                     const Visit& visit) {
  return Simulator<WatchRest>(plan, options, replication, {visit}).run();
}

}  // namespace weir::simulate
