// The records of one instance -> one that is whole. Works on texts and numbers only: no definition is needed.
#pragma once

#include <span>

#include "core/execute/journal.hpp"

namespace weir::execute {

/// Oldest first, not empty; the first one introduces the instance or is whole. Texts point to where those of
/// the records point.
Record fold(std::span<const Record> records);

}  // namespace weir::execute
