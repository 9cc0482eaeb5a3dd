// Processes made of blocks, and what they do, from their structure alone: the definition says which tasks are
// open after each one that ends, without tokens, flows and gateways.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/random.hpp"

namespace weir::test {

struct Block {
  enum class Kind : std::uint8_t {
    nothing,
    task,
    instances,
    in_order,
    sequence,
    one,
    all,
    some,
    loop,
    scope
  };
  Kind kind = Kind::nothing;
  int id = 0;
  int times = 0;                // of instances (side by side) and in_order
  std::vector<Block> children;  // branches, steps, or the one body
};

/// About `size` tasks. A function of what it draws only.
Block random_block(Random& random, int size);

/// Plain BPMN with conditions in FEEL, process "blocks"; tasks are called "t7". Decisions are variables that
/// anybody may set at any time: g7 (a number, which branch), o7_0, o7_1 ... (true: it is taken), l7 (true:
/// once more).
std::string to_bpmn(const Block& root);

using Decisions = std::map<std::string, int>;
/// Every decision of the process, drawn anew. With `leave` loops are left.
void decide(const Block& block, Random& random, bool leave, Decisions& decisions);

/// The process as its blocks have it.
class Blocks {
 public:
  explicit Blocks(const Block& root) : root_(root) {}

  void start(const Decisions& decisions);
  /// One of the open tasks ends.
  void complete(const std::string& task, const Decisions& decisions);
  /// Tasks that are open, in the order of their names.
  [[nodiscard]] std::vector<std::string> open() const;
  [[nodiscard]] bool ended() const { return ended_; }

 private:
  /// A block that has begun and not ended.
  struct Running {
    const Block* block = nullptr;
    Running* parent = nullptr;
    std::size_t next = 0;  // sequence: the step behind the one that runs
    int left = 0;          // children or instances that have not ended
    bool closed = false;   // all that will begin have begun
  };
  Running& begin(const Block& block, Running* parent);
  void go_on(Running& running);
  void end(Running& running);

  const Block& root_;
  Block whole_;
  Decisions decisions_;
  std::vector<std::unique_ptr<Running>> running_;
  bool ended_ = false;
};

}  // namespace weir::test
