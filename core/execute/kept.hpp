// What stands in the store beside instances, as records too: messages, timers of start events, and what has
// come for a start event that waits for more.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/execute/engine.hpp"
#include "core/execute/journal.hpp"

namespace weir::execute {

/// A message in the store: one that nobody waited for, or one with an id of its own.
struct KeptMessage {
  std::string instance;  // "message:7", which it is called by
  std::string name, key, unique;
  std::string receiver;             // instance that got it, empty = nobody
  std::string sender;               // instance that has thrown it, empty = it came from outside
  std::string addressee;            // the only one that it is for, with what it calls; empty = whoever waits
  Status status = Status::waiting;  // completed: somebody got it; cancelled: it was not wanted in time
  value::Instant sent = 0, until = value::never;
  value::OwnedValue payload;  // only until it is written
};
/// What stands as definition in the records of messages, and before their names as process.
inline constexpr std::string_view message_definition = "message", message_process = "message:";
inline bool is_message(const Record& record) {
  return record.definition == message_definition;
}
inline bool is_message_id(std::string_view id) {
  return id.starts_with(message_process);
}
/// Empty: it is no message.
std::optional<KeptMessage> kept_message(const Record& record);

/// Timers of the start events of one process that deployment has armed (13.5.1): a record of the store.
struct StartTimers {
  std::string instance;             // "start:nightly"
  std::string definition, process;  // that they begin; sha256, id
  value::Instant armed = 0;
  bool disarmed = false;    // somebody wants none of them to happen
  std::vector<Wait> waits;  // those that will still happen, each of one definition of a start event
};
inline constexpr std::string_view start_timers_prefix = "start:";  // before the id of the process
inline bool is_start_timers(const Record& record) {
  return record.instance.starts_with(start_timers_prefix);
}
/// Empty: it is none.
std::optional<StartTimers> start_timers(const Record& record);
/// What a deployment at this instant would arm. Diagnostics: timers that cannot be read (errors), dates that
/// are past.
std::vector<Wait> start_timer_waits(const Deployed& deployed, value::Instant now, feel::Workspace& workspace,
                                    Diagnostics& diagnostics);

/// Before the process and the id of a parallel multiple start event that has not begun an instance yet, in
/// the record of what it waits for, see gather.cpp.
inline constexpr std::string_view gathered_prefix = "begin:";
inline bool is_gathered_id(std::string_view id) {
  return id.starts_with(gathered_prefix);
}

/// Not what else stands in the store.
inline bool is_instance(const Record& record) {
  return !is_message(record) && !is_start_timers(record) && !is_gathered_id(record.instance);
}

}  // namespace weir::execute
