// `weir state`: the state directory as a whole. check reads all of it, stats weighs it, compact throws away
// what nobody needs, backup copies it, restore brings such a copy back.
#include <fmt/format.h>

#include <map>

#include "cli/commands.hpp"
#include "cli/retention.hpp"
#include "cli/session.hpp"
#include "cli/standing.hpp"
#include "cli/world/state_care.hpp"
#include "core/base/printable.hpp"
#include "formats/json/writer.hpp"

namespace weir::cli {

namespace {

using execute::Record;
using world::StateCare;

std::string size_text(std::uint64_t bytes) {
  if (bytes < 10'000) return fmt::format("{} bytes", bytes);
  if (bytes < 10'000'000) return fmt::format("{:.1f} kB", static_cast<double>(bytes) / 1e3);
  return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

std::string files_text(const StateCare::Weight& weight) {
  return fmt::format("{} in {} file{}", size_text(weight.bytes), weight.files, weight.files == 1 ? "" : "s");
}

class State {
 public:
  State(const Arguments& arguments, Terminal& terminal)
      : arguments_(arguments),
        options_(arguments.runtime),
        terminal_(terminal),
        session_(options_, terminal, false),
        care_{session_.disk(), session_.files(), session_.directory()} {}

  ExitCode operator()() {
    if (!session_.problem().empty()) return session_.refuse(ExitCode::usage, session_.problem());
    const std::string& verb = options_.words.front();
    const bool takes_one = verb == "backup" || verb == "restore";
    if (options_.words.size() != (takes_one ? 2u : 1u))
      return session_.refuse(ExitCode::usage, verb == "backup" ? "backup where to? a directory is missing"
                                              : verb == "restore"
                                                  ? "restore what? the directory of a backup is missing"
                                                  : fmt::format("state {} takes nothing else", verb));
    if (verb == "restore") return restore();
    if (const auto begun = session_.runtime().begin(); !begun) return session_.refuse(begun.error());
    const ExitCode code = verb == "check"     ? check()
                          : verb == "stats"   ? stats()
                          : verb == "compact" ? compact()
                                              : backup();
    session_.runtime().abandon();
    if (code == ExitCode::done || verb == "check") print();
    return code;
  }

 private:
  void print() { terminal_.out(arguments_.format == "json" ? std::string(json_.text()) + "\n" : text_); }

  /// All of the backup is read before anything is written.
  ExitCode restore() {
    RuntimeOptions from = options_;
    from.state = options_.words.back();
    Session backup(from, terminal_, false);
    if (const auto begun = backup.runtime().begin(); !begun) return backup.refuse(begun.error());
    StateCare care{backup.disk(), backup.files(), backup.directory()};
    const StateCare::Checked checked = care.check();
    for (const std::string& each : checked.damage) terminal_.error(each);
    const auto copied = checked.damage.empty() ? care.copy_to(session_.directory())
                                               : Result<StateCare::Weight>(Error{"a damaged backup"});
    backup.runtime().abandon();
    if (!checked.damage.empty()) return ExitCode::damaged;
    if (!copied) return session_.refuse(ExitCode::unreadable, copied.error().message);
    json_.begin_object()
        .key("schema")
        .string("weir.state-restore/1")
        .key("directory")
        .string(session_.directory());
    json_.key("instances").number(checked.instances).key("bytes").number(copied->bytes).end_object();
    text_ = fmt::format("{} instances, {} restored to {}\n", checked.instances, files_text(*copied),
                        printable(session_.directory()));
    print();
    return ExitCode::done;
  }

  ExitCode check() {
    const StateCare::Checked checked = care_.check();
    json_.begin_object().key("schema").string("weir.state-check/1");
    json_.key("instances").number(checked.instances).key("records").number(checked.records);
    json_.key("definitions").number(checked.definitions).key("damage").begin_array();
    for (const std::string& each : checked.damage) {
      json_.string(each);
      terminal_.error(each);
    }
    json_.end_array().end_object();
    if (!checked.damage.empty()) return ExitCode::damaged;
    text_ = fmt::format(
        "all is as it was written: {} instances, {} records of checkpoints and {} histories, {} "
        "definitions\n",
        checked.instances, checked.records, checked.histories, checked.definitions);
    return ExitCode::done;
  }

  ExitCode stats() {
    std::map<std::string, std::map<execute::Status, std::uint64_t>> processes;
    std::uint64_t all = 0, messages = 0;
    const auto seen = session_.store().each([&](const Record& record) {
      if (is_message(record)) {
        ++messages;
        return true;
      }
      if (!is_instance(record)) return true;
      ++processes[std::string(record.process)][record.changes.status];
      ++all;
      return true;
    });
    if (!seen) return session_.refuse(seen.error());
    const StateCare::Weights weights = care_.weigh();
    const std::pair<const char*, const StateCare::Weight*> parts[] = {{"instances", &weights.instances},
                                                                      {"index", &weights.index},
                                                                      {"journal", &weights.journal},
                                                                      {"history", &weights.history},
                                                                      {"definitions", &weights.definitions}};
    json_.begin_object().key("schema").string("weir.state-stats/1").key("instances").number(all);
    if (messages > 0) json_.key("messages").number(messages);
    json_.key("started").number(session_.store().started()).key("processes").begin_array();
    std::vector<std::vector<std::string>> rows{{"PROCESS"}};
    for (const auto& name : execute::status_names) rows[0].emplace_back(name);
    for (const auto& [process, counts] : processes) {
      json_.begin_object().key("process").string(process);
      std::vector<std::string>& row = rows.emplace_back();
      row.push_back(printable(process));
      for (std::size_t i = 0; i < execute::status_names.size(); ++i) {
        const auto found = counts.find(static_cast<execute::Status>(i));
        const std::uint64_t count = found == counts.end() ? 0 : found->second;
        row.push_back(count == 0 ? "-" : fmt::format("{}", count));
        json_.key(execute::status_names[i]).number(count);
      }
      json_.end_object();
    }
    json_.end_array().key("disk").begin_object();
    std::string text = rows.size() > 1 ? columns(rows) : "no instances\n";
    if (messages > 0) text += fmt::format("{} message{}\n", messages, messages == 1 ? "" : "s");
    for (const auto& [name, weight] : parts) {
      text += fmt::format("{:<12} {}\n", name, files_text(*weight));
      json_.key(name).begin_object().key("files").number(weight->files);
      json_.key("bytes").number(weight->bytes).end_object();
    }
    json_.end_object().end_object();
    text_ = std::move(text);
    return ExitCode::done;
  }

  ExitCode compact() {
    const auto gone = remove_ended(session_, options_.ended, options_.user);
    if (!gone) return session_.refuse(gone.error());
    std::uint64_t removed = 0;
    for (const auto& [process, count] : *gone) removed += count;
    const StateCare::Weights before = care_.weigh();
    if (const auto done = session_.files().compact(); !done) return session_.refuse(done.error());
    const auto history = care_.shorten_history();
    if (!history) return session_.refuse(ExitCode::damaged, history.error().message);
    const StateCare::Weights after = care_.weigh();
    json_.begin_object().key("schema").string("weir.state-compact/1").key("removed").number(removed);
    json_.key("processes").begin_object();
    for (const auto& [process, count] : *gone) json_.key(process).number(count);
    json_.end_object();
    json_.key("bytes_before").number(sum(before)).key("bytes_after").number(sum(after)).end_object();
    text_ = fmt::format("{} instance{} removed; {} before, {} now\n", removed, removed == 1 ? "" : "s",
                        size_text(sum(before)), size_text(sum(after)));
    for (const auto& [process, count] : *gone)
      text_ += fmt::format("  {} of {}\n", count, printable(process));
    return ExitCode::done;
  }

  static std::uint64_t sum(const StateCare::Weights& weights) {
    return weights.instances.bytes + weights.index.bytes + weights.journal.bytes + weights.history.bytes;
  }

  ExitCode backup() {
    const std::string& target = options_.words.back();
    const auto copied = care_.copy_to(target);
    if (!copied) return session_.refuse(ExitCode::unreadable, copied.error().message);
    json_.begin_object().key("schema").string("weir.state-backup/1").key("directory").string(target);
    json_.key("files").number(copied->files).key("bytes").number(copied->bytes).end_object();
    text_ = fmt::format("{} copied to {}\n", files_text(*copied), printable(target));
    return ExitCode::done;
  }

  const Arguments& arguments_;
  const RuntimeOptions& options_;
  Terminal& terminal_;
  Session session_;
  StateCare care_;
  formats::json::Writer json_;
  std::string text_;
};

}  // namespace

ExitCode commands::state(const Arguments& arguments, Terminal& terminal) {
  return State(arguments, terminal)();
}

}  // namespace weir::cli
