// The well-formedness check that comes before pugixml, which accepts most of what is not XML: two roots,
// duplicate attributes, undeclared prefixes, undefined entities. One pass, no recursion, linear in the size
// of the text. What it accepts is well-formed by XML 1.0 (fifth edition) and Namespaces in XML 1.0.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/diagnostic.hpp"
#include "core/base/span.hpp"

namespace weir::formats {

/// Far above anything real files have (depth 14, 10,011 attributes, 132,379 bytes), far below what hurts.
struct XmlLimits {
  std::uint32_t depth = 256;                      // elements inside each other
  std::uint32_t elements = 1'000'000;             // in one file
  std::uint32_t attributes = 16'384;              // on one element, namespace declarations not counted
  std::uint32_t namespace_declarations = 65'536;  // on one element
  std::uint32_t attribute_bytes = 1'000'000;      // one value
  std::uint32_t name_bytes = 1'000;               // longer names are read, with a warning
};

/// What the scan saw; `readable` is false after any error, the rest is then incomplete.
struct XmlFacts {
  bool readable = false;
  std::string_view root_name;    // local name of the root element
  std::string root_namespace;    // its URI, empty when it has none
  Span root_span;                // the name in the root's start tag
  std::string_view first_child;  // local name of the root's first child element, empty when there is none
  std::uint32_t elements = 0;
  std::uint32_t attributes = 0;
};

/// Checks a text that is valid UTF-8. Codes reported: `xml-not-well-formed` (errors, and warnings for what
/// XML forbids but cannot be misread), `xml-doctype`, `xml-limit`; all of group `syntax`. After an error that
/// leaves the structure unclear nothing more is reported.
XmlFacts scan_xml(FileId file, std::string_view text, Diagnostics& diagnostics, const XmlLimits& limits = {});

}  // namespace weir::formats
