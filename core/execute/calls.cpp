// Calls of connectors. An attempt is written down before it begins and again when it has ended; in between
// nobody holds the lock. An attempt whose process died in between is not repeated by itself: nobody knows
// what it did. So no more of them are begun than run, and one batch ends some and begins others.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "core/execute/retries.hpp"
#include "core/execute/runtime.hpp"
#include "core/execute/timers.hpp"

namespace weir::execute {

/// Calls that are under way, each in a thread of its own; a crew of one calls at once, in our thread.
class Runtime::Crew {
 public:
  Crew(Connector& connector, std::size_t size, std::vector<Ended>& ended)
      : connector_(connector), size_(size), ended_(ended) {}
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;
  /// What came of calls is known also when we can do nothing more with it now.
  ~Crew() {
    while (running_ > 0) wait();
  }

  [[nodiscard]] std::size_t room() const { return size_ - running_; }
  [[nodiscard]] bool is_idle() const { return running_ == 0 && done_.empty(); }

  void start(Attempt attempt) {
    ++running_;
    const auto work = [this](Attempt each) {
      Called called =
          connector_.call({each.type, each.settings.get(), each.parameters.get(), each.token, each.timeout});
      const std::lock_guard lock(mutex_);
      done_.push_back({std::move(each), std::move(called)});
      one_is_done_.notify_one();
    };
    if (size_ == 1)
      work(std::move(attempt));
    else
      threads_.emplace_back(work, std::move(attempt));
  }

  /// Until one call has ended, or that long; what has ended goes to `ended`.
  void wait(std::chrono::milliseconds most = std::chrono::hours(24)) {
    std::unique_lock lock(mutex_);
    one_is_done_.wait_for(lock, most, [&] { return !done_.empty(); });
    running_ -= done_.size();
    for (Ended& each : done_) ended_.push_back(std::move(each));
    done_.clear();
    if (running_ == 0) threads_.clear();
  }

 private:
  Connector& connector_;
  std::size_t size_, running_ = 0;
  std::vector<Ended>& ended_;
  std::mutex mutex_;
  std::condition_variable one_is_done_;
  std::vector<Ended> done_;
  std::vector<std::jthread> threads_;  // last, so that they end before what they use
};

Result<std::uint64_t> Runtime::look_for_calls(const std::set<std::string>* instances, std::deque<Due>& due) {
  const value::Instant now = clock_.now();
  const auto look = [&](std::string_view id, Status status, const Wait& wait) {
    if (wait.kind != WaitKind::call || status == Status::suspended) return;
    if (!wait.owner.empty() && (wait.owner == owner_ || alive_(wait.owner))) return;
    if (wait.due > now)
      next_call_ = std::min(next_call_, wait.due);
    else
      due.emplace_back(id, wait.number);
  };
  if (instances == nullptr) {
    const auto looked = store_.each_due(WaitKind::call, value::never, [&](const Record& record) {
      for (const Wait& wait : record.changes.waits) look(record.instance, record.changes.status, wait);
      return true;
    });
    if (!looked) return refuse(Trouble::store, looked.error().message);
    return due.size();
  }
  for (const std::string& id : *instances) {
    const Result<Instance*> instance = load(id);
    if (!instance) return instance.error();
    for (const auto& [number, wait] : (*instance)->waits) look(id, (*instance)->status, wait);
  }
  return due.size();
}

Result<bool> Runtime::is_under_way(const Attempt& attempt) {
  const Result<Instance*> found = load(attempt.instance);
  if (!found) return found.error();
  const auto wait = (*found)->waits.find(attempt.wait);
  return wait != (*found)->waits.end() && wait->second.owner == owner_ &&
         wait->second.attempt == attempt.number;
}

Result<std::uint64_t> Runtime::begin_attempts(std::deque<Due>& due, std::size_t most) {
  while (!due.empty() && begun_.size() < most) {
    const auto [id, number] = std::move(due.front());
    due.pop_front();
    const Result<Instance*> found = load(id);
    if (!found) return found.error();
    Instance& instance = **found;
    const auto wait = instance.waits.find(number);
    if (wait == instance.waits.end() || wait->second.kind != WaitKind::call) continue;
    if (instance.status == Status::suspended) continue;
    if (wait->second.owner == owner_ || wait->second.due > clock_.now()) continue;
    step(instance, {}, [&, n = number](Engine& engine) {
      if (!wait->second.owner.empty())
        return engine.fail(
            n, "effect-unknown",
            fmt::format("attempt {} at '{}' was interrupted: whether it had an effect is not known",
                        wait->second.attempt, wait->second.label),
            wait->second.name);
      Attempt attempt;
      attempt.instance = instance.id;
      attempt.wait = n;
      attempt.token =
          fmt::format("{}/{}/{}@{}", instance.id, wait->second.element, wait->second.visit, store_.id());
      const Result<Call> call = engine.call(wait->second, attempt.token, attempt.type);
      if (!call) return engine.fail(n, "call", call.error().message);
      attempt.settings = value::OwnedValue(call->settings);
      attempt.parameters = value::OwnedValue(call->parameters);
      attempt.timeout = call->timeout;
      Wait& changed = engine.change(n);
      changed.owner = owner_;
      attempt.number = ++changed.attempt;
      begun_.push_back(std::move(attempt));
    });
    if (const auto followed = follow(); !followed) return followed.error();
  }
  return begun_.size();
}

Result<std::uint64_t> Runtime::end_attempt(const Attempt& attempt, const Called& called) {
  const Result<bool> under_way = is_under_way(attempt);
  if (!under_way) return under_way.error();
  // Else somebody has interrupted the activity meanwhile: what came of the call no longer matters.
  if (!*under_way) return 0;
  Instance& instance = **load(attempt.instance);
  const Wait& wait = instance.waits.at(attempt.wait);
  const model::Retry& retry = instance.written(instance.question(wait).node).work.retry;
  const bool worth_it =
      retry.error_codes.empty() ||
      std::find(retry.error_codes.begin(), retry.error_codes.end(), called.code) != retry.error_codes.end();
  const bool again = !called.hopeless && retry.written && attempt.number <= retry.times && worth_it;
  const Result<bool> leaving = called.ok || again || called.hopeless
                                   ? Result<bool>(false)
                                   : leaves(instance, attempt.wait, called.code);
  if (!leaving) return leaving.error();
  if (*leaving) errors_.insert_or_assign(instance.id, Uncaught{called.code, called.message, {}, {}});
  step(instance, {}, [&](Engine& engine) {
    if (called.ok) return engine.done(attempt.wait, called.results.get());
    if (again) {
      Wait& changed = engine.change(attempt.wait);
      changed.owner.clear();
      changed.trouble =
          called.code.empty() ? called.message : fmt::format("[{}] {}", called.code, called.message);
      changed.due = clock_.now() + pause(retry, attempt.number, attempt.token);
      return;
    }
    if (!called.hopeless && engine.error(attempt.wait, called.code, {}, called.message, *leaving)) return;
    engine.fail(attempt.wait, called.code, called.message, attempt.type);
  });
  return follow();
}

Result<std::uint64_t> Runtime::make_calls(std::set<std::string> instances,
                                          const std::function<Result<std::uint64_t>()>& meanwhile) {
  using Time = std::chrono::steady_clock;
  constexpr std::chrono::milliseconds pause(1000);
  const bool all = instances.empty();
  std::deque<Due> due;
  std::uint64_t made = 0;
  Crew crew(connector_, calls_at_once_, ended_);
  next_call_ = value::never;
  Time::time_point looked = Time::now();
  const auto round = [&](bool first) -> Result<std::uint64_t> {
    for (const Ended& each : ended_)
      if (const auto ended = end_attempt(each.attempt, each.called); !ended) return ended.error();
    // When the last commit failed, it may have been written all the same.
    for (std::size_t i = 0; i < begun_.size();) {
      const Result<bool> written = is_under_way(begun_[i]);
      if (!written) return written.error();
      if (*written)
        ++i;
      else
        begun_.erase(begun_.begin() + static_cast<std::ptrdiff_t>(i));
    }
    bool everywhere = all && first;
    if (meanwhile && Time::now() - looked >= pause) {
      if (const auto done_meanwhile = meanwhile(); !done_meanwhile) return done_meanwhile;
      looked = Time::now();
      everywhere = all;
    }
    if (!all) instances.insert(touched_.begin(), touched_.end());
    if (!all || everywhere) {
      due.clear();
      next_call_ = value::never;
    }
    if (everywhere)
      if (const auto found = look_for_calls(nullptr, due); !found) return found;
    // What this batch has done is not in the store yet.
    if (const auto found = look_for_calls(all ? &touched_ : &instances, due); !found) return found;
    touched_.clear();
    if (is_told_to_stop()) due.clear();
    return begin_attempts(due, crew.room());
  };
  for (bool first = true;; first = false) {
    if (const auto begun = begin(); !begun) return begun;
    if (const auto begun = round(first); !begun) {
      abandon();
      return begun;
    }
    if (const auto written = commit(); !written) return written;
    made += ended_.size();
    ended_.clear();
    for (Attempt& each : begun_) crew.start(std::move(each));
    begun_.clear();
    if (!crew.is_idle())
      meanwhile ? crew.wait(pause) : crew.wait();
    else if (touched_.empty() || is_told_to_stop())
      return made;
  }
}

}  // namespace weir::execute
