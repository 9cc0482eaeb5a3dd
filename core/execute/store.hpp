// Where instances are kept. cli/world/file_store has the real one: a directory of JSON files.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/execute/journal.hpp"
#include "core/value/arena.hpp"

namespace weir::execute {

/// A file of decisions or forms that was deployed together with a definition.
struct Use {
  std::string sha256;
  std::string name;  // of the file, as the definition has it; empty = it goes by what the file holds
  bool operator==(const Use&) const = default;
};

/// The source of a definition that instances run.
struct Source {
  std::string sha256;
  std::string name;  // of the file it came from, for messages
  std::string text;
  std::vector<Use> uses;
};

/// Ids of what a definition holds.
struct Held {
  std::vector<std::string> processes, decisions, forms;
};

/// What a definition is known by: SHA-256 of its text and of what was deployed with it.
std::string identity(std::string_view text, std::span<const Use> uses);

/// A record that is added like a pattern: what it has of its own.
struct Like {
  std::uint32_t pattern = 0;
  value::Instant time = 0;  // when the instance began, too
  std::string_view instance, key, operation;
  std::span<const value::Entry> variables;  // of the process, all that it changes
};

class Store {
 public:
  virtual ~Store() = default;

  /// What others have changed.
  struct Changed {
    bool all = false;  // maybe
    std::vector<std::string> instances;
  };
  /// From here to unlock() nobody else writes, and everything others have written is seen. The result: what
  /// they have changed since the last time.
  virtual Result<Changed> lock() = 0;
  virtual void unlock() = 0;

  // The rest needs the lock.

  /// All of one instance as one whole record, empty when there is none. Valid as long as the arena.
  virtual Result<std::optional<Record>> find(std::string_view instance, value::Arena& arena) = 0;
  /// Every instance, in the order of their beginnings, until the visitor returns false. Records without data
  /// and control flow: who, how it stands, what it waits for.
  using Visitor = std::function<bool(const Record&)>;
  virtual Result<std::uint64_t> each(const Visitor& f) = 0;
  /// At least those that wait for a message, a signal, a job or a receiver of this name; a message with this
  /// key too, or with none.
  virtual Result<std::uint64_t> each_waiting(WaitKind kind, std::string_view name,
                                             std::optional<std::string_view> key, const Visitor& f) = 0;
  /// At least those with a timer, a call or a kept message that is due until then.
  virtual Result<std::uint64_t> each_due(WaitKind kind, value::Instant until, const Visitor& f) = 0;
  /// All records of one instance with their steps, oldest first.
  virtual Result<std::vector<Record>> history(std::string_view instance, value::Arena& arena) = 0;
  /// The instance that was started with this key, empty = none.
  virtual Result<std::string> find_key(std::string_view process, std::string_view key) = 0;
  /// How many instances there have ever been.
  virtual std::uint64_t started() const = 0;
  /// Unlike that of any other store.
  virtual std::string_view id() const = 0;

  /// Numbers a record, and its instance when it is new, and puts it into the batch that the next commit()
  /// makes last.
  virtual void add(Record& record) = 0;
  /// Keeps the first record of an instance, which changes no variables but those of the process, for others
  /// that are like it; its number, from 0. The last `most_patterns` are kept.
  virtual std::uint32_t keep_pattern(const Record& record) = 0;
  static constexpr std::uint32_t most_patterns = 256;
  /// As add() of such a record, in a tenth of the time. Only of these find() knows before they are committed.
  virtual void add_like(const Like& like) = 0;
  /// All of the batch is on disk afterwards, or nothing of it; one sync.
  virtual Result<std::uint64_t> commit() = 0;
  /// The same, but the disk may still be at it: it is there for sure, or not, when the next commit() or
  /// commit_aside() says so. Until then it is as if it were there. After an error nothing of either batch
  /// may be relied on, and everything has to be looked at under a new lock.
  virtual Result<std::uint64_t> commit_aside() = 0;
  /// Until the disk is no longer at a batch; whether it is there.
  virtual Result<std::uint64_t> batch_written() = 0;
  /// Others wait for the lock.
  [[nodiscard]] virtual bool is_wanted() const = 0;
  /// Forgets the batch.
  virtual void discard() = 0;

  /// Definitions are kept for ever: instances run them. The newest of a process, decision or form comes last.
  virtual Result<std::uint64_t> deploy(const Source& source, const Held& held) = 0;
  virtual Result<Source> source(std::string_view sha256) = 0;
  /// Ids of all processes that were ever deployed.
  virtual Result<std::vector<std::string>> processes() = 0;
  /// sha256 of the newest definition of a process, empty = none.
  virtual Result<std::string> newest(std::string_view process) = 0;
  /// sha256 of all its definitions, oldest first: version 1, 2 ...
  virtual Result<std::vector<std::string>> versions(std::string_view process) = 0;
  /// sha256 of a version of a decision, 0 = the newest; empty = there is none.
  virtual Result<std::string> decision(std::string_view id, std::uint64_t version) = 0;
  /// The same of a form.
  virtual Result<std::string> form(std::string_view id, std::uint64_t version) = 0;
};

}  // namespace weir::execute
