// The optional <incoming> and <outgoing> lists say the same as the ends of the flows.
#include <algorithm>
#include <vector>

#include "core/lint/rules.hpp"

namespace weir::lint::rules {

namespace {

using model::ElementId;
using model::ElementKind;

struct Side {
  ElementKind listed;
  std::string_view name;
  const std::vector<model::FlowIndex>& flows;  // by their ends
};

void check_side(const Subject& subject, const Report& given, const model::FlowNode& node, const Side& side,
                bool lists_expected) {
  Report report = given.when(subject.strict(node.scope));
  const model::Document& document = subject.model.document;
  std::vector<std::string_view> ids;  // sorted; made when there is a list at all
  const auto has_flow = [&](std::string_view id) {
    if (ids.empty()) {
      for (const model::FlowIndex flow : side.flows) ids.push_back(subject.model[flow].id);
      std::sort(ids.begin(), ids.end());
    }
    return std::binary_search(ids.begin(), ids.end(), id);
  };
  std::size_t listed = 0;
  for (const ElementId child : model::children(document, node.element)) {
    const model::Element& element = document[child];
    if (element.kind != side.listed) continue;
    ++listed;
    if (has_flow(element.text) || has_flow(model::local_part(element.text))) continue;
    report.at(node, element.text_span.known() ? element.text_span : element.name_span,
              fmt::format("{} lists {} as {}, but no sequence flow of this id {} it", quoted(node),
                          quoted(element.text), side.name,
                          side.listed == ElementKind::incoming ? "enters" : "leaves"));
  }
  // Where everything else is listed, a node without a list is an omission.
  if ((listed > 0 || lists_expected) && listed < side.flows.size())
    report(node, "{} lists {} of its {} {} flows", quoted(node), listed, side.flows.size(), side.name);
}

}  // namespace

/// Scopes of plain BPMN in which some node lists its flows.
static std::vector<bool> scopes_with_lists(const Subject& subject) {
  const model::Document& document = subject.model.document;
  std::vector<bool> found(subject.scopes().size());
  for (const model::FlowNode& node : subject.flow_nodes())
    if (subject.strict(node.scope) && !found[index(node.scope)])
      found[index(node.scope)] = document.child(node.element, ElementKind::incoming) != ElementId::none ||
                                 document.child(node.element, ElementKind::outgoing) != ElementId::none;
  return found;
}

static void check(const Subject& subject, Report& report) {
  const std::vector<bool> listing = scopes_with_lists(subject);
  for (const model::FlowNode& node : subject.flow_nodes()) {
    const bool expected = node.scope != model::ScopeIndex::none && listing[index(node.scope)];
    check_side(subject, report, node, {ElementKind::incoming, "incoming", node.incoming}, expected);
    check_side(subject, report, node, {ElementKind::outgoing, "outgoing", node.outgoing}, expected);
  }
}

constinit const Rule incoming_outgoing_mismatch{
    .id = "incoming-outgoing-mismatch",
    .group = "references",
    .severity = Severity::error,
    .tolerated = Severity::warning,
    .summary = "The <incoming> and <outgoing> lists of an element must agree with the sequence flows.",
    .explanation =
        "The lists are optional: which flows enter and leave an element is said by sourceRef and targetRef "
        "of the flows, "
        "and weir and all engines go by these. Some modelling tools and linters go by the lists, though, and "
        "show "
        "another process than the one that runs.\n\n"
        "Mend it by correcting or removing the lists; opening and saving the file in a modelling tool "
        "usually does "
        "that.\n\n"
        "BPMN 2.0.2, 8.4.13 and table 8.44; BPMNspector EXT.023, EXT.101, EXT.107.",
    .check = check,
};

}  // namespace weir::lint::rules
