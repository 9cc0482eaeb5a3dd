// Instances per second of processor time that one core executes in memory, from the start event to the end,
// as the durable runtime does it but without a store: start, script, end; ten scripts; five rounds over a
// parallel split and join, with a count and a choice. `bench_execute [MILLISECONDS PER PROCESS, 500]`
#include <fmt/format.h>

#include <cstdlib>
#include <ctime>
#include <string>

#include "core/execute/engine.hpp"
#include "core/graph/compile.hpp"
#include "formats/read.hpp"

using namespace weir;

namespace {

/// Other programs on the machine do not count.
double processor_time() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

std::string scripts(int count) {
  std::string text =
      "weir = 1\n[process]\nid = \"scripts\"\n[vars]\nn = \"number\"\n[[step]]\nstart = \"begin\"\n";
  for (int i = 0; i < count; ++i) text += fmt::format("[[step]]\nscript = \"s{}\"\nset = \"n = {}\"\n", i, i);
  return text + "[[step]]\nend = \"end\"\n";
}

constexpr const char* rounds = R"(weir = 1
[process]
id = "rounds"
[vars]
n = "number"
[[step]]
start = "begin"
[[step]]
script = "first"
set = "n = 0"
[[step]]
merge = "again"
[[step]]
parallel = "split"
to = ["a", "b"]
[[step]]
script = "a"
set = "x = 1"
next = "both"
[[step]]
script = "b"
set = "y = 2"
next = "both"
[[step]]
join = "both"
[[step]]
script = "count"
set = "n = n + 1"
[[step]]
choice = "enough"
when = [{ if = "n < 5", then = "again" }]
else = "end"
[[step]]
end = "end"
)";

/// `last`: what n is at the end.
void measure(std::string_view name, const std::string& text, std::int64_t last, double milliseconds) {
  SourceMap sources;
  Diagnostics found;
  const formats::ReadResult read = formats::read("bench.toml", text, sources, found);
  execute::Deployed deployed;
  deployed.definitions = &read.definitions;
  deployed.graph = graph::compile(read.definitions, model::ProcessIndex{0}, found);
  deployed.expressions = data::Expressions::compile(read.definitions, deployed.graph, found);
  for (const Diagnostic& each : found.list()) fmt::print("{}: {}\n", each.code, each.message);
  execute::Workshop workshop;
  const NodeId start = deployed.graph.instance_starts()[0];
  std::size_t batch = 16, steps = 0;
  double best = 1e300;
  const double until = processor_time() + milliseconds / 1e3;
  while (processor_time() < until) {
    const double begin = processor_time();
    for (std::size_t i = 0; i < batch; ++i) {
      execute::Instance instance(deployed);
      execute::Engine engine(instance, workshop, 0);
      engine.start(start);
      const value::Value* n = instance.data.frames().root().find("n");
      if (instance.status != execute::Status::completed || n == nullptr || !n->is(value::Kind::number) ||
          n->coefficient() != last) {
        fmt::print("{}: it did not end well\n", name);
        return;
      }
      steps = engine.recorder().steps().size();
    }
    const double spent = processor_time() - begin;
    if (spent < 2e-3)
      batch *= 2;
    else
      best = std::min(best, spent / static_cast<double>(batch));
  }
  fmt::print("{:<14}{:>10.0f} instances/s of one core, {:.2f} us each, {} steps\n", name, 1 / best,
             best * 1e6, steps);
}

}  // namespace

int main(int count, char** arguments) {
  const double milliseconds = count > 1 ? std::atof(arguments[1]) : 500;
  measure("one script", scripts(1), 0, milliseconds);
  measure("ten scripts", scripts(10), 9, milliseconds);
  measure("five rounds", rounds, 5, milliseconds);
  return 0;
}
