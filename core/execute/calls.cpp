// Calls of connectors. An attempt is written down before it begins and again when it has ended; in between
// nobody holds the lock. An attempt whose process died in between is not repeated by itself: nobody knows
// what it did.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/execute/runtime.hpp"
#include "core/execute/timers.hpp"

namespace weir::execute {

struct Runtime::Attempt {
  std::string instance;
  std::uint32_t wait = 0, number = 0;
  std::string type, token;
  value::OwnedValue settings, parameters;
  value::Microseconds timeout = 0;
};

namespace {

constexpr std::size_t most_at_once = 1000;  // attempts that are written down together

/// Waiting time before the next attempt; "full jitter" from a hash, so that it is the same whoever works it
/// out.
value::Microseconds pause(const model::Retry& retry, std::uint32_t attempt, std::string_view token) {
  const auto first = later(0, retry.wait);
  if (!first) return 0;
  const double longest = std::min(static_cast<double>(*first) * std::pow(retry.backoff, attempt - 1),
                                  30.0 * static_cast<double>(value::per_day));
  if (!retry.jitter) return static_cast<value::Microseconds>(longest);
  std::uint64_t hash = 0x9E3779B97F4A7C15u + attempt;
  for (const char c : token) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  hash ^= hash >> 29u;
  return static_cast<value::Microseconds>(longest * static_cast<double>(hash % 1'000'001) / 1'000'000);
}

}  // namespace

Result<std::vector<Runtime::Attempt>> Runtime::begin_attempts(const std::set<std::string>& instances) {
  std::vector<Attempt> attempts;
  std::vector<std::pair<std::string, std::uint32_t>> due;
  const value::Instant now = clock_.now();
  next_call_ = value::never;
  const auto look = [&](std::string_view id, const Wait& wait) {
    if (wait.kind != WaitKind::call) return;
    if (!wait.owner.empty() && (wait.owner == owner_ || alive_(wait.owner))) return;
    if (wait.due > now)
      next_call_ = std::min(next_call_, wait.due);
    else if (due.size() < most_at_once)
      due.emplace_back(id, wait.number);
  };
  if (instances.empty()) {
    const auto looked = store_.each([&](const Record& record) {
      for (const Wait& wait : record.changes.waits) look(record.instance, wait);
      return true;
    });
    if (!looked) return refuse(Trouble::store, looked.error().message);
  } else {
    for (const std::string& id : instances) {
      const Result<Instance*> instance = load(id);
      if (!instance) return instance.error();
      for (const auto& [number, wait] : (*instance)->waits) look(id, wait);
    }
  }
  for (const auto& [id, number] : due) {
    const Result<Instance*> found = load(id);
    if (!found) return found.error();
    Instance& instance = **found;
    const auto wait = instance.waits.find(number);
    if (wait == instance.waits.end()) continue;
    step(instance, {}, [&, n = number](Engine& engine) {
      if (!wait->second.owner.empty())
        return engine.fail(
            n, "effect-unknown",
            fmt::format("attempt {} at '{}' was interrupted: whether it had an effect is not known",
                        wait->second.attempt, wait->second.label));
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
      attempts.push_back(std::move(attempt));
    });
    if (const auto followed = follow(); !followed) return followed.error();
  }
  return attempts;
}

Result<std::uint64_t> Runtime::end_attempt(const Attempt& attempt, const Called& called) {
  const Result<Instance*> found = load(attempt.instance);
  if (!found) return found.error();
  Instance& instance = **found;
  const auto wait = instance.waits.find(attempt.wait);
  // Somebody has interrupted the activity meanwhile: what came of the call no longer matters.
  if (wait == instance.waits.end() || wait->second.owner != owner_ || wait->second.attempt != attempt.number)
    return 0;
  const model::Retry& retry = instance.written(instance.question(wait->second).node).work.retry;
  const bool worth_it =
      retry.error_codes.empty() ||
      std::find(retry.error_codes.begin(), retry.error_codes.end(), called.code) != retry.error_codes.end();
  step(instance, {}, [&](Engine& engine) {
    if (called.ok) return engine.done(attempt.wait, called.results.get());
    if (retry.written && attempt.number <= retry.times && worth_it) {
      Wait& changed = engine.change(attempt.wait);
      changed.owner.clear();
      changed.due = clock_.now() + pause(retry, attempt.number, attempt.token);
      return;
    }
    if (engine.error(attempt.wait, called.code, {})) return;
    engine.fail(attempt.wait, called.code, called.message);
  });
  return follow();
}

Result<std::uint64_t> Runtime::make_calls(std::set<std::string> instances) {
  const bool all = instances.empty();
  std::uint64_t made = 0;
  for (;;) {
    touched_.clear();
    if (const auto begun = begin(); !begun) return begun;
    const auto attempts = begin_attempts(instances);
    if (!attempts) {
      abandon();
      return attempts.error();
    }
    if (const auto written = commit(); !written) return written;
    if (attempts->empty()) return made;
    for (const Attempt& each : *attempts) {
      Call call;
      call.type = each.type;
      call.settings = each.settings.get();
      call.parameters = each.parameters.get();
      call.token = each.token;
      call.timeout = each.timeout;
      const Called called = connector_.call(call);
      if (const auto begun = begin(); !begun) return begun;
      if (const auto ended = end_attempt(each, called); !ended) {
        abandon();
        return ended;
      }
      if (const auto written = commit(); !written) return written;
      ++made;
    }
    if (!all) instances.insert(touched_.begin(), touched_.end());
  }
}

}  // namespace weir::execute
