// `conformance SUITE DIR [OPTION...]` prints each failure by name and closes with "passed N of M"; exit code
// 0 when all passed, 1 when not, 2 when it was called wrongly.
#include <cstdio>
#include <cstring>

#include "tests/conformance/suites.hpp"

namespace {

struct Suite {
  const char* name;
  weir::conformance::Outcome (*run)(const std::filesystem::path& directory,
                                    std::span<const char* const> options);
};

constexpr Suite suites[] = {
    {"corpus", weir::conformance::corpus},           {"simulation", weir::conformance::simulation},
    {"expressions", weir::conformance::expressions}, {"dmn-tck", weir::conformance::dmn_tck},
    {"exec-cases", weir::conformance::exec_cases},   {"constraints", weir::conformance::constraints},
    {"kill-points", weir::conformance::kill_points}, {"engine-models", weir::conformance::engine_models},
};

int usage() {
  std::fputs("usage: conformance SUITE DIR [OPTION...]; suites:", stderr);
  for (const Suite& suite : suites) std::fprintf(stderr, " %s", suite.name);
  std::fputs("\n", stderr);
  return 2;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) return usage();
  for (const Suite& suite : suites) {
    if (std::strcmp(suite.name, arguments[1]) != 0) continue;
    if (!std::filesystem::is_directory(arguments[2])) {
      std::fprintf(stderr, "conformance: '%s' is no folder\n", arguments[2]);
      return 2;
    }
    const weir::conformance::Outcome outcome =
        suite.run(arguments[2], {arguments + 3, static_cast<std::size_t>(count - 3)});
    std::printf("passed %zu of %zu\n", outcome.passed, outcome.total);
    return outcome.total > 0 && outcome.passed + outcome.argued == outcome.total ? 0 : 1;
  }
  return usage();
}
