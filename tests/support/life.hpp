// One instance without a disk: random things happen to it, and everything that is written down of it is kept
// as lines of the journal. Several builds of weir may take turns: each sees the elements of the process in
// another order, so that numbers of nodes and flows mean nothing to the next one.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/random.hpp"
#include "core/execute/engine.hpp"
#include "core/execute/journal.hpp"
#include "formats/read.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/sketch.hpp"

namespace weir::test {

/// A sketch with data: conditions, loops and collections that depend on the variables n and list. What an
/// element gets depends on the seed and on its id only.
model::Definitions with_data(const Sketch& sketch, std::uint64_t seed);
/// The same process with its elements in another order.
Sketch reordered(const Sketch& sketch, Random& random);
/// Control flow to the last free slot, as text.
std::string slots(const semantics::State& state);

/// A decision that some tasks ask: nothing for n = 6, and no result when n is 5.
class Level {
 public:
  Level();
  [[nodiscard]] dmn::Decision decision() const { return program_.find("level"); }

 private:
  SourceMap sources_;
  formats::ReadResult read_;
  dmn::Program program_;
};

class Life {
 public:
  /// All builds are of one process; the first one begins.
  explicit Life(std::vector<model::Definitions> builds);
  explicit Life(model::Definitions build) : Life(one(std::move(build))) {}
  // In the .cpp file: else every file that has one compiles all of this again.
  ~Life();

  /// True while something may still be answered.
  bool begin();
  /// Something random happens; false when nothing can.
  bool answer(Random& random);
  /// Somebody moves tokens; false when what was drawn is forbidden.
  bool move(Random& random);
  /// Every record there is leads to the same instance on every way, whichever build reads it.
  void check();
  /// Goes on with the instance as this build reads it back: it must do the same as one that never slept.
  void sleep(std::size_t build = 0);

  [[nodiscard]] std::size_t records() const { return lines_.size(); }
  /// Records that hold a text.
  [[nodiscard]] std::size_t count(std::string_view text) const;
  [[nodiscard]] const std::string& last() const { return lines_.back(); }
  [[nodiscard]] const execute::Instance& instance() const { return *live_; }
  [[nodiscard]] const graph::ProcessGraph& graph() const { return builds_[now_].graph; }

 private:
  static std::vector<model::Definitions> one(model::Definitions&& build) {
    std::vector<model::Definitions> all;
    all.push_back(std::move(build));
    return all;
  }
  void step(const std::function<void(execute::Engine&)>& f);
  std::string applied(std::span<const execute::Record> records, const execute::Deployed& deployed);
  std::vector<execute::Record> read(value::Arena& arena);

  std::vector<model::Definitions> definitions_;
  std::deque<execute::Deployed> builds_;
  std::size_t now_ = 0;
  bool moved_ = false;  // between builds
  FakeClock clock_;
  Level level_;
  execute::Workshop workshop_;
  std::unique_ptr<execute::Instance> live_;
  std::vector<std::string> lines_;
};

}  // namespace weir::test
