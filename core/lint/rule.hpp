// Lint: one rule = one file in rules/ and one line in rules.hpp. A rule looks at a Subject (what was written)
// and reports; severity, suppression, sorting and output are somebody else's work (linter.hpp,
// formats/findings).
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "core/base/diagnostic.hpp"
#include "core/model/definitions.hpp"

namespace weir::lint {

class Report;
struct Subject;

struct Rule {
  std::string_view id;     // kebab-case, reads well after "ignore"
  std::string_view group;  // correctness, references, schema, style, soundness, syntax ...
  Severity severity = Severity::error;
  bool by_default = true;        // in the default profile
  std::string_view summary;      // one sentence
  std::string_view explanation;  // why it matters, how to mend it; several paragraphs
  /// Null for findings that come from somewhere else (readers, verify): the row then only explains them.
  void (*check)(const Subject& subject, Report& report) = nullptr;
};

/// What a rule sees: one file.
struct Subject {
  const model::Definitions& model;
};

/// Collects the findings of one rule over one file.
class Report {
 public:
  Report(const Rule& rule, Diagnostics& out) : rule_(rule), out_(out) {}

  template <class... Args>
  Diagnostic& operator()(const model::FlowNode& node, fmt::format_string<Args...> text, Args&&... args) {
    return add(node.span, node.id, fmt::format(text, std::forward<Args>(args)...));
  }
  template <class... Args>
  Diagnostic& operator()(const model::SequenceFlow& flow, fmt::format_string<Args...> text, Args&&... args) {
    return add(flow.span, flow.id, fmt::format(text, std::forward<Args>(args)...));
  }
  template <class... Args>
  Diagnostic& operator()(const model::Scope& scope, fmt::format_string<Args...> text, Args&&... args) {
    return add(scope.span, scope.id, fmt::format(text, std::forward<Args>(args)...));
  }
  /// Any other place.
  Diagnostic& add(Span span, std::string_view element, std::string message);

 private:
  const Rule& rule_;
  Diagnostics& out_;
};

}  // namespace weir::lint
