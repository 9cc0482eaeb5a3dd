// execute::Store as a directory of JSON files, see section "State on disk" of the README:
//
//   state.json          {"schema":"weir.state/1","id":...,"checkpoints":["instances/3.jsonl"], ...}
//
//   journal/4.jsonl     batches: {"batch":n,"records":k,"bytes":b,"crc":"..."} and k records
//
//   instances/3.jsonl   checkpoint: a line per instance, a whole record or its only one; the last one counts
//   instances/4-20.jsonl  the same, of 20 batches: journal/3.jsonl, of which every line stays
//
//   index/3.idx         where what stands in instances/3.jsonl; 3+2.idx: in that and the two after it
//
//   history/1.jsonl     what checkpoints do not keep of the journals they have replaced
//
//   definitions/        see definition_files.hpp
//
//   lock                held by who writes
#pragma once

#include <functional>
#include <future>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "cli/world/definition_files.hpp"
#include "cli/world/id_table.hpp"
#include "cli/world/segment.hpp"
#include "cli/world/state_disk.hpp"
#include "core/execute/store.hpp"
#include "formats/state/record.hpp"

namespace weir::cli::world {

class FileStore : public execute::Store {
 public:
  struct Options {
    std::uint64_t checkpoint_bytes = std::uint64_t{16} << 20u;  // of journal; up to four times as many when
                                                                // the instances take 16 times as many
    int wait_ms = 10'000;                                       // for the lock
    std::string new_id;                                         // of a store that is made
    bool create = true;                                         // else a directory that is none is an error
  };
  FileStore(StateDisk& disk, std::string directory, Options options);
  // In the .cpp file: else every file that has one compiles all of this again.
  ~FileStore() override;

  Result<Changed> lock() override;
  void unlock() override;
  Result<std::optional<execute::Record>> find(std::string_view instance, value::Arena& arena) override;
  Result<std::uint64_t> each(const Visitor& f) override;
  Result<std::uint64_t> each_waiting(execute::WaitKind kind, std::string_view name,
                                     std::optional<std::string_view> key, const Visitor& f) override;
  Result<std::uint64_t> each_due(execute::WaitKind kind, value::Instant until, const Visitor& f) override;
  Result<std::vector<execute::Record>> history(std::string_view instance, value::Arena& arena) override;
  Result<std::string> find_key(std::string_view process, std::string_view key) override;
  [[nodiscard]] std::uint64_t started() const override { return started_; }
  [[nodiscard]] std::string_view id() const override { return id_; }
  void add(execute::Record& record) override;
  std::uint32_t keep_pattern(const execute::Record& record) override;
  void add_like(const execute::Like& like) override;
  Result<std::uint64_t> commit() override;
  Result<std::uint64_t> commit_aside() override { return write_batch(&StateDisk::append_aside); }
  Result<std::uint64_t> batch_written() override;
  [[nodiscard]] bool is_wanted() const override { return lock_ != nullptr && lock_->is_wanted(); }
  void discard() override;
  Result<std::uint64_t> deploy(const execute::Source& source, const execute::Held& held) override {
    return definitions_.deploy(source, held);
  }
  Result<execute::Source> source(std::string_view sha256) override { return definitions_.source(sha256); }
  Result<std::vector<std::string>> processes() override { return definitions_.processes(); }
  Result<std::string> newest(std::string_view process) override { return definitions_.newest(process); }
  Result<std::vector<std::string>> versions(std::string_view process) override {
    return definitions_.versions(process);
  }
  Result<std::string> decision(std::string_view id, std::uint64_t version) override {
    return definitions_.decision(id, version);
  }
  Result<std::string> form(std::string_view id, std::uint64_t version) override {
    return definitions_.form(id, version);
  }

  /// Definitions of every version of everything.
  Result<std::vector<std::string>> definitions() { return definitions_.all(); }

  /// Under the lock: everything is written into one checkpoint, and what was removed is gone.
  Result<std::uint64_t> compact();
  /// Every record there ever was and that is still kept, those of one instance oldest first.
  Result<std::uint64_t> each_record(const std::function<void(const execute::Record&)>& f);
  /// Every operation that records tell of and that begins so, oldest first, with the instance; several
  /// records may be of one.
  Result<std::uint64_t> each_operation(
      std::string_view prefix,
      const std::function<void(std::string_view operation, std::string_view instance)>& f);
  /// Files of state_, for those who look after the directory.
  [[nodiscard]] const std::vector<std::string>& checkpoints() const { return state_.checkpoints; }
  [[nodiscard]] std::uint64_t journal_number() const { return state_.journal; }
  [[nodiscard]] std::uint64_t batches() const { return batch_; }

  /// Why the last operation failed.
  [[nodiscard]] Refusal refusal() const { return refusals_.last; }

 private:
  static constexpr std::uint32_t nowhere = 0xffffffffu;
  /// Where a record of a checkpoint stands.
  struct At {
    std::uint32_t segment = nowhere, place = 0;
  };
  /// An instance that the journal tells of.
  struct Known {
    std::uint64_t id = 0;       // where it stands in journal_
    std::uint32_t id_size = 0;  // ... in bytes
    std::uint64_t begun = 0;
    At base;                                        // what came before the journal
    std::uint32_t first = nowhere, last = nowhere;  // of lines_
    std::uint64_t key_hash = 0;                     // 0 = none, or it was not begun in the journal
    bool alone = false;                             // its only record can stay as it is
    /// All of it up to a line, so that who looks again and again does not read every line each time.
    struct Folded {
      std::uint32_t last = nowhere;  // of lines_
      std::string record;            // a whole one
    };
    mutable std::unique_ptr<Folded> folded;
  };
  /// What there is to know of a line before it is read.
  struct About {
    std::uint32_t size = 0;
    bool begins =
        false;  // an instance: tells its definition, and is not whole as one that moves it to another
    bool has_key = false;  // that has to be read yet
    bool stands_alone = false;
    bool is_first = false;  // the journal has no other one of this instance before it
  };
  /// A record in the journal.
  struct Line {
    std::uint64_t offset = 0;
    std::uint32_t size = 0, known = 0, next = nowhere;  // the next one of the same instance
  };
  /// All of an instance: the newest checkpoint that has it, and the journal.
  struct Item {
    std::uint64_t begun = 0;
    At base;
    std::uint32_t known = nowhere;
  };
  struct State {  // state.json
    std::vector<std::string> checkpoints;
    std::uint64_t journal = 1, started = 0, sequence = 0;
    bool journal_exists = false;  // its file was made before; older builds do not say so
    friend bool operator==(const State&, const State&) = default;
  };

  [[nodiscard]] std::string path(std::string_view name) const { return directory_ + "/" + std::string(name); }
  [[nodiscard]] std::string journal_path(std::uint64_t number) const;
  [[nodiscard]] std::string history_path(std::uint64_t number) const;
  Error refuse(Refusal refusal, std::string message) { return refusals_.refuse(refusal, std::move(message)); }
  [[nodiscard]] std::string summed(const State& state) const;
  Result<std::uint64_t> read_state(State& state);
  Result<std::uint64_t> write_state(const State& state);
  Result<std::uint64_t> make_journal(State& state);
  Result<std::uint64_t> load();
  Result<std::uint64_t> read_journal(std::vector<std::string>& changed);
  void forget_journal();
  using LineVisitor = std::function<Result<std::uint64_t>(std::string_view line)>;
  /// Of all instances, or of one and then with lines of others.
  Result<std::uint64_t> each_past_line(const LineVisitor& f, std::string_view instance = {});
  Result<std::uint64_t> kept_line(std::string_view instance, const LineVisitor& f);
  Result<std::uint64_t> each_kept_line(const LineVisitor& f);
  Result<std::uint64_t> tell_kept(const At& at, std::string_view line, const LineVisitor& f);
  static About about(std::string_view line);
  void take_in(const About& about, std::uint64_t offset, std::vector<std::string>* changed);
  [[nodiscard]] std::string_view id_of(const Known& known) const {
    return std::string_view(journal_).substr(known.id, known.id_size);
  }
  [[nodiscard]] std::uint32_t find_known(std::string_view id, std::uint64_t hash) const;
  [[nodiscard]] std::string_view line_text(const Line& line) const {
    return std::string_view(journal_).substr(line.offset, line.size);
  }
  Result<At> find_base(std::string_view id);
  [[nodiscard]] const Place& place(const At& at) const {
    return segments_[at.segment]->index().places()[at.place];
  }
  Result<Item> find_item(std::string_view id);
  Result<std::uint64_t> settle();
  [[nodiscard]] bool is_newest(const At& at) const;
  [[nodiscard]] std::vector<Item> all_items(std::size_t first_segment) const;
  [[nodiscard]] std::vector<Item> items_of(const std::vector<At>& places,
                                           const std::vector<std::uint32_t>& known) const;
  struct Lines {
    std::vector<Segment::Run> runs;
    std::vector<std::string_view> base;  // of each item; empty when it has none, or it is damaged
  };
  Result<Lines> lines_of(std::span<const Item> items) const;
  Result<execute::Record> folded(const Item& item, std::string_view base, value::Arena& arena,
                                 formats::state::Part part) const;
  Result<std::uint64_t> visit(const std::vector<Item>& items, const Visitor& f);
  Result<std::uint64_t> write_batch(std::future<Result<Done>> (StateDisk::*append)(const std::string&,
                                                                                   std::string_view));
  void begin_in_batch(std::string_view instance, std::string_view process, std::string_view key);
  Result<std::optional<execute::Record>> find_like(std::string_view instance, value::Arena& arena);
  void post_lines();
  void map_posts();
  enum class Merge : std::uint8_t { small, all };
  Result<std::uint64_t> checkpoint(Merge merge = Merge::small);
  [[nodiscard]] std::size_t first_to_merge() const;
  [[nodiscard]] bool stays_as_it_is(std::size_t first) const;
  std::unique_ptr<Segment> adopt(std::size_t first, const std::string& name);
  Result<std::unique_ptr<Segment>> merge(std::size_t first, std::vector<bool>& kept, std::string& replaced);
  void tidy();
  Result<std::uint64_t> write_history(const std::vector<bool>& kept, std::string_view replaced);

  StateDisk& disk_;
  std::string directory_;
  Options options_;
  std::unique_ptr<StateDisk::Lock> lock_;
  Refusals refusals_;
  DefinitionFiles definitions_;
  bool loaded_ = false;
  State state_;
  std::string state_text_;  // that was read last
  bool older_ = false;      // it has the older schema
  std::string id_;
  std::vector<std::unique_ptr<Segment>> segments_;  // oldest first
  std::uint64_t started_ = 0, sequence_ = 0;
  // The journal, as far as it is known.
  std::string journal_;
  std::uint64_t batch_ = 0;  // number of the last one
  std::vector<Known> known_;
  std::vector<Line> lines_;
  IdTable by_id_;  // known_
  std::uint32_t settled_ = 0;
  std::unordered_map<std::string, std::string> keys_;  // process + '\n' + key -> instance
  // What instances of the journal may wait for, as a segment's index has it; places are those of known_. Of
  // the first posted_ lines.
  std::vector<Posting> posted_waits_;
  std::vector<DuePosting> posted_due_;
  std::size_t posted_ = 0;
  // The same to look things up, filled when it is asked for; of as many as these have.
  std::unordered_multimap<std::uint64_t, std::uint32_t> waits_;
  std::multimap<value::Instant, std::pair<std::uint32_t, std::uint32_t>> due_;  // kind, known
  std::unordered_map<std::uint64_t, std::uint32_t> by_begun_;
  formats::json::Writer writer_;
  // The batch that is being made.
  std::string batch_text_;
  std::vector<About> batch_lines_;
  std::uint64_t batch_records_ = 0, batch_started_ = 0;
  std::unordered_map<std::string, std::string> batch_keys_;                // as keys_
  std::vector<std::pair<std::uint32_t, std::uint64_t>> batch_key_hashes_;  // number of the record
  std::set<std::string, std::less<>> batch_removed_;                       // ids
  std::vector<std::uint64_t> hashes_;                                      // work space
  std::vector<Posting> batch_waits_;  // as posted_waits_, by number of the record
  std::vector<DuePosting> batch_due_;
  struct Piece {
    std::size_t offset = 0, size = 0;
  };
  std::vector<Piece> batch_like_;  // lines of batch_text_ that were added like a pattern
  std::unordered_map<std::string, std::uint32_t> batch_like_ids_;  // batch_like_, of the first so many
  struct Pattern {
    formats::state::Pattern text;
    std::string process;
    std::vector<std::uint64_t> hashes;  // of what it waits for
  };
  std::vector<Pattern> patterns_;
  std::uint32_t next_pattern_ = 0;
  std::future<Result<Done>> under_way_;  // the last batch, as long as the disk is at it; reads journal_
};

}  // namespace weir::cli::world
