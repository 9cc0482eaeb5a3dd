// Plays a model in the real runtime on a disk in memory: whatever an instance waits for comes, with made-up
// variables, until it ends.
#pragma once

#include <set>
#include <string>
#include <utility>

#include "core/base/random.hpp"
#include "tests/conformance/made_up_data.hpp"
#include "tests/support/engine_room.hpp"

namespace weir::conformance {

/// What came of one instance.
struct Played {
  bool ended = false;       // it completed, or an error end event ended it
  std::string why;          // what it stands at: an incident's code, a kind of wait
  std::string explanation;  // one sentence
};

class ModelPlayer {
 public:
  /// A file without errors; throws std::runtime_error as test::EngineRoom does.
  ModelPlayer(const std::string& name, const std::string& text, const model::Definitions& definitions);

  /// One instance of a process of the file, begun at the given start event (empty = implicitly); `number`
  /// varies what is answered. Each try has a disk of its own.
  Played play(const graph::ProcessGraph& process, std::string_view start, std::uint32_t number);

  using Places = std::set<std::pair<std::string, std::uint32_t>>;  // process, node
  /// Nodes that tokens came to, over all instances of this file so far.
  [[nodiscard]] const Places& reached() const { return reached_; }

 private:
  struct Open {
    std::string instance;
    execute::Wait wait;
  };
  void enter(std::uint32_t number);
  std::vector<Open> open_waits(const std::string& instance, std::string& status);
  bool answer(const Open& open, Random& random, bool hurry);
  bool mend(const Open& open, Random& random);
  void note_reached();
  Result<dmn::Decision> decision(const execute::Deployed& deployed, const data::DecisionReference& reference);
  void deploy(const std::string& definition, const std::string& name, const std::string& text,
              const std::vector<std::string>& processes);
  [[nodiscard]] value::Value payload(Random& random, std::uint32_t percent);
  std::string caught_error(const Open& open, Random& random);
  void fill_task(const Open& open, Random& random);

  test::EngineRoom room_;
  std::string definition_, name_, text_;
  const model::Definitions& definitions_;
  MadeUpData data_;
  std::vector<std::string> processes_;
  std::set<std::string> stubs_;  // processes that were made up, of this try
  Random decisions_{1};
  SourceMap sources_;
  struct MadeDecision {
    formats::ReadResult read;
    dmn::Program program;
  };
  std::deque<MadeDecision> made_decisions_;
  value::Variables payload_;
  Places reached_;
};

}  // namespace weir::conformance
