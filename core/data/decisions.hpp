// What a task that asks a decision (model::DecisionCall) gets for an answer, and which variables that makes:
//
//   binding   latest: the newest version that was deployed. deployment: the one that was deployed together
//             with the process. version: the one of this number. weir, Flowable and Activiti mean deployment
//             when nothing is written, Camunda latest.
//   mapping   outputs (weir, Flowable, Activiti): each output becomes a variable of its name; when rules may
//             count together, the rows become a list named after the decision. With output mappings only they
//             see it, in weir.
//             value (Camunda 8): the result variable is what DMN says: one output = its value, several = a
//             context, COLLECT and RULE ORDER = a list.
//             singleEntry, singleResult, collectEntries, resultList (Camunda 7, the last one when nothing is
//             written): the result variable is the one output of the one rule, its outputs as a context, the
//             one output of each rule as a list, or a list of contexts.
//   problems  no such decision, a null that comes from a mistake, a result that does not fit the mapping. No
//             rule matched is none: the result is null or an empty list. Nor is, in Camunda 8, what goes
//             wrong inside of an expression, for that engine takes it for null; it is reported all the same.
#pragma once

#include <functional>
#include <string>

#include "core/base/result.hpp"
#include "core/data/texts.hpp"
#include "core/dmn/program.hpp"
#include "core/model/definitions.hpp"
#include "core/value/owned.hpp"

namespace weir::data {

/// A decision as a task names it, texts filled in.
struct DecisionReference {
  std::string id;             // or name
  std::string file;           // "approval.dmn", empty = any
  std::string binding;        // see model::DecisionCall
  std::uint64_t version = 0;  // binding version
  bool operator==(const DecisionReference&) const = default;
};

/// "approval.dmn#Approval" -> file and id; texts without a file name are ids.
DecisionReference decision_reference(std::string_view text);
/// The file that is called `name` is the one that a reference calls `wanted`; an empty one means any.
bool is_decision_file(std::string_view name, std::string_view wanted);

/// The decision that is meant; the error says why there is none.
using FindDecision = std::function<Result<dmn::Decision>(const DecisionReference&)>;

struct Decided {
  std::string problem;         // why there is no result; empty = there is one
  bool missing = false;        // the problem: no such decision was found
  bool lacks_data = false;     // some input of the decision is missing or null
  value::Variables variables;  // they are set around the activity
  value::Variables locals;     // only its output mappings see them
  std::string why;             // the result, the rules that matched and their inputs
};

/// Asks the decision of an activity. Resets the workspace. What was wrong on the way is reported.
/// `newest`: whatever the binding says, the newest version.
Decided decide(const model::FlowNode& activity, const FindDecision& find, bool newest,
               const value::Scope& scope, Texts& texts, feel::Workspace& workspace, Diagnostics& diagnostics);

}  // namespace weir::data
