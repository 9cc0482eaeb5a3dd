// Work on many files in child processes, a few hundred each: the child reports after each item, and when it
// dies, the item it was at has failed and a new child goes on behind it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace weir::conformance {

struct ChildLimits {
  int cpu_seconds = 2;       // of one item; sanitizers get ten times as much
  std::uint64_t memory = 0;  // bytes of address space, 0 = any; not under sanitizers
  std::size_t batch = 300;   // items of one child
};

/// Calls `work` for items 0 .. count - 1 in children and `done` for each in order, in this process. The
/// answer must be one line; `death` says why there is none, empty = there is one.
void in_child_processes(
    std::size_t count, const ChildLimits& limits, const std::function<std::string(std::size_t)>& work,
    const std::function<void(std::size_t item, const std::string& answer, const std::string& death)>& done);

}  // namespace weir::conformance
