// pugixml parses a copy of the text in place, so the address of a name or value minus the start of the buffer
// is its byte offset in the text, whatever entities were decoded behind it. Ends are found in the untouched
// text: a value ends at the quote it began with, a start tag at the next '>' behind its last value.
#include "formats/bpmn/document_builder.hpp"

#include <fmt/format.h>

#include <cstring>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "formats/bpmn/vocabulary.hpp"
#include "formats/known_namespaces.hpp"
#include "formats/xml_characters.hpp"
#include "formats/xml_namespaces.hpp"

namespace weir::formats::bpmn {

namespace {

using model::Attribute;
using model::Element;
using model::ElementId;
using model::Namespace;

struct QName {
  std::string_view prefix, local;
};

QName split(std::string_view name) {
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? QName{{}, name}
                                         : QName{name.substr(0, colon), name.substr(colon + 1)};
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && has_class(text.front(), XmlCharacters::blank)) text.remove_prefix(1);
  while (!text.empty() && has_class(text.back(), XmlCharacters::blank)) text.remove_suffix(1);
  return text;
}

class Builder {
 public:
  Builder(std::string_view text, FileId file, std::string_view read_as_bpmn, model::Document& document)
      : text_(text), file_(file), read_as_bpmn_(read_as_bpmn), document_(document) {
    if (read_as_bpmn.empty()) default_ = Namespace::bpmn;
  }

  void walk(const pugi::xml_node& root);

 private:
  struct Open {
    pugi::xml_node next;  // the child to look at next
    ElementId id;
    ElementId last_child;
    std::size_t namespaces;
    std::string* joined;  // the element's text once it has a second piece
  };

  [[nodiscard]] std::uint32_t offset(const char* in_buffer) const {
    return static_cast<std::uint32_t>(in_buffer - document_.buffer.get());
  }
  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const {
    return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }
  [[nodiscard]] Namespace namespace_of(std::string_view uri) const {
    return uri == read_as_bpmn_ ? Namespace::bpmn : known_namespace(uri);
  }
  void open(const pugi::xml_node& node);
  void add_attributes(const pugi::xml_node& node, Element& element);
  void name_element(Element& element);
  void close();
  void add_text(const pugi::xml_node& piece);
  [[nodiscard]] Span piece_span(const pugi::xml_node& piece) const;

  std::string_view text_;
  FileId file_;
  std::string_view read_as_bpmn_;
  Namespace default_ = Namespace::empty;  // of elements without prefix where no default namespace is declared
  model::Document& document_;
  XmlNamespaces namespaces_;
  std::vector<Open> open_;
};

/// Depth first without recursion.
void Builder::walk(const pugi::xml_node& root) {
  open(root);
  while (!open_.empty()) {
    const pugi::xml_node node = open_.back().next;
    if (!node) {
      close();
      continue;
    }
    open_.back().next = node.next_sibling();
    if (node.type() == pugi::node_element)
      open(node);
    else
      add_text(node);
  }
}

void Builder::close() {
  const Open& ending = open_.back();
  Element& element = document_.elements[index(ending.id)];
  if (ending.joined != nullptr) element.text = *ending.joined;
  element.text = trimmed(element.text);
  namespaces_.close(ending.namespaces);
  open_.pop_back();
}

void Builder::open(const pugi::xml_node& node) {
  const std::size_t mark = namespaces_.mark();
  const auto id = static_cast<ElementId>(document_.elements.size());
  Element& element = document_.elements.emplace_back();
  const std::string_view name = node.name();
  const QName qname = split(name);
  const std::uint32_t begin = offset(name.data());
  element.name_span = span(begin, begin + name.size());
  element.prefix = qname.prefix;
  element.name = qname.local;
  element.first_attribute = static_cast<std::uint32_t>(document_.attributes.size());
  add_attributes(node, element);
  name_element(element);

  const std::size_t from =
      element.attribute_count == 0 ? element.name_span.end : document_.attributes.back().value_span.end;
  const std::size_t close = text_.find('>', from);
  element.tag = span(begin - 1, close == std::string_view::npos ? text_.size() : close + 1);

  if (!open_.empty()) {
    Open& parent = open_.back();
    element.parent = parent.id;
    if (parent.last_child == ElementId::none)
      document_.elements[index(parent.id)].first_child = id;
    else
      document_.elements[index(parent.last_child)].next_sibling = id;
    parent.last_child = id;
  }
  open_.push_back({node.first_child(), id, ElementId::none, mark, nullptr});
}

void Builder::add_attributes(const pugi::xml_node& node, Element& element) {
  bool prefixed = false;
  for (pugi::xml_attribute each = node.first_attribute(); each; each = each.next_attribute()) {
    const std::string_view name = each.name(), value = each.value();
    const std::uint32_t name_begin = offset(name.data()), value_begin = offset(value.data());
    const std::size_t value_end = text_.find(text_[value_begin - 1], value_begin);
    const QName qname = split(name);
    Attribute& attribute = document_.attributes.emplace_back();
    attribute.prefix = qname.prefix;
    attribute.name = qname.local;
    attribute.value = value;
    attribute.name_span = span(name_begin, name_begin + name.size());
    attribute.value_span = span(value_begin, value_end);
    ++element.attribute_count;
    if (name == "xmlns") {
      namespaces_.declare({}, value, static_cast<std::uint32_t>(namespace_of(value)));
    } else if (attribute.prefix == "xmlns") {
      namespaces_.declare(attribute.name, value, static_cast<std::uint32_t>(namespace_of(value)));
      attribute.ns = Namespace::other;
    } else {
      prefixed = prefixed || !attribute.prefix.empty();
    }
  }
  if (!prefixed) return;
  // Only now: a prefix may be declared behind the attribute that uses it.
  for (std::uint32_t i = element.first_attribute; i < document_.attributes.size(); ++i) {
    Attribute& attribute = document_.attributes[i];
    if (attribute.prefix.empty() || attribute.prefix == "xmlns") continue;
    const XmlNamespaces::Binding* found = namespaces_.find(attribute.prefix);
    attribute.ns = found == nullptr || found->uri == xml_namespace ? Namespace::other
                                                                   : static_cast<Namespace>(found->user);
  }
}

void Builder::name_element(Element& element) {
  if (const XmlNamespaces::Binding* found = namespaces_.find(element.prefix)) {
    element.ns = static_cast<Namespace>(found->user);
    element.namespace_uri = found->uri;
    if (element.prefix == "xml") element.ns = Namespace::other;
  } else {
    element.ns = default_;
  }
  element.kind = kind_of(element.ns, element.name);
  if (element.kind == model::ElementKind::unknown && read_as_bpmn_ != bpmn_namespace) {
    // Without namespaces nothing tells a diagram from a model.
    const model::ElementKind diagram = model::element_kind(element.name);
    if (model::is(diagram, model::Category::diagram)) {
      element.kind = diagram;
      element.ns = Namespace::bpmndi;
    }
  }
}

/// Where a piece of character data stands in the text, blanks at both ends left out.
Span Builder::piece_span(const pugi::xml_node& piece) const {
  const std::size_t begin = offset(piece.value());
  const bool section = piece.type() == pugi::node_cdata;
  const std::size_t found = section ? text_.find("]]>", begin) : text_.find('<', begin);
  const std::size_t end = found == std::string_view::npos ? text_.size() : found;
  const std::string_view raw = text_.substr(begin, end - begin);
  const std::string_view inner = trimmed(raw);
  const std::size_t first =
      inner.empty() ? begin : begin + static_cast<std::size_t>(inner.data() - raw.data());
  return span(first, first + inner.size());
}

void Builder::add_text(const pugi::xml_node& piece) {
  Open& parent = open_.back();
  Element& element = document_.elements[index(parent.id)];
  const std::string_view value = piece.value();
  if (!element.text_span.known() && !trimmed(value).empty()) element.text_span = piece_span(piece);
  if (element.text.data() == nullptr) {
    element.text = value;
    return;
  }
  if (parent.joined == nullptr) parent.joined = &document_.extra.emplace_back(element.text);
  *parent.joined += value;
}

}  // namespace

bool build_document(std::string_view text, FileId file, const XmlFacts& facts, std::string_view read_as_bpmn,
                    model::Document& document, Diagnostics& diagnostics) {
  document = {};
  document.file = file;
  document.buffer = std::make_unique<char[]>(text.size() + 1);
  std::memcpy(document.buffer.get(), text.data(), text.size());
  document.elements.reserve(facts.elements);
  document.attributes.reserve(facts.attributes);

  pugi::xml_document parsed;
  constexpr unsigned options =
      pugi::parse_cdata | pugi::parse_escapes | pugi::parse_wconv_attribute | pugi::parse_eol;
  const pugi::xml_parse_result result =
      parsed.load_buffer_inplace(document.buffer.get(), text.size(), options, pugi::encoding_utf8);
  const pugi::xml_node root = parsed.document_element();
  if (!result || !root) {
    const auto at = static_cast<std::uint32_t>(result.offset > 0 ? result.offset : 0);
    diagnostics
        .error("xml-not-well-formed", fmt::format("this is no well-formed XML: {}", result.description()),
               {file, at, at})
        .group = "syntax";
    document = {};
    return false;
  }
  Builder(text, file, read_as_bpmn, document).walk(root);
  return true;
}

}  // namespace weir::formats::bpmn
