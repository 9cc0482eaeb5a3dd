// BPMN 2.0.2 XML -> model::Definitions. Nothing is lost: what the typed arrays do not hold (vendor
// attributes, extension elements, choreographies, conversations) stays in Definitions::document.
#pragma once

#include <string_view>

#include "core/base/diagnostic.hpp"
#include "core/model/definitions.hpp"
#include "formats/xml_scan.hpp"

namespace weir::formats::bpmn {

/// Reads a text that scan_xml() accepted; `read_as_bpmn` is the namespace whose elements are BPMN's (see
/// build_document). Returns false when there is no document at all. Codes reported: `unknown-element`,
/// `foreign-element`, `duplicate-id`, `unresolved-reference`. Dangling flows, wrong hosts and the like are
/// left to lint: they show as NodeIndex::none in the model.
bool read(std::string_view text, FileId file, const XmlFacts& facts, std::string_view read_as_bpmn,
          model::Definitions& model, Diagnostics& diagnostics);

}  // namespace weir::formats::bpmn
