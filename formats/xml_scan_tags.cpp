// Tags: names, attributes, references, namespaces. Duplicate attributes are found by comparing each pair
// while there are few and by sorting when there are many, so that 16,000 attributes cost no more than a look.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "formats/encoding.hpp"
#include "formats/known_namespaces.hpp"
#include "formats/xml_scanner.hpp"

namespace weir::formats {

namespace {

constexpr std::size_t few = 12;

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
