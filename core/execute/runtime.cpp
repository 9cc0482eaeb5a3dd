#include "core/execute/runtime.hpp"

#include <fmt/format.h>

#include <utility>

namespace weir::execute {

using graph::Trigger;

namespace {

constexpr std::uint64_t done = 0;

/// "purchase-approval" -> "pa", "Process_0x1" -> "process": short, easy to say and to type.
std::string prefix(std::string_view process) {
  std::string initials, letters;
  bool begins = true;
  for (const char c : process) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    const bool letter = lower >= 'a' && lower <= 'z';
    if (letter && begins) initials += lower;
    if (!letter && initials.size() == 1 && letters.size() > 3 && (c == '_' || (c >= '0' && c <= '9'))) break;
    if (letter && letters.size() < 8) letters += lower;
    begins = !letter && !(c >= '0' && c <= '9');
  }
  if (initials.size() >= 2) return initials.substr(0, 6);
  return letters.empty() ? "i" : letters;
}

}  // namespace

NodeId start_node(const graph::ProcessGraph& graph, std::string_view id) {
  const auto starts = graph.instance_starts();
  for (const NodeId node : starts)
    if (id.empty() ? node == graph::process_node || (graph[node].kind == model::ElementKind::start_event &&
                                                     graph[node].trigger == Trigger::none)
                   : graph.node_id(node) == id)
      return node;
  return NodeId::none;
}

std::string no_start(std::string_view process, std::string_view id) {
  return id.empty() ? fmt::format("'{}' has no none start event: name a start event", process)
                    : fmt::format("no instance of '{}' can begin at '{}'", process, id);
}

std::optional<std::uint32_t> about(const Deployed& deployed, NodeId node, Trigger trigger,
                                   std::string_view name) {
  const graph::ProcessGraph& graph = deployed.graph;
  const auto events = graph.definitions(node);
  if (trigger == Trigger::message && events.empty() && graph[node].kind == model::ElementKind::receive_task) {
    const model::FlowNode& task = (*deployed.definitions)[graph.origin[index(node)]];
    return message_name(*deployed.definitions, task, 0) == name ? std::optional(0u) : std::nullopt;
  }
  for (std::uint32_t i = 0; i < events.size(); ++i)
    if (events[i].trigger == trigger && events[i].code != CodeId::none &&
        graph.codes[index(events[i].code)] == name)
      return i;
  return std::nullopt;
}

void Runtime::step(Instance& instance, std::string_view by, const std::function<void(Engine&)>& f,
                   Alike* alike) {
  const value::Instant now = instance.sequence == 0 ? instance.started : clock_.now();
  std::vector<std::pair<std::uint32_t, std::string>> children;
  for (const auto& [number, wait] : instance.waits)
    if (wait.kind == WaitKind::child && !wait.key.empty()) children.emplace_back(number, wait.key);
  const std::string before(instance.parent.empty() ? std::string_view() : incident_in(instance));
  Engine engine(instance, workshop_, now);
  f(engine);
  Told& told = told_.emplace_back();
  told.instance = instance.id;
  told.sent = engine.sent();
  instance.changed = now;
  Record& record = engine.recorder().record();
  write(record, now, by);
  if (alike != nullptr) learn(*alike, instance, engine, record);
  told.notes = std::move(engine.notes());
  instance.sequence = record.sequence;
  if (record.begun != 0) instance.begun = record.begun;
  for (const Wait& each : record.changes.waits)
    if (each.kind == WaitKind::message && each.created == now)
      listening_.emplace_back(instance.id, each.number);
  if (tells_steps_) {
    told.steps = std::move(record.steps);
    told.why = std::move(record.why);
  }
  for (std::size_t i = 0; i < told.sent.size(); ++i) {
    const Sent& each = told.sent[i];
    if (each.trigger == Trigger::error)
      errors_.try_emplace(instance.id, Uncaught{each.name, each.message, {}, {}});
    else
      thrown_.push_back({each.trigger, each.name, instance.id, told_.size() - 1, i});
  }
  for (const auto& [number, child] : children)
    if (const auto wait = instance.waits.find(number);
        wait == instance.waits.end() || wait->second.kind != WaitKind::child)
      abandoned_.push_back(child);
  if (!instance.parent.empty() && incident_in(instance) != before) troubled_.push_back(instance.id);
  bool calls = false, children_wanted = false;
  for (const auto& [number, wait] : instance.waits) {
    calls = calls || wait.kind == WaitKind::call;
    children_wanted = children_wanted || (wait.kind == WaitKind::child && wait.key.empty());
  }
  if (calls) touched_.insert(instance.id);
  if (children_wanted || (is_over(instance.status) && !instance.parent.empty()))
    to_follow_.push_back(instance.id);
}

void Runtime::write(Record& record, value::Instant now, std::string_view by) {
  record.time = now;
  record.by = by;
  record.operation = operation_;
  store_.add(record);
}

Result<std::uint64_t> Runtime::begin() {
  const auto changed = store_.lock();
  if (!changed) return refuse(Trouble::store, changed.error().message);
  locked_ = true;
  kept_.clear();
  armed_.clear();
  gathered_.clear();
  if (changed->all) loaded_.clear();
  for (const std::string& each : changed->instances) loaded_.erase(each);
  return done;
}

Result<std::uint64_t> Runtime::commit() {
  const Result<std::uint64_t> written = store_.commit();
  store_.unlock();
  locked_ = false;
  kept_.clear();
  armed_.clear();
  gathered_.clear();
  if (written) return written;
  loaded_.clear();  // what is in memory did not happen
  return refuse(Trouble::store, written.error().message);
}

Result<std::uint64_t> Runtime::commit_aside() {
  const Result<std::uint64_t> written = store_.commit_aside();
  kept_.clear();
  armed_.clear();
  gathered_.clear();
  if (written) return written;
  loaded_.clear();
  return refuse(Trouble::store, written.error().message);
}

Result<std::uint64_t> Runtime::batch_written() {
  const Result<std::uint64_t> written = store_.batch_written();
  if (written) return written;
  loaded_.clear();
  return refuse(Trouble::store, written.error().message);
}

void Runtime::abandon() {
  store_.discard();
  store_.unlock();
  locked_ = false;
  loaded_.clear();
  to_follow_.clear();
  thrown_.clear();
  abandoned_.clear();
  troubled_.clear();
  listening_.clear();
  kept_.clear();
  armed_.clear();
  gathered_.clear();
  errors_.clear();
}

Result<Instance*> Runtime::load(std::string_view id) {
  if (const auto known = loaded_.find(id); known != loaded_.end()) return known->second.get();
  value::Arena arena;
  const auto record = store_.find(id, arena);
  if (!record) return refuse(Trouble::store, record.error().message);
  if (!*record || !is_instance(**record))
    return refuse(Trouble::not_found, fmt::format("there is no instance '{}'", id));
  const Result<const Deployed*> deployed = library_((*record)->definition, (*record)->process);
  if (!deployed) return refuse(Trouble::store, deployed.error().message);
  auto instance = std::make_unique<Instance>(**deployed);
  const auto applied = apply(std::span<const Record>(&**record, 1), *instance);
  if (!applied) return refuse(Trouble::store, fmt::format("instance '{}': {}", id, applied.error().message));
  return (loaded_[std::string(id)] = std::move(instance)).get();
}

Result<Instance*> Runtime::begin_instance(const Deployed& deployed) {
  auto instance = std::make_unique<Instance>(deployed);
  instance->id = prefix(deployed.graph.id) + "-" + std::to_string(store_.started() + 1);
  instance->started = clock_.now();
  Instance* made = instance.get();
  loaded_[made->id] = std::move(instance);
  return made;
}

Result<Standing> Runtime::start(const StartRequest& request) {
  if (!request.key.empty()) {
    const Result<std::string> known = store_.find_key(request.process, request.key);
    if (!known) return refuse(Trouble::store, known.error().message);
    if (!known->empty()) {
      const Result<Instance*> instance = load(*known);
      if (!instance) return instance.error();
      return Standing{*known, (*instance)->status, true};
    }
  }
  const Result<const Deployed*> deployed = library_(request.definition, request.process);
  if (!deployed) return refuse(Trouble::store, deployed.error().message);
  if (alike_.size() >= Store::most_patterns) alike_.clear();
  Alike& alike = alike_[{*deployed, request.start_event, request.by}];
  if (!alike.known) alike.start = start_node((*deployed)->graph, request.start_event);
  const NodeId start = alike.start;
  if (start == NodeId::none) return refuse(Trouble::usage, no_start(request.process, request.start_event));
  const value::Variables* variables = request.variables;
  value::Variables filled;
  if (start != graph::process_node && !(*deployed)->fields(start).empty()) {
    if (variables != nullptr) filled = *variables;
    const value::Scope given{variables != nullptr ? variables->entries() : std::span<const value::Entry>(),
                             nullptr};
    const data::AskedForm form{request.process, (*deployed)->fields(start), given, true};
    if (const auto fits = fill_in(form, filled); !fits) return fits.error();
    variables = &filled;
  }
  if (alike.known) return start_like(alike, request, variables);
  const Result<Instance*> instance = begin_instance(**deployed);
  (*instance)->key = request.key;
  const auto begin = [&](Engine& engine) {
    if (variables != nullptr)
      for (const value::Entry& each : variables->entries()) engine.set(each.key.text(), each.value);
    if (!request.by.empty() && start != graph::process_node)
      engine.acted((*deployed)->graph.node_id(start), request.by);
    engine.start(start, request.by);
  };
  alike.given = variables == nullptr ? 0 : variables->size();
  step(**instance, request.by, begin, &alike);
  if (const auto followed = follow(); !followed) return followed.error();
  Standing standing{(*instance)->id, (*instance)->status, false};
  if (standing.status == Status::waiting) standing.trouble = incident_in(**instance);
  return standing;
}

Result<Standing> Runtime::signal(std::string_view name, const value::Value& payload) {
  const std::size_t before = told_.size();
  Standing gathered;
  if (const auto sent = broadcast(std::string(name), {}, payload, &gathered); !sent) return sent.error();
  if (told_.size() == before && !gathered.lacks.empty()) return gathered;
  if (told_.size() == before)
    return refuse(Trouble::not_found, fmt::format("nobody waits for signal '{}'", name));
  const std::string first = told_[before].instance;
  if (const auto followed = follow(); !followed) return followed.error();
  return Standing{first, loaded_.at(first)->status, false};
}

Result<std::uint64_t> Runtime::fire_timers() {
  constexpr std::uint64_t together = 2000;
  std::uint64_t fired = 0;
  for (;;) {
    const value::Instant now = clock_.now();
    std::set<std::tuple<value::Instant, std::string, std::uint32_t>> due;
    const auto look = [&](std::string_view id, const Wait& wait) {
      if (wait.kind == WaitKind::timer && wait.due <= now) due.emplace(wait.due, id, wait.number);
    };
    const auto looked = store_.each_due(WaitKind::timer, now, [&](const Record& record) {
      if (record.changes.status == Status::suspended) return true;
      for (const Wait& wait : record.changes.waits) look(record.instance, wait);
      return true;
    });
    if (!looked) return refuse(Trouble::store, looked.error().message);
    if (due.empty()) return fired;
    for (std::uint64_t some = 0; !due.empty() && some < together;) {
      if (is_told_to_stop()) return fired;
      const auto [at, id, number] = due.extract(due.begin()).value();
      if (id.starts_with(start_timers_prefix)) {
        const Result<Standing> begun = fire_start(id, number, at);
        if (!begun) return begun.error();
        if (!begun->instance.empty()) ++fired;
        continue;
      }
      const Result<Instance*> instance = load(id);
      if (!instance) return instance.error();
      if ((*instance)->waits.find(number) == (*instance)->waits.end()) continue;  // an earlier one ended it
      step(**instance, {}, [&, n = number](Engine& engine) { engine.happen(n, {}); });
      ++fired;
      ++some;
      if (const auto followed = follow(); !followed) return followed.error();
      // What happens again may be due again. Of others that is seen when it is written.
      if ((*instance)->status == Status::suspended) continue;
      for (const auto& [next, wait] : (*instance)->waits) look(id, wait);
    }
    // What has just become due is looked for in what is written, so write it.
    if (const auto written = store_.commit(); !written)
      return refuse(Trouble::store, written.error().message);
  }
}

}  // namespace weir::execute
