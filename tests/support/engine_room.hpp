// A runtime with everything around it in memory: disk, clock, connectors. What is on the disk outlives the
// process; reopen() is the next process.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cli/world/file_store.hpp"
#include "core/base/source_map.hpp"
#include "core/execute/runtime.hpp"
#include "formats/read.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/memory_disk.hpp"

namespace weir::test {

/// Connectors that do what the test says and remember what they were called with.
class ScriptedConnector : public execute::Connector {
 public:
  execute::Called call(const execute::Call& call) override {
    tokens.emplace_back(call.token);
    return answer(call);
  }
  static execute::Called well(const execute::Call&) {
    execute::Called called;
    called.ok = true;
    return called;
  }
  std::function<execute::Called(const execute::Call&)> answer = well;
  std::vector<std::string> tokens;  // of all calls
};

class EngineRoom {
 public:
  explicit EngineRoom(std::uint64_t checkpoint_bytes = std::uint64_t{16} << 20u);
  // In the .cpp file: else every file that has one compiles all of this again.
  ~EngineRoom();

  /// Makes a definition known; throws std::runtime_error when it is wrong, as all of this does. Its sha256.
  std::string add(const std::string& name, const std::string& text);
  /// A new process on the same disk; the one before need not have ended well.
  void reopen();

  // One operation as one batch, as commands do it; an error abandons the batch.
  using Operation = std::function<Result<execute::Standing>()>;
  Result<execute::Standing> batch(const Operation& operation);
  /// Deploys a definition that was added and starts its first process, or the one that is named.
  Result<execute::Standing> start(const std::string& definition, const value::Variables& variables = {},
                                  const std::string& key = {}, const std::string& process = {});
  /// Deploys a definition that was added and arms the timers of its first process; how many there are now.
  Result<std::uint64_t> arm(const std::string& definition);
  Result<execute::Standing> complete(const std::string& task, const value::Variables& variables = {});
  Result<execute::Standing> message(const std::string& name, const std::string& key,
                                    const value::Variables& variables = {});
  Result<std::uint64_t> fire_timers();
  Result<std::uint64_t> make_calls() { return runtime->make_calls({}); }

  Result<const execute::Deployed*> find(std::string_view definition, std::string_view process);

  /// The instance as one line, empty when there is none. The test stops when it cannot be read.
  std::string whole(const std::string& instance);
  /// How it stands, and what it waits for: "waiting approve, mail".
  std::string standing(const std::string& instance);
  /// Its trace: elements of all steps of its history.
  std::string trace(const std::string& instance);
  /// Variables of the process as JSON.
  std::string variables(const std::string& instance);

  MemoryDisk disk;
  FakeClock clock;
  ScriptedConnector connector;
  std::string directory = "state";
  std::string owner = "me";  // of attempts; reopen() takes another
  std::unique_ptr<cli::world::FileStore> store;
  std::unique_ptr<execute::Runtime> runtime;

 private:
  struct Definition {
    std::string sha256, name, text;
    formats::ReadResult read;
    std::vector<std::string> processes;
  };

  SourceMap sources_;
  std::deque<Definition> definitions_;
  std::deque<execute::Deployed> deployed_;
  std::uint64_t checkpoint_bytes_;
  int processes_ = 0;
};

}  // namespace weir::test
