// An activity is a loop or a multi-instance, not both.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  using enum model::ElementKind;
  const model::Document& document = subject.model.document;
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (node.loop.kind == model::Loop::Kind::none) continue;
    std::size_t markers = 0;
    for (const model::ElementId child : model::children(document, node.element))
      if (document[child].kind == standard_loop_characteristics ||
          document[child].kind == multi_instance_loop_characteristics)
        ++markers;
    if (markers > 1)
      report(node, "{} has {} loop characteristics; only one can count", quoted(node), markers);
  }
}

constinit const Rule loop_markers{
    .id = "loop-markers",
    .group = "correctness",
    .severity = Severity::error,
    .summary = "An activity must have at most one kind of loop characteristics.",
    .explanation =
        "An activity is repeated while a condition holds (standard loop) or done once per item "
        "(multi-instance). With "
        "both it is undefined what happens.\n\n"
        "Mend it by keeping one of them; for an inner and an outer loop, put the activity into a "
        "sub-process.\n\n"
        "BPMN 2.0.2, 10.3.8; BPMNspector EXT.041, EXT.054, EXT.055.",
    .check = check,
};

}  // namespace weir::lint::rules
