// A multi-instance activity says how many instances there are.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes()) {
    const model::Loop& loop = node.loop;
    if (loop.kind != model::Loop::Kind::multi_instance || !subject.executable(node.scope)) continue;
    if (!loop.cardinality.empty() || !loop.data_input_ref.empty() || !loop.collection.empty()) continue;
    if (has_vendor_parts(subject.model.document, loop.element)) continue;
    const Span span =
        loop.element == model::ElementId::none ? node.span : subject.model.document[loop.element].name_span;
    report.at(
        node, span,
        fmt::format("multi-instance activity {} has neither a cardinality nor a collection", quoted(node)));
  }
}

constinit const Rule multi_instance_without_number{
    .id = "multi-instance-without-number",
    .group = "correctness",
    .severity = Severity::error,
    .summary = "In an executable process, a multi-instance activity must say how many instances there are.",
    .explanation =
        "The number of instances comes from loopCardinality or from the size of a collection "
        "(loopDataInputRef, or the "
        "collection of your engine). Without either, an engine cannot start the activity.\n\n"
        "Mend it by one of the two.\n\n"
        "BPMN 2.0.2, 10.3.8 (multi-instance); BPMNspector EXT.067.",
    .check = check,
};

}  // namespace weir::lint::rules
