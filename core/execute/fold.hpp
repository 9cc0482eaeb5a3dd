// The records of one instance -> one that is whole. Works on texts and numbers only: no definition is needed.
#pragma once

#include <span>

#include "core/execute/journal.hpp"
#include "core/value/arena.hpp"

namespace weir::execute {

/// Oldest first, not empty; the first one introduces the instance or is whole. Texts point to where those of
/// the records point; values may be in the arena too.
Record fold(std::span<const Record> records, value::Arena& arena);

}  // namespace weir::execute
