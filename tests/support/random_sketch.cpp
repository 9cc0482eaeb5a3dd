// A recursive builder of well-formed blocks followed by a few random faults. Sizes stay small: what matters
// is that constructs meet, not that models are long.
#include "tests/support/random_sketch.hpp"

#include <algorithm>

#include "core/base/random.hpp"

namespace weir::test {

namespace {

/// A piece of a process: entered at one node, left at one (-1: nothing goes on behind it).
struct Part {
  int in = -1;
  int out = -1;
};

class Builder {
 public:
  Builder(std::uint64_t seed, bool loops) : random_(seed), loops_(loops) {}

  Sketch process(int size) {
    fill(-1, size, 0);
    if (random_.chance(60))
      for (int faults = 1 + static_cast<int>(random_.below(3)); faults > 0; --faults) spoil();
    return std::move(sketch_);
  }

 private:
  SketchNode& node(int n) { return sketch_.nodes[static_cast<std::size_t>(n)]; }
  int below(int bound) { return static_cast<int>(random_.below(static_cast<std::uint32_t>(bound))); }

  int add(const char* kind, int parent) {
    SketchNode made;
    made.kind = kind;
    made.id = std::string(1, kind[0]) + std::to_string(sketch_.nodes.size());
    made.parent = parent;
    sketch_.nodes.push_back(made);
    return static_cast<int>(sketch_.nodes.size()) - 1;
  }

  void connect(int source, int target, bool conditional = false, bool is_default = false) {
    if (source < 0) return;
    SketchFlow flow;
    int same = 1;
    for (const SketchFlow& each : sketch_.flows) same += each.source == source && each.target == target;
    flow.id = node(source).id + ">" + node(target).id + (same > 1 ? "#" + std::to_string(same) : "");
    flow.source = source;
    flow.target = target;
    flow.conditional = conditional;
    flow.is_default = is_default;
    sketch_.flows.push_back(flow);
  }

  void code(int n) {
    static const char* codes[] = {"E", "F", ""};
    node(n).trigger = "error";
    node(n).code = codes[below(3)];
    if (node(n).kind != "end" && random_.chance(5))
      node(n).interrupting = false;  // it interrupts all the same
  }

  /// Timer, message or signal.
  void trigger(int n) {
    static const char* triggers[] = {"timer", "message", "signal"};
    node(n).trigger = triggers[below(3)];
    if (node(n).trigger == "signal") node(n).code = random_.chance(70) ? "S" : "T";
  }

  /// The content of the process or of a sub-process.
  void fill(int container, int size, int depth) {
    const Part body = part(container, size, depth);
    const bool implicit = container >= 0 && random_.chance(10);
    if (!implicit) connect(add("start", container), body.in);
    if (!implicit && random_.chance(7)) connect(add("start", container), body.in);
    if (body.out >= 0 && !random_.chance(5)) connect(body.out, end(container));
    if (random_.chance(depth == 0 ? 20 : 12)) event_sub(container, depth);
    if (random_.chance(4)) event_sub(container, depth);
  }

  int end(int container) {
    const int made = add("end", container);
    if (random_.chance(12)) node(made).trigger = "terminate";
    if (random_.chance(container < 0 ? 3 : 15)) code(made);
    if (random_.chance(5)) node(made).trigger = "signal", node(made).code = "S";
    return made;
  }

  void event_sub(int container, int depth) {
    const int made = add("event-sub", container);
    const int start = add("start", made);
    if (random_.chance(45)) {
      code(start);
    } else {
      trigger(start);
      node(start).interrupting = random_.chance(60);
    }
    const Part body = part(made, 1 + below(2), depth + 1);
    connect(start, body.in);
    if (body.out >= 0) connect(body.out, end(made));
  }

  Part part(int container, int size, int depth) {
    if (size <= 1) return leaf(container);
    const int dice = below(100);
    if (dice < 34) {
      const int half = 1 + below(size - 1);
      const Part a = part(container, half, depth);
      const Part b = part(container, size - half, depth);
      connect(a.out, b.in);
      return {a.in, b.out};
    }
    if (dice < 68) return block(container, size, depth);
    if (dice < 75) return loop(container, size, depth);
    if (dice < 80) return event_gateway(container, size, depth);
    if (dice < 84) return link(container);
    if (dice < 92) return guarded(container, leaf_activity(container), size, depth);
    if (depth >= 2) return leaf(container);
    const int sub = add("sub", container);
    maybe_loop(sub);
    fill(sub, size - 1, depth + 1);
    return random_.chance(60) ? guarded(container, sub, 2, depth) : Part{sub, sub};
  }

  int leaf_activity(int container) {
    static const char* kinds[] = {"task", "task", "task", "user", "service", "receive", "call"};
    const int made = add(kinds[below(7)], container);
    maybe_loop(made);
    return made;
  }

  void maybe_loop(int n) {
    if (!loops_ || !random_.chance(35)) return;
    static const char* loops[] = {"loop", "loop-before", "mi", "mi-sequential"};
    node(n).loop = loops[below(4)];
    if (node(n).loop.starts_with("loop"))
      node(n).maximum = below(3);
    else
      node(n).until = random_.chance(40);
  }

  Part leaf(int container) {
    const int dice = below(10);
    int made = -1;
    if (dice == 0) {
      made = add("catch", container);
      trigger(made);
    } else if (dice == 1) {
      made = add("throw", container);
      if (random_.chance(70)) trigger(made);
      if (node(made).trigger == "timer") node(made).trigger.clear();
    } else {
      made = leaf_activity(container);
    }
    return {made, made};
  }

  const char* gateway() {
    static const char* kinds[] = {"xor", "and", "or"};
    return kinds[below(3)];
  }

  /// Split, branches, join; some branches end for themselves. The split may be an activity with conditional
  /// flows.
  Part block(int container, int size, int depth) {
    const bool by_activity = random_.chance(15);
    const char* kind = by_activity ? "or" : gateway();
    const int split = by_activity ? leaf_activity(container) : add(kind, container);
    const int join = add(random_.chance(85) ? kind : gateway(), container);
    const bool conditions = by_activity || (kind[0] == 'o' && random_.chance(50));
    const int branches = 2 + below(2);
    const int default_branch = conditions && random_.chance(40) ? below(branches) : -1;
    bool direct = false, joined = false;
    for (int i = 0; i < branches; ++i) {
      const bool is_default = i == default_branch;
      const bool conditional = conditions && !is_default && !random_.chance(12);
      if (!direct && random_.chance(15)) {
        connect(split, join, conditional, is_default);
        direct = joined = true;
        continue;
      }
      const Part branch = part(container, std::max(1, (size - 2) / branches), depth);
      connect(split, branch.in, conditional, is_default);
      if (branch.out < 0) continue;
      if (random_.chance(10)) {
        connect(branch.out, end(container));
      } else {
        connect(branch.out, join);
        joined = true;
      }
    }
    return {split, joined ? join : -1};
  }

  Part loop(int container, int size, int depth) {
    const int merge = add(random_.chance(90) ? "xor" : gateway(), container);
    const int split = add(random_.chance(90) ? "xor" : gateway(), container);
    const Part body = part(container, size - 1, depth);
    connect(merge, body.in);
    connect(body.out, split);
    if (random_.chance(50)) {
      connect(split, merge);
    } else {
      const Part back = leaf(container);
      connect(split, back.in);
      connect(back.out, merge);
    }
    return {merge, split};
  }

  Part event_gateway(int container, int size, int depth) {
    const int gate = add("event-gateway", container);
    const int merge = add(random_.chance(85) ? "xor" : gateway(), container);
    bool merged = false;
    for (int branches = 2 + below(2); branches > 0; --branches) {
      const bool receive = random_.chance(20);
      const int event = add(receive ? "receive" : "catch", container);
      if (!receive) node(event).trigger = branches == 2 ? "timer" : branches == 3 ? "message" : "signal";
      if (node(event).trigger == "signal") node(event).code = "S";
      connect(gate, event);
      int last = event;
      if (random_.chance(50)) {
        const Part branch = part(container, std::max(1, size / 3), depth);
        connect(event, branch.in);
        last = branch.out;
      }
      if (random_.chance(15) && last >= 0) {
        connect(last, end(container));
      } else if (last >= 0) {
        connect(last, merge);
        merged = true;
      }
    }
    return {gate, merged ? merge : -1};
  }

  Part link(int container) {
    const int from = add("throw", container);
    const int to = add("catch", container);
    node(from).trigger = node(to).trigger = "link";
    node(from).code = node(to).code = "L" + std::to_string(to);
    return {from, to};
  }

  /// An activity with boundary events; their paths end, or merge behind it.
  Part guarded(int container, int host, int size, int depth) {
    const int merge = add(random_.chance(85) ? "xor" : gateway(), container);
    connect(host, merge);
    for (int events = random_.chance(25) ? 2 : 1; events > 0; --events) {
      const int event = add("boundary", container);
      node(event).host = host;
      if (random_.chance(45)) {
        code(event);
      } else {
        trigger(event);
        node(event).interrupting = random_.chance(70);
      }
      int last = event;
      if (random_.chance(60)) {
        const Part path = part(container, std::max(1, size / 3), depth);
        connect(event, path.in);
        last = path.out;
      }
      if (last >= 0) connect(last, random_.chance(50) ? merge : end(container));
    }
    return {host, merge};
  }

  // --- faults ---

  bool behind_event_gateway(int n) const {
    for (const SketchFlow& flow : sketch_.flows)
      if (flow.target == n && sketch_.nodes[static_cast<std::size_t>(flow.source)].kind == "event-gateway")
        return true;
    return false;
  }

  void spoil() {
    const int dice = below(3);
    if (dice == 0) {
      const int source = below(static_cast<int>(sketch_.nodes.size()));
      const int target = below(static_cast<int>(sketch_.nodes.size()));
      const SketchNode& from = node(source);
      const SketchNode& to = node(target);
      const bool wrong_source = from.kind == "end" || from.kind == "event-gateway" ||
                                from.kind == "event-sub" || (from.kind == "throw" && from.trigger == "link");
      const bool wrong_target = to.kind == "start" || to.kind == "boundary" || to.kind == "event-sub" ||
                                (to.kind == "catch" && to.trigger == "link");
      if (from.parent == to.parent && source != target && !wrong_source && !wrong_target &&
          !behind_event_gateway(target))
        connect(source, target);
    } else if (dice == 1 && !sketch_.flows.empty()) {
      const auto at = static_cast<std::size_t>(below(static_cast<int>(sketch_.flows.size())));
      if (node(sketch_.flows[at].source).kind != "event-gateway")
        sketch_.flows.erase(sketch_.flows.begin() + static_cast<std::ptrdiff_t>(at));
    } else {
      std::vector<int> gateways;
      for (std::size_t n = 0; n < sketch_.nodes.size(); ++n)
        if (const std::string& kind = sketch_.nodes[n].kind; kind == "xor" || kind == "and" || kind == "or")
          gateways.push_back(static_cast<int>(n));
      if (gateways.empty()) return;
      const int chosen = gateways[static_cast<std::size_t>(below(static_cast<int>(gateways.size())))];
      node(chosen).kind = gateway();
      for (SketchFlow& flow : sketch_.flows)
        if (flow.source == chosen) flow.conditional = flow.is_default = false;
    }
  }

  Random random_;
  Sketch sketch_;
  bool loops_;
};

void write_node(const Sketch& sketch, int n, const std::string& indent, std::string& out) {
  const SketchNode& node = sketch.nodes[static_cast<std::size_t>(n)];
  out += indent + node.kind + " " + node.id;
  if (node.host >= 0) out += " on " + sketch.nodes[static_cast<std::size_t>(node.host)].id;
  if (!node.trigger.empty()) out += " " + node.trigger + (node.code.empty() ? "" : ":" + node.code);
  if (!node.interrupting) out += " non-interrupting";
  if (!node.loop.empty()) out += " " + node.loop;
  if (node.maximum > 0) out += " max:" + std::to_string(node.maximum);
  if (node.until) out += " until";
  if (node.undo) out += " undo";
  if (node.instantiate) out += " instantiate";
  out += "\n";
  for (std::size_t inner = 0; inner < sketch.nodes.size(); ++inner)
    if (sketch.nodes[inner].parent == n) write_node(sketch, static_cast<int>(inner), indent + "  ", out);
}

}  // namespace

std::string to_text(const Sketch& sketch) {
  std::string out;
  for (std::size_t n = 0; n < sketch.nodes.size(); ++n)
    if (sketch.nodes[n].parent < 0) write_node(sketch, static_cast<int>(n), "", out);
  const auto id = [&](int n) { return sketch.nodes[static_cast<std::size_t>(n)].id; };
  for (const SketchFlow& flow : sketch.flows)
    out += id(flow.source) + " > " + id(flow.target) + (flow.conditional ? " [if]" : "") +
           (flow.is_default ? " [default]" : "") + "\n";
  for (const auto& [source, target] : sketch.associations) out += id(source) + " ~> " + id(target) + "\n";
  return out;
}

Sketch random_sketch(std::uint64_t seed, int size) {
  return Builder(seed, false).process(size);
}

Sketch random_sketch_with_loops(std::uint64_t seed, int size) {
  return Builder(seed, true).process(size);
}

}  // namespace weir::test
