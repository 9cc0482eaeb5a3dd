// What weir has to say about a user's files: one type for lint, verify, readers and expressions, always with
// a place. Everything wrong is collected; nothing is thrown.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/span.hpp"

namespace weir {

enum class Severity : std::uint8_t { info, warning, error };

/// "info", "warning" or "error".
constexpr std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::info:
      return "info";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "error";
}

/// A second place or sentence that belongs to a diagnostic.
struct Note {
  std::string message;
  Span span;  // may be unknown
};

/// A replacement of bytes that would mend the finding.
struct Fix {
  std::string description;
  Span span;
  std::string replacement;
};

/// One step of a weir.trace/1: who asked what where, and what was answered.
struct TraceStep {
  std::string scope;    // path of scopes, "process" or "process/sub#2"
  std::string element;  // BPMN id
  std::string ask;      // start, flows, count, again, activate, work, event, move
  std::string answer;   // flow ids, number, done, error code, ...
  friend bool operator==(const TraceStep&, const TraceStep&) = default;
};

struct Diagnostic {
  Severity severity = Severity::error;
  std::string code;     // rule id in kebab-case, "fake-join"
  std::string group;    // correctness, schema, references, style, soundness ...
  std::string message;  // one sentence, no full stop
  Span span;
  std::string element;  // BPMN id of the element concerned, empty when there is none
  std::vector<Note> notes;
  std::vector<Fix> fixes;
  std::vector<TraceStep> trace;  // a witness, when the finding has one
};

/// The collector. Order is order of reporting; linter.cpp sorts by place.
class Diagnostics {
 public:
  // In the .cpp file: else every file that has one compiles all of this again.
  Diagnostics();
  Diagnostics(const Diagnostics&);
  Diagnostics& operator=(const Diagnostics&);
  Diagnostics(Diagnostics&&) noexcept;
  Diagnostics& operator=(Diagnostics&&) noexcept;
  ~Diagnostics();

  Diagnostic& add(Diagnostic diagnostic);
  Diagnostic& error(std::string code, std::string message, Span span, std::string element = {});
  Diagnostic& warning(std::string code, std::string message, Span span, std::string element = {});
  [[nodiscard]] bool has_errors() const;
  [[nodiscard]] bool empty() const { return list_.empty(); }
  [[nodiscard]] std::size_t size() const { return list_.size(); }
  [[nodiscard]] std::vector<Diagnostic>& list() { return list_; }
  [[nodiscard]] const std::vector<Diagnostic>& list() const { return list_; }

 private:
  std::vector<Diagnostic> list_;
};

}  // namespace weir
