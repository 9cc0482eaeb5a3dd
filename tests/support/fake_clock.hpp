// A clock that stands still until a test sets it.
#pragma once

#include "core/execute/timers.hpp"
#include "core/execute/world.hpp"

namespace weir::test {

class FakeClock : public execute::Clock {
 public:
  value::Instant now() override { return at; }
  /// "2h" is written PT2H here.
  void pass(std::string_view period) { at = execute::later(at, period).value(); }

  value::Instant at = execute::parse_instant("2026-11-25T09:00:00Z").value();
};

}  // namespace weir::test
