// `weir batch`: operations as JSON Lines, one result per line in the same order. Up to 2,000 are made durable
// together while the next ones are worked on; results are written when their operations are durable.
//
// Records say which operation made them: "RUN:17" is the 17th of a run, and RUN begins with a sum of the
// file. So an interrupted run can be gone on with, whatever has become of its results: what the journal tells
// of was done, and everything else has had no effect and is done now.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <unordered_map>
#include <vector>

#include "cli/commands.hpp"
#include "cli/commands/operations.hpp"
#include "core/base/sha256.hpp"

namespace weir::cli {

namespace {

constexpr std::size_t most_together = 2000;
using Clock = std::chrono::steady_clock;

bool is_stuck(execute::Status status) {
  return status == execute::Status::failed || status == execute::Status::incident;
}

/// Else of a message, or of a start event that has not begun anything yet.
bool is_of_instance(const execute::Standing& standing) {
  return !execute::is_message_id(standing.instance) && standing.lacks.empty();
}

class Batch {
 public:
  Batch(const Arguments& arguments, Terminal& terminal)
      : options_(arguments.runtime),
        terminal_(terminal),
        session_(options_, terminal, !options_.dry_run),
        operations_(session_, options_.user) {
    session_.runtime().tell_no_steps();
  }

  ExitCode operator()() {
    if (!session_.problem().empty()) return session_.refuse(ExitCode::usage, session_.problem());
    const Result<std::string> text = world::read_file(options_.words.front());
    if (!text) return session_.refuse(ExitCode::unreadable, text.error().message);
    for (std::size_t at = 0; at < text->size();) {
      const std::size_t end = std::min(text->size(), text->find('\n', at));
      const std::string_view line = std::string_view(*text).substr(at, end - at);
      at = end + 1;
      if (line.find_first_not_of(" \t\r") != std::string_view::npos) lines_.push_back(line);
    }
    if (options_.dry_run && options_.resume)
      return session_.refuse(ExitCode::usage,
                             "a dry run does nothing that could be gone on with: leave out --resume");
    if (options_.dry_run && options_.calls_at_once > 0)
      return session_.refuse(ExitCode::usage, "a dry run calls nothing: leave out -j");
    session_.runtime().set_calls_at_once(std::max<std::size_t>(options_.calls_at_once, 1));
    if (const ExitCode code = take_up(sha256(*text).substr(0, 16)); code != ExitCode::done) return code;
    const std::size_t first = next_;
    const Clock::time_point began = Clock::now();
    while (more()) {
      if (const ExitCode code = together(); code != ExitCode::done) return code;
      const double seconds = std::chrono::duration<double>(Clock::now() - began).count();
      const double rate = static_cast<double>(next_ - first) / seconds;
      if (seconds > 0.2)
        terminal_.progress(fmt::format("{} of {} operations, {:.0f}/s, {:.0f} s left", next_, lines_.size(),
                                       rate, static_cast<double>(lines_.size() - next_) / rate));
    }
    terminal_.progress({});
    if (options_.dry_run) session_.runtime().abandon();
    terminal_.note(fmt::format(
        "{}{} operation{}, {} {}{}{}", options_.dry_run ? "dry run, nothing was done: " : "", done_ + failed_,
        done_ + failed_ == 1 ? "" : "s", failed_, options_.dry_run ? "would fail" : "failed",
        stuck_ == 0 ? "" : fmt::format(", {} left an incident or a failed instance", stuck_),
        next_ < lines_.size() ? fmt::format(": stopped before operation {} of {}", next_ + 1, lines_.size())
                              : ""));
    return failed_ > 0 || stuck_ > 0 ? ExitCode::failed : ExitCode::done;
  }

 private:
  /// Operations that were done together, and what they have to say when they are durable.
  struct Group {
    std::vector<Result<execute::Standing>> results;
    std::vector<execute::Runtime::Told> told;
  };

  [[nodiscard]] bool more() const { return next_ < lines_.size() && !enough(); }
  [[nodiscard]] bool enough() const { return options_.max_errors && failed_ >= *options_.max_errors; }

  /// Finds out what was done already, and where results go.
  ExitCode take_up(const std::string& sum) {
    execute::Runtime& runtime = session_.runtime();
    if (const auto begun = runtime.begin(); !begun) return session_.refuse(begun.error());
    // No other run begins there.
    run_ = fmt::format("{}-{}-{}", sum, session_.files().journal_number(), session_.files().batches());
    ExitCode code = ExitCode::done;
    if (options_.resume) {
      const auto read =
          session_.files().each_operation(sum, [&](std::string_view operation, std::string_view instance) {
            const std::size_t colon = operation.find(':');
            if (colon == std::string_view::npos) return;
            if (operation.substr(0, colon) != run_) before_.clear();  // of several runs the last one
            run_ = operation.substr(0, colon);
            before_.try_emplace(std::string(operation.substr(colon + 1)), instance);
          });
      if (!read) code = session_.refuse(read.error());
    }
    runtime.abandon();
    if (code != ExitCode::done || options_.out.empty()) return code;
    if (!options_.resume || !world::is_file(options_.out)) {
      const auto written = world::write_file(options_.out, {});
      return written ? code : session_.refuse(ExitCode::unreadable, written.error().message);
    }
    return take_up_results();
  }

  /// Results that are there are not written again; the last one may be torn.
  ExitCode take_up_results() {
    const Result<std::string> results = world::read_file(options_.out);
    if (!results) return session_.refuse(ExitCode::unreadable, results.error().message);
    std::size_t end = 0;
    for (std::size_t stop = 0; (stop = results->find('\n', end)) != std::string::npos; end = stop + 1) {
      const bool good = std::string_view(*results).substr(end).starts_with("{\"ok\":true");
      ++(good ? done_ : failed_);
      ++next_;
    }
    if (next_ > lines_.size() || (done_ > 0 && before_.empty()))
      return session_.refuse(ExitCode::usage,
                             fmt::format("'{}' has the results of other operations than '{}'", options_.out,
                                         options_.words.front()));
    if (const auto cut = session_.disk().truncate(options_.out, end); !cut)
      return session_.refuse(ExitCode::unreadable, cut.error().message);
    return ExitCode::done;
  }

  ExitCode together() {
    execute::Runtime& runtime = session_.runtime();
    if (!locked_)
      if (const auto begun = runtime.begin(); !begun) return session_.refuse(begun.error());
    locked_ = true;
    Group group;
    for (const std::size_t stop = std::min(lines_.size(), next_ + most_together); next_ < stop && !enough();
         ++next_) {
      const std::string number = std::to_string(next_ + 1);
      const auto before = before_.find(number);
      runtime.set_operation(fmt::format("{}:{}", run_, number));
      group.results.push_back(before != before_.end() ? stands_now(before->second)
                                                      : operations_.operate(lines_[next_]));
      if (!group.results.back() && runtime.trouble() == execute::Trouble::store) {
        const ExitCode code = session_.refuse(group.results.back().error());
        (void)tell_under_way();
        runtime.abandon();
        return code;
      }
      ++(group.results.back() ? done_ : failed_);
      if (const auto& result = group.results.back();
          result && !result->removed && (is_stuck(result->status) || !result->trouble.empty()))
        ++stuck_;
    }
    runtime.set_operation({});
    group.told = runtime.told();
    return options_.dry_run ? tell(std::move(group)) : make_durable(std::move(group));
  }

  /// At once when nothing follows at once. (What a dry run does is seen by what comes after it, so it is one
  /// batch that never happens.)
  ExitCode make_durable(Group group) {
    execute::Runtime& runtime = session_.runtime();
    if (const ExitCode code = tell_under_way(); code != ExitCode::done) {
      runtime.abandon();
      return code;
    }
    const bool goes_on = more() && options_.calls_at_once == 0 && !runtime.is_wanted();
    if (const auto written = goes_on ? runtime.commit_aside() : runtime.commit(); !written) {
      if (goes_on) runtime.abandon();
      return session_.refuse(written.error());
    }
    locked_ = goes_on;
    if (goes_on) {
      runtime.forget();
      under_way_ = std::move(group);
      return ExitCode::done;
    }
    if (options_.calls_at_once > 0) {
      if (const auto made = make_calls(group.results); !made) return session_.refuse(made.error());
      for (execute::Runtime::Told& each : runtime.told()) group.told.push_back(std::move(each));
    }
    runtime.forget();
    return tell(std::move(group));
  }

  /// What the disk was at while the next group was worked on.
  ExitCode tell_under_way() {
    if (under_way_.results.empty()) return ExitCode::done;
    if (const auto written = session_.runtime().batch_written(); !written)
      return session_.refuse(written.error());
    return tell(std::exchange(under_way_, {}));
  }

  ExitCode tell(Group group) {
    for (execute::Runtime::Told& each : group.told) session_.print_notes(std::move(each.notes));
    return write(group.results);
  }

  /// Results say how instances stand after the calls.
  Result<std::uint64_t> make_calls(std::vector<Result<execute::Standing>>& results) {
    execute::Runtime& runtime = session_.runtime();
    std::set<std::string> instances(runtime.touched());
    for (const auto& each : results)
      if (each && is_of_instance(*each)) instances.insert(each->instance);
    if (instances.empty()) return std::uint64_t{0};  // or it would mean all
    const Result<std::uint64_t> made = runtime.make_calls(std::move(instances));
    if (!made || *made == 0) return made;
    if (const auto begun = runtime.begin(); !begun) return begun;
    for (auto& each : results)
      if (each && is_of_instance(*each))
        if (const auto now = runtime.standing(each->instance)) each->status = now->status;
    runtime.abandon();
    return made;
  }

  ExitCode write(const std::vector<Result<execute::Standing>>& results) {
    std::string text;
    for (const Result<execute::Standing>& result : results) {
      json_.clear();
      json_.begin_object().key("ok").boolean(result.has_value());
      if (result) {
        const bool message = execute::is_message_id(result->instance), begun = result->lacks.empty();
        json_.key(message ? "message" : begun ? "instance" : "begins").string(result->instance);
        json_.key("status").string(status_name(result->status));
        if (!begun) json_.key("lacks").begin_array();
        for (const std::string& each : result->lacks) json_.string(each);
        if (!begun) json_.end_array();
        if (result->existed) json_.key("existed").boolean(true);
        if (!result->trouble.empty()) json_.key("incident_in").string(result->trouble);
      } else {
        json_.key("error").string(result.error().message);
      }
      json_.end_object();
      text += json_.text();
      text += '\n';
    }
    if (options_.out.empty()) {
      terminal_.out(text);
      return ExitCode::done;
    }
    const auto written = session_.disk().append(options_.out, text);
    return written ? ExitCode::done : session_.refuse(ExitCode::unreadable, written.error().message);
  }

  /// How an instance stands now, whose operation was done before the interruption.
  Result<execute::Standing> stands_now(const std::string& id) {
    Result<execute::Standing> standing = session_.runtime().standing(id);
    if (!standing && session_.runtime().trouble() == execute::Trouble::not_found)
      standing = execute::Standing{id, execute::Status::cancelled, false};  // it was removed since
    if (standing) standing->existed = true;
    return standing;
  }

  const RuntimeOptions& options_;
  Terminal& terminal_;
  Session session_;
  Operations operations_;
  std::vector<std::string_view> lines_;
  std::size_t next_ = 0;
  bool locked_ = false;
  Group under_way_;
  std::string run_;
  std::unordered_map<std::string, std::string> before_;  // number of an operation -> instance
  formats::json::Writer json_;
  std::uint64_t done_ = 0, failed_ = 0, stuck_ = 0;
};

}  // namespace

ExitCode commands::batch(const Arguments& arguments, Terminal& terminal) {
  return Batch(arguments, terminal)();
}

}  // namespace weir::cli
