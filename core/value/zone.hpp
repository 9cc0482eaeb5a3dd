// Rules of named time zones, parsed from TZif files (RFC 8536) that somebody else has read. libstdc++ 12 has
// none.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/value/temporal.hpp"

namespace weir::value {

/// One zone: when which offset from UTC is in force.
class ZoneRules {
 public:
  /// Empty when the bytes are no TZif file.
  static std::optional<ZoneRules> parse(std::string_view tzif);
  /// Offset in seconds east of UTC at an instant (seconds since 1970-01-01T00:00:00Z).
  [[nodiscard]] std::int32_t offset_at_utc(std::int64_t seconds) const;
  /// Offset of a local time. In a gap the offset before it, in an overlap the earlier (larger) one.
  [[nodiscard]] std::int32_t offset_at_local(std::int64_t seconds) const;

 private:
  /// A day of a year as POSIX TZ strings write it: Mm.w.d, Jn or n.
  struct RuleDay {
    enum class Form : std::uint8_t { month_week_day, julian, zero_based };
    Form form = Form::month_week_day;
    int month = 0;
    int week = 0;
    int day = 0;
    std::int64_t time = 7200;
    [[nodiscard]] std::int64_t local_seconds(std::int64_t year) const;
  };
  struct Footer {
    std::int32_t standard = 0;
    std::int32_t daylight = 0;
    bool has_daylight = false;
    RuleDay begin, end;
  };
  static std::optional<Footer> parse_footer(std::string_view text);
  [[nodiscard]] std::int32_t footer_offset(std::int64_t utc_seconds) const;

  std::vector<std::int64_t> transitions_;  // instants, ascending
  std::vector<std::int32_t> offsets_;      // from the transition with the same index on
  std::int32_t first_offset_ = 0;
  std::optional<Footer> footer_;  // after the last transition
};

/// The zones an evaluation knows, by their index in the table of names. With a loader, one per thread.
class Zones {
 public:
  /// Gives the TZif bytes of a zone when they are first needed, nothing when there are none.
  using Loader = std::string (*)(std::string_view name);
  Zones() = default;
  explicit Zones(Loader loader) : loader_(loader) {}
  /// False when the name is not in the table or the bytes are no TZif file.
  bool add(std::string_view name, std::string_view tzif);
  [[nodiscard]] const ZoneRules* find(Zone zone) const;

 private:
  Loader loader_ = nullptr;
  // By name index; no rules: the loader had none.
  mutable std::vector<std::pair<std::uint32_t, std::unique_ptr<const ZoneRules>>> rules_;
};

/// Offset from UTC of a moment: its own, or that of its named zone; empty for local times and unknown zones.
/// `zones` may be null.
std::optional<std::int32_t> utc_offset(const DateTime& moment, const Zones* zones);

}  // namespace weir::value
