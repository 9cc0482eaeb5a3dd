// Every rule has a folder in tests/rules: bad*.bpmn must have findings of this rule and of no other one,
// good*.bpmn must have none at all (of the default profile and this rule), and expected.txt lists what bad
// files give. WEIR_UPDATE=1 rewrites expected.txt.
#include "core/lint/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "core/base/source_map.hpp"
#include "core/lint/linter.hpp"
#include "formats/read.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"

using namespace weir;
namespace fs = std::filesystem;

namespace {

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<fs::path> models(const fs::path& folder, const std::string& prefix) {
  std::vector<fs::path> found;
  if (!fs::is_directory(folder)) return found;
  for (const fs::directory_entry& each : fs::directory_iterator(folder)) {
    const std::string name = each.path().filename().string();
    if (name.starts_with(prefix) && name.ends_with(".bpmn")) found.push_back(each.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

struct Linted {
  std::vector<Diagnostic> findings;
  std::string lines;  // file:line:col severity[rule] message
};

Linted lint_file(const fs::path& path, std::string_view rule) {
  SourceMap sources;
  Diagnostics diagnostics;
  const formats::ReadResult read =
      formats::read(path.filename().string(), read_file(path), sources, diagnostics);
  const auto selection = lint::select({.select = {"default", std::string(rule)}});
  REQUIRE(selection);
  lint::KnownDecisions decisions;
  std::vector<lint::KnownForm> forms;
  for (const fs::directory_entry& each : fs::directory_iterator(path.parent_path())) {
    if (each.path().extension() != ".dmn" && each.path().extension() != ".form") continue;
    const std::string name = each.path().filename().string();
    Diagnostics found;
    const formats::ReadResult beside = formats::read(name, read_file(each.path()), sources, found);
    REQUIRE(found.empty());
    if (beside.has_decisions) decisions.add(name, beside.decisions);
    if (beside.has_form) forms.push_back({name, beside.form.id});
  }
  if (read.has_model)
    lint::lint(
        lint::Subject{read.definitions, nullptr, decisions.files.empty() ? nullptr : &decisions, &forms},
        *selection, diagnostics);
  else
    lint::settle(*selection, diagnostics);
  Linted linted;
  for (const Diagnostic& each : diagnostics.list()) {
    const Position at = sources.position(each.span.file, each.span.begin);
    linted.lines += fmt::format("{}:{}:{} {}[{}] {}\n", path.filename().string(), at.line, at.column,
                                severity_name(each.severity), each.code, each.message);
  }
  linted.findings = std::move(diagnostics.list());
  return linted;
}

/// Rows without a check function explain what others find; they may have fixtures all the same.
bool needs_fixtures(const lint::Rule& rule) {
  return rule.check || rule.group == "meta";
}

}  // namespace

TEST_CASE("rules find what is bad, only that, and nothing in what is good") {
  const bool update = std::getenv("WEIR_UPDATE") != nullptr;
  for (const lint::Rule* rule : lint::all_rules) {
    const std::string id(rule->id);
    CAPTURE(id);
    const fs::path folder = test::source_dir() / "tests" / "rules" / id;
    const auto bad = models(folder, "bad");
    const auto good = models(folder, "good");
    if (!needs_fixtures(*rule) && !fs::is_directory(folder)) continue;
    CHECK(!bad.empty());
    CHECK(!good.empty());

    std::string lines;
    for (const fs::path& path : bad) {
      const std::string file = path.filename().string();
      CAPTURE(file);
      const Linted linted = lint_file(path, rule->id);
      CHECK(!linted.findings.empty());
      for (const Diagnostic& each : linted.findings) {
        CHECK(each.code == id);
        CHECK(each.group == rule->group);
        CHECK(each.span.known());
      }
      lines += linted.lines;
    }
    if (update) std::ofstream(folder / "expected.txt", std::ios::binary) << lines;
    CHECK(lines == read_file(folder / "expected.txt"));

    for (const fs::path& path : good) {
      const std::string file = path.filename().string();
      CAPTURE(file);
      CHECK(lint_file(path, rule->id).lines == "");
    }
  }
}

TEST_CASE("every folder of fixtures belongs to a rule") {
  for (const fs::directory_entry& each : fs::directory_iterator(test::source_dir() / "tests" / "rules")) {
    const std::string folder = each.path().filename().string();
    CAPTURE(folder);
    CHECK(lint::find_rule(folder));
  }
}
