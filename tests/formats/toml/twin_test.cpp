// One process in both notations: the purchase approval of samples/procurement. Same graph, same dry runs,
// same verdicts.
#include <algorithm>
#include <fstream>
#include <sstream>
#include <vector>

#include <fmt/format.h>

#include "core/execute/dry_run.hpp"
#include "core/graph/compile.hpp"
#include "core/verify/answers.hpp"
#include "tests/formats/toml/support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"

using namespace weir;

namespace {

struct Twin {
  explicit Twin(std::string_view name) {
    const auto path = test::source_dir() / "samples" / "procurement" / name;
    std::ifstream in(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    read = formats::read(std::string(name), bytes.str(), sources, diagnostics);
    REQUIRE(read.has_model);
    graph = graph::compile(read.definitions, model::ProcessIndex{0}, diagnostics);
    CHECK(test::problems_of(sources, diagnostics).empty());
  }

  /// Nodes and flows without their order, and without the ids of error elements.
  [[nodiscard]] std::vector<std::string> parts() const {
    std::vector<std::string> out;
    const model::Definitions& model = read.definitions;
    for (const model::FlowNode& node : model.nodes) {
      std::string line = fmt::format("{} {} '{}' on '{}' {}", node.id, model::name(node.kind), node.name,
                                     node.attached_to_ref, node.interrupting);
      for (const model::EventDefinition& each : node.event_definitions) {
        line += fmt::format(" {} {}", model::name(each.kind), each.time_duration.body);
        if (const auto* error = model.root(model::ElementKind::error, each.reference))
          line += fmt::format(" {} '{}'", error->code, error->name);
      }
      out.push_back(line);
    }
    for (const model::SequenceFlow& flow : model.flows)
      out.push_back(fmt::format("{} '{}' {} {} if '{}' {}", flow.id, flow.name, flow.source_ref,
                                flow.target_ref, flow.condition.body, flow.is_default));
    std::sort(out.begin(), out.end());
    return out;
  }

  SourceMap sources;
  Diagnostics diagnostics;
  formats::ReadResult read;
  graph::ProcessGraph graph;
};

}  // namespace

TEST_CASE("the sample in both notations has the same nodes and flows", "[toml]") {
  const Twin xml("approval.bpmn");
  const Twin text("definition.toml");
  CHECK(text.parts() == xml.parts());
}

TEST_CASE("the sample in both notations runs alike", "[toml]") {
  const Twin xml("approval.bpmn");
  const Twin text("definition.toml");
  for (const std::int64_t amount : {std::int64_t{500}, std::int64_t{5000}})
    for (const bool approved : {false, true}) {
      CAPTURE(amount, approved);
      execute::DryRunOptions options;
      options.variables.set("amount", value::Value::integer(amount));
      options.variables.set("approved", value::Value::boolean(approved));
      const execute::DryRunResult a = execute::dry_run(xml.read.definitions, xml.graph, options);
      const execute::DryRunResult b = execute::dry_run(text.read.definitions, text.graph, options);
      CHECK(a.status == execute::Status::completed);
      CHECK(b.status == a.status);
      CHECK(b.trace == a.trace);
    }
}

TEST_CASE("the sample in both notations has the same verdicts", "[toml]") {
  const Twin xml("approval.bpmn");
  const Twin text("definition.toml");
  const verify::Report a = verify::answers(xml.graph);
  const verify::Report b = verify::answers(text.graph);
  CHECK(a.complete);
  CHECK(a.sound() == verify::Verdict::holds);
  CHECK(b.verdicts == a.verdicts);
  CHECK(b.states == a.states);
}

/// The five examples of the language's reference, where the data is at hand.
TEST_CASE("the examples of the reference read, but for what is not read yet", "[toml]") {
  const auto folder = test::shared_dir();
  const auto path = folder / "reference" / "toml-format.md";
  if (folder.empty() || !std::filesystem::exists(path)) {
    WARN("skipped: the reference is not here");
    return;
  }
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  const std::string document = bytes.str();
  std::size_t examples = 0;
  for (std::size_t at = document.find("```toml\nweir = 1\n"); at != std::string::npos;
       at = document.find("```toml\nweir = 1\n", at + 1)) {
    const std::size_t begin = at + 8;
    const test::Read read(document.substr(begin, document.find("\n```", begin) + 1 - begin));
    ++examples;
    CAPTURE(examples);
    CHECK(read.result.has_model);
    for (const Diagnostic& each : read.diagnostics.list()) {
      if (each.code == "not-simulated" || each.code == "unsupported-connection") continue;
      CHECK(each.code == "unsupported-key");
      CHECK(read.text(each.span) == "test");
    }
    Diagnostics compiled;
    graph::compile(read.model(), model::ProcessIndex{0}, compiled);
    CHECK(compiled.empty());
  }
  CHECK(examples == 5);
}
