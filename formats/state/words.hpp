// Words of records that stand for numbers of the semantics, in the order of their enums.
#pragma once

#include <array>
#include <string_view>

namespace weir::formats::state {

inline constexpr std::array<std::string_view, 14> phases{
    "free",     "moving",  "joining",      "choosing", "counting", "testing",  "working",
    "catching", "hosting", "compensating", "undoing",  "armed",    "consumed", "record"};
inline constexpr std::array<std::string_view, 4> kinds{"free", "body", "instances", "kept"};
inline constexpr std::string_view feel_key = "$feel";
inline constexpr std::array<std::string_view, 6> asks{"flows", "count", "again", "activate", "work", "event"};

}  // namespace weir::formats::state
