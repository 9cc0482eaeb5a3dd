#include "tests/support/blocks.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace weir::test {

using Kind = Block::Kind;

// --- which there are ---

namespace {

int below(Random& random, int bound) {
  return static_cast<int>(random.below(static_cast<std::uint32_t>(bound)));
}

Block leaf(Random& random, int& ids) {
  Block made;
  made.id = ++ids;
  const int dice = below(random, 10);
  made.kind = dice == 0 ? Kind::instances : dice == 1 ? Kind::in_order : Kind::task;
  made.times = 1 + below(random, 3);
  return made;
}

Block grow(Random& random, int size, int& ids) {
  if (size <= 1) return leaf(random, ids);
  Block made;
  made.id = ++ids;
  const int dice = below(random, 100);
  if (dice < 12) {
    made.kind = Kind::loop;  // with something to wait for
    made.children.push_back(grow(random, size, ids));
    return made;
  }
  if (dice < 22) {
    made.kind = Kind::scope;
    made.children.push_back(grow(random, size - 1, ids));
    return made;
  }
  made.kind = dice < 45 ? Kind::sequence : dice < 63 ? Kind::one : dice < 83 ? Kind::all : Kind::some;
  for (int left = size; left > 0;) {
    const int part = 1 + below(random, left);
    made.children.push_back(grow(random, part, ids));
    left -= part;
  }
  if (made.kind != Kind::sequence && random.chance(30)) made.children.emplace_back();
  if (made.children.size() < 2) made.children.emplace_back();
  return made;
}

/// Whether it may end as soon as it begins.
bool may_be_nothing(const Block& block) {
  const auto may = [](const Block& each) { return may_be_nothing(each); };
  const auto& parts = block.children;
  switch (block.kind) {
    case Kind::nothing:
    case Kind::some:
      return true;
    case Kind::task:
    case Kind::instances:
    case Kind::in_order:
      return false;
    case Kind::one:
      return std::any_of(parts.begin(), parts.end(), may);
    case Kind::sequence:
    case Kind::all:
    case Kind::loop:
    case Kind::scope:
      return std::all_of(parts.begin(), parts.end(), may);
  }
  return true;
}

/// Loops get a task, or they would turn without end.
void slow_down(Block& block, int& ids) {
  for (Block& each : block.children) slow_down(each, ids);
  if (block.kind != Kind::loop || !may_be_nothing(block.children[0])) return;
  Block steps;
  steps.kind = Kind::sequence;
  steps.id = ++ids;
  steps.children.push_back(std::move(block.children[0]));
  steps.children.emplace_back();
  steps.children.back().kind = Kind::task;
  steps.children.back().id = ++ids;
  block.children[0] = std::move(steps);
}

}  // namespace

Block random_block(Random& random, int size) {
  int ids = 0;
  Block root = grow(random, size, ids);
  slow_down(root, ids);
  return root;
}

void decide(const Block& block, Random& random, bool leave, Decisions& decisions) {
  const int branches = static_cast<int>(block.children.size());
  if (block.kind == Kind::one) decisions[fmt::format("g{}", block.id)] = below(random, branches);
  if (block.kind == Kind::some)
    for (int i = 0; i < branches; ++i)
      decisions[fmt::format("o{}_{}", block.id, i)] = static_cast<int>(random.below(2));
  if (block.kind == Kind::loop) decisions[fmt::format("l{}", block.id)] = !leave && random.chance(50) ? 1 : 0;
  for (const Block& each : block.children) decide(each, random, leave, decisions);
}

// --- as BPMN ---

namespace {

class Writer {
 public:
  /// Nodes and flows from the node `from` to the end of the block; the node that it ends with.
  std::string write(const Block& block, const std::string& from, const std::string& condition = {}) {
    switch (block.kind) {
      case Kind::nothing:
        return from;
      case Kind::task:
        return add(from, condition, fmt::format("<userTask id=\"t{0}\"/>", block.id), "t", block.id);
      case Kind::instances:
      case Kind::in_order:
        return add(
            from, condition,
            fmt::format("<userTask id=\"t{}\"><multiInstanceLoopCharacteristics isSequential=\"{}\">"
                        "<loopCardinality>{}</loopCardinality></multiInstanceLoopCharacteristics></userTask>",
                        block.id, block.kind == Kind::in_order, block.times),
            "t", block.id);
      case Kind::sequence: {
        std::string at = from, when = condition;
        for (const Block& each : block.children) {
          const std::string next = write(each, at, when);
          if (next != at) when.clear();
          at = next;
        }
        return at;
      }
      case Kind::loop: {
        const std::string join = add(from, condition, gateway("exclusive", "j", block.id), "j", block.id);
        const std::string body = write(block.children[0], join);
        const std::string split =
            add(body, {}, gateway("exclusive", "s", block.id, fmt::format("out{}", block.id)), "s", block.id);
        flow(split, join, fmt::format("l{} = 1", block.id));
        defaults_[split] = fmt::format("out{}", block.id);
        return split;
      }
      case Kind::scope: {
        Writer inside;
        inside.text_ = fmt::format("<startEvent id=\"b{}\"/>", block.id);
        const std::string last = inside.write(block.children[0], fmt::format("b{}", block.id));
        inside.add(last, {}, fmt::format("<endEvent id=\"e{}\"/>", block.id), "e", block.id);
        return add(from, condition,
                   fmt::format("<subProcess id=\"p{}\">{}</subProcess>", block.id, inside.text_), "p",
                   block.id);
      }
      case Kind::one:
      case Kind::all:
      case Kind::some:
        return split(block, from, condition);
    }
    return from;
  }
  std::string add(const std::string& from, const std::string& condition, const std::string& element,
                  const char* letter, int id) {
    text_ += element;
    std::string name = fmt::format("{}{}", letter, id);
    flow(from, name, condition);
    return name;
  }
  std::string text_;

 private:
  static std::string gateway(const char* kind, const char* letter, int id,
                             const std::string& otherwise = {}) {
    return fmt::format("<{}Gateway id=\"{}{}\"{}/>", kind, letter, id,
                       otherwise.empty() ? "" : fmt::format(" default=\"{}\"", otherwise));
  }
  std::string split(const Block& block, const std::string& from, const std::string& condition) {
    const char* kind = block.kind == Kind::one   ? "exclusive"
                       : block.kind == Kind::all ? "parallel"
                                                 : "inclusive";
    const bool all = block.kind == Kind::all;
    const std::string otherwise = all ? "" : fmt::format("out{}", block.id);
    const std::string at = add(from, condition, gateway(kind, "s", block.id, otherwise), "s", block.id);
    const std::string join = fmt::format("j{}", block.id);
    text_ += gateway(kind, "j", block.id);
    for (std::size_t i = 0; i < block.children.size(); ++i) {
      std::string when;
      if (block.kind == Kind::some) when = fmt::format("o{}_{} = 1", block.id, i);
      if (block.kind == Kind::one) {
        when = fmt::format("g{} = {}", block.id, i);
        if (i + 1 == block.children.size()) {
          defaults_[at] = otherwise;
          when.clear();
        }
      }
      const std::string last = write(block.children[i], at, when);
      flow(last, join, last == at ? when : "");
    }
    if (block.kind == Kind::some) {
      defaults_[at] = otherwise;
      flow(at, join, {});
    }
    return join;
  }
  /// The next one without a condition from a node that has a default flow is that.
  void flow(const std::string& from, const std::string& to, const std::string& condition) {
    std::string id = fmt::format("f{}_{}_{}", from, to, ++flows_);
    const auto found = defaults_.find(from);
    if (condition.empty() && found != defaults_.end()) {
      id = found->second;
      defaults_.erase(found);
    }
    text_ += fmt::format("<sequenceFlow id=\"{}\" sourceRef=\"{}\" targetRef=\"{}\"", id, from, to);
    text_ += condition.empty()
                 ? "/>"
                 : fmt::format("><conditionExpression>{}</conditionExpression></sequenceFlow>", condition);
  }

  std::map<std::string, std::string> defaults_;  // gateway -> flow that is still to be written
  int flows_ = 0;
};

}  // namespace

std::string to_bpmn(const Block& root) {
  Writer writer;
  writer.text_ = "<startEvent id=\"begin\"/>";
  writer.add(writer.write(root, "begin"), {}, "<endEvent id=\"end0\"/>", "end", 0);
  return "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" targetNamespace=\"blocks\" "
         "expressionLanguage=\"https://www.omg.org/spec/DMN/20191111/FEEL/\">"
         "<process id=\"blocks\" isExecutable=\"true\">" +
         writer.text_ + "</process></definitions>";
}

// --- what they do ---

Blocks::Running& Blocks::begin(const Block& block, Running* parent) {
  running_.push_back(std::make_unique<Running>());
  Running& made = *running_.back();
  made.block = &block;
  made.parent = parent;
  return made;
}

void Blocks::end(Running& running) {
  Running* const parent = running.parent;
  running_.erase(std::find_if(running_.begin(), running_.end(),
                              [&](const auto& each) { return each.get() == &running; }));
  if (parent == nullptr) {
    ended_ = true;
    return;
  }
  --parent->left;
  go_on(*parent);
}

/// Begins what may begin now; a block without anything left to wait for ends.
void Blocks::go_on(Running& running) {
  const Block& block = *running.block;
  std::vector<const Block*> now;
  switch (block.kind) {
    case Kind::nothing:
    case Kind::task:
    case Kind::instances:
    case Kind::in_order:
      return end(running);
    case Kind::sequence:
      if (running.left > 0) return;
      if (running.next < block.children.size()) now.push_back(&block.children[running.next++]);
      break;
    case Kind::loop:
      if (running.left > 0) return;
      if (!running.closed || decisions_.at(fmt::format("l{}", block.id)) == 1)
        now.push_back(&block.children[0]);
      running.closed = true;
      break;
    case Kind::scope:
    case Kind::one:
    case Kind::all:
    case Kind::some:
      if (running.closed) break;
      running.closed = true;
      for (std::size_t i = 0; i < block.children.size(); ++i)
        if (block.kind == Kind::all || block.kind == Kind::scope ||
            (block.kind == Kind::one && decisions_.at(fmt::format("g{}", block.id)) == static_cast<int>(i)) ||
            (block.kind == Kind::some && decisions_.at(fmt::format("o{}_{}", block.id, i)) == 1))
          now.push_back(&block.children[i]);
      break;
  }
  if (now.empty()) {
    if (running.left == 0) end(running);
    return;
  }
  running.left += static_cast<int>(now.size());
  std::vector<Running*> begun;
  for (const Block* each : now) begun.push_back(&begin(*each, &running));
  for (Running* each : begun) {
    const Kind kind = each->block->kind;
    if (kind == Kind::task || kind == Kind::instances || kind == Kind::in_order)
      each->left = kind == Kind::task ? 1 : each->block->times;
    else
      go_on(*each);
  }
}

void Blocks::start(const Decisions& decisions) {
  decisions_ = decisions;
  // The root stands in a sequence of one, so that a single task needs no case of its own.
  whole_.kind = Kind::sequence;
  whole_.children = {root_};
  go_on(begin(whole_, nullptr));
}

void Blocks::complete(const std::string& task, const Decisions& decisions) {
  decisions_ = decisions;
  for (const auto& each : running_) {
    const Kind kind = each->block->kind;
    if (kind != Kind::task && kind != Kind::instances && kind != Kind::in_order) continue;
    if (fmt::format("t{}", each->block->id) != task) continue;
    if (--each->left == 0) end(*each);
    return;
  }
}

std::vector<std::string> Blocks::open() const {
  std::vector<std::string> names;
  for (const auto& each : running_) {
    const Kind kind = each->block->kind;
    const int open = kind == Kind::instances                        ? each->left
                     : kind == Kind::task || kind == Kind::in_order ? 1
                                                                    : 0;
    names.insert(names.end(), static_cast<std::size_t>(open), fmt::format("t{}", each->block->id));
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace weir::test
