// From rules to findings: which rules run, how severe each is, what the model suppresses, in which order.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/base/result.hpp"
#include "core/lint/rule.hpp"

namespace weir::lint {

/// A severity the user wants for a rule or a group instead of the rule's own.
struct SeverityOverride {
  std::string rule;  // rule id or group
  Severity severity = Severity::error;
};

/// What the user asked for. Names are rule ids, groups, "default" (the default profile) or "all".
struct Options {
  std::vector<std::string> select;  // empty = default
  std::vector<std::string> ignore;
  std::vector<SeverityOverride> severities;
};

/// Options with every name resolved: one entry per row of all_rules.
class Selection {
 public:
  /// The default profile.
  Selection();
  [[nodiscard]] bool enabled(std::size_t row) const { return enabled_[row]; }
  /// The severity a rule reports with: the user's, else its own.
  [[nodiscard]] Severity severity(std::size_t row) const;
  /// The same where the rule is tolerated.
  [[nodiscard]] Severity tolerated(std::size_t row) const;
  /// The user said how severe this is; findings from readers and verify then take that too.
  [[nodiscard]] bool overridden(std::size_t row) const { return overrides_[row] >= 0; }

 private:
  friend Result<Selection> select(const Options& options);
  std::vector<bool> enabled_;
  std::vector<std::int8_t> overrides_;  // a Severity, or -1
};

/// Resolves names; an unknown one is an Error with the nearest known name.
Result<Selection> select(const Options& options);

/// The rule with this id, or null.
const Rule* find_rule(std::string_view id);
/// "; did you mean 'fake-join'?", or nothing: rule ids and groups near to a word.
std::string near_rule_names(std::string_view word);

/// Runs the enabled rules and adds their findings; then see settle().
void run_rules(const Subject& subject, const Selection& selection, Diagnostics& diagnostics);

/// The last step for one file, whoever found what is in `diagnostics` (readers, rules, verify): drops what is
/// not selected or is suppressed in the model by weir:ignore="rule-a rule-b" on the element or one around it,
/// reports suppressions that name no rule or suppress nothing, sorts by place and drops repetitions.
void settle(const Subject& subject, const Selection& selection, Diagnostics& diagnostics);
/// The same for a file that is no model (not well-formed, not BPMN).
void settle(const Selection& selection, Diagnostics& diagnostics);

/// run_rules(), then settle().
void lint(const Subject& subject, const Selection& selection, Diagnostics& diagnostics);

}  // namespace weir::lint
