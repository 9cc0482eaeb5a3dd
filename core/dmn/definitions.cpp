// What every file that reads decisions would compile again.
#include "core/dmn/definitions.hpp"

namespace weir::dmn {

Definitions::Definitions() = default;
Definitions::Definitions(Definitions&&) noexcept = default;
Definitions& Definitions::operator=(Definitions&&) noexcept = default;
Definitions::~Definitions() = default;

}  // namespace weir::dmn
