// Languages and transaction methods are named by URIs.
#include <cstdint>

#include "core/lint/rules.hpp"

namespace weir::lint::rules {

namespace {

using model::ElementId;
using model::ElementKind;

/// Has none of the characters that a URI reference cannot have (RFC 3986, 2), and % only before two digits.
bool is_uri(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x20 || std::string_view("<>\"{}|\\^`").find(text[i]) != std::string_view::npos) return false;
    const auto hex = [&](std::size_t at) {
      return at < text.size() &&
             std::string_view("0123456789abcdefABCDEF").find(text[at]) != std::string_view::npos;
    };
    if (c == '%' && (!hex(i + 1) || !hex(i + 2))) return false;
  }
  return true;
}

}  // namespace

static void check(const Subject& subject, Report& report) {
  const model::Document& document = subject.model.document;
  for (std::uint32_t i = 0; i < document.elements.size(); ++i) {
    const auto id = static_cast<ElementId>(i);
    const model::Element& element = document[id];

    std::string_view attribute;
    switch (element.kind) {
      case ElementKind::definitions:
        attribute = "expressionLanguage";
        break;
      case ElementKind::transaction:
        attribute = "method";
        break;
      default:
        attribute = "language";
    }
    if (element.ns != model::Namespace::bpmn || element.attribute_count == 0) continue;
    const std::string_view written = document.value(id, attribute);
    if (!written.empty() && !is_uri(written))
      report.add(document.place(id, attribute), document.value(id, "id"),
                 fmt::format("{} {} is no URI", attribute, quoted(written)));
  }
}

constinit const Rule invalid_uri{
    .id = "invalid-uri",
    .group = "constraints",
    .severity = Severity::error,
    .summary = "The language of an expression and the method of a transaction must be URIs.",
    .explanation =
        "The language says how an expression is to be read, the method how a transaction is "
        "coordinated; both are names in the form of a URI. With characters that no URI has, no "
        "program can know what is meant.\n\n"
        "Mend it by the URI of the language (http://www.w3.org/1999/XPath) or a short name (feel), or "
        "remove the attribute.\n\n"
        "BPMN 2.0.2, table 8.1, 8.4.7 (formal expression) and table 10.23 (transaction); BPMNspector "
        "EXT.014, EXT.060.",
    .check = check,
};

}  // namespace weir::lint::rules
