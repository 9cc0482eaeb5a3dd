// Says which condition failed and ends the process at once: state on disk is safe by design, memory is not.
#include "core/base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace weir {

void check_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "weir: %s:%d: %s does not hold. This is a bug in weir, please report it.\n", file,
               line, condition);
  std::_Exit(70);
}

}  // namespace weir
