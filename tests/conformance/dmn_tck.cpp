// The test kit of the DMN technical committee: folders with models and `testCases`. Each result node is one
// check, each test case passes when all its checks do. `--strict` also wants a diagnostic where the case says
// errorResult, and counts those where it does not: the kit calls 1 / 0 = null no error.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <map>
#include <memory>
#include <vector>

#include "cli/world/zone_files.hpp"
#include "core/dmn/program.hpp"
#include "core/value/compare.hpp"
#include "core/value/print.hpp"
#include "formats/bpmn/document_builder.hpp"
#include "formats/known_namespaces.hpp"
#include "formats/read.hpp"
#include "formats/xml_scan.hpp"
#include "tests/conformance/suites.hpp"
#include "tests/conformance/table.hpp"

namespace weir::conformance {

namespace {

namespace fs = std::filesystem;
using model::ElementId;
using value::Arena;
using value::Decimal;
using value::Entry;
using value::Kind;
using value::Value;

struct Options {
  bool strict = false;
  std::string csv;
};

/// A test file.
class Cases {
 public:
  explicit Cases(const fs::path& path) {
    Diagnostics ignored;
    file = sources.add(path.string(), read_file(path));
    const std::string_view text = sources.text(file);
    const formats::XmlFacts facts = formats::scan_xml(file, text, ignored);
    usable = facts.readable &&
             formats::bpmn::build_document(text, file, facts, formats::bpmn_namespace, document, ignored);
    usable = usable && document[ElementId{0}].name == "testCases";
  }
  [[nodiscard]] ElementId child(ElementId id, std::string_view name) const {
    for (const ElementId each : model::children(document, id))
      if (document[each].name == name) return each;
    return ElementId::none;
  }
  [[nodiscard]] Value value(ElementId id, Arena& arena) const;
  /// With the blanks at its ends, which documents leave out, unless there are entities.
  [[nodiscard]] std::string_view text_of(ElementId id) const {
    const std::string_view text = sources.text(file);
    const std::uint32_t begin = document[id].tag.end;
    if (begin < 2 || text[begin - 2] == '/') return document[id].text;
    const std::string_view raw = text.substr(begin, text.find('<', begin) - begin);
    return raw.find('&') == std::string_view::npos ? raw : document[id].text;
  }
  [[nodiscard]] bool nil(ElementId id) const {
    const auto* attribute = document.attribute(id, model::Namespace::xsi, "nil");
    return attribute != nullptr && attribute->value == "true";
  }

  SourceMap sources;
  FileId file = FileId::none;
  model::Document document;
  bool usable = false;
};

Value scalar(std::string_view type, std::string_view text, Arena& arena) {
  if (const auto colon = type.find(':'); colon != std::string_view::npos) type = type.substr(colon + 1);
  if (type == "boolean") return Value::boolean(text == "true" || text == "1");
  if (type == "decimal" || type == "double" || type == "integer" || type == "int" || type == "float") {
    const auto number = Decimal::parse(text);
    return number ? Value::number(*number, arena) : Value{};
  }
  if (type == "date")
    if (const auto date = value::parse_date(text)) return Value::date(*date);
  if (type == "time")
    if (const auto time = value::parse_time(text)) return Value::time(*time);
  if (type == "dateTime")
    if (const auto moment = value::parse_date_time(text)) return Value::date_time(*moment);
  if (type == "duration")
    if (const auto period = value::parse_period(text)) {
      if (period->has_years_months) return Value::duration(period->years_months);
      return Value::duration(period->days_time);
    }
  return Value::string(text, arena);
}

/// What a node holds: value, components, list or nothing.
Value Cases::value(ElementId id, Arena& arena) const {
  std::vector<Entry> entries;
  if (nil(id)) return {};
  for (const ElementId each : model::children(document, id)) {
    const std::string_view name = document[each].name;
    if (name == "value") {
      if (nil(each)) return {};
      const auto* type = document.attribute(each, model::Namespace::xsi, "type");
      if (type == nullptr && document[each].text.empty()) return {};  // <value/>
      if (type == nullptr && Decimal::parse(document[each].text))
        return scalar("decimal", document[each].text, arena);
      if (type == nullptr && value::parse_date_time(document[each].text))
        return scalar("dateTime", document[each].text, arena);
      return scalar(type == nullptr ? "string" : type->value, text_of(each), arena);
    }
    if (name == "list") {
      if (nil(each)) return {};
      std::vector<Value> items;
      for (const ElementId item : model::children(document, each)) items.push_back(value(item, arena));
      auto* stored = arena.array<Value>(items.size());
      std::copy(items.begin(), items.end(), stored);
      return Value::list({stored, items.size()});
    }
    if (name == "component") {
      const std::string_view key = document.value(each, "name");
      entries.push_back({value::Key(arena.copy(key)), value(each, arena)});
    }
    if (name == "expected") return value(each, arena);
  }
  if (entries.empty()) return {};
  auto* stored = arena.array<Entry>(entries.size());
  std::copy(entries.begin(), entries.end(), stored);
  return Value::context({stored, entries.size()});
}

bool agrees(const Value& got, const Value& wanted, const value::Zones* zones) {
  if (got.is(Kind::number) && wanted.is(Kind::number)) {
    const double a = std::strtod(value::to_text(got).c_str(), nullptr);
    const double b = std::strtod(value::to_text(wanted).c_str(), nullptr);
    return value::same(got, wanted) || (a - b < 1e-8 && b - a < 1e-8);
  }
  if (got.kind() != wanted.kind()) return false;
  if (got.is(Kind::list))
    return std::equal(got.items().begin(), got.items().end(), wanted.items().begin(), wanted.items().end(),
                      [&](const Value& a, const Value& b) { return agrees(a, b, zones); });
  if (got.is(Kind::context))
    return got.entries().size() == wanted.entries().size() &&
           std::all_of(got.entries().begin(), got.entries().end(), [&](const Entry& entry) {
             const Value* other = wanted.find(entry.key);
             return other != nullptr && agrees(entry.value, *other, zones);
           });
  return got.is_null() || value::same(got, wanted, zones);
}

/// All models of a folder; the one a test names is the first file of its program.
struct Models {
  explicit Models(const fs::path& folder) {
    std::vector<fs::path> paths;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder))
      if (entry.path().extension() == ".dmn") paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    for (const fs::path& path : paths)
      files[path.filename().string()] = std::make_unique<formats::ReadResult>(
          formats::read(path.string(), read_file(path), sources, diagnostics));
  }
  const dmn::Program* program(const std::string& name) {
    if (const auto found = programs.find(name); found != programs.end()) return &found->second;
    const auto main = files.find(name);
    if (main == files.end() || !main->second->has_decisions) return nullptr;
    std::vector<const dmn::Definitions*> all{&main->second->decisions};
    for (const auto& [other, file] : files)
      if (other != name && file->has_decisions) all.push_back(&file->decisions);
    return &programs.emplace(name, dmn::compile(all, diagnostics)).first->second;
  }
  SourceMap sources;
  Diagnostics diagnostics;  // of reading and compiling
  std::map<std::string, std::unique_ptr<formats::ReadResult>> files;
  std::map<std::string, dmn::Program> programs;
};

struct Suite {
  Options options;
  value::Zones zones = cli::load_zones();
  Outcome outcome;
  std::size_t unexpected = 0;  // results with a diagnostic where no error is named
  std::vector<std::string> rows;

  void run_file(const fs::path& root, const fs::path& path, Models& models);
  std::string check(const Cases& cases, ElementId test, ElementId node, const dmn::Program& program,
                    const Models& models, feel::Workspace& workspace);
};

std::string shown(const Value& value) {
  std::string text = value::to_literal(value);
  if (text.size() > 500) text = text.substr(0, 497) + "...";
  return text;
}

std::string Suite::check(const Cases& cases, ElementId test, ElementId node, const dmn::Program& program,
                         const Models& models, feel::Workspace& workspace) {
  const model::Document& document = cases.document;
  const std::string_view name = document.value(node, "name");
  const std::string_view type = document.value(test, "type");
  const std::string_view invocable = document.value(test, "invocableName");
  const bool invokes = !invocable.empty() && !type.empty() && type != "decision";
  const dmn::Decision decision = program.find(invokes ? invocable : name);
  if (!decision) return fmt::format("there is no '{}'", name);
  workspace.reset();
  std::vector<Entry> inputs;
  for (const ElementId each : model::children(document, test))
    if (document[each].name == "inputNode")
      inputs.push_back({value::Key(document.value(each, "name")), cases.value(each, workspace.arena)});
  Diagnostics found;
  Value got = dmn::evaluate(decision, {inputs}, workspace, found);
  if (invokes && got.is(Kind::context) && got.find(value::Key(name)) != nullptr &&
      dmn::element(decision).outputs.size() > 1)
    got = Value(*got.find(value::Key(name)));
  const ElementId expected = cases.child(node, "expected");
  const Value wanted = expected == ElementId::none ? Value{} : cases.value(expected, workspace.arena);
  if (!agrees(got, wanted, &zones)) {
    std::string why;
    if (!found.empty()) why = " (" + found.list().front().message + ")";
    return fmt::format("{} is {}, not {}{}", name, shown(got), shown(wanted), why);
  }
  if (!options.strict) return {};
  const bool error = document.value(node, "errorResult") == "true";
  const std::string& id = dmn::element(decision).id;
  bool complained = !found.empty();
  for (const Diagnostic& each : models.diagnostics.list()) complained = complained || each.element == id;
  if (error && !complained) return fmt::format("{}: an error was expected, nothing was reported", name);
  if (!error && !found.empty()) ++unexpected;
  return {};
}

void Suite::run_file(const fs::path& root, const fs::path& path, Models& models) {
  const Cases cases(path);
  if (!cases.usable) return;
  const model::Document& document = cases.document;
  constexpr ElementId top{0};
  const ElementId model_name = cases.child(top, "modelName");
  const dmn::Program* program =
      model_name == ElementId::none ? nullptr : models.program(std::string(document[model_name].text));
  feel::Workspace workspace;
  workspace.zones = &zones;
  workspace.now = value::DateTime{1'700'000'000, 0, value::Zone::offset(0)};
  const std::string folder = fs::relative(path.parent_path(), root).string();
  for (const ElementId test : model::children(document, top)) {
    if (document[test].name != "testCase") continue;
    ++outcome.total;
    std::string problem = program == nullptr ? "the model cannot be read" : "";
    for (const ElementId node : model::children(document, test))
      if (problem.empty() && document[node].name == "resultNode")
        problem = check(cases, test, node, *program, models, workspace);
    const std::string_view id = document.value(test, "id");
    if (problem.empty())
      ++outcome.passed;
    else
      std::printf("FAILED %s/%s %s: %s\n", folder.c_str(), path.filename().c_str(), std::string(id).c_str(),
                  problem.c_str());
    rows.push_back(fmt::format("\"{}\",\"{}\",\"{}\",\"{}\"\n", folder, path.stem().string(), id,
                               problem.empty() ? "SUCCESS" : "ERROR"));
  }
}

}  // namespace

Outcome dmn_tck(const fs::path& directory, std::span<const char* const> words) {
  Suite suite;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (std::strcmp(words[i], "--strict") == 0) suite.options.strict = true;
    if (std::strcmp(words[i], "--csv") == 0 && i + 1 < words.size()) suite.options.csv = words[++i];
  }
  std::map<fs::path, std::vector<fs::path>> folders;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(directory))
    if (entry.is_regular_file() && entry.path().extension() == ".xml")
      folders[entry.path().parent_path()].push_back(entry.path());
  for (auto& [folder, files] : folders) {
    std::sort(files.begin(), files.end());
    Models models(folder);
    for (const fs::path& file : files) suite.run_file(directory, file, models);
  }
  if (suite.options.strict)
    std::printf("%zu results are as expected and no errors, but something was reported\n", suite.unexpected);
  if (!suite.options.csv.empty()) {
    std::ofstream out(suite.options.csv);
    for (const std::string& row : suite.rows) out << row;
  }
  return suite.outcome;
}

}  // namespace weir::conformance
