// Tags: names, attributes, references. What can only be said about a complete tag (namespaces, duplicates) is
// in xml_scan_namespaces.cpp.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "formats/xml_scanner.hpp"

namespace weir::formats {

namespace {

/// Entities of HTML that people write in names; XML does not have them.
struct HtmlEntity {
  std::string_view name;
  int code;
};
constexpr std::array html_entities{
    HtmlEntity{"nbsp", 160},    HtmlEntity{"copy", 169},   HtmlEntity{"reg", 174},
    HtmlEntity{"deg", 176},     HtmlEntity{"auml", 228},   HtmlEntity{"ouml", 246},
    HtmlEntity{"uuml", 252},    HtmlEntity{"Auml", 196},   HtmlEntity{"Ouml", 214},
    HtmlEntity{"Uuml", 220},    HtmlEntity{"szlig", 223},  HtmlEntity{"eacute", 233},
    HtmlEntity{"euro", 8364},   HtmlEntity{"ndash", 8211}, HtmlEntity{"mdash", 8212},
    HtmlEntity{"hellip", 8230},
};

bool predefined(std::string_view name) {
  return name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos";
}

}  // namespace

/// The name at the current place; empty when there is none. More than one colon, or one at an end, is an
/// error.
XmlScanner::Name XmlScanner::name() {
  Name out{at_, at_, 0};
  const auto code_point = [&] { return first_code_point(text_.substr(at_, 4)); };
  if (ended()) return out;
  if (has_class(text_[at_], XmlCharacters::high)) {
    if (!is_high_name_start(code_point().value)) return out;
  } else if (!has_class(text_[at_], XmlCharacters::name_start)) {
    return out;
  }
  std::size_t colons = 0;
  while (!ended()) {
    const char c = text_[at_];
    if (has_class(c, XmlCharacters::name)) {
      if (c == ':' && colons++ == 0) out.colon = at_;
      ++at_;
    } else if (has_class(c, XmlCharacters::high)) {
      const CodePoint code = code_point();
      if (!is_high_name(code.value)) break;
      at_ += code.length;
    } else {
      break;
    }
  }
  out.end = at_;
  if (colons > 1 || (colons == 1 && (out.colon == out.begin || out.colon + 1 == out.end)))
    report(out.begin, out.end,
           fmt::format("'{}' is not a name: one ':' may stand between prefix and name", excerpt(slice(out))));
  if (out.end - out.begin > limits_.name_bytes)
    warn("xml-limit", out.begin, out.begin + 1,
         fmt::format("this name has {} bytes; real ones are far shorter", out.end - out.begin));
  return out;
}

void XmlScanner::end_tag() {
  const std::size_t begin = at_;
  at_ += 2;
  const Name found = name();
  if (stopped_) return;
  skip_blanks();
  if (ended() || text_[at_] != '>') {
    fatal(begin, std::max(found.end, begin + 2),
          found.begin == found.end ? "'</' must be followed by the name of an element"
                                   : "the end tag is not closed with '>'");
    return;
  }
  ++at_;
  const std::string_view closing = slice(found);
  if (open_.empty()) {
    fatal(begin, at_, fmt::format("</{}> closes nothing: there is no open element", excerpt(closing)));
    return;
  }
  const Open& last = open_.back();
  const std::string_view expected = slice(last.name_begin, last.name_end);
  if (closing != expected) {
    const bool further_up = std::any_of(open_.begin(), open_.end(), [&](const Open& each) {
      return slice(each.name_begin, each.name_end) == closing;
    });
    Diagnostic& error = fatal(
        begin, at_,
        further_up ? fmt::format("<{}> is not closed before </{}>", excerpt(expected), excerpt(closing))
                   : fmt::format("</{}> was expected here, not </{}>", excerpt(expected), excerpt(closing)));
    error.notes.push_back(
        {fmt::format("<{}> begins here", excerpt(expected)), span(last.name_begin, last.name_end)});
    return;
  }
  namespaces_.close(last.namespaces);
  open_.pop_back();
}

void XmlScanner::start_tag() {
  const std::size_t begin = at_;
  ++at_;
  const Name element = name();
  if (stopped_) return;
  if (element.begin == element.end) {
    fatal(begin, begin + 1,
          "'<' must be followed by the name of an element; a '<' in text must be written &lt;");
    return;
  }
  attributes_.clear();
  bool empty = false;
  while (true) {
    const std::size_t before = at_;
    skip_blanks();
    if (ended()) {
      fatal(text_.size(), text_.size(),
            fmt::format("the file ends inside the tag <{}>", excerpt(slice(element))));
      return;
    }
    if (text_[at_] == '>') {
      ++at_;
      break;
    }
    if (looking_at("/>")) {
      at_ += 2;
      empty = true;
      break;
    }
    Attribute next;
    if (!attribute(next)) return;
    if (before == next.name.begin)
      report(next.name.begin, next.name.end,
             fmt::format("a blank is missing before the attribute '{}'", excerpt(slice(next.name))));
    attributes_.push_back(next);
    if (stopped_) return;
  }
  if (!opens(element, begin)) return;
  if (empty) {
    namespaces_.close(open_.back().namespaces);
    open_.pop_back();
  }
}

bool XmlScanner::attribute(Attribute& out) {
  out.name = name();
  if (stopped_) return false;
  if (out.name.begin == out.name.end) {
    const CodePoint code = first_code_point(text_.substr(at_, 4));
    const std::string shown(text_.substr(at_, code.length));
    fatal(at_, at_ + code.length,
          fmt::format("an attribute, '>' or '/>' was expected here, not '{}'", shown));
    return false;
  }
  skip_blanks();
  if (ended() || text_[at_] != '=') {
    fatal(out.name.begin, out.name.end,
          fmt::format("the attribute '{}' has no value; write {}=\"...\"", excerpt(slice(out.name)),
                      excerpt(slice(out.name))));
    return false;
  }
  ++at_;
  skip_blanks();
  if (ended() || (text_[at_] != '"' && text_[at_] != '\'')) {
    fatal(out.name.begin, std::min(at_ + 1, text_.size()),
          fmt::format("the value of the attribute '{}' must stand in quotes", excerpt(slice(out.name))));
    return false;
  }
  out.declares = slice(out.name) == "xmlns" || prefix(out.name) == "xmlns";
  return value(out);
}

bool XmlScanner::value(Attribute& out) {
  const char quote = text_[at_];
  out.value_begin = ++at_;
  while (true) {
    while (!ended() && !has_class(text_[at_], XmlCharacters::value_stop)) ++at_;
    if (ended()) {
      Diagnostic& error = fatal(
          text_.size(), text_.size(),
          fmt::format("the file ends inside the value of the attribute '{}'", excerpt(slice(out.name))));
      error.notes.push_back({"the value begins here", span(out.value_begin - 1, out.value_begin)});
      return false;
    }
    const char c = text_[at_];
    if (c == quote) break;
    if (c == '<') {
      Diagnostic& error =
          fatal(at_, at_ + 1,
                fmt::format("'<' in the value of the attribute '{}' must be written &lt;, or the closing "
                            "quote is missing",
                            excerpt(slice(out.name))));
      error.notes.push_back({"the value begins here", span(out.value_begin - 1, out.value_begin)});
      return false;
    }
    if (c == '&') {
      out.references = true;
      reference();
      if (stopped_) return false;
    } else {
      ++at_;
    }
  }
  out.value_end = at_++;
  if (out.value_end - out.value_begin > limits_.attribute_bytes) {
    ++errors_;
    diagnostic(
        Severity::error, "xml-limit", out.name.begin, out.name.end,
        fmt::format("the value of the attribute '{}' has {} bytes, more than the {} that are read",
                    excerpt(slice(out.name)), out.value_end - out.value_begin, limits_.attribute_bytes));
  }
  return true;
}

/// "&name;" or "&#number;" at the current place.
void XmlScanner::reference() {
  const std::size_t begin = at_;
  ++at_;
  if (!ended() && text_[at_] == '#') {
    ++at_;
    while (!ended() && has_class(text_[at_], XmlCharacters::name) && text_[at_] != ':') ++at_;
  } else {
    while (!ended() && has_class(text_[at_], XmlCharacters::name | XmlCharacters::high)) ++at_;
  }
  const std::string_view inside = slice(begin + 1, at_);
  if (ended() || text_[at_] != ';' || inside.empty()) {
    Diagnostic& error =
        report(begin, begin + 1, "'&' must be written &amp; unless it begins a reference such as &lt;");
    error.fixes.push_back({"write &amp;", span(begin, begin + 1), "&amp;"});
    at_ = begin + 1;
    return;
  }
  ++at_;
  if (inside[0] == '#') {
    character_reference(begin, at_);
  } else if (!predefined(inside)) {
    const auto* html = std::find_if(html_entities.begin(), html_entities.end(),
                                    [&](const HtmlEntity& each) { return each.name == inside; });
    if (html == html_entities.end()) {
      report(
          begin, at_,
          fmt::format("the entity '&{};' is not defined; XML has &lt; &gt; &amp; &quot; &apos; and numbers",
                      excerpt(inside)));
      return;
    }
    Diagnostic& error =
        report(begin, at_,
               fmt::format("the entity '&{};' belongs to HTML, XML does not have it; write &#{};", inside,
                           html->code));
    error.fixes.push_back({"write the number", span(begin, at_), fmt::format("&#{};", html->code)});
  }
}

void XmlScanner::character_reference(std::size_t begin, std::size_t end) {
  std::string_view digits = slice(begin + 2, end - 1);
  const bool hexadecimal = digits.starts_with('x');
  if (hexadecimal) digits.remove_prefix(1);
  std::uint32_t code = 0;
  bool valid = !digits.empty();
  for (const char c : digits) {
    const std::uint32_t digit = c >= '0' && c <= '9' ? static_cast<std::uint32_t>(c - '0')
                                : hexadecimal && (c | 0x20) >= 'a' && (c | 0x20) <= 'f'
                                    ? static_cast<std::uint32_t>((c | 0x20) - 'a' + 10)
                                    : 99;
    if (digit == 99) valid = false;
    if (!valid || code > 0x10FFFF) break;
    code = code * (hexadecimal ? 16 : 10) + digit;
  }
  const std::string shown = excerpt(slice(begin, end));
  if (!valid)
    report(begin, end, fmt::format("'{}' is not a character reference; write &#233; or &#xE9;", shown));
  else if (!is_xml_character(code))
    report(begin, end, fmt::format("'{}' refers to a character that is not allowed in XML", shown));
}

/// Everything that can be said about a start tag once it is complete; pushes the element.
bool XmlScanner::opens(const Name& element, std::size_t tag_begin) {
  const auto shown = [&] { return excerpt(slice(element)); };
  if (open_.empty() && root_seen_) {
    fatal(tag_begin, element.end, fmt::format("a file has one root element; <{}> is a second one", shown()));
    return false;
  }
  const auto too_much = [&](std::string message) {
    ++errors_;
    stopped_ = true;
    diagnostic(Severity::error, "xml-limit", tag_begin, element.end, std::move(message));
    return false;
  };
  if (open_.size() >= limits_.depth)
    return too_much(fmt::format("elements are nested more than {} deep", limits_.depth));
  if (++facts_.elements > limits_.elements)
    return too_much(fmt::format("the file has more than {} elements", limits_.elements));
  const auto declarations = static_cast<std::size_t>(std::count_if(
      attributes_.begin(), attributes_.end(), [](const Attribute& each) { return each.declares; }));
  if (attributes_.size() - declarations > limits_.attributes)
    return too_much(fmt::format("<{}> has {} attributes, more than the {} that are read", shown(),
                                attributes_.size() - declarations, limits_.attributes));
  if (declarations > limits_.namespace_declarations)
    return too_much(fmt::format("<{}> declares {} namespaces, more than the {} that are read", shown(),
                                declarations, limits_.namespace_declarations));
  facts_.attributes += static_cast<std::uint32_t>(attributes_.size());

  find_duplicates();
  open_.push_back({element.begin, element.end, namespaces_.mark()});
  if (declarations != 0)
    for (const Attribute& each : attributes_)
      if (each.declares) declare(each);
  resolve(element);
  if (open_.size() == 2 && facts_.first_child.empty()) facts_.first_child = local(element);
  if (!root_seen_) {
    root_seen_ = true;
    facts_.root_name = local(element);
    facts_.root_span = span(element.begin, element.end);
    if (const XmlNamespaces::Binding* found = namespaces_.find(prefix(element)))
      facts_.root_namespace = found->uri;
  }
  return true;
}

}  // namespace weir::formats
