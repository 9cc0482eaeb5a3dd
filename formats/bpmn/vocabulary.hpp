// Names of the XML -> kinds of the model.
#pragma once

#include <string_view>

#include "core/model/document.hpp"
#include "core/model/element_kind.hpp"

namespace weir::formats::bpmn {

/// The kind of an element: by local name for the namespaces of the specification (`unknown` when it has no
/// such element there), `foreign` for all others.
model::ElementKind kind_of(model::Namespace ns, std::string_view local_name);

/// The name of the BPMN element that was probably meant, empty when nothing is near enough.
std::string_view nearest_element(std::string_view local_name);

}  // namespace weir::formats::bpmn
