// Where tests find things.
#pragma once

#include <filesystem>

namespace weir::test {

/// The checkout.
inline std::filesystem::path source_dir() {
  return WEIR_SOURCE_DIR;
}
/// The build folder; tests may write below it.
inline std::filesystem::path binary_dir() {
  return WEIR_BINARY_DIR;
}
/// The folder of data suites beside the project, or an empty path when it is absent (users have none): a test
/// that needs it then says so and is skipped.
std::filesystem::path shared_dir();

}  // namespace weir::test
