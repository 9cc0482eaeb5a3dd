// What an evaluation needs besides the expression: memory that is reused from one to the next, limits, the
// clock reading, and the troubles met. One per thread.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "core/feel/regex.hpp"
#include "core/feel/syntax.hpp"
#include "core/value/zone.hpp"

namespace weir::feel {

/// Why a value became null. Codes of diagnostics: trouble_code().
enum class TroubleKind : std::uint8_t {
  unknown_variable,
  unknown_function,
  no_entry,
  type_mismatch,
  argument,
  arity,
  index,
  arithmetic,
  null_operand,
  limit,
  unsupported,
};

std::string_view trouble_code(TroubleKind kind);

/// Light, so that noting one costs nearly nothing; becomes a Diagnostic on demand. In `message`, {0} and {1}
/// stand for the values as literals.
struct Trouble {
  TroubleKind kind = TroubleKind::argument;
  const char* message = "";
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  Value first;
  Value second;
};

/// One sentence.
std::string trouble_text(const Trouble& trouble);

struct Limits {
  std::uint64_t steps = 20'000'000;     // iterations and calls
  std::size_t memory = 512u << 20;      // bytes of values made
  std::uint32_t list_size = 5'000'000;  // items
  std::uint32_t text_size = 64u << 20;  // bytes
  std::uint32_t depth = 4000;           // of evaluation, through functions
};

class Workspace {
 public:
  Workspace() = default;
  explicit Workspace(const Limits& allowed) : limits(allowed) {}

  Arena arena;
  Limits limits;
  /// What now() and today() give; null values when the clock may not be read.
  std::optional<value::DateTime> now;
  /// Rules of named time zones; null: their offsets are unknown.
  const value::Zones* zones = nullptr;
  /// Compiled patterns of matches(), replace() ...
  RegexCache regexes;
  /// State of random_bits(); set it to seed.
  std::uint64_t random_state = 0x9E3779B97F4A7C15u;
  /// For `random number()` and `uuid()`: splitmix64, the same numbers on every machine.
  std::uint64_t random_bits() {
    std::uint64_t z = random_state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }

  /// The first `kept_troubles`, in order of occurrence.
  [[nodiscard]] std::span<const Trouble> troubles() const { return {troubles_.data(), kept_}; }
  /// How many there were.
  [[nodiscard]] std::size_t trouble_count() const { return trouble_count_; }
  static constexpr std::size_t kept_troubles = 16;

  void add_trouble(const Trouble& trouble) {
    if (kept_ < kept_troubles) troubles_[kept_++] = trouble;
    ++trouble_count_;
  }
  void drop_troubles_after(std::size_t count) {
    if (count < kept_) kept_ = count;
    trouble_count_ = count;
  }
  /// Where evaluations inside of an evaluation go on: what its limits have left, and its frames.
  struct Nesting {
    std::size_t stack_used = 0;
    std::uint64_t steps = 0;
    std::uint32_t depth = 0;
    bool inside = false;
  };
  Nesting nesting;
  /// Forgets values and troubles of the last evaluation.
  void reset() {
    arena.reset();
    nesting = {};
    kept_ = 0;
    trouble_count_ = 0;
  }
  /// The frame of an expression with few variables.
  static constexpr std::size_t few_slots = 16;
  Value* small_frame() { return small_frame_.data(); }
  /// Slots for larger frames and for those of calls.
  static constexpr std::size_t stack_slots = 32'768;
  Value* stack() {
    if (!stack_) stack_ = std::make_unique_for_overwrite<std::byte[]>(stack_slots * sizeof(Value));
    return reinterpret_cast<Value*>(stack_.get());
  }

 private:
  std::array<Trouble, kept_troubles> troubles_;
  std::array<Value, few_slots> small_frame_;
  std::size_t kept_ = 0;
  std::size_t trouble_count_ = 0;
  std::unique_ptr<std::byte[]> stack_;  // raw: pages are touched only when used
};

}  // namespace weir::feel
