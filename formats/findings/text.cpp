// In the manner of rustc: one line that tools can parse (file:line:column: severity[rule] message), the
// source line with carets, then what helps a person. Everything that comes from the file is printable().
#include <fmt/format.h>

#include <algorithm>

#include "core/base/printable.hpp"
#include "formats/findings/findings.hpp"

namespace weir::formats::findings {

namespace {

struct Colours {
  std::string_view bold, dim, red, yellow, blue, green, reset;
};
constexpr Colours none{};
constexpr Colours ansi{"\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[33m", "\x1b[34m", "\x1b[32m", "\x1b[0m"};

std::string_view severity_colour(const Colours& c, Severity severity) {
  switch (severity) {
    case Severity::error:
      return c.red;
    case Severity::warning:
      return c.yellow;
    case Severity::info:
      return c.blue;
  }
  return c.red;
}

/// start → Gateway_5(yes) → pay: the elements where something happened, with the way taken where there was a
/// choice. Steps that only let a token go on are left out.
std::string trace_line(const std::vector<TraceStep>& trace) {
  constexpr std::size_t longest = 24;
  std::vector<std::string> steps;
  for (const TraceStep& step : trace) {
    if (step.ask == "move") continue;
    const bool plain =
        step.ask == "start" || step.answer == "done" || step.answer == "happens" || step.answer.empty();
    steps.push_back(plain ? step.element : step.element + "(" + step.answer + ")");
  }
  std::string out;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps.size() > longest && i == longest / 2) {
      i = steps.size() - longest / 2;
      out += " → …";
    }
    out += (out.empty() ? "" : " → ") + steps[i];
  }
  return printable(out);
}

void write_source(std::string& out, const Place& place, const Colours& c, std::string_view severity_colour) {
  if (place.line.empty()) return;
  const std::string number = std::to_string(place.begin.line);
  const std::string margin(number.size(), ' ');
  fmt::format_to(std::back_inserter(out), "{}{} |{}\n", c.blue, margin, c.reset);
  fmt::format_to(std::back_inserter(out), "{}{} |{} {}\n", c.blue, number, c.reset, place.line);
  fmt::format_to(std::back_inserter(out), "{}{} |{} {}{}{}{}\n", c.blue, margin, c.reset,
                 std::string(place.indent, ' '), severity_colour, std::string(place.width, '^'), c.reset);
}

void write_finding(std::string& out, const Finding& finding, const Colours& c) {
  const Diagnostic& what = finding.diagnostic;
  const Place& place = finding.place;
  const auto to = std::back_inserter(out);
  const std::string_view colour = severity_colour(c, what.severity);
  fmt::format_to(to, "{}{}", c.bold, printable(place.file));
  if (place.begin.line > 0) fmt::format_to(to, ":{}:{}", place.begin.line, place.begin.column);
  fmt::format_to(to, ":{} {}{}[{}]{} {}{}{}\n", c.reset, colour, severity_name(what.severity),
                 printable(what.code), c.reset, c.bold, printable(what.message), c.reset);
  write_source(out, place, c, colour);

  const std::string margin(place.line.empty() ? 2 : std::to_string(place.begin.line).size(), ' ');
  const auto line = [&](std::string_view text) {
    fmt::format_to(to, "{}{} ={} {}\n", c.blue, margin, c.reset, text);
  };
  std::string path;  // shares its line with the hint
  for (std::size_t i = 0; i < what.notes.size(); ++i) {
    const std::string message = printable(what.notes[i].message);
    const Place& where = finding.note_places[i];
    if (message.starts_with("path: "))
      path = message;
    else if (where.begin.line > 0)
      line(fmt::format("note: {} ({}:{}:{})", message, printable(where.file), where.begin.line,
                       where.begin.column));
    else
      line("note: " + message);
  }
  for (const Fix& fix : what.fixes) line("help: " + printable(fix.description));
  if (!what.trace.empty()) line("trace: " + trace_line(what.trace));
  const std::string explain = "explain: weir explain " + printable(what.code);
  line(path.empty() ? explain : fmt::format("{}      {}={} {}", path, c.blue, c.reset, explain));
}

std::string counted(std::size_t number, std::string_view one) {
  return fmt::format("{} {}{}", number, one, number == 1 ? "" : "s");
}

void write_summary(std::string& out, const Results& results, const Colours& c) {
  const Summary count = summary(results.findings);
  std::size_t with_findings = 0;
  std::string_view last;
  for (const Finding& each : results.findings) {
    if (with_findings == 0 || each.place.file != last) ++with_findings;
    last = each.place.file;
  }
  const auto to = std::back_inserter(out);
  if (results.findings.empty()) {
    fmt::format_to(to, "{}no findings{} in {}\n", c.green, c.reset, counted(results.files, "file"));
    return;
  }
  fmt::format_to(to, "{}, {}", counted(count.errors, "error"), counted(count.warnings, "warning"));
  if (count.infos > 0) fmt::format_to(to, ", {}", counted(count.infos, "hint"));
  fmt::format_to(to, " in {} of {}\n", with_findings, counted(results.files, "file"));
}

}  // namespace

std::string text(const Results& results, const Options& options) {
  const Colours& c = options.colour ? ansi : none;
  std::string out;
  const auto& all = results.findings;
  for (std::size_t first = 0; first < all.size();) {
    std::size_t last = first;
    while (last < all.size() && all[last].place.file == all[first].place.file) ++last;
    const std::size_t most = options.most_per_file == 0 ? last - first : options.most_per_file;
    const std::size_t shown = std::min(last, first + most);
    for (std::size_t i = first; i < shown; ++i) write_finding(out, all[i], c);
    if (shown < last)
      fmt::format_to(std::back_inserter(out), "{}{}:{} … and {}\n", c.bold, printable(all[first].place.file),
                     c.reset, counted(last - shown, "more finding"));
    first = last;
    out += '\n';
  }
  write_summary(out, results, c);
  return out;
}

}  // namespace weir::formats::findings
