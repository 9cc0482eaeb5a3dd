// Every executable model of a corpus in the real runtime: can it be read and compiled, does it come to its
// end when everything that it waits for comes, and how much of it is reached on the way. Models are engines'
// test data and examples; what their services and users would say is made up, in several variations.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <stdexcept>

#include "core/graph/compile.hpp"
#include "tests/conformance/child_processes.hpp"
#include "tests/conformance/model_player.hpp"
#include "tests/conformance/suites.hpp"
#include "tests/conformance/table.hpp"

namespace weir::conformance {

namespace {

namespace fs = std::filesystem;
using graph::ProcessGraph;
using model::Dialect;

constexpr std::uint32_t tries = 8;

struct Model {
  std::string dialect;
  bool executable = false, compiled = false, ended = false;
  std::size_t reached = 0, reachable = 0;
  std::string reason, explanation;  // why it does not come to its end
};

/// Engines run what does not say that it is not executable; elsewhere it must say that it is.
bool runs(const model::Definitions& definitions, const model::Process& process) {
  if (process.scope == model::ScopeIndex::none || definitions[process.scope].nodes.empty()) return false;
  const bool of_engine = definitions.dialect != Dialect::omg && definitions.dialect != Dialect::weir;
  return process.executable || (of_engine && !process.executable_written);
}

/// Nodes that a token could come to if every answer were possible, the process itself included.
std::vector<bool> reachable_nodes(const ProcessGraph& graph) {
  std::vector<bool> seen(graph.nodes.size(), false);
  std::vector<NodeId> open;
  const auto see = [&](NodeId node) {
    if (node == NodeId::none || seen[index(node)]) return;
    seen[index(node)] = true;
    open.push_back(node);
  };
  for (const NodeId node : graph.instance_starts())
    if (node != graph::process_node) see(node);
  see(graph::process_node);
  while (!open.empty()) {
    const NodeId node = open.back();
    open.pop_back();
    for (const FlowId flow : graph.outgoing(node)) see(graph[flow].target);
    see(graph[node].link_target);
    for (const NodeId boundary : graph.boundary_events(node)) {
      see(boundary);
      see(graph[boundary].compensates);
    }
    if (node == graph::process_node || model::is(graph[node].kind, model::Category::container)) {
      const auto starts = graph.instance_starts();
      if (node != graph::process_node || std::find(starts.begin(), starts.end(), node) != starts.end())
        for (const NodeId start : graph.start_nodes(node)) see(start);
      if (graph[node].kind == model::ElementKind::ad_hoc_sub_process)
        for (const NodeId child : graph.children(node))
          if (graph.incoming(child).empty() && graph[child].attached_to == NodeId::none) see(child);
      for (const NodeId sub : graph.event_sub_processes(node)) see(sub);
    }
  }
  return seen;
}

std::string first_error(const Diagnostics& found, std::string_view stage, Model& model) {
  for (const Diagnostic& each : found.list())
    if (each.severity == Severity::error) {
      model.explanation = each.message;
      return fmt::format("{}: {}", stage, each.code);
    }
  return {};
}

Model play(const fs::path& path, const std::string& name) {
  Model made;
  SourceMap sources;
  Diagnostics found;
  const std::string text = read_file(path);
  const formats::ReadResult read = formats::read(name, text, sources, found);
  const model::Definitions& definitions = read.definitions;
  if (!read.has_model) return made;
  made.dialect = model::dialect_name(definitions.dialect);
  std::vector<ProcessGraph> graphs;
  for (std::uint32_t i = 0; i < definitions.processes.size(); ++i) {
    if (!runs(definitions, definitions.processes[i])) continue;
    made.executable = true;
    ProcessGraph& graph = graphs.emplace_back(graph::compile(definitions, model::ProcessIndex{i}, found));
    graph::report_unsupported(definitions, model::ProcessIndex{i}, found);
    (void)data::Expressions::compile(definitions, graph, found);
  }
  if (!made.executable) return made;
  made.reason = first_error(found, "compile", made);
  made.compiled = made.reason.empty();
  if (!made.compiled) return made;
  ModelPlayer player(name, text, definitions);
  bool all = true;
  for (const ProcessGraph& graph : graphs) {
    const std::vector<NodeId> starts = graph.instance_starts();
    Played best;
    bool ended = false;
    for (std::uint32_t i = 0; i < tries; ++i) {
      const std::string start = starts.empty() || starts[i % starts.size()] == graph::process_node
                                    ? std::string()
                                    : graph.node_id(starts[i % starts.size()]);
      const Played played = player.play(graph, start, i);
      ended = ended || played.ended;
      if (i == 0 || best.why.empty()) best = played;
    }
    all = all && ended;
    if (!ended && made.reason.empty()) {
      made.reason = "run: " + best.why;
      made.explanation = best.explanation;
    }
    const std::vector<bool> reachable = reachable_nodes(graph);
    for (std::uint32_t i = 1; i < reachable.size(); ++i) {
      if (!reachable[i]) continue;
      ++made.reachable;
      made.reached += player.reached().contains({graph.id, i}) ? 1 : 0;
    }
  }
  made.ended = all;
  return made;
}

// --- one line for the way out of a child ---

std::string line_of(const Model& model) {
  std::string explanation = model.explanation.substr(0, 300);
  for (char& c : explanation)
    if (c == '\t' || c == '\n') c = ' ';
  return fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}", model.dialect, model.executable ? 1 : 0,
                     model.compiled ? 1 : 0, model.ended ? 1 : 0, model.reached, model.reachable,
                     model.reason, explanation);
}

Model from_line(const std::string& line) {
  std::vector<std::string> cells;
  for (std::size_t begin = 0, tab = 0; tab != std::string::npos; begin = tab + 1) {
    tab = line.find('\t', begin);
    cells.push_back(line.substr(begin, tab - begin));
  }
  cells.resize(8);
  Model made;
  made.dialect = cells[0];
  made.executable = cells[1] == "1";
  made.compiled = cells[2] == "1";
  made.ended = cells[3] == "1";
  made.reached = std::strtoull(cells[4].c_str(), nullptr, 10);
  made.reachable = std::strtoull(cells[5].c_str(), nullptr, 10);
  made.reason = cells[6];
  made.explanation = cells[7];
  return made;
}

struct Figures {
  std::size_t models = 0, compiled = 0, ended = 0, reached = 0, reachable = 0;
};

double percent(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

struct Reason {
  std::size_t count = 0;
  std::string example;
};

}  // namespace

Outcome engine_models(const fs::path& directory, std::span<const char* const> options) {
  std::vector<fs::path> paths;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(directory))
    if (entry.is_regular_file() &&
        (entry.path().extension() == ".bpmn" || entry.path().extension() == ".bpmn2" ||
         entry.path().extension() == ".xml"))
      paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  double least = 100;
  std::size_t step = 1;
  for (std::size_t i = 0; i + 1 < options.size(); ++i) {
    if (std::string_view(options[i]) == "--least") least = std::strtod(options[i + 1], nullptr);
    if (std::string_view(options[i]) == "--one-in")
      step = std::max<std::size_t>(std::strtoull(options[i + 1], nullptr, 10), 1);
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < paths.size(); i += step) std::swap(paths[kept++], paths[i]);
  paths.resize(kept);
  std::map<std::string, Figures> dialects;
  std::map<std::pair<std::string, std::string>, Reason> reasons;  // dialect, reason
  std::string list;
  const auto name_of = [&](std::size_t i) { return fs::relative(paths[i], directory).string(); };
  ChildLimits limits;
  limits.cpu_seconds = 10;
  limits.memory = std::uint64_t{1} << 30u;
  in_child_processes(
      paths.size(), limits,
      [&](std::size_t i) {
        try {
          return line_of(play(paths[i], name_of(i)));
        } catch (const std::runtime_error& error) {
          Model broken;
          broken.dialect = "driver";
          broken.executable = true;
          broken.reason = "driver";
          broken.explanation = error.what();
          return line_of(broken);
        }
      },
      [&](std::size_t i, const std::string& answer, const std::string& death) {
        Model model = from_line(answer);
        if (!death.empty()) {
          model.dialect = "driver";
          model.executable = true;
          model.reason = "died";
          model.explanation = death;
        }
        if (!model.executable) return;
        for (Figures* each : {&dialects[model.dialect], &dialects["all"]}) {
          ++each->models;
          each->compiled += model.compiled;
          each->ended += model.ended;
          each->reached += model.reached;
          each->reachable += model.reachable;
        }
        list += fmt::format("{}\t{}\t{}/{}\t{}\t{}\n", name_of(i), model.dialect, model.reached,
                            model.reachable, model.reason, model.explanation);
        if (model.reason.empty()) return;
        Reason& reason = reasons[{model.dialect, model.reason}];
        if (reason.count++ == 0) reason.example = fmt::format("{}: {}", name_of(i), model.explanation);
      });

  fmt::print("{:10} {:>7} {:>17} {:>17} {:>21}\n", "dialect", "models", "read, compiled", "came to an end",
             "nodes reached");
  std::string csv = "dialect,models,compiled,ended,reachable nodes,reached\n";
  for (const auto& [dialect, each] : dialects) {
    fmt::print("{:10} {:7} {:8} {:6.1f} % {:8} {:6.1f} % {:6} of {:6} {:5.1f} %\n", dialect, each.models,
               each.compiled, percent(each.compiled, each.models), each.ended,
               percent(each.ended, each.models), each.reached, each.reachable,
               percent(each.reached, each.reachable));
    csv += fmt::format("{},{},{},{},{},{}\n", dialect, each.models, each.compiled, each.ended, each.reachable,
                       each.reached);
  }
  csv += "\ndialect,why not,models\n";
  std::vector<std::pair<std::size_t, const std::pair<const std::pair<std::string, std::string>, Reason>*>>
      sorted;
  for (const auto& each : reasons) sorted.emplace_back(each.second.count, &each);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  fmt::print("\nwhy not, with an example:\n");
  for (const auto& [count, each] : sorted) {
    fmt::print("{:6} {:10} {}\n       {}\n", count, each->first.first, each->first.second,
               each->second.example);
    csv += fmt::format("{},{},{}\n", each->first.first, each->first.second, count);
  }
  for (std::size_t i = 0; i + 1 < options.size(); ++i) {
    if (std::string_view(options[i]) == "--csv") std::ofstream(options[i + 1]) << csv;
    if (std::string_view(options[i]) == "--list") std::ofstream(options[i + 1]) << list;
  }
  const Figures& all = dialects["all"];
  Outcome outcome;
  outcome.total = all.models;
  outcome.passed = all.ended;
  // Some models are made to be refused or to get stuck, and the table says which; so a share must pass.
  if (percent(all.ended, all.models) >= least) outcome.argued = outcome.total - outcome.passed;
  return outcome;
}

}  // namespace weir::conformance
