// A flow whose end is missing, misspelt or no flow node.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check_end(const Subject& subject, Report& report, const model::SequenceFlow& flow,
                      std::string_view attribute, std::string_view ref, Span span, model::NodeIndex node) {
  if (node != model::NodeIndex::none) return;
  if (ref.empty()) {
    report.at(flow, span, fmt::format("sequence flow {} has no {}", quoted(flow), attribute));
    return;
  }
  const auto found = subject.model.by_id.find(ref);
  if (found == subject.model.by_id.end()) {
    report.at(flow, span,
              fmt::format("{} {} of sequence flow {} names no element of this file", attribute, quoted(ref),
                          quoted(flow)));
    return;
  }
  const model::Element& element = subject.model.document[found->second];
  const bool node_kind = model::is(element.kind, model::Category::flow_node);
  report.at(flow, span,
            fmt::format("{} {} of sequence flow {} is {} '{}', {}", attribute, quoted(ref), quoted(flow),
                        node_kind ? "the" : "a", element.name,
                        node_kind ? "which belongs to no process" : "not an event, activity or gateway"));
}

static void check(const Subject& subject, Report& report) {
  for (const model::SequenceFlow& flow : subject.sequence_flows()) {
    check_end(subject, report, flow, "sourceRef", flow.source_ref, flow.source_span, flow.source);
    check_end(subject, report, flow, "targetRef", flow.target_ref, flow.target_span, flow.target);
  }
}

constinit const Rule dangling_flow{
    .id = "dangling-flow",
    .group = "references",
    .severity = Severity::error,
    .summary = "A sequence flow must lead from one event, activity or gateway to another.",
    .explanation =
        "A sequence flow names its ends in sourceRef and targetRef. When one of them is missing, misspelt or "
        "names "
        "something that tokens cannot enter (another flow, a data object, an annotation), the flow leads "
        "nowhere: "
        "modelling tools often draw it all the same, but no engine can follow it.\n\n"
        "Mend it by naming the id of an event, activity or gateway, or delete the flow. Modelling tools "
        "leave such "
        "flows behind when an element is deleted but not the arrows at it.\n\n"
        "BPMN 2.0.2, 8.4.13 and table 8.48 (sourceRef and targetRef are mandatory); BPMNspector EXT.021, "
        "EXT.022.",
    .check = check,
};

}  // namespace weir::lint::rules
