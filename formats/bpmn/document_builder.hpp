// XML text -> model::Document: everything that is written, with exact spans.
#pragma once

#include <string_view>

#include "core/base/diagnostic.hpp"
#include "core/model/document.hpp"
#include "formats/xml_scan.hpp"

namespace weir::formats::bpmn {

/// Builds the document of a text that scan_xml() accepted. Elements in the namespace `read_as_bpmn` (may be
/// the empty one) get Namespace::bpmn and the kinds of BPMN and its diagrams: for files that name an old
/// namespace or none; pass bpmn_namespace otherwise. False, with a diagnostic, when pugixml refuses the text
/// after all.
bool build_document(std::string_view text, FileId file, const XmlFacts& facts, std::string_view read_as_bpmn,
                    model::Document& document, Diagnostics& diagnostics);

}  // namespace weir::formats::bpmn
