// Executable models with what they must have done in the end, in the layout of the betsy benchmark: betsy/
// holds cases.json and the models. Each case runs in the real runtime on a disk in memory, and before every
// stimulus a new process takes over what is on that disk.
#pragma once

#include <string>

#include "formats/json/document.hpp"
#include "tests/support/memory_disk.hpp"

namespace weir::conformance {

/// Where a process dies, and what the disk keeps of what was not synced.
struct Kill {
  std::uint64_t change = 0;  // of the disk, 0 = none
  test::MemoryDisk::Moment moment = test::MemoryDisk::Moment::during;
  bool power_lost = false;
  std::uint64_t checkpoint_bytes = std::uint64_t{16} << 20u;
};

/// Why a case of this model failed; empty = it passed. `killed`: the change was reached.
std::string betsy_case(const std::string& name, const std::string& model, const formats::json::Item& one,
                       const Kill& kill, bool& killed);

}  // namespace weir::conformance
