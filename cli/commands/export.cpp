// `weir instance export`: what was worked on, as an event log. The columns are those of `weir simulate
// --log`: what really happened can be laid beside what was simulated.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "cli/commands/operate.hpp"
#include "cli/filters.hpp"
#include "formats/eventlog/runs.hpp"

namespace weir::cli {

namespace eventlog = formats::eventlog;
using execute::Record;
using execute::Worked;

namespace {

struct CaseLog {
  std::string process;
  execute::EventLog log;
  std::string text;  // XES: a case stands together
};

/// A part of the log's text.
struct Row {
  std::uint64_t sequence = 0;  // of its record
  std::size_t begin = 0, end = 0;
};

class Export {
 public:
  Export(Session& session, const RuntimeOptions& options, eventlog::LogFormat format)
      : session_(session),
        options_(options),
        format_(format),
        wanted_(options.words.begin() + 1, options.words.end()) {}

  Result<std::string> operator()() {
    std::string out(eventlog::log_head(format_));
    std::vector<std::pair<std::uint64_t, std::string>> order;  // when it began among all, instance
    std::string text;
    std::vector<Row> rows;
    const auto read = session_.files().each_record([&](const Record& record) {
      if (!is_instance(record)) return;  // nothing was worked on
      if (!wanted_.empty() && !wanted_.contains(std::string(record.instance))) return;
      const auto [place, fresh] = cases_.try_emplace(std::string(record.instance));
      CaseLog& one = place->second;
      if (fresh) {
        one.process = record.process;
        if (is_wanted(one)) order.emplace_back(record.begun, record.instance);
      }
      if (!is_wanted(one)) return;
      for (Worked& work : one.log.read(record)) {
        if (work.label.empty()) work.label = label(place->first, one.process, work.element);
        const eventlog::Case of{place->first, one.process};
        if (format_ == eventlog::LogFormat::xes) {
          eventlog::append(format_, of, work, one.text);
        } else {
          rows.push_back({record.sequence, text.size(), 0});
          eventlog::append(format_, of, work, text);
          rows.back().end = text.size();
        }
      }
    });
    if (!read) return read.error();
    // Records come by instance; readers of a log expect the order in which things happened.
    std::stable_sort(rows.begin(), rows.end(),
                     [](const Row& a, const Row& b) { return a.sequence < b.sequence; });
    for (const Row& row : rows) out.append(text, row.begin, row.end - row.begin);
    std::sort(order.begin(), order.end());
    if (format_ == eventlog::LogFormat::xes)
      for (const auto& [begun, id] : order) {
        eventlog::begin_case(format_, {id, cases_[id].process}, out);
        out += cases_[id].text;
        eventlog::end_case(format_, out);
      }
    return out + std::string(eventlog::log_end(format_));
  }

  /// Instances that were asked for and have no history.
  [[nodiscard]] std::string missing() const {
    for (const std::string& id : wanted_)
      if (!cases_.contains(id)) return id;
    return {};
  }

 private:
  [[nodiscard]] bool is_wanted(const CaseLog& one) const {
    return options_.process.empty() || one.process == options_.process;
  }

  /// What people call an element that nobody waited at.
  std::string label(const std::string& instance, const std::string& process, const std::string& element) {
    std::string& known = labels_[{process, element}];
    if (!known.empty()) return known;
    const auto loaded = session_.runtime().load(instance);
    if (!loaded) return element;  // it was removed
    const NodeId node = (*loaded)->graph().find_node(element);
    return known = node == NodeId::none ? element : (*loaded)->label(node);
  }

  Session& session_;
  const RuntimeOptions& options_;
  eventlog::LogFormat format_;
  std::set<std::string> wanted_;
  std::map<std::string, CaseLog> cases_;
  std::map<std::pair<std::string, std::string>, std::string> labels_;  // process, element
};

}  // namespace

ExitCode export_log(Session& session, const Arguments& arguments, Terminal& terminal) {
  const std::string& name = arguments.format;
  const auto format = name == "xes"                       ? eventlog::LogFormat::xes
                      : name == "jsonl" || name == "json" ? eventlog::LogFormat::jsonl
                                                          : eventlog::LogFormat::csv;
  if (const auto begun = session.runtime().begin(); !begun) return session.refuse(begun.error());
  if (const auto code = refuse_unknown(session, arguments.runtime)) return *code;
  Export work(session, arguments.runtime, format);
  const Result<std::string> text = work();
  session.runtime().abandon();
  if (!text) return session.refuse(text.error());
  if (const std::string id = work.missing(); !id.empty())
    return session.refuse(ExitCode::not_found, fmt::format("there is no instance '{}'", id));
  terminal.out(*text);
  return ExitCode::done;
}

}  // namespace weir::cli
