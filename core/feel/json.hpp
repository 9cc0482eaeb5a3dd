// JSON for `from json` and `to json`. Core reads no formats: whoever starts the program says how. Until then
// both functions are null and tell why.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/value/arena.hpp"
#include "core/value/value.hpp"

namespace weir::feel {

struct Json {
  /// Valid as long as the arena and the text.
  Result<value::Value> (*read)(std::string_view text, value::Arena& arena) = nullptr;
  std::string (*write)(const value::Value& value) = nullptr;
};

/// Once, before other threads begin.
void use_json(const Json& json);
const Json& json();

}  // namespace weir::feel
