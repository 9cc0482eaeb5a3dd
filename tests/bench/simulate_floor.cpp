// How much of a hand-coded simulation's speed is left when a process, a scenario and the law are interpreted.
// The loan process A (clerk) > 20 % end, else B (clerk) and C (appraiser) in parallel > D (officer) > 30 %
// end, else E (clerk), 6 / 6 / 5 servers, exponential times, runs twice: coded by hand as a switch over
// queues and counters (the floor), and by core/simulate with 17 resources of their own. With and without
// Mon-Fri 9-17 calendars. Prints nanoseconds per event, activities per second and the ratio; medians of runs
// in turn.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <ctime>
#include <vector>

#include "core/simulate/replicate.hpp"
#include "tests/support/sketch.hpp"

using namespace weir;
using value::Instant;
using value::Microseconds;
using value::per_day;
using value::per_hour;
using value::per_minute;
using value::per_second;
using value::per_week;

namespace {

constexpr double arrival_mean = 48.5 * 60;
constexpr std::array<double, 5> mean{20 * 60, 30 * 60, 60 * 60, 40 * 60, 20 * 60};  // A to E
constexpr Instant begin = 1'704'099'600 * per_second;                               // Monday 09:00

struct Result {
  double cycle_time = 0;
  std::uint64_t events = 0, activities = 0;
};

// -- the floor

struct Random64 {
  std::uint64_t state = 42;
  double uniform() {
    state += 0x9e3779b97f4a7c15ull;
    std::uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1.0p-53;
  }
  Microseconds exponential(double seconds) {
    return static_cast<Microseconds>(-seconds * std::log1p(-uniform()) * 1e6);
  }
};

struct Ring {
  struct Entry {
    std::uint32_t which, activity;
  };
  std::vector<Entry> entries = std::vector<Entry>(1u << 12u);
  std::size_t head = 0, tail = 0;
  [[nodiscard]] bool empty() const { return head == tail; }
  void push(Entry entry) {
    entries[tail++ & (entries.size() - 1)] = entry;
    if (tail - head == entries.size()) {
      std::vector<Entry> larger(entries.size() * 2);
      for (std::size_t i = head; i < tail; ++i)
        larger[i & (larger.size() - 1)] = entries[i & (entries.size() - 1)];
      entries = std::move(larger);
    }
  }
  Entry pop() { return entries[head++ & (entries.size() - 1)]; }
};

Result by_hand(std::uint32_t cases, bool calendars) {
  enum : std::uint32_t { a, b, c, d, e, arrival, monday };  // activities, then other events
  constexpr std::array<std::uint32_t, 5> pool_of{0, 0, 1, 2, 0};
  struct Event {
    Instant time;
    std::uint32_t which, what;
  };
  struct Case {
    Instant arrived = 0;
    int joined = 0;
  };
  const auto later = [](const Event& x, const Event& y) { return x.time > y.time; };
  std::vector<Event> heap;
  const auto push = [&](Event event) {
    heap.push_back(event);
    std::push_heap(heap.begin(), heap.end(), later);
  };
  Random64 random;
  std::vector<Case> open;
  std::vector<std::uint32_t> unused;
  std::array<int, 3> idle{6, 6, 5};
  std::array<Ring, 3> waiting;
  simulate::Histogram histogram;
  Result result;
  double total = 0;
  std::uint32_t arrived = 0, ended = 0;
  Instant now = begin;
  bool woken = false;

  const auto opening = [&](Instant at) {  // `at` itself when it is on duty
    const Microseconds moment = (at + 3 * per_day) % per_week, hour = moment % per_day;
    const std::int64_t day = moment / per_day;
    if (day < 5 && hour >= 9 * per_hour && hour < 17 * per_hour) return at;
    const Instant midnight = at - hour;
    if (day < 5 && hour < 9 * per_hour) return midnight + 9 * per_hour;
    return midnight + (day >= 4 ? 7 - day : 1) * per_day + 9 * per_hour;
  };
  const auto done_at = [&](Microseconds work) {
    if (!calendars) return now + work;
    Instant at = now;
    for (;;) {
      const Microseconds left = 17 * per_hour - (at + 3 * per_day) % per_day;
      if (work <= left) return at + work;
      work -= left;
      at = opening(at + left);
    }
  };
  const auto begin_work = [&](std::uint32_t which, std::uint32_t activity) {
    --idle[pool_of[activity]];
    push({done_at(random.exponential(mean[activity])), which, activity});
  };
  const auto enable = [&](std::uint32_t which, std::uint32_t activity) {
    const std::uint32_t pool = pool_of[activity];
    const Instant open_at = calendars ? opening(now) : now;
    if (idle[pool] > 0 && waiting[pool].empty() && open_at == now) {
      begin_work(which, activity);
      return;
    }
    waiting[pool].push({which, activity});
    if (open_at != now && !woken) {
      woken = true;
      push({open_at, 0, monday});
    }
  };
  const auto serve = [&](std::uint32_t pool) {
    if (waiting[pool].empty() || idle[pool] == 0) return;
    const Instant open_at = calendars ? opening(now) : now;
    if (open_at == now) {
      const Ring::Entry next = waiting[pool].pop();
      begin_work(next.which, next.activity);
    } else if (!woken) {
      woken = true;
      push({open_at, 0, monday});
    }
  };
  const auto finish = [&](std::uint32_t which) {
    const Microseconds time = now - open[which].arrived;
    total += static_cast<double>(time) * 1e-6;
    histogram.add(time);
    unused.push_back(which);
    ++ended;
  };

  push({begin, 0, arrival});
  while (ended < cases) {
    std::pop_heap(heap.begin(), heap.end(), later);
    const Event event = heap.back();
    heap.pop_back();
    ++result.events;
    now = event.time;
    if (event.what == arrival) {
      std::uint32_t which = 0;
      if (unused.empty()) {
        which = static_cast<std::uint32_t>(open.size());
        open.emplace_back();
      } else {
        which = unused.back();
        unused.pop_back();
      }
      open[which] = {now, 0};
      if (++arrived < cases) push({now + random.exponential(arrival_mean), 0, arrival});
      enable(which, a);
      continue;
    }
    if (event.what == monday) {
      woken = false;
      for (std::uint32_t pool = 0; pool < 3; ++pool)
        while (!waiting[pool].empty() && idle[pool] > 0) serve(pool);
      continue;
    }
    ++result.activities;
    ++idle[pool_of[event.what]];
    serve(pool_of[event.what]);
    switch (event.what) {
      case a:
        if (random.uniform() < 0.2) {
          finish(event.which);
        } else {
          enable(event.which, b);
          enable(event.which, c);
        }
        break;
      case b:
      case c:
        if (++open[event.which].joined == 2) enable(event.which, d);
        break;
      case d:
        if (random.uniform() < 0.3)
          finish(event.which);
        else
          enable(event.which, e);
        break;
      default:
        finish(event.which);
        break;
    }
  }
  result.cycle_time = total / cases;
  return result;
}

// -- the same as a process and a scenario

struct Loan {
  test::Sketch sketch = test::parse_sketch(R"(
    start s
    task a
    xor x
    and split
    task b
    task c
    and join
    task d
    xor y
    task e
    end done
    s > a > x > split > b > join > d > y > e > done
    split > c > join
    x > done
    y > done
  )");
  model::Definitions definitions = test::definitions_of(sketch);
  graph::ProcessGraph graph = test::graph_of(sketch);

  simulate::Plan plan(bool calendars) {
    simulate::Scenario scenario;
    scenario.begin = begin;
    scenario.arrivals.between = simulate::Distribution::exponential(arrival_mean);
    std::vector<value::Shift> shifts;
    for (std::int64_t day = 0; day < 5; ++day)
      shifts.push_back({day * per_day + 9 * per_hour, day * per_day + 17 * per_hour});
    scenario.calendars.push_back({"office", value::Calendar(std::move(shifts)), {}});
    const auto resource = [&](const char* id, std::uint32_t count) {
      simulate::Resource made;
      made.id = id;
      made.count = count;
      if (calendars) made.calendar = "office";
      scenario.resources.push_back(std::move(made));
    };
    resource("clerk", 6);
    resource("appraiser", 6);
    resource("officer", 5);
    constexpr std::array by{"clerk", "clerk", "appraiser", "officer", "clerk"};
    for (std::size_t i = 0; i < 5; ++i)
      scenario.activities.push_back({std::string(1, static_cast<char>('a' + i)),
                                     by[i],
                                     simulate::Distribution::exponential(mean[i]),
                                     {}});
    scenario.flows = {
        {"x", "done", 0.2, {}}, {"x", "split", 0.8, {}}, {"y", "done", 0.3, {}}, {"y", "e", 0.7, {}}};
    Diagnostics problems;
    return simulate::make_plan(graph, definitions, scenario, problems);
  }
};

Result by_weir(const simulate::Plan& plan, std::uint32_t cases) {
  const simulate::Figures figures = simulate::run(plan, {.cases = cases}, 0);
  Result result{figures.cycle_time.mean(), figures.events, 0};
  for (const simulate::ElementTally& each : figures.elements) result.activities += each.count;
  return result;
}

/// Processor seconds of this process: other programs on the machine do not count.
double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

struct Measured {
  std::vector<double> seconds;
  Result result;
  [[nodiscard]] double median() {
    std::sort(seconds.begin(), seconds.end());
    return seconds[seconds.size() / 2];
  }
};

template <class F>
void measure(Measured& into, F f) {
  const double start = processor_seconds();
  into.result = f();
  into.seconds.push_back(processor_seconds() - start);
}

void print(const char* name, Measured& measured) {
  fmt::print("  {:<18} {:6.1f} ns per event  {:5.2f} M activities/s   mean cycle time {:.0f} s\n", name,
             measured.median() / static_cast<double>(measured.result.events) * 1e9,
             static_cast<double>(measured.result.activities) / measured.median() / 1e6,
             measured.result.cycle_time);
}

}  // namespace

int main(int argc, char** argv) {
  const auto cases = static_cast<std::uint32_t>(argc > 1 ? std::atoi(argv[1]) : 50'000);
  Loan loan;
  for (const bool calendars : {false, true}) {
    const simulate::Plan plan = loan.plan(calendars);
    Measured floor, weir;
    for (int round = 0; round < 9; ++round) {
      measure(floor, [&] { return by_hand(cases, calendars); });
      measure(weir, [&] { return by_weir(plan, cases); });
    }
    fmt::print("{}\n", calendars ? "with calendars" : "without calendars");
    print("hand-coded floor", floor);
    print("core/simulate", weir);
    fmt::print("  {:<18} {:6.1f} %\n", "floor ratio", floor.median() / weir.median() * 100);
  }
  return 0;
}
