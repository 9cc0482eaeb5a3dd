// The time of day.
#pragma once

#include <optional>

#include "core/base/result.hpp"
#include "core/execute/world.hpp"

namespace weir::cli::world {

class SystemClock : public execute::Clock {
 public:
  /// The clock of the machine; or, when the environment variable WEIR_NOW holds a date and time, one that
  /// stands still there.
  static Result<SystemClock> from_environment();

  SystemClock() = default;
  explicit SystemClock(value::Instant pinned) : pinned_(pinned) {}
  value::Instant now() override;

 private:
  std::optional<value::Instant> pinned_;
};

}  // namespace weir::cli::world
