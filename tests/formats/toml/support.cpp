// Short words for kinds; everything else as the model has it.
#include "tests/formats/toml/support.hpp"

#include <fmt/format.h>

namespace weir::test {

std::string nodes_of(const model::Definitions& definitions) {
  std::string out;
  for (const model::FlowNode& node : definitions.nodes) {
    out += fmt::format("{} {}", node.id, model::name(node.kind));
    if (!node.name.empty()) out += fmt::format(" \"{}\"", node.name);
    if (!node.attached_to_ref.empty()) out += fmt::format(" on {}", node.attached_to_ref);
    if (!node.interrupting) out += " non-interrupting";
    if (node.triggered_by_event) out += " by-event";
    if (node.for_compensation) out += " for-compensation";
    if (definitions[node.scope].node != model::NodeIndex::none)
      out += fmt::format(" in {}", definitions[node.scope].id);
    for (const model::EventDefinition& each : node.event_definitions) {
      out += fmt::format(" {}", model::name(each.kind).substr(0, model::name(each.kind).find("Event")));
      if (!each.reference.empty()) out += fmt::format("={}", each.reference);
      if (!each.link_name.empty()) out += fmt::format("={}", each.link_name);
      for (const model::Expression* time :
           {&each.time_date, &each.time_cycle, &each.time_duration, &each.condition})
        if (time->written) out += fmt::format(" {}", time->body);
    }
    out += '\n';
  }
  return out;
}

std::string flows_of(const model::Definitions& definitions) {
  std::string out;
  for (const model::SequenceFlow& flow : definitions.flows) {
    out += flow.id;
    if (!flow.name.empty()) out += fmt::format(" \"{}\"", flow.name);
    if (flow.condition.written) out += fmt::format(" if {}", flow.condition.body);
    if (flow.is_default) out += " default";
    out += '\n';
  }
  return out;
}

std::string problems_of(const SourceMap& sources, const Diagnostics& diagnostics) {
  std::string out;
  for (const Diagnostic& each : diagnostics.list()) {
    const Position at = sources.position(each.span.file, each.span.begin);
    out += fmt::format("{}:{} {}: {}\n", at.line, at.column, each.code, each.message);
  }
  return out;
}

std::string with_steps(std::string_view steps) {
  return fmt::format("weir = 1\nprocess.id = \"p\"\n\n{}", steps);
}

}  // namespace weir::test
