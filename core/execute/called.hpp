// Variables on their way into a called process and back (10.3.4; what vendors say is in
// model::CalledProcess).
#pragma once

#include <span>

#include "core/base/diagnostic.hpp"
#include "core/execute/instance.hpp"
#include "core/feel/expression.hpp"

namespace weir::execute {

/// All variables that are seen where something waits, the inner one of each name.
value::Variables seen(Instance& instance, const Wait& wait);

/// What the process gets that a call activity calls. `own`: what inputs of the activity have set.
value::Variables given(const model::Definitions& caller, const model::CalledProcess& call,
                       const value::Scope& visible, std::span<const value::Entry> own,
                       feel::Workspace& workspace, Diagnostics& notes);
value::Variables given(Instance& caller, const Wait& wait, feel::Workspace& workspace, Diagnostics& notes);

/// Puts what the called process declares into what it gets: types, and defaults of what is missing. A
/// definition of weir says itself what it needs, and the error says what of that is wrong; engines of other
/// dialects do not look. `complete`: what is required must be there.
Result<value::Variables> as_called(const model::Definitions& called, std::string_view process,
                                   value::Variables variables, bool complete, feel::Workspace& workspace);

/// The key it gets, empty = none.
std::string call_key(Instance& caller, const Wait& wait, feel::Workspace& workspace, Diagnostics& notes);

/// The version or tag that the call activity wants.
std::string call_version(Instance& caller, const Wait& wait, feel::Workspace& workspace, Diagnostics& notes);

/// What comes back to the call activity. `all`: variables of the called process.
value::Variables returned(const value::Variables& all, const model::Definitions& caller,
                          const model::FlowNode& activity, feel::Workspace& workspace, Diagnostics& notes);

/// What Camunda 7 and its relatives give to whatever is around the call activity when it has output mappings
/// as well.
value::Variables returned_around(const value::Variables& all, const model::Definitions& caller,
                                 const model::FlowNode& activity, feel::Workspace& workspace,
                                 Diagnostics& notes);

}  // namespace weir::execute
