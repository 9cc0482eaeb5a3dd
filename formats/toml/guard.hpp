// What is looked at before toml++ may see a text: toml++ 3.3 recurses over dotted keys without limit.
#pragma once

#include <string_view>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/base/span.hpp"

namespace weir::formats::toml {

/// One linear pass over the tokens. Reports `toml-limit` and returns false when the text must not be parsed.
/// `headers` gets the offset of each line that begins a section, [x] or [[x]].
bool within_limits(std::string_view text, FileId file, std::vector<std::uint32_t>& headers,
                   Diagnostics& diagnostics);

}  // namespace weir::formats::toml
