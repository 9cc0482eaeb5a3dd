// The data suites lie beside the checkout, or where WEIR_SHARED says.
#include "tests/support/paths.hpp"

#include <cstdlib>

namespace weir::test {

std::filesystem::path shared_dir() {
  const char* named = std::getenv("WEIR_SHARED");
  const std::filesystem::path path = named ? named : source_dir().parent_path() / "shared";
  return std::filesystem::is_directory(path / "corpus") ? path : std::filesystem::path{};
}

}  // namespace weir::test
