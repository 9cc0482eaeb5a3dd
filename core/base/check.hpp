// Our own bugs: on in release builds too, exit code 70. No user input may ever reach one.
#pragma once

namespace weir {
[[noreturn]] void check_failed(const char* condition, const char* file, int line);
}

#define WEIR_CHECK(condition) \
  (static_cast<bool>(condition) ? void(0) : ::weir::check_failed(#condition, __FILE_NAME__, __LINE__))
