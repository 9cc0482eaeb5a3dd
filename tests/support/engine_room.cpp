#include "tests/support/engine_room.hpp"

#include <stdexcept>

#include "core/graph/compile.hpp"
#include "core/value/print.hpp"
#include "formats/state/record.hpp"

namespace weir::test {

using execute::Deployed;
using execute::Standing;

namespace {

/// Suites without Catch2 use this too.
void must(bool holds, const std::string& what) {
  if (!holds) throw std::runtime_error(what);
}

}  // namespace

EngineRoom::EngineRoom(std::uint64_t checkpoint_bytes) : checkpoint_bytes_(checkpoint_bytes) {
  reopen();
}

std::string EngineRoom::add(const std::string& name, const std::string& text) {
  Definition& made = definitions_.emplace_back();
  made.sha256 = execute::identity(text, {});
  made.name = name;
  made.text = text;
  Diagnostics problems;
  made.read = formats::read(name, text, sources_, problems);
  for (const Diagnostic& each : problems.list())
    must(each.severity != Severity::error, each.code + ": " + each.message);
  for (const model::Process& each : made.read.definitions.processes) made.processes.emplace_back(each.id);
  must(!made.processes.empty(), name + " holds no process");
  return made.sha256;
}

void EngineRoom::reopen() {
  runtime.reset();
  store.reset();
  cli::world::FileStore::Options options;
  options.checkpoint_bytes = checkpoint_bytes_;
  options.new_id = "store";
  owner = "process " + std::to_string(++processes_);
  store = std::make_unique<cli::world::FileStore>(disk, directory, options);
  runtime = std::make_unique<execute::Runtime>(
      *store, clock, connector,
      [this](std::string_view definition, std::string_view process) { return find(definition, process); },
      owner, [this](std::string_view who) { return who == owner; });
}

Result<const Deployed*> EngineRoom::find(std::string_view definition, std::string_view process) {
  for (const Deployed& each : deployed_)
    if (each.definition == definition && each.graph.id == process) return &each;
  for (const Definition& each : definitions_) {
    if (each.sha256 != definition) continue;
    for (std::uint32_t i = 0; i < each.processes.size(); ++i) {
      if (each.processes[i] != process) continue;
      Diagnostics ignored;
      Deployed& made = deployed_.emplace_back();
      made.definition = each.sha256;
      made.definitions = &each.read.definitions;
      made.graph = graph::compile(each.read.definitions, model::ProcessIndex{i}, ignored);
      made.expressions = data::Expressions::compile(each.read.definitions, made.graph, ignored);
      return &made;
    }
  }
  return Error{"no such definition"};
}

Result<Standing> EngineRoom::batch(const Operation& operation) {
  if (const auto begun = runtime->begin(); !begun) return begun.error();
  Result<Standing> result = operation();
  if (!result) {
    runtime->abandon();
    return result;
  }
  if (const auto written = runtime->commit(); !written) return written.error();
  return result;
}

Result<std::uint64_t> EngineRoom::arm(const std::string& definition) {
  std::uint64_t armed = 0;
  const auto done = batch([&]() -> Result<Standing> {
    for (const Definition& each : definitions_) {
      if (each.sha256 != definition) continue;
      if (const auto deployed =
              store->deploy({each.sha256, each.name, each.text, {}}, {each.processes, {}, {}});
          !deployed)
        return deployed.error();
      Diagnostics notes;
      const auto timers = runtime->arm(definition, each.processes[0], notes);
      if (!timers) return timers.error();
      armed = timers->waits.size();
      return Standing{};
    }
    return Error{"no such definition"};
  });
  if (!done) return done.error();
  return armed;
}

Result<Standing> EngineRoom::start(const std::string& definition, const value::Variables& variables,
                                   const std::string& key, const std::string& process) {
  return batch([&]() -> Result<Standing> {
    for (const Definition& each : definitions_) {
      if (each.sha256 != definition) continue;
      if (const auto deployed =
              store->deploy({each.sha256, each.name, each.text, {}}, {each.processes, {}, {}});
          !deployed)
        return deployed.error();
      execute::StartRequest request;
      request.definition = definition;
      request.process = process.empty() ? each.processes[0] : process;
      request.variables = &variables;
      request.key = key;
      return runtime->start(request);
    }
    return Error{"no such definition"};
  });
}

Result<Standing> EngineRoom::complete(const std::string& task, const value::Variables& variables) {
  return batch([&] {
    execute::CompleteRequest request;
    request.task = task;
    request.variables = value::Value::context(variables.entries());
    request.any_kind = true;
    return runtime->complete(request);
  });
}

Result<Standing> EngineRoom::message(const std::string& name, const std::string& key,
                                     const value::Variables& variables) {
  return batch([&]() -> Result<Standing> {
    return runtime->message(
        {.name = name, .key = key, .payload = value::Value::context(variables.entries())});
  });
}

Result<std::uint64_t> EngineRoom::fire_timers() {
  std::uint64_t fired = 0;
  const auto result = batch([&]() -> Result<Standing> {
    const auto done = runtime->fire_timers();
    if (!done) return done.error();
    fired = *done;
    return Standing{};
  });
  if (!result) return result.error();
  return fired;
}

std::string EngineRoom::whole(const std::string& instance) {
  must(store->lock().has_value(), "the store cannot be locked");
  value::Arena arena;
  const auto found = store->find(instance, arena);
  store->unlock();
  must(found.has_value(), found ? "" : found.error().message);
  return *found ? formats::state::write_record(**found) : std::string();
}

std::string EngineRoom::standing(const std::string& instance) {
  must(store->lock().has_value(), "the store cannot be locked");
  value::Arena arena;
  const auto found = store->find(instance, arena);
  store->unlock();
  must(found.has_value(), found ? "" : found.error().message);
  if (!*found) return {};
  std::string out(execute::status_name((*found)->changes.status));
  std::string_view before = " ";
  for (const execute::Wait& each : (*found)->changes.waits) {
    out += before;
    out += execute::wait_name(each);
    if (each.kind == execute::WaitKind::incident) out += "!" + each.name;
    before = ", ";
  }
  return out;
}

std::string EngineRoom::trace(const std::string& instance) {
  must(store->lock().has_value(), "the store cannot be locked");
  value::Arena arena;
  const auto records = store->history(instance, arena);
  store->unlock();
  must(records.has_value(), records ? "" : records.error().message);
  std::string out;
  for (const execute::Record& record : *records)
    for (const TraceStep& step : record.steps) out += (out.empty() ? "" : " ") + step.element;
  return out;
}

std::string EngineRoom::variables(const std::string& instance) {
  must(store->lock().has_value(), "the store cannot be locked");
  value::Arena arena;
  const auto found = store->find(instance, arena);
  store->unlock();
  must(found.has_value(), found ? "" : found.error().message);
  must(found->has_value(), "there is no " + instance);
  std::string out;
  for (const execute::VariableChange& each : (**found).changes.variables)
    if (each.token == semantics::no_slot)
      out += std::string(each.name) + "=" + value::to_literal(each.value) + " ";
  return out;
}

EngineRoom::~EngineRoom() = default;

}  // namespace weir::test
