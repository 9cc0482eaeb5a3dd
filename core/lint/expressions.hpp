// The expressions of a model that a rule can judge: those of executable processes that say by themselves that
// they are FEEL ("= ...") or JUEL (${...}). What might be XPath, a script or a label is left alone.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "core/feel/expression.hpp"
#include "core/lint/rule.hpp"

namespace weir::lint {

struct ExpressionPlace {
  const model::FlowNode* node = nullptr;      // where it is written: a node,
  const model::SequenceFlow* flow = nullptr;  // a flow,
  std::string_view owner;                     // or anything else: its id
  std::string_view role;                      // "condition", "loop cardinality" ...
  const model::Expression* expression = nullptr;
};

/// All of them, nodes first, then flows, then those of vendors: mappings, scripts in FEEL, attributes.
void for_each_expression(const Subject& subject, const std::function<void(const ExpressionPlace&)>& visit);

/// Compiles one; what is wrong with it goes to `found`. Empty when it is not ours to judge or does not
/// compile.
std::optional<feel::Expression> compile(const Subject& subject, const model::Expression& expression,
                                        Diagnostics& found);

/// Reports a finding of the compiler at its place in the expression.
Diagnostic& report_at(Report& report, const ExpressionPlace& place, const Diagnostic& found);

}  // namespace weir::lint
