// Choosing flows is core/data's, so that simulations decide as runs do; these are its names for files of this
// folder that include it from here.
#pragma once

#include "core/data/choose_flows.hpp"

namespace weir::execute {

using data::choose_flows;
using data::Decision;
using data::Why;

}  // namespace weir::execute
