// The process dies at every change that a case of betsy makes to the disk, before, during or after it; then
// another one goes on with what is there. In the end the same must have happened as without the death.
#include <fmt/format.h>

#include <cstdlib>

#include "tests/conformance/betsy.hpp"
#include "tests/conformance/suites.hpp"
#include "tests/conformance/table.hpp"

namespace weir::conformance {

namespace {

namespace fs = std::filesystem;
using formats::json::Item;
using Moment = test::MemoryDisk::Moment;

constexpr const char* moments[] = {"before", "during", "after"};

/// One of `step` kill points of a case, with a checkpoint now and then, often, and after every commit.
void kill_points_of(const std::string& name, const std::string& model, const Item& one, std::uint64_t step,
                    std::uint64_t& drawn, Outcome& outcome) {
  bool killed = false;
  const std::string unharmed = betsy_case(name, model, one, {}, killed);
  for (const std::uint64_t checkpoint_bytes :
       {std::uint64_t{16} << 20u, std::uint64_t{1500}, std::uint64_t{1}})
    for (const Moment moment : {Moment::before, Moment::during, Moment::after})
      for (const bool power_lost : {false, true})
        for (std::uint64_t change = 1 + drawn++ % step;; change += step) {
          killed = false;
          const std::string failure =
              betsy_case(name, model, one, {change, moment, power_lost, checkpoint_bytes}, killed);
          if (!killed) break;
          ++outcome.total;
          outcome.passed += failure == unharmed;
          if (failure != unharmed)
            fmt::print("{}: killed {} change {}, checkpoints at {} bytes{}: {}\n", one["id"].text(),
                       moments[static_cast<std::size_t>(moment)], change, checkpoint_bytes,
                       power_lost ? ", power lost" : "", failure.empty() ? "passed" : failure);
        }
}

}  // namespace

Outcome kill_points(const fs::path& directory, std::span<const char* const> options) {
  std::uint64_t step = 1, drawn = 0;
  for (std::size_t i = 0; i + 1 < options.size(); ++i)
    if (std::string_view(options[i]) == "--one-in") step = std::strtoull(options[i + 1], nullptr, 10);
  Outcome outcome;
  SourceMap sources;
  Diagnostics problems;
  const fs::path folder = directory / "betsy";
  const FileId file = sources.add((folder / "cases.json").string(), read_file(folder / "cases.json"));
  const formats::json::Document cases(file, sources, problems);
  for (const Item& each : cases.root()["tests"].items()) {
    const std::string name(each["file"].text()), model = read_file(folder / name);
    for (const Item& one : each["cases"].items())
      kill_points_of(name, model, one, std::max<std::uint64_t>(step, 1), drawn, outcome);
  }
  return outcome;
}

}  // namespace weir::conformance
