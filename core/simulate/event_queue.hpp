// What happens next: a heap with four children per place (half the height of a binary one, and a place's
// children share a cache line or two). Events of one instant come in the order in which they were scheduled.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/value/calendar.hpp"

namespace weir::simulate {

struct Event {
  enum class What : std::uint32_t {
    arrival,  // of the next case
    done,     // item `which`
    duty      // resource `which` comes on duty
  };
  value::Instant time = 0;
  std::uint64_t order = 0;  // number of scheduling
  What what = What::arrival;
  std::uint32_t which = 0;
};

class EventQueue {
 public:
  void clear() {
    events_.clear();
    scheduled_ = 0;
  }
  [[nodiscard]] bool empty() const { return events_.empty(); }

  void schedule(value::Instant time, Event::What what, std::uint32_t which) {
    const Event event{time, scheduled_++, what, which};
    std::size_t at = events_.size();
    events_.push_back(event);
    while (at > 0) {
      const std::size_t parent = (at - 1) / 4;
      if (!before(event, events_[parent])) break;
      events_[at] = events_[parent];
      at = parent;
    }
    events_[at] = event;
  }

  /// Takes the earliest event out; there must be one.
  Event next() {
    const Event first = events_.front();
    const Event last = events_.back();
    events_.pop_back();
    if (events_.empty()) return first;
    const std::size_t size = events_.size();
    std::size_t at = 0;
    for (;;) {
      const std::size_t child = 4 * at + 1;
      if (child >= size) break;
      std::size_t best = child;
      const std::size_t end = std::min(child + 4, size);
      for (std::size_t i = child + 1; i < end; ++i)
        if (before(events_[i], events_[best])) best = i;
      if (!before(events_[best], last)) break;
      events_[at] = events_[best];
      at = best;
    }
    events_[at] = last;
    return first;
  }

 private:
  static bool before(const Event& a, const Event& b) {
    return a.time != b.time ? a.time < b.time : a.order < b.order;
  }
  std::vector<Event> events_;
  std::uint64_t scheduled_ = 0;
};

}  // namespace weir::simulate
