// `weir instance migrate`: running instances go on under another version of their process.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "cli/commands/operate.hpp"
#include "core/base/did_you_mean.hpp"
#include "core/base/printable.hpp"

namespace weir::cli {

namespace {

/// Running instances of the process that are not under this definition yet.
Result<std::vector<std::string>> movable(Session& session, const Session::Process& to) {
  std::vector<std::string> ids;
  const auto read = session.store().each([&](const execute::Record& record) {
    if (is_instance(record) && record.process == to.id && record.definition != to.definition &&
        !is_over(record.changes.status))
      ids.emplace_back(record.instance);
    return true;
  });
  if (!read) return read.error();
  return ids;
}

}  // namespace

std::string strange_element(Session& session, const std::vector<std::string>& instances,
                            const std::string& to, const execute::Counterparts& counterparts) {
  std::set<std::string_view> known;
  std::set<const execute::Deployed*> seen;
  for (const std::string& id : counterparts.empty() ? std::vector<std::string>() : instances)
    if (const auto found = session.runtime().load(id);
        found && (*found)->deployed->definition != to && seen.insert((*found)->deployed).second)
      known.insert((*found)->graph().node_ids.begin(), (*found)->graph().node_ids.end());
  for (const auto& [old, counterpart] : counterparts)
    if (!seen.empty() && !known.contains(old))
      return fmt::format("'{}' is no element of what runs now{}", old, did_you_mean_text(old, known));
  return {};
}

ExitCode migrate_instances(Session& session, const Arguments& arguments, Terminal& terminal) {
  const RuntimeOptions& options = arguments.runtime;
  if (options.to.size() != 1)
    return session.refuse(ExitCode::usage, "to which definition? weir instance migrate [ID...] --to FILE");
  execute::Counterparts counterparts;
  for (const std::string& each : options.maps) {
    const std::size_t equals = each.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == each.size())
      return session.refuse(ExitCode::usage, fmt::format("--map: '{}' is not OLD=NEW", each));
    counterparts[each.substr(0, equals)] = each.substr(equals + 1);
  }
  execute::Runtime& runtime = session.runtime();
  if (const auto begun = runtime.begin(); !begun) return session.refuse(begun.error());
  const auto give_up = [&](ExitCode code) {
    runtime.abandon();
    return code;
  };
  ExitCode code = ExitCode::done;
  const auto to = session.deploy(options.to.front(), options.process, code);
  if (!to) return give_up(code);
  for (const auto& [old, counterpart] : counterparts)
    if (to->deployed->graph.find_node(counterpart) == NodeId::none)
      return give_up(session.refuse(
          ExitCode::usage, fmt::format("--map: '{}' has no element '{}'", options.to.front(), counterpart)));
  std::vector<std::string> ids(options.words.begin() + 1, options.words.end());
  if (ids.empty()) {
    Result<std::vector<std::string>> all = movable(session, *to);
    if (!all) return give_up(session.refuse(all.error()));
    ids = std::move(*all);
  }
  if (const std::string why = strange_element(session, ids, to->definition, counterparts); !why.empty())
    return give_up(session.refuse(ExitCode::usage, fmt::format("--map: {}", why)));
  std::size_t moved = 0;
  std::vector<std::string> blocked;
  for (const std::string& id : ids) {
    if (const auto done = runtime.migrate(id, to->definition, counterparts, options.user))
      ++moved;
    else if (runtime.trouble() == execute::Trouble::conflict)
      blocked.push_back(done.error().message);
    else
      return give_up(session.refuse(done.error()));
  }
  if (options.dry_run)
    runtime.abandon();
  else if (const auto written = runtime.commit(); !written)
    return session.refuse(written.error());
  if (arguments.format == "json") {
    formats::json::Writer json;
    json.begin_object().key("schema").string("weir.migrate/1").key("moved").number(std::uint64_t{moved});
    json.key("dry_run").boolean(options.dry_run).key("blocked").begin_array();
    for (const std::string& each : blocked) json.string(each);
    json.end_array().end_object();
    terminal.out(std::string(json.text()) + "\n");
  } else {
    for (const std::string& each : blocked) terminal.out(printable(each) + "\n");
    terminal.out(fmt::format("{} instance{}: {} {}, {} blocked\n", ids.size(), ids.size() == 1 ? "" : "s",
                             moved, options.dry_run ? "would move" : "moved", blocked.size()));
  }
  return blocked.empty() ? ExitCode::done : ExitCode::findings;
}

}  // namespace weir::cli
