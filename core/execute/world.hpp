// What an engine needs from outside; cli/world has the real ones, tests have their own. The only virtual
// classes of core.
#pragma once

#include <string>
#include <string_view>

#include "core/value/calendar.hpp"
#include "core/value/owned.hpp"

namespace weir::execute {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual value::Instant now() = 0;
};

/// One attempt of one piece of work. Texts are filled in already.
struct Call {
  std::string_view type;    // of the connection: "shell"
  value::Value settings;    // context: what [connections] says, without the type
  value::Value parameters;  // context: what `with` says
  std::string_view token;   // the same for all attempts, different for every other call ever made
  value::Microseconds timeout = 30 * value::per_second;
};

/// What came of it.
struct Called {
  bool ok = false;
  std::string code;           // of the error: "EXIT_3", "TIMEOUT"; empty when ok
  std::string message;        // one sentence for people
  value::OwnedValue results;  // context: what output mappings see, also after some errors
  bool hopeless = false;      // no call of this type can be made: neither retries nor handlers are asked
};

class Connector {
 public:
  virtual ~Connector() = default;
  virtual Called call(const Call& call) = 0;
};

}  // namespace weir::execute
