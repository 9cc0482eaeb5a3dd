// Shifts are looked up when somebody asks, never simulated as events of their own: a thousand people with
// quiet weeks cost nothing. Each person keeps the shift found last, so that nearly every question is two
// comparisons.
#include "core/simulate/resources.hpp"

namespace weir::simulate {

void WorkQueue::push(Entry entry) {
  if (size_ == ring_.size()) {
    std::vector<Entry> larger(ring_.empty() ? 16 : ring_.size() * 2);
    for (std::size_t i = 0; i < size_; ++i) larger[i] = ring_[(head_ + i) & (ring_.size() - 1)];
    ring_ = std::move(larger);
    head_ = 0;
  }
  ring_[(head_ + size_) & (ring_.size() - 1)] = entry;
  ++size_;
}

Staff::Staff(const Plan& plan) : plan_(plan) {
  people_.resize(plan.resources.size());
  queues_.resize(plan.teams.size());
  reset(plan.begin);
}

void Staff::reset(value::Instant begin) {
  for (std::uint32_t i = 0; i < people_.size(); ++i) {
    people_[i] = Person{};
    people_[i].idle_since = begin;
    people_[i].shift = calendar(i).duty(begin);
  }
  for (Queue& queue : queues_) {
    queue.waiting.clear();
    queue.live = 0;
  }
}

std::uint32_t Staff::idle_member(std::uint32_t team, value::Instant now) {
  if (queues_[team].live > 0) return none;
  const std::vector<std::uint32_t>& members = plan_.teams[team].resources;
  std::uint32_t best = none;
  value::Instant longest = now + 1;  // who is busy or comes on duty later is idle since a later instant
  for (std::uint32_t i = 0; i < members.size(); ++i) {
    Person& person = people_[members[i]];
    if (now >= person.shift.end) person.shift = calendar(members[i]).duty(now);
    // No branches: which of them it is cannot be predicted.
    const value::Instant since = std::max(person.idle_since, person.shift.begin);
    best = since < longest ? i : best;
    longest = std::min(since, longest);
  }
  return best;
}

value::Instant Staff::begin_work(std::uint32_t resource, value::Instant now, value::Microseconds work) {
  Person& person = people_[resource];
  person.busy = true;
  person.idle_since = value::never;
  if (work <= person.shift.end - now) return now + work;
  return calendar(resource).after_work(now, work);
}

}  // namespace weir::simulate
