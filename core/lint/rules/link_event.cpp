// Link events are a jump by name inside one scope: one target per name, and none missing.
#include <map>
#include <vector>

#include "core/lint/rules.hpp"

namespace weir::lint::rules {

namespace {
struct Links {
  std::vector<const model::FlowNode*> sources, targets;
};
}  // namespace

static void check_scope(const Subject& subject, Report& report, const model::Scope& scope) {
  std::map<std::string_view, Links> by_name;
  for (const model::NodeIndex index : scope.nodes) {
    const model::FlowNode& node = subject.model[index];
    if (!node.is_event()) continue;
    for (const model::EventDefinition& definition : node.event_definitions) {
      if (definition.kind != model::ElementKind::link_event_definition) continue;
      if (definition.link_name.empty()) {
        report.at(node, definition.span, fmt::format("link event {} has no link name", quoted(node)));
        continue;
      }
      const bool throwing = node.is(model::Category::throwing);
      if (throwing ? !node.outgoing.empty() : !node.incoming.empty())
        report(node, "a sequence flow {} the {} end {} of a link, which is {} by the jump alone",
               throwing ? "leaves" : "enters", throwing ? "throwing" : "catching", quoted(node),
               throwing ? "left" : "entered");
      Links& links = by_name[definition.link_name];
      (throwing ? links.sources : links.targets).push_back(&node);
    }
  }
  for (const auto& [name, links] : by_name) {
    if (links.targets.empty())
      for (const model::FlowNode* node : links.sources)
        report(*node, "link {} leads nowhere: no catch event of this name in the same scope", quoted(name));
    if (links.sources.empty())
      for (const model::FlowNode* node : links.targets)
        report(*node, "link {} is never thrown in the same scope", quoted(name));
    for (std::size_t i = 1; i < links.targets.size(); ++i)
      report(*links.targets[i], "link {} already leads to {}; a link has one target", quoted(name),
             quoted(*links.targets[0]));
  }
}

static void check(const Subject& subject, Report& report) {
  for (const model::Scope& scope : subject.scopes()) check_scope(subject, report, scope);
}

constinit const Rule link_event{
    .id = "link-event",
    .group = "correctness",
    .severity = Severity::error,
    .summary =
        "Link events must come as one catch event and at least one throw event of the same name in one "
        "scope.",
    .explanation =
        "A link event is a jump: a token that reaches the throwing end goes on at the catching end of the "
        "same name in "
        "the same process or sub-process. Without a target the token is lost, with two targets nobody knows "
        "where it "
        "goes, and a target that nothing jumps to is dead.\n\n"
        "Mend it by giving both ends the same name and keeping one target per name. Several sources are "
        "fine.\n\n"
        "BPMN 2.0.2, 10.5.5 (link event); BPMNspector EXT.117, EXT.118, EXT.124 to EXT.126.",
    .check = check,
};

}  // namespace weir::lint::rules
