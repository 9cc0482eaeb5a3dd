// Data suites that run from any folder: `conformance SUITE DIR`. A new suite is a function here and a row in
// main.cpp.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace weir::conformance {

struct Outcome {
  std::size_t passed = 0;
  std::size_t total = 0;
  std::size_t argued = 0;  // failed, and the suite says why that is right
};

/// A test that expects something else than the specification or its own model says.
struct Argued {
  std::string_view test, why;
};
/// Counts one test, prints its failure (empty = it passed) and adds its row to the table.
void tally(Outcome& outcome, std::string& csv, std::string_view suite, std::string_view test,
           std::string_view failure, std::span<const Argued> argued);

/// Every model file below a folder: well-formed ones give a model, the others a diagnostic with a place;
/// nothing crashes or needs more than 2 s or 500 MB. A manifest.tsv or cases.tsv in the folder says what is
/// expected.
Outcome corpus(const std::filesystem::path& directory, std::span<const char* const> options);

/// Decisions of folders in the layout of the DMN TCK. Options: --strict, --csv FILE for the table of results.
Outcome dmn_tck(const std::filesystem::path& directory, std::span<const char* const> options);

/// Runs the executable models of betsy/ and compares what they did with what they must do. Options: --csv
/// FILE for the table of results.
Outcome exec_cases(const std::filesystem::path& directory, std::span<const char* const> options);

/// Lints the models of betsy/ that each break one constraint of BPMN: refused by an error of its rule.
Outcome constraints(const std::filesystem::path& directory, std::span<const char* const> options);

/// The cases of betsy/ again, once for every change of the disk at which the process can die. Option:
/// --one-in N for a sample.
Outcome kill_points(const std::filesystem::path& directory, std::span<const char* const> options);

/// The part of exec_cases in token-simulation/; adds its rows to the table.

/// Plays every executable model below a folder with made-up answers. Options: --csv FILE for the table of
/// results, --list FILE for a line per model, --least N: N percent that come to their end are enough.
Outcome engine_models(const std::filesystem::path& directory, std::span<const char* const> options);

/// The part of them in token-simulation/; adds its rows to the table.
Outcome token_cases(const std::filesystem::path& directory, std::string& csv);

/// Every expression of every model below a folder, by dialect: it parses, or a diagnostic inside of it says
/// why not. Options: --list, --csv FILE for the table of results.
Outcome expressions(const std::filesystem::path& directory, std::span<const char* const> options);

/// Simulates each case of prosimos/ that SUMMARY.json names and prints our figures beside the reference's.
Outcome simulation(const std::filesystem::path& directory, std::span<const char* const> options);

}  // namespace weir::conformance
