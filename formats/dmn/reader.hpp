// DMN 1.1 to 1.6 XML -> dmn::Definitions. Files of tools that are not quite in order are read as far as they
// can be understood; what cannot is reported.
#pragma once

#include <string_view>

#include "core/base/diagnostic.hpp"
#include "core/dmn/definitions.hpp"
#include "formats/xml_scan.hpp"

namespace weir::formats::dmn {

/// Reads a text that scan_xml() accepted. False when there is no document at all. Codes reported:
/// `dmn-schema` for what the specification does not allow there.
bool read(std::string_view text, FileId file, const XmlFacts& facts, weir::dmn::Definitions& definitions,
          Diagnostics& diagnostics);

}  // namespace weir::formats::dmn
