// Rules of time zones from the system's files.
#pragma once

#include "core/value/zone.hpp"

namespace weir::cli {

/// Zones that are read from TZDIR, else /usr/share/zoneinfo, when they are first needed; those that cannot be
/// read have no known offset.
value::Zones load_zones();

}  // namespace weir::cli
