// Every expression of every model below a folder, by dialect: it parses, or a diagnostic with a place inside
// of it says why not. What is not ours to read (scripts and other languages) is counted by itself.
//   conformance expressions DIR [--csv FILE] [--list]
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <map>
#include <set>

#include "core/dmn/program.hpp"
#include "core/feel/expression.hpp"
#include "core/feel/juel.hpp"
#include "core/lint/timer_text.hpp"
#include "core/model/expressions.hpp"
#include "formats/read.hpp"
#include "tests/conformance/suites.hpp"
#include "tests/conformance/table.hpp"

namespace weir::conformance {

namespace {

namespace fs = std::filesystem;
using model::ExpressionPlace;
using Sort = ExpressionPlace::Sort;

struct Count {
  std::size_t total = 0, parsed = 0, with_diagnostic = 0;
  std::size_t own = 0;  // parsed, and needs nothing of the program it was written for
};

struct Group {
  std::size_t count = 0;
  std::string first;  // file:line: text
};

/// Digits and quoted parts vary from file to file.
std::string message_group(std::string_view message) {
  std::string made;
  bool quoted = false;
  for (const char c : message) {
    if (c == '\'') {
      made += quoted ? "…'" : "'";
      quoted = !quoted;
    } else if (!quoted) {
      made += c;
    }
  }
  return made;
}

struct Suite {
  bool list = false;
  SourceMap sources;
  Outcome outcome;
  std::map<std::string, Count> dialects;
  std::map<std::string, Group> groups;
  std::map<std::string, std::size_t> foreign, foreign_methods;
  std::string definitions_language;

  void file(const fs::path& path, const std::string& name);
  void bpmn(const model::Definitions& model);
  void decisions(const dmn::Definitions& decisions);
  void boxed(const dmn::Boxed& boxed, std::span<const std::string_view> names);
  void names_of(const dmn::Boxed& boxed, std::vector<std::string_view>& names);
  void judge(const std::string& dialect, Span span, std::string_view text, bool parsed,
             const Diagnostics& found, bool own = true);
  void compiled(const std::string& dialect, std::string_view text, std::string_view language, Span span,
                feel::Language as, std::span<const std::string_view> names = {});
};

void Suite::judge(const std::string& dialect, Span span, std::string_view text, bool parsed,
                  const Diagnostics& found, bool own) {
  Count& count = dialects[dialect];
  ++count.total;
  ++outcome.total;
  bool placed = !found.empty();
  for (const Diagnostic& each : found.list())
    placed = placed && each.span.known() && each.span.begin >= span.begin && each.span.end <= span.end &&
             each.span.begin <= each.span.end;
  if (parsed) ++count.parsed;
  if (parsed && own) ++count.own;
  if (!found.empty()) ++count.with_diagnostic;
  if (parsed ? found.empty() || placed : placed) ++outcome.passed;
  if (found.empty() && parsed) return;
  const auto at = sources.position(span.file, span.begin);
  std::string first = fmt::format("{}:{}: {}", sources.name(span.file), at.line, text.substr(0, 150));
  std::replace(first.begin(), first.end(), '\n', ' ');
  if (found.empty() || (!parsed && !placed)) {
    std::printf("FAILED %s: no diagnostic with a place\n", first.c_str());
    return;
  }
  const std::string& message = found.list().front().message;
  Group& group =
      groups[fmt::format("{}, {}: {}", dialect, parsed ? "parsed" : "not parsed", message_group(message))];
  if (++group.count == 1) group.first = first;
  if (list) std::printf("%s | %s | %s\n", dialect.c_str(), message.c_str(), first.c_str());
}

void Suite::compiled(const std::string& dialect, std::string_view text, std::string_view language, Span span,
                     feel::Language as, std::span<const std::string_view> names) {
  Diagnostics found;
  feel::CompileOptions options;
  options.span = span;
  options.names = names;
  std::vector<std::string_view> sorted(names.begin(), names.end());
  std::sort(sorted.begin(), sorted.end());
  options.functions = sorted;
  const auto expression = as == feel::Language::foreign
                              ? feel::compile_condition(text, language, options, found)
                              : feel::compile(text, as, options, found);
  const auto calls = expression ? feel::foreign_calls(expression->root()) : std::vector<std::string_view>{};
  for (const std::string_view call : calls) ++foreign_methods[std::string(call)];
  judge(dialect, span, text, expression.has_value(), found, calls.empty());
}

bool is_feel_format(std::string_view format) {
  return format == "feel" || format == "FEEL" || format == "application/feel" || format == "text/feel";
}

void Suite::bpmn(const model::Definitions& model) {
  model::for_each_expression(model.document, [&](const ExpressionPlace& place) {
    const model::Expression& written = place.expression;
    std::string_view language = written.language;
    if (place.sort == Sort::script && !is_feel_format(language) && language != "juel") {
      ++foreign[language.empty() ? "script without a format" : fmt::format("script {}", language)];
      return;
    }
    if (place.sort == Sort::formal && language.empty()) language = model.expression_language;
    const std::string_view own =
        feel::choose_language("x", written.language).language == feel::Language::foreign ? written.language
                                                                                         : std::string_view{};
    if (!own.empty() && place.sort == Sort::formal && !written.body.starts_with("${") &&
        !written.body.starts_with("#{")) {
      ++foreign[std::string(own)];
      return;
    }
    const feel::Choice choice = feel::choose_language(written.body, language);
    const bool timer = place.role == "timer";
    if (place.sort == Sort::mapping && choice.guessed)
      return judge("text of a mapping", written.span, written.body, true, {});
    if (choice.language == feel::Language::juel)
      return compiled("JUEL", written.body, language, written.span, feel::Language::juel);
    if (choice.begin > 0)
      return compiled("Camunda 8 FEEL", written.body, language, written.span, feel::Language::foreign);
    if (timer) {
      Diagnostics found;
      const auto date = lint::check_date(written.body), duration = lint::check_duration(written.body),
                 cycle = lint::check_cycle(written.body);
      const bool fine = date.problem.empty() || duration.problem.empty() || cycle.problem.empty();
      if (!fine) found.warning("timer-definition", duration.problem, written.span);
      return judge("text of a timer", written.span, written.body, fine, found);
    }
    if (choice.language == feel::Language::foreign) {
      ++foreign[std::string(language)];
      return;
    }
    compiled(choice.guessed ? "bare text" : "FEEL", written.body, language, written.span,
             feel::Language::foreign);
  });
}

void Suite::names_of(const dmn::Boxed& boxed, std::vector<std::string_view>& names) {
  for (const dmn::Named& each : boxed.names) names.push_back(each.name);
  for (const dmn::Boxed& part : boxed.parts) names_of(part, names);
  if (boxed.table)
    for (const dmn::Table::Output& output : boxed.table->outputs) names.push_back(output.name.name);
}

void Suite::boxed(const dmn::Boxed& from, std::span<const std::string_view> names) {
  const auto one = [&](const dmn::Text& text, const char* dialect, feel::Language as) {
    if (text.text.find_first_not_of(" \t\r\n") == std::string::npos) return;
    switch (dmn::language_of(text, definitions_language)) {
      case feel::Language::foreign:
        ++foreign["DMN " + (text.language.empty() ? definitions_language : text.language)];
        break;
      case feel::Language::juel:
        compiled("JUEL in DMN", text.text, {}, text.span, feel::Language::juel);
        break;
      default:
        compiled(dialect, text.text, {}, text.span, as, names);
    }
  };
  if (from.form == dmn::Boxed::Form::literal) one(from.text, "FEEL in DMN", feel::Language::feel);
  if (from.form == dmn::Boxed::Form::function && !from.language.empty() && from.language != "FEEL") {
    ++foreign["DMN function " + from.language];
    return;
  }
  for (const dmn::Boxed& part : from.parts) boxed(part, names);
  if (!from.table) return;
  for (const dmn::Table::Input& input : from.table->inputs) {
    boxed(input.expression, names);
    one(input.values, "unary tests", feel::Language::unary_tests);
  }
  for (const dmn::Table::Output& output : from.table->outputs) {
    one(output.values, "unary tests", feel::Language::unary_tests);
    one(output.default_entry, "FEEL in DMN", feel::Language::feel);
  }
  for (const dmn::Table::Rule& rule : from.table->rules) {
    for (const dmn::Text& cell : rule.inputs) one(cell, "unary tests", feel::Language::unary_tests);
    for (const dmn::Text& cell : rule.outputs) one(cell, "FEEL in DMN", feel::Language::feel);
  }
}

void Suite::decisions(const dmn::Definitions& decisions) {
  definitions_language = decisions.expression_language;
  std::vector<std::string_view> names;
  const std::function<void(const dmn::ItemDefinition&)> item = [&](const dmn::ItemDefinition& each) {
    names.push_back(each.name.name);
    for (const dmn::ItemDefinition& component : each.components) item(component);
  };
  for (const dmn::ItemDefinition& each : decisions.items) item(each);
  for (const dmn::Element& each : decisions.elements) {
    names.push_back(each.name);
    names_of(each.logic, names);
  }
  const std::function<void(const dmn::ItemDefinition&)> constraints = [&](const dmn::ItemDefinition& each) {
    for (const dmn::Text* text : {&each.allowed, &each.constraint})
      if (text->written && !text->text.empty())
        compiled("unary tests", text->text, {}, text->span, feel::Language::unary_tests, names);
    for (const dmn::ItemDefinition& component : each.components) constraints(component);
  };
  for (const dmn::ItemDefinition& each : decisions.items) constraints(each);
  for (const dmn::Element& each : decisions.elements) boxed(each.logic, names);
}

void Suite::file(const fs::path& path, const std::string& name) {
  Diagnostics ignored;
  const formats::ReadResult result = formats::read(name, read_file(path), sources, ignored);
  if (result.has_model) bpmn(result.definitions);
  if (result.has_decisions) decisions(result.decisions);
}

std::string escaped(std::string_view text) {
  std::string made;
  for (const char c : text) made += c == '"' ? "\"\"" : std::string(1, c);
  return made;
}

bool is_model(const fs::path& path) {
  return path.extension() == ".bpmn" || path.extension() == ".bpmn2" || path.extension() == ".dmn" ||
         path.extension() == ".xml";
}

}  // namespace

Outcome expressions(const fs::path& directory, std::span<const char* const> words) {
  Suite suite;
  std::string csv;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (std::strcmp(words[i], "--list") == 0) suite.list = true;
    if (std::strcmp(words[i], "--csv") == 0 && i + 1 < words.size()) csv = words[++i];
  }
  std::set<fs::path> paths;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(directory))
    if (entry.is_regular_file() && is_model(entry.path())) paths.insert(entry.path());
  for (const fs::path& path : paths) suite.file(path, fs::relative(path, directory).string());

  std::printf("%-22s %8s %8s %16s %10s\n", "dialect", "total", "parsed", "with diagnostic", "evaluable");
  for (const auto& [dialect, count] : suite.dialects)
    std::printf("%-22s %8zu %8zu %16zu %10zu\n", dialect.c_str(), count.total, count.parsed,
                count.with_diagnostic, count.own);
  std::printf("\nnot read, in other languages:\n");
  for (const auto& [language, count] : suite.foreign) std::printf("  %6zu %s\n", count, language.c_str());
  std::printf("\ncalls that only the program they were written for can make:\n");
  for (const auto& [name, count] : suite.foreign_methods) std::printf("  %6zu %s\n", count, name.c_str());
  std::printf("\ndiagnostics:\n");
  for (const auto& [message, group] : suite.groups)
    std::printf("  %6zu %s\n         %s\n", group.count, message.c_str(), group.first.c_str());
  if (!csv.empty()) {
    std::ofstream out(csv);
    out << "dialect,total,parsed,with diagnostic,evaluable\n";
    for (const auto& [dialect, count] : suite.dialects)
      out << fmt::format("{},{},{},{},{}\n", dialect, count.total, count.parsed, count.with_diagnostic,
                         count.own);
    std::size_t elsewhere = 0;
    for (const auto& [language, count] : suite.foreign) elsewhere += count;
    out << fmt::format("other languages,{},,,\n", elsewhere);
    out << "\nfinding,count\n";
    for (const auto& [message, group] : suite.groups)
      out << fmt::format("\"{}\",{}\n", escaped(message), group.count);
  }
  return suite.outcome;
}

}  // namespace weir::conformance
