// `weir run --dry-run`: plays one instance in memory and virtual time. Nothing real is called: every task
// completes by itself, messages and signals come at once, timers when they are due. Data decides where it
// can; where it cannot (a condition that is null), the default flow is taken, else the first in document
// order, with a note.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/data/decisions.hpp"
#include "core/execute/status.hpp"
#include "core/graph/process_graph.hpp"
#include "core/semantics/semantics.hpp"
#include "core/value/owned.hpp"

namespace weir::execute {

struct DryRunOptions {
  NodeId start = NodeId::none;  // none = the none start event, else the first of graph.instance_starts()
  value::Variables variables;
  std::map<NodeId, FlowId> choose;     // gateways that shall take this flow
  std::uint32_t step_limit = 100'000;  // answers given; more = Status::incident
  /// Process of the same file set with this id, for call activities; may be empty or return null.
  struct Callee {
    const model::Definitions* definitions = nullptr;
    const graph::ProcessGraph* graph = nullptr;
  };
  std::function<Callee(std::string_view called_element)> called;
  /// Decision of the same file set; may be empty.
  data::FindDecision decisions;
  int depth = 0;  // of calls; deeper than 30 is an incident
};

/// The BPMN error that a process ended with.
struct UncaughtError {
  std::string code, message;
};

struct DryRunResult {
  Status status = Status::completed;
  std::vector<TraceStep> trace;
  std::vector<std::string> why;        // beside each step: what a decision says, may be empty
  std::vector<std::string> at;         // marking, empty when it ended
  value::Variables variables;          // of the process, at the end
  std::optional<UncaughtError> error;  // that left it, for whoever called it
  Diagnostics diagnostics;             // notes (info), warnings of expressions, and the incident (error)
};

DryRunResult dry_run(const model::Definitions& definitions, const graph::ProcessGraph& graph,
                     const DryRunOptions& options);

/// `weir run --trace FILE`: the same steps again, through the law.
struct ReplayResult {
  semantics::End end = semantics::End::running;
  std::vector<std::string> at;
  std::size_t steps = 0;  // performed
  std::string error;      // why the next step was not possible; empty = all were
  bool stuck = false;     // tokens are left and nothing can happen any more
};
ReplayResult replay(const graph::ProcessGraph& graph, const std::vector<TraceStep>& steps);

}  // namespace weir::execute
