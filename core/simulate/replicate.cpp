// Threads take the next replication that nobody has begun. Finished ones are merged as soon as all before
// them are, so that memory holds few of them however many there are.
#include "core/simulate/replicate.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <thread>

namespace weir::simulate {

Figures replicate(const Plan& plan, const RunOptions& options, std::uint64_t replications, unsigned threads,
                  std::vector<LogRow>* log) {
  replications = std::max<std::uint64_t>(1, replications);
  if (threads == 0) threads = std::max(1u, std::thread::hardware_concurrency());
  Figures total;
  std::mutex guard;
  std::map<std::uint64_t, Figures> early;  // finished before one of their predecessors
  std::uint64_t next = 0, merged = 0;
  const auto loop = [&] {
    for (;;) {
      std::uint64_t mine = 0;
      {
        const std::lock_guard lock(guard);
        if (next == replications) return;
        mine = next++;
      }
      Figures figures = run(plan, options, mine, mine == 0 ? log : nullptr);
      const std::lock_guard lock(guard);
      early.emplace(mine, std::move(figures));
      for (auto first = early.begin(); first != early.end() && first->first == merged;
           first = early.begin()) {
        total.merge(first->second);
        early.erase(first);
        ++merged;
      }
    }
  };
  std::vector<std::jthread> others;
  for (std::uint64_t i = 1; i < std::min<std::uint64_t>(threads, replications); ++i)
    others.emplace_back(loop);
  loop();
  others.clear();  // joins
  return total;
}

}  // namespace weir::simulate
