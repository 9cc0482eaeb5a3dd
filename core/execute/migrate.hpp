// Moves a running instance to another version of its process. Nothing of its course is played again: what
// stands at an element stands at its counterpart afterwards.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "core/execute/journal.hpp"

namespace weir::execute {

/// Ids of elements of the old definition -> ids of the new one; others keep theirs.
using Counterparts = std::map<std::string, std::string, std::less<>>;

/// The whole record of the instance under the new definition, without number and time; texts are kept in the
/// arena. Errors: what stands in the way, in words. Everything that is occupied needs a counterpart of the
/// same kind in the same place, with the same events at its border: what is armed for it is armed already.
Result<Record> migrate(const Instance& instance, const Deployed& to, const Counterparts& counterparts,
                       value::Arena& arena);

}  // namespace weir::execute
