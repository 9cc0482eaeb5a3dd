// Who does what: work-conserving, first come first served. Work starts at once when a member of its team is
// on duty and idle: the one idle longest (since its last work or the beginning of its shift, whichever is
// later), of equals the one declared first. Else it waits in the team's queue; a resource that becomes free
// or comes on duty takes the work that was enabled first among all queues of its teams. Work is not handed
// over: it pauses off duty and goes on with the next shift.
#pragma once

#include <cstdint>
#include <vector>

#include "core/simulate/plan.hpp"

namespace weir::simulate {

/// First in, first out; never shrinks.
class WorkQueue {
 public:
  struct Entry {
    std::uint32_t item = 0;
    std::uint64_t order = 0;  // of being enabled
  };
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] const Entry& front() const { return ring_[head_]; }
  void push(Entry entry);
  void pop() {
    head_ = (head_ + 1) & (ring_.size() - 1);
    --size_;
  }
  void clear() { head_ = size_ = 0; }

 private:
  std::vector<Entry> ring_;  // its size is a power of two
  std::size_t head_ = 0, size_ = 0;
};

/// Resources and queues of one replication.
class Staff {
 public:
  explicit Staff(const Plan& plan);
  /// Everybody idle, nothing waits.
  void reset(value::Instant begin);

  /// Position in the team of who starts at once; none = nobody can.
  std::uint32_t idle_member(std::uint32_t team, value::Instant now);
  /// Puts an item into a team's queue, and calls wake(resource, instant) for each member whose coming on duty
  /// must be waited for from now on.
  template <class Wake>
  void wait(std::uint32_t team, std::uint32_t item, std::uint64_t order, value::Instant now, Wake wake) {
    Queue& queue = queues_[team];
    queue.waiting.push({item, order});
    if (queue.live++ > 0) return;  // all members are busy or woken up already
    for (const std::uint32_t resource : plan_.teams[team].resources)
      if (!people_[resource].busy) wake_up(resource, now, wake);
  }
  /// An item that waits is not needed any more; take_waiting() drops it when its turn comes.
  void abandon(std::uint32_t team) { --queues_[team].live; }

  /// When `work` that this resource starts now is done; makes it busy.
  value::Instant begin_work(std::uint32_t resource, value::Instant now, value::Microseconds work);
  /// Makes it idle; follow with offer().
  void end_work(std::uint32_t resource, value::Instant now) {
    people_[resource].busy = false;
    people_[resource].idle_since = now;
  }
  /// An idle resource looks for work: when on duty, the item enabled first among its queues is taken out and
  /// `found` tells it and the resource's membership; else it is woken up when its shift begins, if anything
  /// waits. dropped(item) is called for each abandoned item that came to light.
  struct Found {
    std::uint32_t item = none;
    Membership membership;
  };
  template <class Dropped, class Wake>
  Found offer(std::uint32_t resource, value::Instant now, Dropped dropped, Wake wake) {
    if (people_[resource].busy) return {};
    const bool present = on_duty(resource, now);
    Found found;
    std::uint64_t first = 0;
    for (const Membership& membership : plan_.memberships[resource]) {
      Queue& queue = queues_[membership.team];
      if (queue.live == 0) continue;
      if (!present) {
        wake_up(resource, now, wake);
        return {};
      }
      while (dropped(queue.waiting.front().item)) queue.waiting.pop();
      const WorkQueue::Entry& entry = queue.waiting.front();
      if (found.item != none && entry.order > first) continue;
      found = {entry.item, membership};
      first = entry.order;
    }
    if (found.item != none) {
      queues_[found.membership.team].waiting.pop();
      --queues_[found.membership.team].live;
    }
    return found;
  }
  /// The event that wake() asked for has come.
  void woken(std::uint32_t resource) { people_[resource].woken_at = value::never; }

  [[nodiscard]] const value::Calendar& calendar(std::uint32_t resource) const {
    return plan_.calendars[plan_.resources[resource].calendar];
  }

 private:
  struct Person {
    value::Instant idle_since = 0;           // never while busy
    value::Shift shift;                      // the current or next one as of the last look
    value::Instant woken_at = value::never;  // a duty event is scheduled
    bool busy = false;
  };
  struct Queue {
    WorkQueue waiting;
    std::uint32_t live = 0;  // waiting and not abandoned
  };

  bool on_duty(std::uint32_t resource, value::Instant now) {
    Person& person = people_[resource];
    if (now >= person.shift.end) person.shift = calendar(resource).duty(now);
    return now >= person.shift.begin;
  }
  template <class Wake>
  void wake_up(std::uint32_t resource, value::Instant now, Wake wake) {
    Person& person = people_[resource];
    if (person.woken_at != value::never || on_duty(resource, now)) return;
    if (person.shift.begin == value::never) return;
    person.woken_at = person.shift.begin;
    wake(resource, person.shift.begin);
  }

  const Plan& plan_;
  std::vector<Person> people_;
  std::vector<Queue> queues_;  // by team
};

}  // namespace weir::simulate
