// What operations on instances are asked, and what they answer.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/execute/instance.hpp"

namespace weir::execute {

/// Why an operation could not be done; commands turn it into exit codes.
enum class Trouble : std::uint8_t { none, not_found, conflict, usage, store };

struct StartRequest {
  std::string definition, process;  // sha256, id
  std::string start_event;          // id, empty = the none start event
  const value::Variables* variables = nullptr;
  std::string key;
  std::string by;
};

struct CompleteRequest {
  std::string task;  // "pa-1/manager-approval"
  value::Value variables;
  std::string by;
  bool any_kind = false;  // also a job, not only a user task
};

struct FailRequest {
  std::string task;
  std::string error;                        // ends with this BPMN error; empty: it could not be done
  std::string message;                      // why, for people
  std::optional<std::uint32_t> retries;     // of a job: how often it may be tried again, empty = as modelled
  std::optional<value::Microseconds> wait;  // ... and when at the earliest, empty = as modelled
  value::Value variables;
  std::string by;
  bool job = false;
};

struct MoveRequest {
  std::string instance;
  std::vector<std::string> from, to;  // ids of elements
  std::string why;
  std::string by;
};

struct FireRequest {
  std::string timer;  // "pa-1/two-days", "start:report/hourly"
  std::string why;
  std::string by;
};

/// What a worker wants to do.
struct ActivateRequest {
  std::string type;
  std::string worker;
  std::size_t most = 1;
  value::Microseconds hold = 5 * 60 * value::per_second;
};

/// A job that a worker holds now.
struct Activated {
  const Instance* instance = nullptr;
  std::uint32_t wait = 0;
};

/// An instance, or a message that is kept, and how it stands.
struct Standing {
  std::string instance;
  Status status = Status::waiting;
  bool existed = false;                      // start, message: there was one with this key or id
  value::Instant kept_until = value::never;  // of a message that nobody has got yet
  std::string trouble;                       // of start: the instance below it that has an incident
  bool removed = false;                      // it is no more; the status is what it had
  /// Nothing has begun yet: what a parallel multiple start event waits for besides, each "message 'paid'".
  std::vector<std::string> lacks;
};

struct MessageRequest {
  std::string name;
  std::string key;       // correlation key, empty = none
  std::string instance;  // only this one, empty = whoever waits
  value::Value payload;
  std::optional<value::Microseconds> time_to_live;  // how long it is kept, empty = as definitions say
  std::string unique;  // of messages of this name with the same id only the first counts, empty = none
  std::string by;
};

}  // namespace weir::execute
