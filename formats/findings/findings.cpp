// Resolving places. A line of BPMN may be megabytes long (whole files without line breaks exist), so only a
// window around the place is kept, and columns of such a line are counted in one pass per finding.
#include "formats/findings/findings.hpp"

#include <algorithm>

#include "core/base/printable.hpp"

namespace weir::formats::findings {

namespace {

constexpr std::size_t longest_line = 120;  // bytes of source shown
constexpr std::size_t before_place = 40;   // of them before the place when the line is cut

bool continues(char c) {
  return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u;
}

/// `offset` moved back to the beginning of a character.
std::size_t character_start(std::string_view text, std::size_t offset) {
  while (offset > 0 && offset < text.size() && continues(text[offset])) --offset;
  return offset;
}

Place place_of(Span span, const SourceMap& sources, std::string_view file) {
  Place place;
  place.file = file;
  if (!span.known()) return place;
  place.file = sources.name(span.file);
  const std::string_view text = sources.text(span.file);
  const std::size_t begin = std::min<std::size_t>(span.begin, text.size());
  const std::size_t end = std::clamp<std::size_t>(span.end, begin, text.size());
  place.begin = sources.position(span.file, static_cast<std::uint32_t>(begin));
  place.end = sources.position(span.file, static_cast<std::uint32_t>(end));

  // The line around the place, cut to a window.
  const std::string_view line = sources.line(span.file, place.begin.line);
  const std::size_t line_begin = line.empty() ? begin : static_cast<std::size_t>(line.data() - text.data());
  const std::size_t at = std::min(begin - line_begin, line.size());
  std::size_t from = 0;
  if (line.size() > longest_line && at > before_place) from = character_start(line, at - before_place);
  const std::size_t to = character_start(line, std::min(line.size(), from + longest_line));
  const std::size_t shown_end = std::clamp(end - line_begin, at, std::max(at, to));
  std::string shown = from > 0 ? "…" : "";
  std::string head = printable(line.substr(from, at - from));
  if (from == 0) {  // leading blanks tell nothing
    head.erase(0,
               head.find_first_not_of(' ') == std::string::npos ? head.size() : head.find_first_not_of(' '));
    head.insert(0, 4, ' ');
  }
  const std::string marked = printable(line.substr(at, shown_end - at));
  shown += head;
  place.indent = display_width(shown);
  place.width = std::max<std::size_t>(1, display_width(marked));
  shown += marked + printable(line.substr(shown_end, to - shown_end));
  if (to < line.size()) shown += "…";
  place.line = std::move(shown);
  return place;
}

}  // namespace

std::vector<Finding> resolve(std::vector<Diagnostic> diagnostics, const SourceMap& sources,
                             std::string_view file) {
  std::vector<Finding> made;
  made.reserve(diagnostics.size());
  for (Diagnostic& each : diagnostics) {
    Finding& finding = made.emplace_back();
    finding.place = place_of(each.span, sources, file);
    for (const Note& note : each.notes) finding.note_places.push_back(place_of(note.span, sources, file));
    finding.diagnostic = std::move(each);
  }
  return made;
}

Summary summary(std::span<const Finding> findings) {
  Summary count;
  for (const Finding& each : findings) {
    switch (each.diagnostic.severity) {
      case Severity::error:
        ++count.errors;
        break;
      case Severity::warning:
        ++count.warnings;
        break;
      case Severity::info:
        ++count.infos;
        break;
    }
  }
  return count;
}

const Format* find_format(std::string_view name) {
  const auto found = std::find_if(std::begin(formats), std::end(formats),
                                  [&](const Format& each) { return each.name == name; });
  return found == std::end(formats) ? nullptr : &*found;
}

}  // namespace weir::formats::findings
