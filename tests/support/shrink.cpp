// Greedy: every simplification that keeps the failure is kept, until none does.
#include <algorithm>

#include "tests/support/random_sketch.hpp"

namespace weir::test {

namespace {

/// Without the nodes for which `gone` is set, what is inside them, their boundary events and their flows.
Sketch without(const Sketch& sketch, std::vector<bool> gone) {
  const auto is_gone = [&](int n) { return n >= 0 && gone[static_cast<std::size_t>(n)]; };
  for (std::size_t round = 0; round < sketch.nodes.size(); ++round)
    for (std::size_t n = 0; n < sketch.nodes.size(); ++n)
      if (is_gone(sketch.nodes[n].parent) || is_gone(sketch.nodes[n].host)) gone[n] = true;
  std::vector<int> renamed(sketch.nodes.size(), -1);
  Sketch made;
  for (std::size_t n = 0; n < sketch.nodes.size(); ++n) {
    if (gone[n]) continue;
    renamed[n] = static_cast<int>(made.nodes.size());
    made.nodes.push_back(sketch.nodes[n]);
  }
  const auto rename = [&](int n) { return n < 0 ? n : renamed[static_cast<std::size_t>(n)]; };
  for (SketchNode& node : made.nodes) {
    node.parent = rename(node.parent);
    node.host = rename(node.host);
  }
  for (const SketchFlow& flow : sketch.flows) {
    if (is_gone(flow.source) || is_gone(flow.target)) continue;
    made.flows.push_back(flow);
    made.flows.back().source = rename(flow.source);
    made.flows.back().target = rename(flow.target);
  }
  for (const auto& [source, target] : sketch.associations)
    if (!is_gone(source) && !is_gone(target)) made.associations.emplace_back(rename(source), rename(target));
  return made;
}

/// Without node n; what came into it goes on to where it led.
Sketch bridged(Sketch sketch, int n) {
  std::vector<SketchFlow> in, out;
  for (const SketchFlow& flow : sketch.flows) {
    if (flow.target == n) in.push_back(flow);
    if (flow.source == n) out.push_back(flow);
  }
  for (const SketchFlow& a : in)
    for (const SketchFlow& b : out) {
      SketchFlow flow = a;
      flow.target = b.target;
      flow.id = a.id + "+" + b.id;
      sketch.flows.push_back(flow);
    }
  std::vector<bool> gone(sketch.nodes.size(), false);
  gone[static_cast<std::size_t>(n)] = true;
  return without(sketch, gone);
}

std::vector<Sketch> simpler(const Sketch& sketch) {
  std::vector<Sketch> all;
  for (std::size_t n = 0; n < sketch.nodes.size(); ++n) {
    std::vector<bool> gone(sketch.nodes.size(), false);
    gone[n] = true;
    all.push_back(without(sketch, gone));
    all.push_back(bridged(sketch, static_cast<int>(n)));
  }
  for (std::size_t f = 0; f < sketch.flows.size(); ++f) {
    all.push_back(sketch);
    all.back().flows.erase(all.back().flows.begin() + static_cast<std::ptrdiff_t>(f));
  }
  for (std::size_t f = 0; f < sketch.flows.size(); ++f) {
    if (!sketch.flows[f].conditional && !sketch.flows[f].is_default) continue;
    all.push_back(sketch);
    all.back().flows[f].conditional = all.back().flows[f].is_default = false;
  }
  for (std::size_t n = 0; n < sketch.nodes.size(); ++n) {
    const SketchNode& node = sketch.nodes[n];
    const auto change = [&](auto with) {
      all.push_back(sketch);
      with(all.back().nodes[n]);
    };
    if (node.kind == "user" || node.kind == "service" || node.kind == "receive" || node.kind == "call")
      change([](SketchNode& to) { to.kind = "task"; });
    if (!node.loop.empty()) change([](SketchNode& to) { to.loop.clear(), to.maximum = 0, to.until = false; });
    if (node.until) change([](SketchNode& to) { to.until = false; });
    if (!node.interrupting) change([](SketchNode& to) { to.interrupting = true; });
    if ((node.kind == "end" || node.kind == "throw") && !node.trigger.empty() && node.trigger != "link")
      change([](SketchNode& to) { to.trigger.clear(), to.code.clear(); });
  }
  return all;
}

/// Flow ids as parse_sketch() gives them, so that to_text() shows all there is.
Sketch renamed_flows(const Sketch& sketch) {
  return parse_sketch(to_text(sketch));
}

}  // namespace

Sketch shrink(Sketch sketch, const std::function<bool(const Sketch&)>& still_fails) {
  for (bool smaller = true; smaller;) {
    smaller = false;
    for (const Sketch& each : simpler(sketch)) {
      if (each.nodes.empty()) continue;
      Sketch candidate = renamed_flows(each);
      if (!still_fails(candidate)) continue;
      sketch = std::move(candidate);
      smaller = true;
      break;
    }
  }
  return sketch;
}

}  // namespace weir::test
