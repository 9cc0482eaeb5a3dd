// weir.lint/1: one object with every finding. The human path is data, not message; other notes are listed
// with their places.
#include "formats/findings/findings.hpp"
#include "formats/json/trace.hpp"
#include "formats/json/writer.hpp"

namespace weir::formats::findings {

namespace {

void write_place(json::Writer& json, const Place& place) {
  json.key("file").string(place.file);
  json.key("line").number(place.begin.line).key("column").number(place.begin.column);
  json.key("end_line").number(place.end.line).key("end_column").number(place.end.column);
}

void write_data(json::Writer& json, const Finding& finding) {
  constexpr std::string_view path = "path: ";
  json.key("data").begin_object();
  for (const Note& note : finding.diagnostic.notes)
    if (note.message.starts_with(path)) json.key("path").string(note.message.substr(path.size()));
  json.end_object();
}

void write_notes(json::Writer& json, const Finding& finding) {
  json.key("notes").begin_array();
  for (std::size_t i = 0; i < finding.diagnostic.notes.size(); ++i) {
    const Note& note = finding.diagnostic.notes[i];
    if (note.message.starts_with("path: ")) continue;
    json.begin_object().key("message").string(note.message);
    if (finding.note_places[i].begin.line > 0) write_place(json, finding.note_places[i]);
    json.end_object();
  }
  json.end_array();
}

void write_fixes(json::Writer& json, const Diagnostic& diagnostic) {
  json.key("fixes").begin_array();
  for (const Fix& fix : diagnostic.fixes)
    json.begin_object()
        .key("description")
        .string(fix.description)
        .key("begin")
        .number(fix.span.begin)
        .key("end")
        .number(fix.span.end)
        .key("replacement")
        .string(fix.replacement)
        .end_object();
  json.end_array();
}

void write_finding(json::Writer& json, const Finding& finding) {
  const Diagnostic& what = finding.diagnostic;
  json.begin_object();
  write_place(json, finding.place);
  json.key("rule").string(what.code).key("group").string(what.group);
  json.key("severity").string(severity_name(what.severity));
  json.key("element").string(what.element).key("message").string(what.message);
  write_data(json, finding);
  write_notes(json, finding);
  write_fixes(json, what);
  json.key("trace");
  json::write_trace(json, what.trace);
  json.end_object();
}

}  // namespace

void write_findings(json::Writer& json, std::span<const Finding> findings) {
  json.begin_array();
  for (const Finding& each : findings) write_finding(json, each);
  json.end_array();
}

std::string json(const Results& results, const Options&) {
  json::Writer json;
  json.begin_object().key("schema").string("weir.lint/1");
  json.key("files").number(static_cast<std::uint64_t>(results.files));
  json.key("findings");
  write_findings(json, results.findings);
  const Summary count = summary(results.findings);
  json.key("summary").begin_object();
  json.key("errors").number(static_cast<std::uint64_t>(count.errors));
  json.key("warnings").number(static_cast<std::uint64_t>(count.warnings));
  json.key("infos").number(static_cast<std::uint64_t>(count.infos));
  json.end_object().end_object();
  return std::string(json.text()) + "\n";
}

}  // namespace weir::formats::findings
