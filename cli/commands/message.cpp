// `weir message send NAME`: to the instance that waits for it, else to the process that it starts, else it is
// kept for a while; `list` prints those. `weir signal send NAME`: to all of them.
#include <fmt/format.h>

#include <functional>

#include "cli/commands.hpp"
#include "cli/commands/operate.hpp"
#include "cli/session.hpp"
#include "cli/standing.hpp"
#include "cli/variables.hpp"
#include "core/base/printable.hpp"
#include "core/execute/timers.hpp"

namespace weir::cli::commands {

namespace {

using Operation = std::function<Result<execute::Standing>(execute::Runtime&, const value::Value& payload)>;

/// What stands in the store may be older than its end.
std::string_view message_status(execute::Status status, value::Instant until, value::Instant now) {
  if (status == execute::Status::completed) return "received";
  return status == execute::Status::waiting && until > now ? "kept" : "expired";
}

/// "send NAME" as one batch, then how the instance stands that it came to first.
ExitCode send(const Arguments& arguments, Terminal& terminal, std::string_view usage,
              const Operation& operation) {
  const RuntimeOptions& options = arguments.runtime;
  Session session(options, terminal, false);
  if (!session.problem().empty()) return session.refuse(ExitCode::usage, session.problem());
  if (options.words.size() != 2) return session.refuse(ExitCode::usage, usage);
  const Result<value::Variables> payload = read_variables(options.variables);
  if (!payload) return session.refuse(ExitCode::usage, payload.error().message);
  execute::Runtime& runtime = session.runtime();
  if (const auto begun = runtime.begin(); !begun) return session.refuse(begun.error());
  const Result<execute::Standing> sent = operation(runtime, value::Value::context(payload->entries()));
  if (!sent) {
    const ExitCode code = session.refuse(sent.error());
    runtime.abandon();
    return code;
  }
  const execute::Standing standing = *sent;
  if (const auto written = runtime.commit(); !written) return session.refuse(written.error());
  if (standing.existed)
    terminal.note(
        options.id.empty()
            ? std::string("the same message was sent before: nothing is done again")
            : fmt::format("a message with the id '{}' was sent before: nothing is done again", options.id));
  if (!standing.lacks.empty()) return tell_lacks(standing, arguments, terminal);
  if (!execute::is_message_id(standing.instance))
    return go_on(session, arguments, terminal, standing.instance);
  const std::string until = execute::instant_text(standing.kept_until);
  const std::string_view status = message_status(standing.status, standing.kept_until, session.now());
  const bool waits = status == "kept";
  if (arguments.format == "json") {
    formats::json::Writer json;
    json.begin_object().key("schema").string("weir.message/1").key("id").string(standing.instance);
    json.key("status").string(status);
    if (waits) json.key("until").string(until);
    json.end_object();
    terminal.out(std::string(json.text()) + "\n");
  } else {
    terminal.out(fmt::format("{}: {}\n", standing.instance,
                             waits                  ? "kept until " + until
                             : status == "received" ? "received by an instance that is gone"
                                                    : "nobody wanted it in time"));
  }
  return ExitCode::done;
}

ExitCode list(const Arguments& arguments, Terminal& terminal) {
  const RuntimeOptions& options = arguments.runtime;
  Session session(options, terminal, false);
  if (!session.problem().empty()) return session.refuse(ExitCode::usage, session.problem());
  if (options.words.size() != 1)
    return session.refuse(ExitCode::usage,
                          fmt::format("message list: '{}' is too much", options.words.back()));
  execute::Runtime& runtime = session.runtime();
  if (const auto begun = runtime.begin(); !begun) return session.refuse(begun.error());
  const auto messages = runtime.kept_messages(options.all);
  runtime.abandon();
  if (!messages) return session.refuse(messages.error());
  const value::Instant now = session.now();
  formats::json::Writer json;
  json.begin_object().key("schema").string("weir.message-list/1").key("messages").begin_array();
  std::vector<std::vector<std::string>> rows{{"ID", "MESSAGE", "KEY", "MESSAGE-ID", "STATUS", "UNTIL", "BY"}};
  for (const execute::KeptMessage& each : *messages) {
    const std::string_view status = message_status(each.status, each.until, now);
    if (!options.all && status != "kept") continue;
    const bool limited = each.until != value::never;
    const auto or_dash = [](const std::string& text) { return text.empty() ? "-" : printable(text); };
    rows.push_back({each.instance, printable(each.name), or_dash(each.key), or_dash(each.unique),
                    std::string(status), limited ? execute::instant_text(each.until) : "-",
                    each.receiver.empty() ? "-" : each.receiver});
    json.begin_object().key("id").string(each.instance).key("name").string(each.name);
    if (!each.key.empty()) json.key("key").string(each.key);
    if (!each.unique.empty()) json.key("message_id").string(each.unique);
    json.key("status").string(status).key("sent").string(execute::instant_text(each.sent));
    if (limited) json.key("until").string(execute::instant_text(each.until));
    if (!each.sender.empty()) json.key("sender").string(each.sender);
    if (!each.addressee.empty()) json.key("addressee").string(each.addressee);
    if (!each.receiver.empty()) json.key("receiver").string(each.receiver);
    json.end_object();
  }
  json.end_array().end_object();
  return print_list(arguments, terminal, json, rows, "no messages");
}

}  // namespace

ExitCode message(const Arguments& arguments, Terminal& terminal) {
  const RuntimeOptions& options = arguments.runtime;
  if (options.words.front() == "list") return list(arguments, terminal);
  if (options.time_to_live && !options.instance.empty()) {
    terminal.error("--ttl keeps a message for whoever comes; with --instance it is for one that waits now");
    return ExitCode::usage;
  }
  return send(arguments, terminal,
              "a message is sent with: weir message send NAME [--key KEY] [-v NAME=VALUE]",
              [&](execute::Runtime& runtime, const value::Value& payload) {
                return runtime.message({.name = options.words.back(),
                                        .key = options.key,
                                        .instance = options.instance,
                                        .payload = payload,
                                        .time_to_live = options.time_to_live,
                                        .unique = options.id,
                                        .by = options.user});
              });
}

ExitCode signal(const Arguments& arguments, Terminal& terminal) {
  return send(arguments, terminal, "a signal is sent with: weir signal send NAME [-v NAME=VALUE]",
              [&](execute::Runtime& runtime, const value::Value& payload) {
                return runtime.signal(arguments.runtime.words.back(), payload);
              });
}

}  // namespace weir::cli::commands
