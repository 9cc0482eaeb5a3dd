// What can be read off a sketch without playing: neighbours, kinds, catchers.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "tests/support/sketch.hpp"

namespace weir::reference {

class Plan {
 public:
  explicit Plan(const test::Sketch& sketch);

  const test::Sketch& sketch;
  [[nodiscard]] const test::SketchNode& node(int n) const {
    return sketch.nodes[static_cast<std::size_t>(n)];
  }
  [[nodiscard]] const test::SketchFlow& flow(int f) const {
    return sketch.flows[static_cast<std::size_t>(f)];
  }
  [[nodiscard]] const std::vector<int>& in(int n) const { return in_[static_cast<std::size_t>(n)]; }
  [[nodiscard]] const std::vector<int>& out(int n) const { return out_[static_cast<std::size_t>(n)]; }
  /// Nodes directly inside a container; -1 = the process.
  [[nodiscard]] const std::vector<int>& inside(int container) const {
    return inside_[static_cast<std::size_t>(container + 1)];
  }
  [[nodiscard]] const std::vector<int>& boundaries(int n) const {
    return boundaries_[static_cast<std::size_t>(n)];
  }

  /// Task of any type or call activity: it asks for work.
  [[nodiscard]] bool is_work(int n) const;
  [[nodiscard]] bool is_activity(int n) const { return is_work(n) || node(n).kind == "sub"; }
  /// Waits in front of it until all (parallel) or all that can still come (inclusive) are there.
  [[nodiscard]] bool is_join(int n) const;
  [[nodiscard]] bool has_conditions(int n) const;
  /// Entering, deciding and leaving is one move.
  [[nodiscard]] bool at_once(int n) const;
  /// Event sub-processes directly inside a container; without a start event they can never run and are not
  /// listed.
  [[nodiscard]] std::vector<int> event_subs(int container) const;
  /// A boundary event, or the start event of an event sub-process, that ends what it is attached to. Errors
  /// always do, whatever the file says (10.5.6).
  [[nodiscard]] bool interrupts(int event) const {
    return node(event).interrupting || node(event).trigger == "error";
  }
  /// The start event of an event sub-process.
  [[nodiscard]] int trigger_of(int event_sub) const;
  /// Where a scope begins: its none start events, else all nodes that no flow and nothing else leads to.
  [[nodiscard]] std::vector<int> begins(int container) const;
  /// What begins with it beside its start events.
  [[nodiscard]] std::vector<int> begins_beside(int container) const;
  /// The sets of outgoing flows that a split or an activity may choose.
  [[nodiscard]] std::vector<std::vector<int>> choices(int n) const;
  /// Codes of the errors that work on n may end with.
  [[nodiscard]] std::set<std::string> errors(int n) const;
  /// The catch event with this throw event's link name.
  [[nodiscard]] int link_target(int n) const;
  /// Flows that can be reached from flow f (f included) without visiting node `avoid`.
  [[nodiscard]] std::set<int> reach(int f, int avoid) const;
  /// Flows that lead out of node n: its own, its boundary events', its link target's.
  [[nodiscard]] std::vector<int> onward(int n) const;

 private:
  [[nodiscard]] bool raises_inside(int container, const std::string& code, int except = -1) const;

  std::vector<std::vector<int>> in_, out_, inside_, boundaries_;
};

}  // namespace weir::reference
