// `weir decide` answers one decision of a DMN file: for variables of the command line, or for each row of a
// CSV or JSON Lines file.
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <deque>

#include "cli/commands.hpp"
#include "cli/definitions.hpp"
#include "cli/rows.hpp"
#include "cli/variables.hpp"
#include "cli/world/random_seed.hpp"
#include "cli/world/zone_files.hpp"
#include "core/base/did_you_mean.hpp"
#include "core/dmn/program.hpp"
#include "core/value/print.hpp"
#include "formats/findings/findings.hpp"
#include "formats/json/value.hpp"

namespace weir::cli::commands {

namespace {

namespace findings = formats::findings;
using value::Entry;
using value::Value;

class Decider {
 public:
  Decider(const Arguments& arguments, Terminal& terminal)
      : arguments_(arguments), options_(arguments.decide), terminal_(terminal), zones_(load_zones()) {
    workspace_.zones = &zones_;
    workspace_.random_state = world::random_seed();
    workspace_.now =
        value::DateTime{static_cast<std::int64_t>(std::time(nullptr)), 0, value::Zone::offset(0)};
  }
  ExitCode run();

 private:
  ExitCode load();
  ExitCode choose();
  ExitCode once();
  ExitCode rows();
  void print(Diagnostics& found);
  [[nodiscard]] std::string_view type_of(std::string_view name) const;
  void explain(const dmn::Explanation& explanation);

  const Arguments& arguments_;
  const DecideOptions& options_;
  Terminal& terminal_;
  value::Zones zones_;
  feel::Workspace workspace_;
  SourceMap sources_;
  std::string path_, name_;
  DefinitionFile file_;
  std::deque<DefinitionFile> imported_;
  dmn::Program program_;
  dmn::Decision decision_;
  std::vector<dmn::Decision> inputs_;
};

void Decider::print(Diagnostics& found) {
  if (found.empty()) return;
  terminal_.note(findings::text({findings::resolve(std::move(found.list()), sources_, path_), 1}, {}));
  found.list().clear();
}

ExitCode Decider::load() {
  path_ = options_.operand;
  const auto hash = path_.rfind('#');
  if (hash != std::string::npos) {
    name_ = path_.substr(hash + 1);
    path_.resize(hash);
  }
  InputOptions input;
  file_ = read_definition({path_, true}, input, sources_);
  DefinitionFile& main = file_;
  if (!main.error.empty()) {
    terminal_.error(main.error);
    return ExitCode::unreadable;
  }
  if (!main.read.has_decisions) {
    print(main.diagnostics);
    terminal_.error(fmt::format("{} is no DMN file", path_));
    return ExitCode::unreadable;
  }
  std::vector<const dmn::Definitions*> all{&main.read.decisions};
  imported_ = read_imported({path_, true}, main, input, sources_);
  for (const DefinitionFile& file : imported_) all.push_back(&file.read.decisions);
  Diagnostics found = std::move(main.diagnostics);
  program_ = dmn::compile(all, found);
  // What another engine lacks does not matter to an answer that is computed here.
  std::erase_if(found.list(), [](const Diagnostic& each) { return each.code == "feel-engine-version"; });
  const bool broken = found.has_errors();
  print(found);
  return broken ? ExitCode::findings : ExitCode::done;
}

/// The one named, else the only one that no other decision needs.
ExitCode Decider::choose() {
  using Kind = dmn::Element::Kind;
  std::vector<std::string_view> names;
  for (const dmn::Decision each : program_.all(Kind::decision)) names.push_back(dmn::element(each).name);
  for (const dmn::Decision each : program_.all(Kind::decision_service))
    names.push_back(dmn::element(each).name);
  if (!name_.empty()) {
    decision_ = program_.find(name_);
    if (decision_ && dmn::element(decision_).kind != Kind::input_data) return ExitCode::done;
    terminal_.error(fmt::format("{} has no decision '{}'{}", path_, name_, did_you_mean_text(name_, names)));
    return ExitCode::usage;
  }
  const std::vector<dmn::Decision> decisions = program_.all(Kind::decision);
  std::vector<dmn::Decision> last;
  for (const dmn::Decision each : decisions) {
    const std::string href = "#" + dmn::element(each).id;
    const bool needed = std::any_of(decisions.begin(), decisions.end(), [&](dmn::Decision other) {
      const auto& requirements = dmn::element(other).requirements;
      return std::any_of(requirements.begin(), requirements.end(),
                         [&](const dmn::Reference& reference) { return reference.href == href; });
    });
    if (!needed) last.push_back(each);
  }
  if (last.size() == 1) {
    decision_ = last.front();
    return ExitCode::done;
  }
  std::string list;
  for (const std::string_view name : names) list += fmt::format("\n  {}#{}", path_, name);
  terminal_.error(names.empty() ? fmt::format("{} has no decisions", path_)
                                : fmt::format("which decision?{}", list));
  return ExitCode::usage;
}

std::string_view Decider::type_of(std::string_view name) const {
  for (const dmn::Decision input : inputs_)
    if (dmn::element(input).name == name) return dmn::type_name(input);
  return "Any";
}

void Decider::explain(const dmn::Explanation& explanation) {
  for (const dmn::Explanation::TableTrace& table : explanation.tables) {
    std::string text = fmt::format("{}:\n", table.decision);
    for (const auto& input : table.inputs) text += fmt::format("  {} = {}\n", input.label, input.value);
    for (std::size_t i = 0; i < table.rules.size(); ++i) {
      const dmn::Explanation::Rule& rule = table.rules[i];
      text += fmt::format("  rule {}{}: ", i + 1, rule.id.empty() ? "" : " (" + rule.id + ")");
      if (rule.matched) text += "matches";
      for (std::size_t k = 0; k < rule.failed.size(); ++k) {
        const std::size_t column = rule.failed[k];
        const std::string test =
            column < table.table->rules[i].inputs.size() ? table.table->rules[i].inputs[column].text : "";
        text += fmt::format("{}{} is not {}", k == 0 ? "" : ", ", table.inputs[column].label, test);
      }
      text += '\n';
    }
    terminal_.out(text);
  }
}

ExitCode Decider::once() {
  const Result<value::Variables> given = read_variables(options_.variables);
  if (!given) {
    terminal_.error(given.error().message);
    return ExitCode::usage;
  }
  value::Arena arena;
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < given->size(); ++i) {
    const Entry& entry = given->entries()[i];
    const std::string_view type = type_of(entry.key.text());
    const auto option =
        std::find_if(options_.variables.rbegin(), options_.variables.rend(),
                     [&](const VariableOption& each) { return each.name == entry.key.text(); });
    const bool json = option != options_.variables.rend() && option->json;
    const Value& value = entry.value;
    entries.push_back(
        {entry.key, json ? typed_json(value, type, arena) : typed_text(value.text(), type, arena)});
  }
  Diagnostics found;
  dmn::Explanation explanation;
  workspace_.reset();
  const Value result =
      dmn::evaluate(decision_, {entries}, workspace_, found, options_.explain ? &explanation : nullptr);
  const bool failed = result.is_null() && !found.empty();
  if (arguments_.format == "json") {
    const auto notes = findings::resolve(std::move(found.list()), sources_, path_);
    formats::json::Writer json(formats::json::Style::pretty);
    json.begin_object().key("schema").string("weir.decide/1");
    json.key("decision").string(dmn::element(decision_).name).key("result");
    formats::json::write(json, result);
    if (options_.explain) {
      json.key("tables").begin_array();
      for (const auto& table : explanation.tables) {
        json.begin_object().key("decision").string(table.decision).key("rules").begin_array();
        for (const auto& rule : table.rules) {
          json.begin_object().key("id").string(rule.id).key("matched").boolean(rule.matched);
          json.key("failed").begin_array();
          for (const std::size_t column : rule.failed) json.number(static_cast<std::uint64_t>(column + 1));
          json.end_array().end_object();
        }
        json.end_array().end_object();
      }
      json.end_array();
    }
    json.key("findings");
    findings::write_findings(json, notes);
    json.end_object();
    terminal_.out(json.text());
    terminal_.out("\n");
  } else {
    if (options_.explain) explain(explanation);
    print(found);
    terminal_.out(value::to_literal(result) + "\n");
  }
  return failed ? ExitCode::failed : ExitCode::done;
}

/// One result per row; the first mistakes are told, the others counted.
ExitCode Decider::rows() {
  const Result<std::string> bytes = world::read_file(options_.input);
  if (!bytes) {
    terminal_.error(bytes.error().message);
    return ExitCode::unreadable;
  }
  Rows table(*bytes, options_.input.ends_with(".jsonl") || options_.input.ends_with(".ndjson"));
  std::vector<std::string_view> types;
  for (const value::Key& name : table.names()) types.push_back(type_of(name.text()));
  Diagnostics found;
  std::vector<Entry> entries;
  std::size_t failed = 0;
  std::size_t remarks = 0;
  const bool csv = arguments_.format == "csv";
  bool header = csv;
  while (true) {
    workspace_.reset();
    const Result<bool> more = table.next(
        types, [this](std::string_view name) { return type_of(name); }, workspace_.arena, entries);
    if (!more) {
      terminal_.error(fmt::format("{}:{}: {}", options_.input, table.line(), more.error().message));
      return ExitCode::unreadable;
    }
    if (!*more) break;
    const std::size_t before = found.size();
    const Value result = dmn::evaluate(decision_, {entries}, workspace_, found);
    if (found.size() > before && ++remarks <= 3)
      terminal_.note(fmt::format("{}:{}: {}", options_.input, table.line(), found.list()[before].message));
    if (result.is_null() && found.size() > before) ++failed;
    found.list().resize(0);
    if (csv) {
      terminal_.out(csv_line(result, header ? dmn::element(decision_).name : std::string_view{}));
      header = false;
      continue;
    }
    formats::json::Writer json;
    formats::json::write(json, result);
    terminal_.out(json.text());
    terminal_.out("\n");
  }
  if (remarks > 3)
    terminal_.note(fmt::format("something was wrong with {} rows; {} have no result", remarks, failed));
  return failed != 0 ? ExitCode::failed : ExitCode::done;
}

ExitCode Decider::run() {
  if (const ExitCode code = load(); code != ExitCode::done) return code;
  if (const ExitCode code = choose(); code != ExitCode::done) return code;
  inputs_ = program_.inputs_of(decision_);
  return options_.input.empty() ? once() : rows();
}

}  // namespace

ExitCode decide(const Arguments& arguments, Terminal& terminal) {
  return Decider(arguments, terminal).run();
}

}  // namespace weir::cli::commands
