// Options that choose among what the state holds.
#pragma once

#include "cli/session.hpp"

namespace weir::cli {

/// Refuses --instance and --process when the state has nothing of that name: an empty list would hide the
/// mistake. Between begin() and abandon(), which it calls then.
std::optional<ExitCode> refuse_unknown(Session& session, const RuntimeOptions& options);

}  // namespace weir::cli
