// Names and values of a file inside messages.
#pragma once

#include <string>
#include <string_view>

namespace weir::formats {

/// The text, or its first 60 bytes and "..." when it is longer: names may be megabytes long. Never cuts a
/// UTF-8 sequence.
inline std::string excerpt(std::string_view text) {
  constexpr std::size_t most = 60;
  if (text.size() <= most) return std::string(text);
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;
  return std::string(text.substr(0, end)) + "...";
}

}  // namespace weir::formats
