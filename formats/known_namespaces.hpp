// The namespaces weir knows by name, with the prefix people usually give them.
#pragma once

#include <string_view>

#include "core/model/document.hpp"

namespace weir::formats {

inline constexpr std::string_view bpmn_namespace = "http://www.omg.org/spec/BPMN/20100524/MODEL";

/// The Namespace of a URI: `empty` for none, `other` for one that is not in the table.
model::Namespace known_namespace(std::string_view uri);
/// The URI that a prefix stands for in nearly all files ("zeebe", "bpmndi"), empty when there is no such
/// habit.
std::string_view usual_namespace(std::string_view prefix);
/// True for the namespaces of DMN 1.0 to 1.6 and their early drafts.
bool is_dmn_namespace(std::string_view uri);

}  // namespace weir::formats
