#include "cli/world/zone_files.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

namespace weir::cli {

namespace {
/// Names come from the table of the tz database only, so that none leads out of the folder.
std::string read_zone(std::string_view name) {
  const char* folder = std::getenv("TZDIR");
  std::string path = folder != nullptr && *folder != '\0' ? folder : "/usr/share/zoneinfo";
  path += '/';
  path += name;
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}
}  // namespace

value::Zones load_zones() {
  return value::Zones(read_zone);
}

}  // namespace weir::cli
