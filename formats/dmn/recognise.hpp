// DMN files are told apart from BPMN by their root.
#pragma once

#include "core/base/diagnostic.hpp"
#include "formats/xml_scan.hpp"

namespace weir::formats::dmn {

/// Whether a well-formed file is DMN: by the namespace of its root, or by what stands in it when it names
/// none.
bool recognises(const XmlFacts& facts);
/// Reports what is wrong with a recognised file as a whole: `not-dmn` for a root that is not `definitions` or
/// a missing namespace.
void check(const XmlFacts& facts, Diagnostics& diagnostics);

}  // namespace weir::formats::dmn
