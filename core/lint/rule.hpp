// Lint: one rule = one file in rules/ and one line in rules.hpp. A rule looks at a Subject (what was written)
// and reports; severity, suppression, sorting and output are somebody else's work (linter.hpp,
// formats/findings).
#pragma once

#include <fmt/format.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/lint/known_decisions.hpp"
#include "core/model/definitions.hpp"

namespace weir::lint {

class Report;
struct Subject;

struct Rule {
  std::string_view id;     // kebab-case, reads well after "ignore"
  std::string_view group;  // correctness, references, schema, style, soundness, syntax ...
  Severity severity = Severity::error;
  /// Severity where engines and tools put up with it: outside of plain BPMN that is meant to run.
  std::optional<Severity> tolerated = {};  // none: the same as `severity`
  bool by_default = true;                  // in the default profile
  std::string_view summary;                // one sentence
  std::string_view explanation;            // why it matters, how to mend it; several paragraphs
  /// Null for findings that come from somewhere else (readers, verify): the row then only explains them.
  void (*check)(const Subject& subject, Report& report) = nullptr;
};

/// A form in a file of its own.
struct KnownForm {
  std::string file, id;
};

/// What a rule sees: one file, and what is known about its neighbours.
struct Subject {
  const model::Definitions& model;
  /// Ids of every process a call activity may call; null when not all files are known.
  const std::unordered_set<std::string_view>* known_processes = nullptr;
  /// Decisions of the files that belong with this one; null when none of them holds any.
  const KnownDecisions* known_decisions = nullptr;
  /// Forms of the files that belong with this one; null when not all files are known.
  const std::vector<KnownForm>* known_forms = nullptr;

  [[nodiscard]] std::span<const model::FlowNode> flow_nodes() const { return model.nodes; }
  [[nodiscard]] std::span<const model::SequenceFlow> sequence_flows() const { return model.flows; }
  [[nodiscard]] std::span<const model::Scope> scopes() const { return model.scopes; }
  /// Position of a node of flow_nodes().
  [[nodiscard]] model::NodeIndex index_of(const model::FlowNode& node) const {
    return static_cast<model::NodeIndex>(&node - model.nodes.data());
  }
  /// The container a node or flow stands in; null only in broken files.
  [[nodiscard]] const model::Scope* scope_of(model::ScopeIndex scope) const {
    return scope == model::ScopeIndex::none ? nullptr : &model[scope];
  }
  /// Is meant to run: its process says isExecutable="true".
  [[nodiscard]] bool executable(model::ScopeIndex scope) const;
  /// Is meant to run, and is written for no engine whose habits would excuse it: the specification alone
  /// says what is right.
  [[nodiscard]] bool strict(model::ScopeIndex scope) const {
    return model.dialect == model::Dialect::omg && executable(scope);
  }
  /// Directly inside an ad-hoc sub-process (or a process that jBPM calls ad hoc), where activities need no
  /// flows.
  [[nodiscard]] bool in_ad_hoc(const model::FlowNode& node) const;
  /// Directly inside an event sub-process.
  [[nodiscard]] bool in_event_sub_process(const model::FlowNode& node) const;
};

/// Collects the findings of one rule over one file.
class Report {
 public:
  Report(const Rule& rule, const Subject& subject, Severity severity, Severity tolerated, Diagnostics& out)
      : rule_(rule), subject_(subject), severity_(severity), tolerated_(tolerated), out_(out) {}

  /// This report, with the severity of what is tolerated unless `strict`.
  [[nodiscard]] Report when(bool strict) const {
    return {rule_, subject_, strict ? severity_ : tolerated_, tolerated_, out_};
  }

  template <class... Args>
  Diagnostic& operator()(const model::FlowNode& node, fmt::format_string<Args...> text, Args&&... args) {
    return at(node, node.span, fmt::format(text, std::forward<Args>(args)...));
  }
  template <class... Args>
  Diagnostic& operator()(const model::SequenceFlow& flow, fmt::format_string<Args...> text, Args&&... args) {
    return at(flow, flow.span, fmt::format(text, std::forward<Args>(args)...));
  }
  template <class... Args>
  Diagnostic& operator()(const model::Scope& scope, fmt::format_string<Args...> text, Args&&... args) {
    return at(scope, scope.span, fmt::format(text, std::forward<Args>(args)...));
  }
  /// About an element, but pointing at a part of it: an attribute, an event definition, an expression.
  Diagnostic& at(const model::FlowNode& node, Span span, std::string message);
  Diagnostic& at(const model::SequenceFlow& flow, Span span, std::string message);
  Diagnostic& at(const model::Scope& scope, Span span, std::string message);
  /// Any other place.
  Diagnostic& add(Span span, std::string_view element, std::string message);

 private:
  const Rule& rule_;
  const Subject& subject_;
  Severity severity_, tolerated_;
  Diagnostics& out_;
};

/// How messages call things: 'Check credit', 'Flow_1', or (without a name).
std::string quoted(const model::FlowNode& node);
std::string quoted(const model::SequenceFlow& flow);
std::string quoted(const model::Scope& scope);
/// A text of the file in quotes, shortened to a readable length.
std::string quoted(std::string_view text);

/// The element has attributes or extension elements of a vendor, which may say what BPMN's own attributes do
/// not.
bool has_vendor_parts(const model::Document& document, model::ElementId element);
/// An event without a BPMN trigger that a vendor's attribute or extension element may trigger all the same.
bool may_have_vendor_trigger(const model::Document& document, const model::FlowNode& node);
/// Is computed at run time, so that its value is not known here: FEEL behind '=', ${...}, #{...}.
bool is_expression(std::string_view text);

}  // namespace weir::lint
