// How much of a hand-coded simulation's speed is left when the law plays the process. The process (start,
// task, exclusive split, task or timer, merge, parallel split, two tasks, join, end) runs twice with the same
// arrivals, durations and event heap: once with every step coded by hand as a switch (the floor), once as
// questions and answers. Prints events per second and the ratio; both are measured in turn, five times, and
// the medians are compared.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <ctime>
#include <vector>

#include "core/semantics/semantics.hpp"
#include "tests/support/sketch.hpp"

using namespace weir;
using semantics::Ask;
using semantics::Outcome;
using semantics::Question;
using semantics::State;

namespace {

struct Random {
  std::uint64_t state = 42;
  double uniform() {
    state += 0x9e3779b97f4a7c15ull;
    std::uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1.0p-53;
  }
  double exponential(double mean) { return -mean * std::log1p(-uniform()); }
};

/// A binary heap of events by time; the same one for both players.
template <class Event>
class Heap {
 public:
  void push(const Event& event) {
    items_.push_back(event);
    std::push_heap(items_.begin(), items_.end(), later);
  }
  Event pop() {
    std::pop_heap(items_.begin(), items_.end(), later);
    Event event = items_.back();
    items_.pop_back();
    return event;
  }
  [[nodiscard]] bool empty() const { return items_.empty(); }

 private:
  static bool later(const Event& a, const Event& b) { return a.time > b.time; }
  std::vector<Event> items_;
};

struct Sums {
  double cycle_time = 0;
  std::uint64_t events = 0;
};

constexpr double mean_duration = 3.0;
constexpr double mean_gap = 1.0;

Sums by_hand(std::uint32_t cases) {
  enum class At : std::uint32_t { arrive, first, second, timer, left, right };
  struct Event {
    double time;
    std::uint32_t which;
    At at;
  };
  struct Case {
    double begin = 0;
    int joined = 0;
  };
  Random random;
  Heap<Event> heap;
  std::vector<Case> open;
  std::vector<std::uint32_t> unused;
  Sums sums;
  std::uint32_t arrived = 0;
  heap.push({0, 0, At::arrive});
  while (!heap.empty()) {
    const Event event = heap.pop();
    ++sums.events;
    const double now = event.time;
    const auto both = [&] {
      heap.push({now + random.exponential(mean_duration), event.which, At::left});
      heap.push({now + random.exponential(mean_duration), event.which, At::right});
    };
    switch (event.at) {
      case At::arrive: {
        std::uint32_t which = 0;
        if (unused.empty()) {
          which = static_cast<std::uint32_t>(open.size());
          open.emplace_back();
        } else {
          which = unused.back();
          unused.pop_back();
        }
        open[which] = {now, 0};
        heap.push({now + random.exponential(mean_duration), which, At::first});
        if (++arrived < cases) heap.push({now + random.exponential(mean_gap), 0, At::arrive});
        break;
      }
      case At::first:
        heap.push({now + random.exponential(mean_duration), event.which,
                   random.uniform() < 0.7 ? At::second : At::timer});
        break;
      case At::second:
      case At::timer:
        both();
        break;
      case At::left:
      case At::right:
        if (++open[event.which].joined == 2) {
          sums.cycle_time += now - open[event.which].begin;
          unused.push_back(event.which);
        }
        break;
    }
  }
  return sums;
}

Sums by_the_law(const graph::ProcessGraph& graph, std::uint32_t cases) {
  struct Event {  // what answer() needs of a question, no more: heaps copy events
    double time;
    std::uint32_t which;
    semantics::TokenId token;
    NodeId node;
    Ask ask;
  };
  struct Case {
    double begin = 0;
    State state;
  };
  Random random;
  Heap<Event> heap;
  std::vector<Case> open;
  std::vector<std::uint32_t> unused;
  Outcome outcome;
  Sums sums;
  std::uint32_t arrived = 0;
  const NodeId start = graph.instance_starts()[0];
  const std::uint32_t arrival = semantics::no_slot;
  std::vector<Question> opened;

  const auto serve = [&](std::uint32_t which, double now) {
    for (;;) {
      if (outcome.end != semantics::End::running) {
        sums.cycle_time += now - open[which].begin;
        unused.push_back(which);
        return;
      }
      bool chose = false;
      for (const Question& question : outcome.opened) {
        if (question.ask == Ask::flows) {
          const auto flows = graph.outgoing(question.node);
          const FlowId flow = random.uniform() < 0.7 ? flows[0] : flows[1];
          const Question asked = question;  // opened is filled anew by answer()
          semantics::answer(graph, asked, {.flows = std::span(&flow, 1)}, open[which].state, outcome);
          chose = true;
          break;
        }
        heap.push(
            {now + random.exponential(mean_duration), which, question.token, question.node, question.ask});
      }
      if (!chose) return;
    }
  };

  heap.push({0, arrival, {}, NodeId::none, Ask::work});
  while (!heap.empty()) {
    const Event event = heap.pop();
    ++sums.events;
    const double now = event.time;
    if (event.which == arrival) {
      std::uint32_t which = 0;
      if (unused.empty()) {
        which = static_cast<std::uint32_t>(open.size());
        open.emplace_back();
      } else {
        which = unused.back();
        unused.pop_back();
      }
      open[which].begin = now;
      semantics::start(graph, start, open[which].state, outcome);
      serve(which, now);
      if (++arrived < cases)
        heap.push({now + random.exponential(mean_gap), arrival, {}, NodeId::none, Ask::work});
    } else {
      semantics::answer(graph, {event.ask, {}, event.token, event.node}, {}, open[event.which].state,
                        outcome);
      serve(event.which, now);
    }
  }
  return sums;
}

/// Processor seconds of this process: other programs on the machine do not count.
double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

template <class F>
std::pair<double, Sums> timed(F f) {
  const double begin = processor_seconds();
  const Sums sums = f();
  return {processor_seconds() - begin, sums};
}

}  // namespace

int main(int argc, char** argv) {
  const auto cases = static_cast<std::uint32_t>(argc > 1 ? std::atoi(argv[1]) : 50000);
  const graph::ProcessGraph graph = test::graph_of(R"(
    start s
    task first
    xor x
    task second
    catch timer timer
    xor m
    and split
    task left
    task right
    and join
    end e
    s > first > x > second > m > split > left > join > e
    x > timer > m
    split > right > join
  )");
  std::vector<double> floor, law;
  Sums a, b;
  for (int round = 0; round < 15; ++round) {
    const auto [floor_time, floor_sums] = timed([&] { return by_hand(cases); });
    const auto [law_time, law_sums] = timed([&] { return by_the_law(graph, cases); });
    floor.push_back(floor_time);
    law.push_back(law_time);
    a = floor_sums;
    b = law_sums;
  }
  std::sort(floor.begin(), floor.end());
  std::sort(law.begin(), law.end());
  const double events = static_cast<double>(a.events);
  fmt::print("hand-coded floor  {:6.1f} ns per event   mean cycle time {:.4f}\n",
             floor[floor.size() / 2] / events * 1e9, a.cycle_time / cases);
  fmt::print("semantics         {:6.1f} ns per event   mean cycle time {:.4f}\n",
             law[law.size() / 2] / static_cast<double>(b.events) * 1e9, b.cycle_time / cases);
  fmt::print("floor ratio       {:6.1f} %\n", floor[floor.size() / 2] / law[law.size() / 2] * 100);
  return a.events == b.events ? 0 : 1;
}
