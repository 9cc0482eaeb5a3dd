#include "cli/retention.hpp"

#include <algorithm>

#include "core/value/duration_text.hpp"

namespace weir::cli {

namespace {

constexpr std::size_t most_together = 10'000;

}  // namespace

std::optional<value::Microseconds> history_time_to_live(const model::Definitions& definitions,
                                                        std::string_view process) {
  for (const model::Process& each : definitions.processes) {
    if (each.id != process || each.element == model::ElementId::none) continue;
    const model::Attribute* written =
        definitions.document.attribute(each.element, model::Namespace::camunda, "historyTimeToLive");
    const std::string_view text = written == nullptr ? std::string_view{} : written->value;
    const bool days =
        !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    return value::parse_duration(days ? std::string(text) + "d" : std::string(text));
  }
  return std::nullopt;
}

Result<std::map<std::string, std::uint64_t>> remove_ended(Session& session,
                                                          std::optional<value::Microseconds> ended,
                                                          std::string_view by) {
  const value::Instant now = session.now();
  std::map<std::pair<std::string, std::string>, std::optional<value::Microseconds>> limits;
  const auto limit = [&](const execute::Record& record) {
    if (ended) return ended;
    const std::pair key(std::string(record.definition), std::string(record.process));
    const auto [place, fresh] = limits.try_emplace(key);
    if (fresh && is_instance(record))
      if (const auto deployed = session.deployed(key.first, key.second))
        place->second = history_time_to_live(*(*deployed)->definitions, key.second);
    return place->second;
  };
  std::vector<std::pair<std::string, std::string>> old;  // id, process
  const auto seen = session.store().each([&](const execute::Record& record) {
    if (!is_over(record.changes.status)) return true;
    if (const auto longest = limit(record); longest && record.time < now - *longest)
      old.emplace_back(record.instance, record.process);
    return true;
  });
  if (!seen) return seen.error();
  std::map<std::string, std::uint64_t> removed;
  std::size_t uncommitted = 0;
  for (const auto& [id, process] : old) {
    if (const auto gone = session.runtime().remove(id, by); !gone) return gone.error();
    ++removed[process];
    if (++uncommitted < most_together) continue;
    uncommitted = 0;
    if (const auto written = session.store().commit(); !written) return written.error();
  }
  if (const auto written = session.store().commit(); !written) return written.error();
  return removed;
}

Result<bool> any_time_to_live(Session& session) {
  const auto processes = session.store().processes();
  if (!processes) return processes.error();
  for (const std::string& process : *processes) {
    const auto newest = session.store().newest(process);
    if (!newest) return newest.error();
    if (const auto deployed = session.deployed(*newest, process))
      if (history_time_to_live(*(*deployed)->definitions, process)) return true;
  }
  return false;
}

}  // namespace weir::cli
