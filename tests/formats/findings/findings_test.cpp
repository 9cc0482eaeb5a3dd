#include "formats/findings/findings.hpp"

#include <fmt/format.h>

#include "tests/support/catch.hpp"

using namespace weir;
using namespace weir::formats::findings;

namespace {

Diagnostic diagnostic(Severity severity, std::string code, std::string message, Span span) {
  Diagnostic made;
  made.severity = severity;
  made.code = std::move(code);
  made.group = "correctness";
  made.message = std::move(message);
  made.span = span;
  made.element = "t";
  return made;
}

/// A diagnostic about the first occurrence of `part`.
Span span_of(const SourceMap& sources, FileId file, std::string_view part) {
  const auto at = sources.text(file).find(part);
  REQUIRE(at != std::string_view::npos);
  return {file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + part.size())};
}

}  // namespace

TEST_CASE("text shows place, source line, carets, path and rule") {
  SourceMap sources;
  const FileId file = sources.add("a.bpmn", "<process>\n    <task id=\"t\" name=\"Prüfen\"/>\n</process>\n");
  Diagnostic made =
      diagnostic(Severity::error, "some-rule", "task 't' is wrong", span_of(sources, file, "name"));
  made.notes.push_back(Note{"path: Order › Prüfen", {}});
  made.notes.push_back(Note{"the process begins here", span_of(sources, file, "process")});
  made.trace = {{"p", "s", "start", ""}, {"p", "g", "flows", "yes"}, {"p", "t", "work", "done"}};
  const auto findings = resolve({made}, sources, "a.bpmn");
  CHECK(text({findings, 3}, {}) ==
        "a.bpmn:2:18: error[some-rule] task 't' is wrong\n"
        "  |\n"
        "2 |     <task id=\"t\" name=\"Prüfen\"/>\n"
        "  |                  ^^^^\n"
        "  = note: the process begins here (a.bpmn:1:2)\n"
        "  = trace: s → g(yes) → t\n"
        "  = path: Order › Prüfen      = explain: weir explain some-rule\n"
        "\n"
        "1 error, 0 warnings in 1 of 3 files\n");
}

TEST_CASE("text escapes what comes from files and cuts long lines") {
  SourceMap sources;
  const std::string filler(300, 'x');
  const std::string line = fmt::format("<a b=\"{0}\" name=\"\x1b[31m\" c=\"{0}\"/>", filler);
  const FileId file = sources.add("a.bpmn", line);
  const auto findings = resolve(
      {diagnostic(Severity::warning, "r", "bad \xE2\x80\xAE name", span_of(sources, file, "\x1b[31m"))},
      sources, "a.bpmn");
  const std::string out = text({findings, 1}, {});
  CHECK(out.find('\x1b') == std::string::npos);
  CHECK(out.find("bad \\u{202e} name") != std::string::npos);
  CHECK(out.find("name=\"\\u{1b}[31m\" c=\"xxx") != std::string::npos);
  CHECK(out.find("^^^^^^^^^^\n") != std::string::npos);
  for (std::size_t begin = 0; begin < out.size();) {
    const std::size_t end = out.find('\n', begin);
    CHECK(end - begin < 160);
    begin = end + 1;
  }
}

TEST_CASE("text shows the first findings of a file and counts the others") {
  SourceMap sources;
  const FileId file = sources.add("a.bpmn", "<a/>");
  std::vector<Diagnostic> many(23, diagnostic(Severity::info, "r", "m", {file, 1, 2}));
  const auto findings = resolve(many, sources, "a.bpmn");
  const std::string out = text({findings, 1}, {});
  CHECK(out.find("a.bpmn: … and 3 more findings\n") != std::string::npos);
  CHECK(out.find("0 errors, 0 warnings, 23 hints in 1 of 1 file\n") != std::string::npos);
  CHECK(text({findings, 1}, {.most_per_file = 0}).find("more finding") == std::string::npos);
}

TEST_CASE("text without findings") {
  CHECK(text({{}, 2}, {}) == "no findings in 2 files\n");
  CHECK(text({{}, 1}, {.colour = true}) == "\x1b[32mno findings\x1b[0m in 1 file\n");
}

TEST_CASE("json has every field and a summary") {
  SourceMap sources;
  const FileId file = sources.add("a.bpmn", "<task id=\"t\"/>");
  Diagnostic made =
      diagnostic(Severity::error, "some-rule", "a \"quoted\" message", span_of(sources, file, "id"));
  made.notes.push_back(Note{"path: P › t", {}});
  made.notes.push_back(Note{"here too", span_of(sources, file, "task")});
  made.fixes.push_back(Fix{"rename it", span_of(sources, file, "t\""), "u"});
  made.trace = {{"p", "s", "start", ""}};
  const auto findings =
      resolve({made, diagnostic(Severity::info, "other", "no place", {})}, sources, "a.bpmn");
  CHECK(
      json({findings, 2}, {}) ==
      R"({"schema":"weir.lint/1","files":2,"findings":[)"
      R"({"file":"a.bpmn","line":1,"column":7,"end_line":1,"end_column":9,"rule":"some-rule",)"
      R"("group":"correctness","severity":"error","element":"t","message":"a \"quoted\" message",)"
      R"("data":{"path":"P › t"},"notes":[{"message":"here too","file":"a.bpmn","line":1,"column":2,)"
      R"("end_line":1,"end_column":6}],"fixes":[{"description":"rename it","begin":10,"end":12,"replacement":"u"}],)"
      R"("trace":[{"scope":"p","element":"s","ask":"start","answer":""}]},)"
      R"({"file":"a.bpmn","line":0,"column":0,"end_line":0,"end_column":0,"rule":"other",)"
      R"("group":"correctness","severity":"info","element":"t","message":"no place","data":{},"notes":[],)"
      R"("fixes":[],"trace":[]}],"summary":{"errors":1,"warnings":0,"infos":1}})"
      "\n");
}

TEST_CASE("formats are found by name") {
  REQUIRE(find_format("json"));
  CHECK(find_format("json")->write == json);
  CHECK(!find_format("xml"));
}
