// execute::Store as a directory of JSON files, see section "State on disk" of the README:
//
//   state.json {"schema":"weir.state/1","id":...,"checkpoint":"instances/3.jsonl","journal":4, ...}
//   journal/4.jsonl            batches: {"batch":n,"records":k,"bytes":b,"crc":"..."} and k records
//   instances/3.jsonl          checkpoint: one whole record per instance; journal 4 begins where it ends
//   history/1.jsonl ...        journals that a checkpoint has replaced
//   definitions/<sha256>.json  sources; versions.jsonl: which processes and decisions they hold, oldest first
//   lock
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "cli/world/state_disk.hpp"
#include "core/execute/store.hpp"
#include "formats/state/record.hpp"

namespace weir::cli::world {

class FileStore : public execute::Store {
 public:
  struct Options {
    std::uint64_t checkpoint_bytes = std::uint64_t{16}
                                     << 20u;  // of journal; more when the checkpoint is large
    int wait_ms = 10'000;                     // for the lock
    std::string new_id;                       // of a store that is made
    bool create = true;                       // else a directory that is none is an error
  };
  FileStore(StateDisk& disk, std::string directory, Options options);

  Result<std::vector<std::string>> lock() override;
  void unlock() override;
  Result<std::optional<execute::Record>> find(std::string_view instance, value::Arena& arena) override;
  Result<std::uint64_t> each(const std::function<bool(const execute::Record&)>& f) override;
  Result<std::vector<execute::Record>> history(std::string_view instance, value::Arena& arena) override;
  Result<std::string> find_key(std::string_view process, std::string_view key) override;
  [[nodiscard]] std::uint64_t started() const override { return started_; }
  [[nodiscard]] std::string_view id() const override { return id_; }
  void add(execute::Record& record) override;
  Result<std::uint64_t> commit() override;
  void discard() override;
  Result<std::uint64_t> deploy(const execute::Source& source, const std::vector<std::string>& processes,
                               const std::vector<std::string>& decisions) override;
  Result<execute::Source> source(std::string_view sha256) override;
  Result<std::vector<std::string>> processes() override;
  Result<std::string> newest(std::string_view process) override;
  Result<std::string> decision(std::string_view id, std::uint64_t version) override;

  /// Why the last operation failed.
  enum class Refusal : std::uint8_t { none, busy, damaged, disk, missing };
  [[nodiscard]] Refusal refusal() const { return refusal_; }

 private:
  enum class In : std::uint8_t { checkpoint, journal };
  struct Place {
    In in = In::journal;
    std::uint64_t offset = 0, size = 0;
  };
  struct Known {
    std::string id;
    Place first;
    std::vector<Place> more;  // records after the first one, oldest first
  };
  struct State {  // state.json
    std::string checkpoint;
    std::uint64_t journal = 1, started = 0, sequence = 0;
    friend bool operator==(const State&, const State&) = default;
  };

  [[nodiscard]] std::string path(std::string_view name) const { return directory_ + "/" + std::string(name); }
  [[nodiscard]] std::string journal_path(std::uint64_t number) const;
  [[nodiscard]] std::string_view line(const Place& place) const;
  Error refuse(Refusal refusal, std::string message);
  [[nodiscard]] std::string summed(const State& state) const;
  Result<std::uint64_t> read_state(State& state);
  Result<std::uint64_t> write_state(const State& state);
  Result<std::uint64_t> load();
  Result<std::uint64_t> read_journal(std::vector<std::string>& changed);
  void index(std::string_view line, In in, std::uint64_t offset, std::vector<std::string>* changed);
  Result<execute::Record> folded(const Known& known, value::Arena& arena,
                                 formats::state::Part part = formats::state::Part::all) const;
  Result<std::uint64_t> checkpoint();
  Result<std::uint64_t> read_versions();

  StateDisk& disk_;
  std::string directory_;
  Options options_;
  std::unique_ptr<StateDisk::Lock> lock_;
  Refusal refusal_ = Refusal::none;
  bool loaded_ = false;
  State state_;
  std::string id_;
  std::string checkpoint_, journal_;  // texts, as far as they are known
  std::uint64_t batch_ = 0;           // number of the last one in the journal
  std::uint64_t started_ = 0, sequence_ = 0;
  std::vector<Known> known_;
  std::unordered_map<std::string, std::uint32_t> by_id_;
  std::unordered_map<std::string, std::string> keys_;                 // process + '\n' + key -> instance
  using Versions = std::vector<std::pair<std::string, std::string>>;  // id, sha256
  static std::string newest_of(const Versions& versions, std::string_view id);
  Versions versions_, decisions_;
  bool versions_read_ = false;
  // The batch that is being made.
  std::string batch_text_;
  std::uint64_t batch_records_ = 0, batch_started_ = 0, batch_sequence_ = 0;
  std::vector<std::string> batch_keys_;
};

}  // namespace weir::cli::world
