// What can only be said about a complete start tag: which namespaces it declares, whether the prefixes it
// uses are declared, whether an attribute is written twice. Duplicates are found by comparing each pair while
// there are few and by sorting when there are many, so that 16,000 attributes cost no more than a look.
#include <fmt/format.h>

#include <algorithm>

#include "formats/encoding.hpp"
#include "formats/known_namespaces.hpp"
#include "formats/xml_scanner.hpp"

namespace weir::formats {

namespace {
constexpr std::size_t few = 12;
}

std::string_view XmlScanner::decoded(const Attribute& attribute) {
  const std::string_view raw = slice(attribute.value_begin, attribute.value_end);
  if (!attribute.references) return raw;
  std::string out;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const std::size_t close = raw[i] == '&' ? raw.find(';', i) : std::string_view::npos;
    if (close == std::string_view::npos) {
      out += raw[i];
      continue;
    }
    const std::string_view inside = raw.substr(i + 1, close - i - 1);
    if (inside == "amp") {
      out += '&';
    } else if (inside == "lt") {
      out += '<';
    } else if (inside == "gt") {
      out += '>';
    } else if (inside == "quot") {
      out += '"';
    } else if (inside == "apos") {
      out += '\'';
    } else if (inside.starts_with('#')) {
      const bool hexadecimal = inside.starts_with("#x");
      std::uint32_t code = 0;
      for (const char c : inside.substr(hexadecimal ? 2 : 1)) {
        const std::uint32_t digit = static_cast<std::uint32_t>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
        code = std::min<std::uint32_t>(code * (hexadecimal ? 16 : 10) + digit, 0x110000);
      }
      if (is_xml_character(code)) append_utf8(out, code);
    }
    i = close;
  }
  return decoded_.emplace_back(std::move(out));
}

void XmlScanner::declare(const Attribute& attribute) {
  const std::string_view uri = decoded(attribute);
  const std::string_view declared = attribute.name.colon == 0 ? std::string_view{} : local(attribute.name);
  if (declared == "xmlns" || (declared == "xml") != (uri == xml_namespace)) {
    report(attribute.name.begin, attribute.value_end + 1,
           fmt::format(
               "the prefix xml belongs to '{}', xmlns to nothing else; neither can be declared differently",
               xml_namespace));
    return;
  }
  if (!declared.empty() && uri.empty()) {
    report(attribute.name.begin, attribute.value_end + 1,
           fmt::format("the prefix '{}' must not be declared with an empty namespace", excerpt(declared)));
    return;
  }
  if (uri.find(' ') != std::string_view::npos)
    warn("xml-not-well-formed", attribute.value_begin, attribute.value_end,
         fmt::format("'{}' is no valid URI: a namespace name must not contain blanks", excerpt(uri)));
  // A number instead of the URI: comparing addresses of a megabyte for each attribute would not be linear.
  const auto number = static_cast<std::uint32_t>(uris_.size());
  namespaces_.declare(declared, uri, uris_.emplace(uri, number).first->second);
}

void XmlScanner::check_prefix(const Name& name, bool element) {
  const std::string_view used = prefix(name);
  if (used.empty() || used == "xmlns" || namespaces_.find(used) != nullptr) return;
  if (std::find(undeclared_.begin(), undeclared_.end(), used) != undeclared_.end()) return;
  undeclared_.push_back(used);
  const std::string_view usual = usual_namespace(used);
  Diagnostic& error = report(
      name.begin, name.end,
      fmt::format("the prefix '{}' of the {} '{}' is not declared{}", excerpt(used),
                  element ? "element" : "attribute", excerpt(slice(name)),
                  usual.empty() ? std::string()
                                : fmt::format("; add xmlns:{}=\"{}\" to the root element", used, usual)));
  const std::size_t root_end = root_seen_ ? facts_.root_span.end : name.end;
  if (!usual.empty() && (root_seen_ || element))
    error.fixes.push_back({fmt::format("declare the prefix '{}'", used), span(root_end, root_end),
                           fmt::format(" xmlns:{}=\"{}\"", used, usual)});
}

void XmlScanner::resolve(const Name& element) {
  check_prefix(element, true);
  std::string_view first;
  bool several = false;  // prefixes: only then can two attributes share a namespace but not a prefix
  for (const Attribute& each : attributes_) {
    if (each.name.colon == 0 || each.declares) continue;
    check_prefix(each.name, false);
    if (first.empty()) first = prefix(each.name);
    several = several || prefix(each.name) != first;
  }
  if (several) find_expanded_duplicates();
}

void XmlScanner::find_duplicates() {
  const auto same = [&](const Attribute& one, const Attribute& other) {
    Diagnostic& error =
        report(other.name.begin, other.name.end,
               fmt::format("the attribute '{}' is written twice", excerpt(slice(other.name))));
    error.notes.push_back({"the first one stands here", span(one.name.begin, one.name.end)});
  };
  if (attributes_.size() <= few) {
    for (std::size_t i = 1; i < attributes_.size(); ++i)
      for (std::size_t k = 0; k < i; ++k)
        if (slice(attributes_[i].name) == slice(attributes_[k].name)) {
          same(attributes_[k], attributes_[i]);
          break;
        }
    return;
  }
  order_.resize(attributes_.size());
  for (std::uint32_t i = 0; i < order_.size(); ++i) order_[i] = i;
  std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
    const std::string_view one = slice(attributes_[a].name), other = slice(attributes_[b].name);
    return one != other ? one < other : a < b;
  });
  for (std::size_t i = 1; i < order_.size() && !stopped_; ++i)
    if (slice(attributes_[order_[i - 1]].name) == slice(attributes_[order_[i]].name))
      same(attributes_[order_[i - 1]], attributes_[order_[i]]);
}

/// Two attributes with different prefixes for one namespace and the same local name (section 6.3).
void XmlScanner::find_expanded_duplicates() {
  struct Expanded {
    std::string_view local, prefix;
    std::uint32_t uri, attribute;
  };
  std::vector<Expanded> expanded;
  for (std::uint32_t i = 0; i < attributes_.size(); ++i) {
    const Attribute& each = attributes_[i];
    if (each.name.colon == 0 || each.declares) continue;
    if (const XmlNamespaces::Binding* found = namespaces_.find(prefix(each.name)))
      expanded.push_back({local(each.name), prefix(each.name), found->user, i});
  }
  std::sort(expanded.begin(), expanded.end(), [](const Expanded& a, const Expanded& b) {
    if (a.local != b.local) return a.local < b.local;
    return a.uri != b.uri ? a.uri < b.uri : a.attribute < b.attribute;
  });
  for (std::size_t i = 1; i < expanded.size() && !stopped_; ++i) {
    const Expanded &one = expanded[i - 1], &other = expanded[i];
    if (one.local != other.local || one.uri != other.uri || one.prefix == other.prefix) continue;
    const Name& name = attributes_[other.attribute].name;
    Diagnostic& error =
        report(name.begin, name.end,
               fmt::format("the attribute '{}' is written twice, under two prefixes of one namespace",
                           excerpt(slice(name))));
    const Name& first = attributes_[one.attribute].name;
    error.notes.push_back({"the first one stands here", span(first.begin, first.end)});
  }
}

}  // namespace weir::formats
