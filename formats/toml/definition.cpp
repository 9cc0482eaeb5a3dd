// The sections of a file in the order in which they need each other: declarations, then each process with its
// steps. A TOML file whose first key is not `weir` gets the benefit of the doubt: it may belong to another
// program, so what looks wrong in it is only a warning.
#include "formats/toml/definition.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "formats/toml/decisions.hpp"
#include "formats/toml/document.hpp"
#include "formats/toml/simulation.hpp"
#include "formats/toml/step.hpp"
#include "formats/toml/texts.hpp"

namespace weir::formats::toml {

namespace {

constexpr std::array<std::string_view, 13> section_keys = {
    "weir",   "process",     "vars",     "types", "connections", "messages", "signals",
    "errors", "escalations", "defaults", "step",  "decision",    "sim"};
constexpr std::array<std::string_view, 7> unsupported_sections = {"include", "note",         "data", "beans",
                                                                  "test",    "message-flow", "xml"};
constexpr std::array<std::string_view, 10> process_keys = {
    "id", "name", "doc", "version", "executable", "owner", "tags", "starters", "sla", "lanes"};
constexpr std::array<std::string_view, 2> unsupported_process_keys = {"dialect", "xml"};
constexpr std::array<std::string_view, 13> sim_keys = {
    "arrive",    "calendar", "cases",    "until",    "warmup", "seed",    "calendars",
    "resources", "steps",    "branches", "handlers", "vars",   "scenario"};

class Reader {
 public:
  Reader(model::Definitions& definitions, weir::dmn::Definitions& decisions, Diagnostics& diagnostics)
      : declared_(definitions, diagnostics), decisions_(decisions) {
    definitions.dialect = model::Dialect::weir;
    definitions.expression_language = "https://www.omg.org/spec/DMN/20191111/FEEL/";
  }

  void run(const Value& root) {
    if (const Entry* version = root.find("weir")) check_version(*version);
    declared_.check_keys(root, section_keys, "in a definition", unsupported_sections);
    declared_.read(root);
    const Entry* process = root.find("process");
    const Entry* steps = root.find("step");
    if (process == nullptr) {
      declared_.error("missing-key", start_of(root), "a definition needs [process] with an id");
    } else if (process->value.is_array()) {
      if (steps != nullptr)
        declared_.wrong(steps->key_span, "with several processes, steps are written [[process.step]]");
      if (declared_.is_tables(*process))
        for (const Value& each : process->value.items)
          read_process(each, each.find("step"), process->value.items.size() > 1, true);
    } else if (declared_.is_table(*process)) {
      read_process(process->value, steps, false, false);
    }
    if (const Entry* decision = root.find("decision")) read_decisions(declared_, *decision, decisions_);
    if (const Entry* simulation = root.find("sim");
        simulation != nullptr && declared_.is_table(*simulation)) {
      declared_.check_keys(simulation->value, sim_keys, "in [sim]");
      declared_.model.simulation = declared_.parameter("sim", simulation->value, true);
      declared_.model.simulation.key_span = simulation->key_span;
    }
  }

 private:
  static Span start_of(const Value& root) { return {root.span.file, root.span.begin, root.span.begin}; }

  void check_version(const Entry& version) {
    if (version.value.kind == Value::Kind::integer && version.value.integer == 1) return;
    declared_.wrong(
        version.value.span,
        version.value.kind == Value::Kind::integer && version.value.integer > 1
            ? fmt::format("this file is written in version {} of the language; this version of weir "
                          "reads version 1",
                          version.value.integer)
            : "the version of the language is weir = 1");
  }

  void read_process(const Value& table, const Entry* steps, bool several, bool steps_inside) {
    std::vector<std::string_view> known(process_keys.begin(), process_keys.end());
    if (steps_inside) known.push_back("step");
    declared_.check_keys(table, known, "in [process]", unsupported_process_keys);
    model::Definitions& model = declared_.model;
    const model::ProcessIndex at{static_cast<std::uint32_t>(model.processes.size())};
    const model::ScopeIndex scope{static_cast<std::uint32_t>(model.scopes.size())};
    model::Process process;
    process.span = table.span;
    process.scope = scope;
    process.executable = true;
    fill(table, process);
    const auto twin = std::find_if(model.processes.begin(), model.processes.end(),
                                   [&](const model::Process& each) { return each.id == process.id; });
    if (twin != model.processes.end() && !process.id.empty())
      declared_.error("duplicate-id", process.span, fmt::format("the id '{}' is there already", process.id))
          .notes.push_back({"here", twin->span});
    model::Scope outer;
    outer.id = process.id;
    outer.name = process.name;
    outer.span = process.span;
    outer.process = at;
    model.processes.push_back(std::move(process));
    model.scopes.push_back(std::move(outer));

    if (const Entry* lanes = table.find("lanes")) declared_.read_lanes(*lanes, scope);
    if (steps == nullptr) {
      declared_.error(
          "missing-key", table.span,
          steps_inside ? "a process needs steps: [[process.step]]" : "a process needs steps: [[step]]");
      return;
    }
    std::vector<Step> list = read_steps(declared_, *steps, {});
    const std::string_view start =
        several ? declared_.keep(fmt::format("{}.start", model[at].id)) : std::string_view("start");
    const Span place = list.empty() ? table.span : list.front().header;
    link(declared_, list, scope, start, place);
  }

  void fill(const Value& table, model::Process& process) {
    const Entry* id = table.find("id");
    if (id == nullptr) {
      declared_.error("missing-key", table.span, "[process] needs an id");
    } else if (const std::string* text = declared_.text(*id)) {
      process.span = id->value.content;
      if (is_id(*text))
        process.id = declared_.keep(*text);
      else
        declared_.wrong(id->value.span,
                        fmt::format("'{}' is no id: letters, digits, '_', '.' and '-', with a "
                                    "letter first",
                                    *text));
    }
    for (const Entry& each : table.entries) {
      if (each.key == "name") process.name = declared_.kept(each);
      if (each.key == "doc") process.documentation = declared_.kept(each);
      if (each.key == "version") process.version = declared_.kept(each);
      if (each.key == "owner") process.owner = declared_.kept(each);
      if (each.key == "tags") process.tags = declared_.keep_texts(each);
      if (each.key == "starters") process.starters = declared_.keep_texts(each);
      if (each.key == "sla") process.service_level = declared_.duration(each);
      if (each.key == "executable") {
        process.executable = declared_.flag(each).value_or(true);
        process.executable_written = true;
      }
    }
  }

  Declarations declared_;
  weir::dmn::Definitions& decisions_;
};

/// A file of another program, or a definition that lost its first line.
void judge_foreign(const Value& root, Diagnostics& diagnostics) {
  const Span place = root.entries.empty() ? root.span : root.entries.front().key_span;
  Diagnostic& made = diagnostics.warning(
      "not-a-definition", "this TOML file is no definition of weir: its first key is not weir = 1", place);
  made.group = "schema";
  Diagnostics unknown;
  Problems(unknown).check_keys(root, section_keys, "in a definition", unsupported_sections);
  for (Diagnostic& each : unknown.list()) {
    if (each.fixes.empty()) continue;  // only what is likely meant for weir
    each.severity = Severity::warning;
    diagnostics.add(std::move(each));
  }
}

}  // namespace

bool read_definition(std::string_view text, FileId file, model::Definitions& definitions,
                     weir::dmn::Definitions& decisions, Diagnostics& diagnostics) {
  decisions.file = file;
  definitions.file = file;
  definitions.document.file = file;
  Value root;
  if (!parse(text, file, root, diagnostics)) return false;
  const bool ours = !root.entries.empty() && root.entries.front().key == "weir";
  if (!ours) {
    const bool meant =
        root.find("weir") != nullptr || (root.find("process") != nullptr && root.find("step") != nullptr);
    if (!meant) {
      judge_foreign(root, diagnostics);
      return false;
    }
    const Entry& first = root.entries.front();
    Diagnostic& made = diagnostics.error("missing-key", "the first key of a definition is weir = 1",
                                         {file, 0, first.key_span.end});
    made.group = "schema";
    if (root.find("weir") == nullptr) made.fixes.push_back({"write weir = 1", {file, 0, 0}, "weir = 1\n\n"});
  }
  Reader(definitions, decisions, diagnostics).run(root);
  read_simulation(definitions, diagnostics);  // what is wrong with it shall show when nobody simulates, too
  return true;
}

}  // namespace weir::formats::toml
