// The document level: declaration, comments, instructions, CDATA, document type, text between tags and what
// may follow the root. Elements are counted on an explicit stack, so depth costs no stack space. Loops stop
// at the few bytes that mean something (xml_characters.hpp); everything else is stepped over without a
// thought.
#include "formats/xml_scan.hpp"

#include <fmt/format.h>

#include "formats/encoding.hpp"
#include "formats/xml_scanner.hpp"

namespace weir::formats {

namespace {
constexpr std::uint32_t most_errors = 20;
constexpr std::uint32_t most_warnings = 100;

/// VersionNum of XML 1.0: "1." and digits.
bool version_number(std::string_view text) {
  if (text.size() < 3 || !text.starts_with("1.")) return false;
  for (const char c : text.substr(2))
    if (c < '0' || c > '9') return false;
  return true;
}

/// EncName: a letter, then letters, digits and ". _ -"; all of them name characters here.
bool encoding_name(std::string_view text) {
  if (text.empty() || !has_class(text[0], XmlCharacters::name_start) || text[0] == '_') return false;
  for (const char c : text)
    if (!has_class(c, XmlCharacters::name) || c == ':') return false;
  return true;
}

}  // namespace

Diagnostic& XmlScanner::diagnostic(Severity severity, std::string code, std::size_t begin, std::size_t end,
                                   std::string message) {
  Diagnostic made;
  made.severity = severity;
  made.code = std::move(code);
  made.group = "syntax";
  made.message = std::move(message);
  made.span = span(begin, end);
  return diagnostics_.add(std::move(made));
}

Diagnostic& XmlScanner::report(std::size_t begin, std::size_t end, std::string message) {
  if (++errors_ >= most_errors) stopped_ = true;
  return diagnostic(Severity::error, "xml-not-well-formed", begin, end, std::move(message));
}

Diagnostic& XmlScanner::fatal(std::size_t begin, std::size_t end, std::string message) {
  stopped_ = true;
  return report(begin, end, std::move(message));
}

void XmlScanner::warn(std::string code, std::size_t begin, std::size_t end, std::string message) {
  if (++warnings_ <= most_warnings)
    diagnostic(Severity::warning, std::move(code), begin, end, std::move(message));
}

/// Control characters and the two noncharacters that XML excludes; a file with them is often no text at all,
/// so nothing else is looked at then.
bool XmlScanner::bad_characters() {
  for (std::size_t i = find_control_character(text_); i < text_.size() && !stopped_;
       i = find_control_character(text_, i + 1))
    report(i, i + 1,
           fmt::format("the control character U+{:04X} is not allowed in XML",
                       static_cast<unsigned char>(text_[i])));
  for (std::size_t i = text_.find("\xEF\xBF"); i != std::string_view::npos && !stopped_;
       i = text_.find("\xEF\xBF", i + 3)) {
    const CodePoint code = first_code_point(text_.substr(i));
    if (!is_xml_character(code.value))
      report(i, i + code.length, fmt::format("the character U+{:04X} is not allowed in XML", code.value));
  }
  return errors_ != 0;
}

/// <?xml version="1.0" encoding="..." standalone="..."?>; blank lines before it are so common that they only
/// warn.
void XmlScanner::declaration() {
  const std::size_t begin = at_;
  skip_blanks();
  if (!looking_at("<?xml") || at_ + 5 >= text_.size() || !has_class(text_[at_ + 5], XmlCharacters::blank)) {
    at_ = begin;
    return;
  }
  if (at_ != begin)
    warn(
        "xml-not-well-formed", at_, at_ + 5,
        "the XML declaration must be the very first thing in the file; remove the blanks or lines before it");
  const std::size_t start = at_;
  const std::size_t close = text_.find("?>", at_);
  if (close == std::string_view::npos) {
    fatal(start, start + 5, "the XML declaration is never closed with '?>'");
    return;
  }
  at_ += 5;
  int last = -1;
  while (!stopped_) {
    skip_blanks();
    if (at_ >= close) break;
    const std::size_t word_begin = at_;
    while (at_ < close && has_class(text_[at_], XmlCharacters::name)) ++at_;
    const std::string_view word = slice(word_begin, at_);
    skip_blanks();
    const bool equals = at_ < close && text_[at_] == '=';
    if (equals) ++at_;
    skip_blanks();
    const char quote = at_ < close ? text_[at_] : ' ';
    const std::size_t value_end = text_.find(quote, at_ + 1);
    const int which = word == "version" ? 0 : word == "encoding" ? 1 : word == "standalone" ? 2 : -1;
    if (!equals || (quote != '"' && quote != '\'') || value_end >= close || which <= last) {
      fatal(word_begin, close,
            "the XML declaration may hold version, encoding and standalone, in this order, each once");
      return;
    }
    const std::string_view value = slice(at_ + 1, value_end);
    if (which != 0 && last < 0)
      report(start, start + 5, "the XML declaration must begin with version=\"1.0\"");
    if (which == 0 && !version_number(value))
      report(at_ + 1, value_end,
             fmt::format("'{}' is no version of XML; write version=\"1.0\"", excerpt(value)));
    else if (which == 0 && value != "1.0")
      warn("xml-not-well-formed", at_ + 1, value_end,
           fmt::format("XML version '{}' is declared; the file was read as XML 1.0", excerpt(value)));
    if (which == 1 && !encoding_name(value))
      report(at_ + 1, value_end, fmt::format("'{}' is no name of an encoding", excerpt(value)));
    if (which == 2 && value != "yes" && value != "no")
      report(at_ + 1, value_end, "standalone must be \"yes\" or \"no\"");
    last = which;
    at_ = value_end + 1;
  }
  if (last < 0) report(start, start + 5, "the XML declaration must name a version: <?xml version=\"1.0\"?>");
  at_ = close + 2;
}

void XmlScanner::comment() {
  const std::size_t begin = at_;
  at_ += 4;
  bool warned = false;
  while (true) {
    const std::size_t dashes = text_.find("--", at_);
    if (dashes == std::string_view::npos) {
      fatal(begin, begin + 4, "the comment is never closed with '-->'");
      return;
    }
    if (dashes + 2 < text_.size() && text_[dashes + 2] == '>') {
      at_ = dashes + 3;
      return;
    }
    if (!warned)
      warn("xml-not-well-formed", dashes, dashes + 2,
           "'--' is not allowed inside a comment; the comment was skipped");
    warned = true;
    at_ = dashes + 1;
  }
}

void XmlScanner::instruction() {
  const std::size_t begin = at_;
  at_ += 2;
  const Name target = name();
  if (stopped_) return;
  const std::size_t close = text_.find("?>", at_);
  if (target.begin == target.end) {
    fatal(begin, begin + 2, "a processing instruction needs a name right after '<?'");
    return;
  }
  if (close == std::string_view::npos) {
    fatal(begin, target.end, "the processing instruction is never closed with '?>'");
    return;
  }
  const std::string_view word = slice(target);
  if (word.size() == 3 && (word[0] | 0x20) == 'x' && (word[1] | 0x20) == 'm' && (word[2] | 0x20) == 'l')
    report(begin, close + 2, "an XML declaration may only stand at the very beginning of the file");
  else if (at_ != close && !has_class(text_[at_], XmlCharacters::blank))
    report(at_, at_ + 1, "a blank is missing after the name of the processing instruction");
  at_ = close + 2;
}

void XmlScanner::cdata() {
  const std::size_t begin = at_;
  const std::size_t close = text_.find("]]>", at_ + 9);
  if (open_.empty()) {
    outside_text(begin, begin + 9);
    return;
  }
  if (close == std::string_view::npos) {
    fatal(begin, begin + 9, "the CDATA section is never closed with ']]>'");
    return;
  }
  at_ = close + 3;
}

/// A document type without internal subset declares nothing by itself, and its external part is never
/// fetched. With a subset it could define entities and default attributes, which nobody needs in a process
/// model.
void XmlScanner::document_type() {
  const std::size_t begin = at_;
  at_ += 9;
  if (root_seen_ || doctype_seen_) {
    fatal(begin, at_, "a document type declaration may stand once, before the root element");
    return;
  }
  doctype_seen_ = true;
  while (!ended()) {
    const char c = text_[at_];
    if (c == '"' || c == '\'') {
      const std::size_t close = text_.find(c, at_ + 1);
      at_ = close == std::string_view::npos ? text_.size() : close + 1;
    } else if (c == '<') {
      break;
    } else if (c == '[') {
      ++errors_;
      stopped_ = true;
      diagnostic(
          Severity::error, "xml-doctype", begin, at_ + 1,
          "document type declarations with an internal subset are refused: entities are never expanded; "
          "remove the DOCTYPE and write the text itself");
      return;
    } else if (c == '>') {
      ++at_;
      warn("xml-doctype", begin, at_,
           "the document type declaration is ignored, BPMN and DMN have none; remove it");
      return;
    } else {
      ++at_;
    }
  }
  fatal(begin, begin + 9, "the document type declaration is never closed with '>'");
}

/// Reports text that stands before or after the root element; true when it was only blanks.
bool XmlScanner::outside_text(std::size_t begin, std::size_t end) {
  while (begin < end && has_class(text_[begin], XmlCharacters::blank)) ++begin;
  if (begin == end) return true;
  std::size_t stop = begin;
  while (stop < end && !has_class(text_[stop], XmlCharacters::blank)) ++stop;
  fatal(begin, stop,
        root_seen_ ? fmt::format("nothing may follow the end of the root element, but '{}' does",
                                 excerpt(slice(begin, stop)))
                   : fmt::format("no text may stand before the root element, but '{}' does",
                                 excerpt(slice(begin, stop))));
  return false;
}

void XmlScanner::content() {
  const std::size_t begin = at_;
  while (!ended()) {
    while (!ended() && !has_class(text_[at_], XmlCharacters::text_stop)) ++at_;
    if (ended() || text_[at_] == '<') break;
    if (open_.empty()) {
      outside_text(begin, at_ + 1);
      return;
    }
    if (text_[at_] == '&') {
      reference();
      if (stopped_) return;
    } else if (looking_at("]]>")) {
      report(at_, at_ + 3, "']]>' is not allowed in text; write ]]&gt;");
      at_ += 3;
    } else {
      ++at_;
    }
  }
  if (open_.empty() && !outside_text(begin, at_)) return;
  if (!ended()) markup();
}

void XmlScanner::markup() {
  const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : ' ';
  if (next == '/') {
    end_tag();
  } else if (next == '?') {
    instruction();
  } else if (next != '!') {
    start_tag();
  } else if (looking_at("<!--")) {
    comment();
  } else if (looking_at("<![CDATA[")) {
    cdata();
  } else if (looking_at("<!DOCTYPE")) {
    document_type();
  } else {
    fatal(at_, at_ + 2,
          "'<!' begins neither a comment nor a CDATA section; a '<' in text must be written &lt;");
  }
}

void XmlScanner::at_end() {
  const std::size_t end = text_.size();
  if (!open_.empty()) {
    const Open& last = open_.back();
    const std::string_view unclosed = slice(last.name_begin, last.name_end);
    Diagnostic& error =
        fatal(end, end, fmt::format("the file ends, but <{}> is still open", excerpt(unclosed)));
    error.notes.push_back(
        {fmt::format("<{}> begins here", excerpt(unclosed)), span(last.name_begin, last.name_end)});
  } else if (!root_seen_) {
    fatal(end, end, "the file ends without any element");
  }
}

XmlFacts XmlScanner::scan() {
  if (!bad_characters()) {
    declaration();
    while (!stopped_ && !ended()) content();
    if (!stopped_) at_end();
  }
  facts_.readable = errors_ == 0;
  return std::move(facts_);
}

XmlFacts scan_xml(FileId file, std::string_view text, Diagnostics& diagnostics, const XmlLimits& limits) {
  return XmlScanner(file, text, diagnostics, limits).scan();
}

}  // namespace weir::formats
