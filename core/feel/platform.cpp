// The versions are those of the documentation of Camunda 8, as the list of built-in functions that its
// modeler uses has them (@camunda/feel-builtins 1.4.1). Functions that are not listed are in every version.
#include "core/feel/platform.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "core/feel/builtins.hpp"

namespace weir::feel {

namespace {

struct Since {
  std::string_view name;
  int minor;  // of Camunda 8
};

constexpr int never = 1000;  // of the specification, but in no version so far

// Sorted.
constexpr auto table = std::to_array<Since>({
    {"assert", 3},
    {"context merge", 2},
    {"duplicate values", 3},
    {"from base64", 9},
    {"from json", 9},
    {"fromAi", 8},
    {"get or else", 3},
    {"is", never},
    {"is blank", 8},
    {"is empty", 6},
    {"last day of month", 2},
    {"list replace", never},
    {"partition", 7},
    {"random number", 2},
    {"range", never},
    {"to base64", 6},
    {"to json", 9},
    {"trim", 6},
    {"uuid", 6},
});
static_assert(std::is_sorted(table.begin(), table.end(),
                             [](const Since& left, const Since& right) { return left.name < right.name; }));

const Since* find(std::string_view name) {
  const auto found =
      std::lower_bound(table.begin(), table.end(), name,
                       [](const Since& row, std::string_view wanted) { return row.name < wanted; });
  return found != table.end() && found->name == name ? &*found : nullptr;
}

}  // namespace

CamundaVersion camunda_version(std::string_view platform, std::string_view version) {
  if (platform != "Camunda Cloud") return {};
  CamundaVersion read;
  const char* const end = version.data() + version.size();
  const auto major = std::from_chars(version.data(), end, read.major);
  if (major.ec != std::errc{} || read.major < 1) return {};
  if (major.ptr == end || *major.ptr != '.') return {read.major, 0};
  if (std::from_chars(major.ptr + 1, end, read.minor).ec != std::errc{}) return {};
  return read;
}

std::string missing_builtin(std::string_view name, CamundaVersion version) {
  const Since* const row = find(name);
  if (!version.known() || row == nullptr || version >= CamundaVersion{8, row->minor}) return {};
  if (row->minor == never) return fmt::format("'{}' is DMN's, but no version of Camunda 8 has it", name);
  return fmt::format("'{}' needs Camunda 8.{}, the model is for {}.{}", name, row->minor, version.major,
                     version.minor);
}

CamundaVersion only_in_camunda(std::string_view name) {
  const Since* const row = find(name);
  if (row == nullptr || row->minor == never || !find_builtins(name).empty()) return {};
  return {8, row->minor};
}

}  // namespace weir::feel
