// How an instance stands.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace weir::execute {

/// suspended: it waits or has incidents, and nothing happens to it until it is resumed.
enum class Status : std::uint8_t { waiting, completed, failed, incident, cancelled, suspended };

inline constexpr std::array<std::string_view, 6> status_names{"waiting",  "completed", "failed",
                                                              "incident", "cancelled", "suspended"};
/// "waiting", "completed", ... as in weir.run/1.
constexpr std::string_view status_name(Status status) {
  return status_names[static_cast<std::size_t>(status)];
}
constexpr std::optional<Status> find_status(std::string_view name) {
  for (std::size_t i = 0; i < status_names.size(); ++i)
    if (status_names[i] == name) return static_cast<Status>(i);
  return std::nullopt;
}
/// Nothing will happen any more.
constexpr bool is_over(Status status) {
  return status == Status::completed || status == Status::failed || status == Status::cancelled;
}

}  // namespace weir::execute
