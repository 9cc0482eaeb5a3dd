// Models that each break one constraint of BPMN (constraints.json of the betsy benchmark): `weir lint`
// refuses a model only when it has an error of a rule that constraints.csv lists for its constraint, which is
// the folder it lies in.
#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <map>
#include <set>

#include "formats/json/document.hpp"
#include "tests/conformance/suites.hpp"
#include "tests/conformance/table.hpp"
#include "tests/support/paths.hpp"

namespace weir::conformance {

namespace {

namespace fs = std::filesystem;
using formats::json::Item;

struct Finding {
  std::string rule, severity, message;
};

/// The findings of `weir lint`, as users call it, by the name of the file.
std::map<std::string, std::vector<Finding>> lint(const fs::path& folder) {
  const std::string command =
      fmt::format("'{}' lint --format json '{}'", (test::binary_dir() / "weir").string(), folder.string());
  std::string output;
  if (FILE* pipe = popen(command.c_str(), "r")) {
    char buffer[65536];
    for (std::size_t got = 0; (got = fread(buffer, 1, sizeof buffer, pipe)) > 0;) output.append(buffer, got);
    pclose(pipe);
  }
  SourceMap sources;
  Diagnostics problems;
  const FileId file = sources.add("findings.json", std::move(output));
  const formats::json::Document document(file, sources, problems);
  std::map<std::string, std::vector<Finding>> found;
  for (const Item& each : document.root()["findings"].items())
    found[std::string(each["file"].text())].push_back({std::string(each["rule"].text()),
                                                       std::string(each["severity"].text()),
                                                       std::string(each["message"].text())});
  return found;
}

/// constraint -> rules that refuse a model that breaks it.
std::map<std::string, std::set<std::string>> rules_by_constraint() {
  std::map<std::string, std::set<std::string>> table;
  std::ifstream in(test::source_dir() / "tests" / "conformance" / "constraints.csv");
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    const auto comma = line.find(',');
    std::set<std::string>& rules = table[line.substr(0, comma)];
    for (std::size_t at = comma; at != std::string::npos;) {
      const auto end = line.find(' ', at + 1);
      rules.insert(line.substr(at + 1, end == std::string::npos ? end : end - at - 1));
      at = end;
    }
  }
  return table;
}

}  // namespace

Outcome constraints(const fs::path& directory, std::span<const char* const>) {
  const fs::path folder = directory / "betsy";
  SourceMap sources;
  Diagnostics problems;
  const FileId file = sources.add("constraints.json", read_file(folder / "constraints.json"));
  const formats::json::Document cases(file, sources, problems);
  const auto table = rules_by_constraint();
  const auto found = lint(folder / "bpmn" / "bpmn_constraints");
  Outcome outcome;
  for (const Item& each : cases.root()["cases"].items()) {
    const fs::path model(std::string(each["file"].text()));
    const std::string constraint = model.parent_path().filename().string();
    const auto rules = table.find(constraint);
    const auto findings = found.find((folder / model).string());
    bool refused = false;
    std::string instead;
    if (findings != found.end())
      for (const Finding& one : findings->second) {
        refused =
            refused || (one.severity == "error" && rules != table.end() && rules->second.contains(one.rule));
        instead += fmt::format("  {} [{}] {}\n", one.severity, one.rule, one.message);
      }
    ++outcome.total;
    outcome.passed += refused;
    if (!refused)
      fmt::print("{}: not refused\n{}", model.filename().string(),
                 instead.empty() ? "  no findings\n" : instead);
  }
  return outcome;
}

}  // namespace weir::conformance
