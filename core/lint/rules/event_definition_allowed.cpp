// Which triggers each kind of event may have (BPMN 2.0.2, table 10.93): one row per position.
#include <string>

#include "core/lint/rules.hpp"

namespace weir::lint::rules {

namespace {

using model::ElementKind;
using enum model::ElementKind;

/// A set of event definition kinds, by their position in the enumeration.
constexpr unsigned bit(ElementKind kind) {
  return 1u << (static_cast<unsigned>(kind) - static_cast<unsigned>(message_event_definition));
}
template <class... Kinds>
constexpr unsigned set(Kinds... kinds) {
  return (0u | ... | bit(kinds));
}

struct Position {
  std::string_view words;  // "a start event of ..."
  unsigned allowed;
  bool none_allowed;
};

constexpr unsigned waits = set(message_event_definition, timer_event_definition, signal_event_definition,
                               conditional_event_definition);
constexpr unsigned handles =
    waits | set(error_event_definition, escalation_event_definition, compensate_event_definition);

constexpr Position top_start{"a start event", waits, true};
constexpr Position event_sub_process_start{"a start event of an event sub-process", handles, true};
constexpr Position boundary{"a boundary event", handles | set(cancel_event_definition), false};
constexpr Position catching{"an intermediate catch event", waits | set(link_event_definition), false};
constexpr Position throwing{
    "an intermediate throw event",
    set(message_event_definition, signal_event_definition, escalation_event_definition,
        compensate_event_definition, link_event_definition),
    true};
constexpr Position ending{"an end event",
                          set(message_event_definition, signal_event_definition, escalation_event_definition,
                              error_event_definition, compensate_event_definition, cancel_event_definition,
                              terminate_event_definition),
                          true};

const Position* position(const Subject& subject, const model::FlowNode& node) {
  switch (node.kind) {
    case start_event:
      // Those of embedded sub-processes have no trigger at all: sub-process-blank-start-event.
      if (subject.in_event_sub_process(node)) return &event_sub_process_start;
      return subject.scope_of(node.scope) && subject.scope_of(node.scope)->node == model::NodeIndex::none
                 ? &top_start
                 : nullptr;
    case boundary_event:
      return &boundary;
    case intermediate_catch_event:
      return &catching;
    case intermediate_throw_event:
      return &throwing;
    case end_event:
      return &ending;
    default:
      return nullptr;
  }
}

std::string trigger_words(ElementKind kind) {
  std::string words(model::words(kind));
  constexpr std::string_view tail = " event definition";
  if (words.ends_with(tail)) words.resize(words.size() - tail.size());
  return words;
}

}  // namespace

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes()) {
    const Position* at = position(subject, node);
    if (!at) continue;
    if (node.event_definitions.empty() && !at->none_allowed &&
        !may_have_vendor_trigger(subject.model.document, node))
      report(node, "{} is {} without a trigger", quoted(node), at->words);
    for (const model::EventDefinition& each : node.event_definitions)
      if (model::is(each.kind, model::Category::event_definition) && (at->allowed & bit(each.kind)) == 0)
        report.at(node, each.span,
                  fmt::format("{} is {}, which cannot have the trigger '{}'", quoted(node), at->words,
                              trigger_words(each.kind)));
  }
}

constinit const Rule event_definition_allowed{
    .id = "event-definition-allowed",
    .group = "correctness",
    .severity = Severity::error,
    .summary = "An event must have a trigger that BPMN allows at its place.",
    .explanation =
        "Not every trigger makes sense everywhere: an error cannot start a process or be waited for in the "
        "flow, a timer "
        "cannot be thrown, a boundary event without a trigger never happens. BPMN has a table of what is "
        "allowed; engines "
        "refuse the rest.\n\n"
        "Mend it by choosing another trigger or another kind of event: errors are caught on the border of an "
        "activity "
        "or by an event sub-process, thrown by an end event.\n\n"
        "BPMN 2.0.2, table 10.93; BPMNspector EXT.059, EXT.098, EXT.110, EXT.121, EXT.122, EXT.146 to "
        "EXT.149.",
    .check = check,
};

}  // namespace weir::lint::rules
