// All small processes. Isomorphic copies are avoided by numbering nodes in the order in which a walk from the
// start discovers them, or by keeping only the numbering with the smallest code.
#include <algorithm>
#include <array>
#include <numeric>

#include "tests/support/random_sketch.hpp"

namespace weir::test {

namespace {

void add_node(Sketch& sketch, const char* kind, const std::string& id) {
  SketchNode node;
  node.kind = kind;
  node.id = id;
  sketch.nodes.push_back(node);
}

void add_flow(Sketch& sketch, int source, int target) {
  SketchFlow flow;
  flow.source = source;
  flow.target = target;
  flow.id = sketch.nodes[static_cast<std::size_t>(source)].id + ">" +
            sketch.nodes[static_cast<std::size_t>(target)].id;
  int same = 1;
  for (const SketchFlow& each : sketch.flows) same += each.source == source && each.target == target;
  if (same > 1) flow.id += "#" + std::to_string(same);
  sketch.flows.push_back(flow);
}

struct Shape {
  const char* kind;
  int in, out;
};
constexpr std::array<Shape, 7> shapes = {
    {{"task", 1, 1}, {"xor", 1, 2}, {"and", 1, 2}, {"or", 1, 2}, {"xor", 2, 1}, {"and", 2, 1}, {"or", 2, 1}}};

class Wiring {
 public:
  Wiring(int nodes, const std::function<void(const Sketch&)>& f) : nodes_(nodes), f_(f) {}

  void run() {
    slots_ = {start};
    wire(0);
  }

 private:
  static constexpr int start = -1;
  static constexpr int end = -2;

  /// Gives the flow slot number `slot` each possible target. slots_ grows as nodes are discovered.
  void wire(std::size_t slot) {
    if (slot == slots_.size()) {
      if (static_cast<int>(found_.size()) == nodes_ &&
          std::all_of(free_.begin(), free_.end(), [](int free) { return free == 0; }))
        give();
      return;
    }
    targets_.push_back(end);
    wire(slot + 1);
    for (std::size_t n = 0; n < found_.size(); ++n) {
      if (free_[n] == 0) continue;
      --free_[n];
      targets_.back() = static_cast<int>(n);
      wire(slot + 1);
      ++free_[n];
    }
    if (static_cast<int>(found_.size()) < nodes_) {
      for (std::size_t shape = 0; shape < shapes.size(); ++shape) {
        targets_.back() = static_cast<int>(found_.size());
        for (int i = 0; i < shapes[shape].out; ++i) slots_.push_back(static_cast<int>(found_.size()));
        found_.push_back(shape);
        free_.push_back(shapes[shape].in - 1);
        wire(slot + 1);
        found_.pop_back();
        free_.pop_back();
        slots_.resize(slots_.size() - static_cast<std::size_t>(shapes[shape].out));
      }
    }
    targets_.pop_back();
  }

  void give() {
    Sketch sketch;
    add_node(sketch, "start", "s");
    for (std::size_t n = 0; n < found_.size(); ++n)
      add_node(sketch, shapes[found_[n]].kind, std::string(1, static_cast<char>('a' + n)));
    add_node(sketch, "end", "e");
    for (std::size_t i = 0; i < targets_.size(); ++i)
      add_flow(sketch, slots_[i] + 1, targets_[i] == end ? nodes_ + 1 : targets_[i] + 1);
    f_(sketch);
  }

  int nodes_;
  const std::function<void(const Sketch&)>& f_;
  std::vector<std::size_t> found_;  // shape of each node
  std::vector<int> free_;           // incoming flows that each still needs
  std::vector<int> slots_;          // sources of flows, in order of discovery
  std::vector<int> targets_;        // of the slots so far
};

/// Kinds of the nodes, and for each node a bit set of targets (bit `nodes` = the end event).
struct Tiny {
  std::vector<int> kinds;
  std::vector<unsigned> targets;

  [[nodiscard]] Tiny renamed(const std::vector<int>& to) const {
    Tiny made = *this;
    const std::size_t nodes = kinds.size();
    for (std::size_t n = 0; n < nodes; ++n) {
      const auto at = static_cast<std::size_t>(to[n]);
      made.kinds[at] = kinds[n];
      made.targets[at] = targets[n] & (1u << nodes);
      for (std::size_t m = 0; m < nodes; ++m)
        if (targets[n] >> m & 1u) made.targets[at] |= 1u << to[m];
    }
    return made;
  }
  [[nodiscard]] bool smallest_name() const {
    std::vector<int> to(kinds.size());
    std::iota(to.begin(), to.end(), 0);
    do {
      const Tiny other = renamed(to);
      if (std::pair(other.kinds, other.targets) < std::pair(kinds, targets)) return false;
    } while (std::next_permutation(to.begin() + 1, to.end()));  // the first one stays behind the start
    return true;
  }
  [[nodiscard]] bool all_reachable() const {
    unsigned reached = 1;
    for (std::size_t round = 0; round < kinds.size(); ++round)
      for (std::size_t n = 0; n < kinds.size(); ++n)
        if (reached >> n & 1u) reached |= targets[n];
    return reached + 1 == 2u << kinds.size();
  }
};

}  // namespace

void for_each_small_sketch(int nodes, const std::function<void(const Sketch&)>& f) {
  Wiring(nodes, f).run();
}

void for_each_tiny_sketch(int nodes, const std::function<void(const Sketch&)>& f) {
  static constexpr const char* kinds[] = {"task", "xor", "and", "or"};
  const auto count = static_cast<unsigned>(nodes);
  const unsigned bits = count * count;  // each node: every other node, and the end event
  for (unsigned kind_code = 0; kind_code < 1u << (2 * count); ++kind_code) {
    for (unsigned flow_code = 0; flow_code < 1u << bits; ++flow_code) {
      Tiny tiny;
      for (unsigned n = 0; n < count; ++n) {
        tiny.kinds.push_back(static_cast<int>(kind_code >> (2 * n) & 3u));
        unsigned row = flow_code >> (n * count) & ((1u << count) - 1);
        row = (row & ((1u << n) - 1)) | (row >> n << (n + 1));  // no flow from a node to itself
        tiny.targets.push_back(row);
      }
      if (!tiny.all_reachable() || !tiny.smallest_name()) continue;
      Sketch sketch;
      add_node(sketch, "start", "s");
      for (unsigned n = 0; n < count; ++n)
        add_node(sketch, kinds[tiny.kinds[n]], std::string(1, static_cast<char>('a' + n)));
      add_node(sketch, "end", "e");
      add_flow(sketch, 0, 1);
      for (unsigned n = 0; n < count; ++n)
        for (unsigned to = 0; to <= count; ++to)
          if (tiny.targets[n] >> to & 1u) add_flow(sketch, static_cast<int>(n) + 1, static_cast<int>(to) + 1);
      f(sketch);
    }
  }
}

}  // namespace weir::test
