// What was worked on in a real run, read from the records of its history: the rows of an event log, as
// simulations write them too.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/execute/journal.hpp"

namespace weir::execute {

/// One activity of an instance. XES calls the last case "withdraw", others "complete".
struct Worked {
  std::string element, label, resource;  // who did it, or which connector; empty = weir itself
  value::Instant enabled = 0;            // it was offered
  value::Instant started = 0;            // an attempt began, somebody claimed it; else as enabled
  value::Instant ended = 0;
  bool completed = true;
};

class EventLog {
 public:
  /// Records of one instance, oldest first. Gives what ended with this one.
  std::vector<Worked> read(const Record& record);

 private:
  std::map<std::uint32_t, Worked> open_;  // by number of the wait
};

}  // namespace weir::execute
