// A task that asks a decision which is in no file of decisions.
#include "core/base/did_you_mean.hpp"
#include "core/data/decisions.hpp"
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

namespace {

/// Why the decision is not there; empty when it is.
std::string missing(const KnownDecisions& known, const data::DecisionReference& wanted) {
  bool file_is_there = false;
  std::vector<std::string_view> ids;
  for (const std::string& file : known.files)
    file_is_there = file_is_there || data::is_decision_file(file, wanted.file);
  for (const KnownDecisions::Decision& each : known.decisions) {
    if (!data::is_decision_file(each.file, wanted.file)) continue;
    if (each.id == wanted.id || each.name == wanted.id) return {};
    ids.push_back(each.id.empty() ? each.name : each.id);
  }
  if (!file_is_there)
    return fmt::format("but there is no file of decisions {}{}", quoted(wanted.file),
                       did_you_mean_text(wanted.file, known.files));
  return fmt::format("which is in no file of decisions here{}", did_you_mean_text(wanted.id, ids));
}

}  // namespace

static void check(const Subject& subject, Report& report) {
  if (subject.known_decisions == nullptr) return;
  for (const model::FlowNode& node : subject.flow_nodes()) {
    const model::DecisionCall& decision = node.work.decision;
    if (!decision.written() || is_expression(decision.reference) || !subject.executable(node.scope)) continue;
    const std::string why = missing(*subject.known_decisions, data::decision_reference(decision.reference));
    if (!why.empty())
      report.at(node, decision.span,
                fmt::format("{} asks the decision {}, {}", quoted(node), quoted(decision.reference), why));
  }
}

constinit const Rule called_decision_missing{
    .id = "called-decision-missing",
    .group = "references",
    .severity = Severity::error,
    .summary = "In an executable process, a task must ask a decision that exists.",
    .explanation =
        "A business rule task names its decision: dmn in weir's TOML, camunda:decisionRef, "
        "zeebe:calledDecision, and in Flowable a service task of type dmn. The decision is looked for by "
        "its id, then by its name, in the definition itself ([[decision]]), in the files named on the "
        "command line and in those that belong with the process: all below the nearest weir.toml, else "
        "those in the same folder. When none of them holds decisions, nothing is said: they may be "
        "deployed elsewhere. When an instance gets to a task whose decision is not there, it has an "
        "incident.\n\n"
        "Mend it by correcting the id, or put the file with the decision beside the process. weir start "
        "and weir run deploy the decisions together with the process, weir deploy deploys a file of its "
        "own.\n\n"
        "Which version an instance asks: in weir's TOML and in Flowable the one that was deployed together "
        "with the process (in Flowable unless sameDeployment is false); in Camunda the newest that was "
        "deployed, unless the binding says deployment or version. weir instance retry takes the newest in "
        "any case, so that a mended decision counts.\n\n"
        "What comes of the result: in weir's TOML each output is a variable of its name for out, or of the "
        "process without out, and so in Flowable; in Camunda the result variable gets it as "
        "mapDecisionResult says (resultList when nothing is said), in Camunda 8 as DMN defines it.",
    .check = check,
};

}  // namespace weir::lint::rules
