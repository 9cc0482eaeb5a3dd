// The XML file as written: every element and attribute, BPMN or not, in document order, with byte-exact
// spans. Flat arrays and integer ids. The typed model (definitions.hpp) points back into it; rules that look
// at what is written (schema, vendor attributes, extension elements) use it directly. A model that was read
// from TOML has an empty document.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/span.hpp"
#include "core/model/element_kind.hpp"

namespace weir::model {

/// Index into Document::elements.
enum class ElementId : std::uint32_t { none = 0xffffffffu };

/// Namespaces weir knows by name; `other` is any namespace it does not know, `empty` no namespace.
enum class Namespace : std::uint8_t {
  empty,
  bpmn,
  bpmndi,
  dc,
  di,
  xsi,
  dmn,
  camunda,
  zeebe,
  modeler,
  flowable,
  activiti,
  drools,
  bpsim,
  qbp,
  bioc,
  color,
  signavio,
  weir,
  other
};

struct Attribute {
  Namespace ns = Namespace::empty;
  std::string_view prefix;  // as written, "camunda"
  std::string_view name;    // local name
  std::string_view value;   // entities resolved
  Span name_span;           // prefix included
  Span value_span;          // between the quotes
};

struct Element {
  ElementKind kind = ElementKind::unknown;
  Namespace ns = Namespace::empty;
  std::string_view prefix;
  std::string_view name;  // local name
  std::string_view
      text;  // character data directly inside, trimmed, concatenated when there are several pieces
  ElementId parent = ElementId::none;
  ElementId first_child = ElementId::none;
  ElementId next_sibling = ElementId::none;
  std::uint32_t first_attribute = 0;
  std::uint32_t attribute_count = 0;
  Span tag;                        // the start tag, "<" to ">"
  Span name_span;                  // the name inside the start tag, prefix included
  Span text_span;                  // first piece of character data, unknown when there is none
  std::string_view namespace_uri;  // the full URI
};

struct Document {
  std::vector<Element> elements;      // document order; elements[0] is the root
  std::vector<Attribute> attributes;  // grouped by element
  std::unique_ptr<char[]> buffer;     // what the string_views point into
  std::deque<std::string> extra;      // texts put together from several pieces
  FileId file = FileId::none;

  [[nodiscard]] bool empty() const { return elements.empty(); }
  [[nodiscard]] const Element& operator[](ElementId id) const { return elements[index(id)]; }
  /// The attribute without a prefix with this name, or null.
  [[nodiscard]] const Attribute* attribute(ElementId id, std::string_view name) const;
  /// The attribute of a vendor's namespace, or null.
  [[nodiscard]] const Attribute* attribute(ElementId id, Namespace ns, std::string_view name) const;
  /// Value of attribute() or an empty string.
  [[nodiscard]] std::string_view value(ElementId id, std::string_view name) const;
  /// First child of a kind / of a namespace and local name, or none.
  [[nodiscard]] ElementId child(ElementId id, ElementKind kind) const;
  [[nodiscard]] ElementId child(ElementId id, Namespace ns, std::string_view name) const;
  /// Span of an attribute's value, of its element's name when the attribute is missing.
  [[nodiscard]] Span place(ElementId id, std::string_view attribute_name) const;
};

/// for (ElementId child : children(document, id)) ...
class children {
 public:
  children(const Document& document, ElementId id)
      : document_(&document), first_(id == ElementId::none ? id : document[id].first_child) {}
  struct iterator {
    const Document* document;
    ElementId at;
    ElementId operator*() const { return at; }
    iterator& operator++() {
      at = (*document)[at].next_sibling;
      return *this;
    }
    bool operator!=(const iterator& other) const { return at != other.at; }
  };
  [[nodiscard]] iterator begin() const { return {document_, first_}; }
  [[nodiscard]] iterator end() const { return {document_, ElementId::none}; }

 private:
  const Document* document_;
  ElementId first_;
};

}  // namespace weir::model
