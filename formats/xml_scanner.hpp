// The state of one scan; private to xml_scan.cpp (document, content), xml_scan_tags.cpp (tags, references)
// and xml_scan_namespaces.cpp (what a complete tag means).
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "formats/excerpt.hpp"
#include "formats/xml_characters.hpp"
#include "formats/xml_namespaces.hpp"
#include "formats/xml_scan.hpp"

namespace weir::formats {

class XmlScanner {
 public:
  XmlScanner(FileId file, std::string_view text, Diagnostics& diagnostics, const XmlLimits& limits)
      : file_(file), text_(text), diagnostics_(diagnostics), limits_(limits) {}
  /// Scans everything; call once.
  XmlFacts scan();

 private:
  struct Name {
    std::size_t begin = 0, end = 0;
    std::size_t colon = 0;  // position of the ':', 0 = none (a name never starts at 0: "<" comes before it)
  };
  struct Attribute {
    Name name;
    std::size_t value_begin = 0, value_end = 0;
    bool references = false;  // the value has '&', so it must be decoded before it is compared
    bool declares = false;    // xmlns or xmlns:p
  };
  struct Open {
    std::size_t name_begin = 0, name_end = 0;
    std::size_t namespaces = 0;  // mark to go back to when the element ends
  };

  // xml_scan.cpp
  bool bad_characters();
  void declaration();
  void content();
  void markup();
  void comment();
  void instruction();
  void cdata();
  void document_type();
  bool outside_text(std::size_t begin, std::size_t end);
  void at_end();

  // xml_scan_tags.cpp
  Name name();
  void start_tag();
  void end_tag();
  bool attribute(Attribute& out);
  bool value(Attribute& out);
  void reference();
  void character_reference(std::size_t begin, std::size_t end);
  bool opens(const Name& element, std::size_t tag_begin);

  // xml_scan_namespaces.cpp
  void declare(const Attribute& attribute);
  void resolve(const Name& element);
  void check_prefix(const Name& name, bool element);
  void find_duplicates();
  void find_expanded_duplicates();
  std::string_view decoded(const Attribute& attribute);

  // both
  [[nodiscard]] std::string_view slice(std::size_t begin, std::size_t end) const {
    return text_.substr(begin, end - begin);
  }
  [[nodiscard]] std::string_view slice(const Name& name) const { return slice(name.begin, name.end); }
  [[nodiscard]] std::string_view prefix(const Name& name) const {
    return name.colon == 0 ? std::string_view{} : slice(name.begin, name.colon);
  }
  [[nodiscard]] std::string_view local(const Name& name) const {
    return name.colon == 0 ? slice(name) : slice(name.colon + 1, name.end);
  }
  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const {
    return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }
  [[nodiscard]] bool ended() const { return at_ >= text_.size(); }
  [[nodiscard]] bool looking_at(std::string_view what) const {
    return text_.substr(at_, what.size()) == what;
  }
  void skip_blanks() {
    while (at_ < text_.size() && has_class(text_[at_], XmlCharacters::blank)) ++at_;
  }
  /// An error after which scanning can go on; stops when there are too many.
  Diagnostic& report(std::size_t begin, std::size_t end, std::string message);
  /// An error that leaves the structure unclear: nothing more is looked at.
  Diagnostic& fatal(std::size_t begin, std::size_t end, std::string message);
  /// A warning; after many of them only errors are of interest.
  void warn(std::string code, std::size_t begin, std::size_t end, std::string message);
  Diagnostic& diagnostic(Severity severity, std::string code, std::size_t begin, std::size_t end,
                         std::string message);

  FileId file_;
  std::string_view text_;
  Diagnostics& diagnostics_;
  XmlLimits limits_;
  std::size_t at_ = 0;
  bool stopped_ = false;
  std::uint32_t errors_ = 0;
  std::uint32_t warnings_ = 0;
  bool root_seen_ = false;
  bool doctype_seen_ = false;
  std::vector<Open> open_;
  std::vector<Attribute> attributes_;  // of the tag being read
  std::vector<std::uint32_t> order_;   // scratch of the duplicate checks
  XmlNamespaces namespaces_;
  std::unordered_map<std::string_view, std::uint32_t> uris_{{xml_namespace, 0}};
  std::deque<std::string> decoded_;           // namespace URIs that contain references
  std::vector<std::string_view> undeclared_;  // prefixes that were reported
  XmlFacts facts_;
};

}  // namespace weir::formats
