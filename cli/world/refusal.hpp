// Why the state directory could not be read or written; one for all that work on it.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/result.hpp"

namespace weir::cli::world {

enum class Refusal : std::uint8_t { none, busy, damaged, disk, missing };

struct Refusals {
  Refusal last = Refusal::none;

  Error refuse(Refusal refusal, std::string message) {
    last = refusal;
    return Error{std::move(message)};
  }
};

}  // namespace weir::cli::world
