// The suite of models that run: betsy's and the token simulation's.
#include <fmt/format.h>

#include <fstream>

#include "tests/conformance/betsy.hpp"
#include "tests/conformance/suites.hpp"
#include "tests/conformance/table.hpp"

namespace weir::conformance {

namespace {

namespace fs = std::filesystem;
using formats::json::Item;

constexpr Argued argued_tests[] = {
    {"activities/AdHocSubProcess_Sequential", "the model has no script SCRIPT_task3"},
    {"events/Timer_IntermediateTimeCycleEvent",
     "13.5.1: a catch event that has been passed is not passed again by the next tick of its cycle"},
};

Outcome betsy(const fs::path& folder, std::string& csv) {
  Outcome outcome;
  SourceMap sources;
  Diagnostics problems;
  const FileId file = sources.add((folder / "cases.json").string(), read_file(folder / "cases.json"));
  const formats::json::Document cases(file, sources, problems);
  for (const Item& each : cases.root()["tests"].items()) {
    const std::string name(each["file"].text()), model = read_file(folder / name);
    std::string failures;
    bool killed = false;
    for (const Item& one : each["cases"].items())
      if (const std::string failure = betsy_case(name, model, one, {}, killed); !failure.empty())
        failures += fmt::format("  {}: {}\n", one["id"].text(), failure);
    tally(outcome, csv, "betsy", each["id"].text(), failures, argued_tests);
  }
  return outcome;
}

}  // namespace

void tally(Outcome& outcome, std::string& csv, std::string_view suite, std::string_view test,
           std::string_view failure, std::span<const Argued> argued) {
  std::string_view why;
  for (const Argued& each : argued)
    if (!failure.empty() && each.test == test) why = each.why;
  ++outcome.total;
  outcome.passed += failure.empty();
  outcome.argued += !why.empty();
  if (!failure.empty()) fmt::print("{}\n{}", test, failure);
  if (!why.empty()) fmt::print("  argued: {}\n", why);
  csv += fmt::format("{},{},{},{}\n", suite, test, failure.empty() ? "passed" : "failed",
                     why.empty() ? "" : fmt::format("\"{}\"", why));
}

Outcome exec_cases(const fs::path& directory, std::span<const char* const> options) {
  std::string csv = "suite,test,result,argument\n";
  Outcome outcome = betsy(directory / "betsy", csv);
  fmt::print("betsy: passed {} of {}\n", outcome.passed, outcome.total);
  const Outcome tokens = token_cases(directory / "token-simulation", csv);
  fmt::print("token-simulation: passed {} of {}\n", tokens.passed, tokens.total);
  outcome.passed += tokens.passed;
  outcome.total += tokens.total;
  outcome.argued += tokens.argued;
  for (std::size_t i = 0; i + 1 < options.size(); ++i)
    if (std::string_view(options[i]) == "--csv") std::ofstream(options[i + 1]) << csv;
  return outcome;
}

}  // namespace weir::conformance
