// Findings of lint, verify and the readers as people and machines want to read them: one function per format
// and one table. A Finding is a diagnostic with its places resolved to lines and columns, so that neither
// models nor source texts need to live until everything is printed.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/base/source_map.hpp"
#include "formats/json/writer.hpp"

namespace weir::formats::findings {

/// A span in lines and columns (one-based, code points; the end is exclusive), with the first source line.
struct Place {
  std::string file;
  Position begin, end;
  std::string line;        // printable, cut to a window around the place when it is long
  std::size_t indent = 0;  // display columns of `line` before the place
  std::size_t width = 0;   // display columns of the place in `line`
};

struct Finding {
  Diagnostic diagnostic;
  Place place;                     // `file` is set even when the diagnostic points nowhere
  std::vector<Place> note_places;  // one per note; `begin.line` 0 = the note has no place
};

/// Resolves a file's diagnostics. `file` names the file for those without a place.
std::vector<Finding> resolve(std::vector<Diagnostic> diagnostics, const SourceMap& sources,
                             std::string_view file);

struct Options {
  bool colour = false;
  std::size_t most_per_file = 20;  // text only; 0 = all
};

/// All findings of a command, file by file.
struct Results {
  std::span<const Finding> findings;
  std::size_t files = 0;  // looked at, with findings or without
};

struct Summary {
  std::size_t errors = 0, warnings = 0, infos = 0;
};
Summary summary(std::span<const Finding> findings);

/// For people: place, source line with carets, path, trace, summary.
std::string text(const Results& results, const Options& options);
/// The array "findings" of weir.lint/1, for outputs of other commands too.
void write_findings(json::Writer& json, std::span<const Finding> findings);
/// One object, schema weir.lint/1.
std::string json(const Results& results, const Options& options);

struct Format {
  std::string_view name;
  std::string (*write)(const Results& results, const Options& options);
};
inline constexpr Format formats[] = {
    {"text", text},
    {"json", json},
};
/// The format with this name, or null.
const Format* find_format(std::string_view name);

}  // namespace weir::formats::findings
