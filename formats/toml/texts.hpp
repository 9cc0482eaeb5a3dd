// The small notations inside texts: durations, dates, ids, ${holes}.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weir::formats::toml {

/// `[A-Za-z_][A-Za-z0-9_.-]*`: an XML name without colon, in ASCII.
bool is_id(std::string_view text);

/// "1d12h", "2mo", "PT90M" -> ISO 8601 ("P1DT12H"), weeks as days; nothing when it is no duration.
std::optional<std::string> iso_duration(std::string_view text);

/// "2026-03-02", "2026-03-02 10:00", "2026-03-02T10:00:00Z" -> "2026-03-02T00:00:00", ...; nothing when it
/// does not look like a date.
std::optional<std::string> iso_date_time(std::string_view text);

/// Text with ${FEEL} holes -> a data text (core/model/work.hpp). "$${" is a literal "${".
struct DataText {
  std::string text;
  std::string error;   // why there is none, empty when there is
  std::size_t at = 0;  // where in the written text the error is
  struct Hole {
    std::size_t at = 0, length = 0;  // the FEEL in the written text
  };
  std::vector<Hole> holes;
};
DataText data_text(std::string_view written);

/// Offset of "${" outside the string literals of a FEEL text, or npos.
std::size_t find_hole_in_feel(std::string_view feel);

}  // namespace weir::formats::toml
