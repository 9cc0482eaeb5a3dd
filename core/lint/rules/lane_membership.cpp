// A node stands in one lane of a lane set (and in the lanes around that lane); a lane lists nodes only.
#include <algorithm>
#include <tuple>
#include <vector>

#include "core/lint/rules.hpp"

namespace weir::lint::rules {

namespace {

using model::ElementId;

struct Place {
  model::NodeIndex node;
  ElementId lane_set;  // the outermost one
  std::uint32_t depth;
  const model::Lane* lane;
  const model::Lane::Member* member;
};

bool encloses(const model::Document& document, ElementId outer, ElementId inner) {
  while (inner != ElementId::none && inner != outer) inner = document[inner].parent;
  return inner == outer;
}

std::vector<Place> places(const Subject& subject) {
  const model::Document& document = subject.model.document;
  std::vector<Place> all;
  for (const model::Lane& lane : subject.model.lanes) {
    std::uint32_t depth = 0;
    ElementId outermost = ElementId::none;
    for (ElementId at = lane.element; at != ElementId::none; at = document[at].parent) {
      const model::ElementKind kind = document[at].kind;
      if (kind == model::ElementKind::lane_set) {
        outermost = at;
        break;
      }
      ++depth;
    }
    for (const model::Lane::Member& member : lane.members)
      if (member.node != model::NodeIndex::none)
        all.push_back({member.node, outermost, depth, &lane, &member});
  }
  std::stable_sort(all.begin(), all.end(), [](const Place& a, const Place& b) {
    return std::tie(a.node, a.lane_set, a.depth) < std::tie(b.node, b.lane_set, b.depth);
  });
  return all;
}

std::string label(const model::Lane& lane) {
  return quoted(lane.name.empty() ? lane.id : lane.name);
}

}  // namespace

static void check(const Subject& subject, Report& report) {
  const model::Definitions& model = subject.model;
  for (const model::Lane& lane : model.lanes)
    for (const model::Lane::Member& member : lane.members)
      if (member.node == model::NodeIndex::none && !model.by_id.contains(member.ref))
        report.add(member.span, lane.id,
                   fmt::format("lane {} lists {}, which does not exist", label(lane), quoted(member.ref)));
  const std::vector<Place> all = places(subject);
  for (std::size_t i = 1; i < all.size(); ++i) {
    const Place& outer = all[i - 1];
    const Place& inner = all[i];
    if (outer.node != inner.node || outer.lane_set != inner.lane_set || outer.lane == inner.lane) continue;
    if (encloses(model.document, outer.lane->element, inner.lane->element)) continue;
    report.add(inner.member->span, model[inner.node].id,
               fmt::format("{} stands in two lanes: {} and {}", quoted(model[inner.node]), label(*outer.lane),
                           label(*inner.lane)));
  }
}

constinit const Rule lane_membership{
    .id = "lane-membership",
    .group = "references",
    .severity = Severity::warning,
    .summary = "An element must stand in one lane of a lane set, and a lane must list elements that exist.",
    .explanation =
        "Lanes say who does what. An element that two lanes list has two owners; a name that nothing in the "
        "file bears is "
        "left over from an element that was deleted. Assignments, simulations and reports by lane are then "
        "wrong.\n\n"
        "Mend it by removing the <flowNodeRef> that is wrong. A lane inside another one may repeat what the "
        "outer one "
        "lists, and several lane sets of one process are independent of each other.\n\n"
        "BPMN 2.0.2, 10.8 (lanes).",
    .check = check,
};

}  // namespace weir::lint::rules
