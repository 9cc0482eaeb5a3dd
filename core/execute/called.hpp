// Variables on their way into a called process and back (10.3.4; what vendors say is in
// model::CalledProcess).
#pragma once

#include "core/base/diagnostic.hpp"
#include "core/execute/instance.hpp"
#include "core/feel/expression.hpp"

namespace weir::execute {

/// All variables that are seen where something waits, the inner one of each name.
value::Variables seen(Instance& instance, const Wait& wait);

/// What the process gets that this call activity calls.
value::Variables given(Instance& caller, const Wait& wait, feel::Workspace& workspace, Diagnostics& notes);

/// The key it gets, empty = none.
std::string call_key(Instance& caller, const Wait& wait, feel::Workspace& workspace, Diagnostics& notes);

/// The version or tag that the call activity wants.
std::string call_version(Instance& caller, const Wait& wait, feel::Workspace& workspace, Diagnostics& notes);

/// What comes back to the call activity, which stands in `caller`; null: in the definitions that were called.
value::Variables returned(const Instance& called, const model::FlowNode& activity, feel::Workspace& workspace,
                          Diagnostics& notes, const model::Definitions* caller = nullptr);

/// What Camunda 7 and its relatives give to whatever is around the call activity when it has output mappings
/// as well.
value::Variables returned_around(const Instance& called, const model::FlowNode& activity,
                                 feel::Workspace& workspace, Diagnostics& notes,
                                 const model::Definitions& caller);

}  // namespace weir::execute
