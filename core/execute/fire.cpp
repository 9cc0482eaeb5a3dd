// Runtime: timers that somebody lets happen before they are due.
#include <fmt/format.h>

#include <algorithm>

#include "core/base/did_you_mean.hpp"
#include "core/execute/runtime.hpp"

namespace weir::execute {

Result<Standing> Runtime::fire(const FireRequest& request) {
  const std::string_view timer = request.timer;
  const std::size_t slash = timer.rfind('/');
  if (slash == std::string_view::npos)
    return refuse(
        Trouble::usage,
        fmt::format("'{}' is no timer: they are called INSTANCE/ELEMENT, as 'weir timer list' prints them",
                    timer));
  const std::string_view owner = timer.substr(0, slash), name = timer.substr(slash + 1);
  const std::string why = request.why.empty() ? "fired" : "fired: " + request.why;
  std::vector<std::string> names;
  const auto unknown = [&](std::string_view also) {
    return refuse(Trouble::not_found, fmt::format("'{}' has no timer '{}'{}{}", owner, name, also,
                                                  did_you_mean_text(name, names)));
  };
  if (owner.starts_with(start_timers_prefix)) {
    const Result<std::optional<StartTimers>> found = start_timers_of(owner);
    if (!found) return found.error();
    if (!*found) return unknown("");
    const std::vector<Wait>& waits = (*found)->waits;
    for (const Wait& each : waits) names.push_back(wait_name(each));
    const auto wait =
        std::find_if(waits.begin(), waits.end(), [&](const Wait& each) { return is_called(each, name); });
    if (wait == waits.end()) return unknown("");
    if ((*found)->disarmed)
      return refuse(
          Trouble::conflict,
          fmt::format("timers of '{0}' are disarmed: 'weir timer arm {0}' arms them", (*found)->process));
    return fire_start(owner, wait->number, wait->due, request.by, why);
  }
  const Result<Instance*> found = load(owner);
  if (!found) return found.error();
  Instance& instance = **found;
  for (const auto& [number, each] : instance.waits) {
    if (each.kind != WaitKind::timer) continue;
    names.push_back(wait_name(each));
    if (!is_called(each, name)) continue;
    if (const auto running = load_running(owner); !running) return running.error();
    step(instance, request.by, [&, n = number](Engine& engine) { engine.happen(n, {}, why); });
    if (const auto followed = follow(); !followed) return followed.error();
    return Standing{instance.id, instance.status, false};
  }
  return unknown(is_over(instance.status) ? fmt::format(": it is {}", status_name(instance.status)) : "");
}

}  // namespace weir::execute
