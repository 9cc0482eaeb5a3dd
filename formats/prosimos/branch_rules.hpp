// Rules of Prosimos on the attributes of a case, as FEEL.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/base/diagnostic.hpp"
#include "formats/json/document.hpp"

namespace weir::formats::prosimos {

/// `rules` is a list of alternatives, each a list of {attribute, comparison, value} that must all hold.
/// is_text(attribute): its values are texts. What cannot be read is reported; then the whole is empty.
std::optional<std::string> rules_as_feel(const json::Item& rules,
                                         const std::function<bool(std::string_view)>& is_text,
                                         Diagnostics& diagnostics);

}  // namespace weir::formats::prosimos
