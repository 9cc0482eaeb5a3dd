// Runtime: what one instance means for others. What a step has thrown, called or ended is followed until
// nothing is left; so a batch holds all that an operation leads to.
#include <fmt/format.h>

#include <algorithm>

#include "core/data/mappings.hpp"
#include "core/execute/runtime.hpp"

namespace weir::execute {

using graph::Trigger;

namespace {

constexpr std::uint64_t done = 0;

}  // namespace

Result<std::uint64_t> Runtime::follow() {
  called_.clear();
  std::uint32_t thrown = 0;
  while (!to_follow_.empty() || !thrown_.empty() || !abandoned_.empty() || !listening_.empty() ||
         !troubled_.empty()) {
    if (!thrown_.empty()) {
      const Thrown next = thrown_.front();
      thrown_.pop_front();
      if (++thrown > most_thrown) {
        const char* kind = next.trigger == Trigger::signal    ? "signal"
                           : next.trigger == Trigger::message ? "message"
                                                              : "escalation";
        told_[next.told]
            .notes
            .warning("dropped-event",
                     fmt::format("{} '{}' of '{}' reaches nobody: {} events were thrown before it in one go",
                                 kind, next.name, next.thrower, most_thrown),
                     {})
            .group = "engine";
        continue;
      }
      const auto sent = next.trigger == Trigger::signal    ? broadcast(next.name, next.thrower)
                        : next.trigger == Trigger::message ? deliver(next.told, next.sent)
                                                           : escalate(next.thrower, next.name);
      if (!sent) return sent;
      continue;
    }
    if (!abandoned_.empty()) {
      const std::string child = abandoned_.front();
      abandoned_.pop_front();
      const Result<Instance*> found = load(child);
      if (!found) return found.error();
      if (!is_over((*found)->status)) step(**found, {}, [](Engine& engine) { engine.cancel(); });
      continue;
    }
    if (!listening_.empty()) {
      const Receiver next = std::move(listening_.front());
      listening_.pop_front();
      if (const auto given = hand_over(next); !given) return given;
      continue;
    }
    if (to_follow_.empty()) {
      const std::string child = troubled_.front();
      troubled_.pop_front();
      if (const auto told = tell_trouble(child); !told) return told;
      continue;
    }
    const std::string id = to_follow_.front();
    to_follow_.pop_front();
    const auto found = loaded_.find(id);
    if (found == loaded_.end()) continue;
    Instance& instance = *found->second;
    std::vector<std::uint32_t> children;
    for (const auto& [number, wait] : instance.waits)
      if (wait.kind == WaitKind::child && wait.key.empty() && instance.status != Status::suspended)
        children.push_back(number);
    for (const std::uint32_t number : children)
      if (instance.waits.contains(number))
        if (const auto called = call_child(instance, number); !called) return called;
    if (is_over(instance.status) && !instance.parent.empty())
      if (const auto told = tell_parent(instance); !told) return told;
  }
  return done;
}

Result<std::vector<Runtime::Receiver>> Runtime::waiting_for(WaitKind kind, std::string_view name,
                                                            std::optional<std::string_view> key) {
  std::vector<Receiver> found;
  const auto look = [&](std::string_view id, const Wait& wait) {
    if (wait.kind == kind && wait.name == name && (!key || wait.key.empty() || wait.key == *key) &&
        (kind != WaitKind::message || found.empty() || found.back().first != id))
      found.emplace_back(id, wait.number);  // one event of an instance takes a message
  };
  const auto looked = store_.each_waiting(kind, name, key, [&](const Record& record) {
    // What is in memory knows what this batch has done already.
    if (!loaded_.contains(record.instance) && record.changes.status != Status::suspended)
      for (const Wait& wait : record.changes.waits) look(record.instance, wait);
    return true;
  });
  if (!looked) return refuse(Trouble::store, looked.error().message);
  for (const auto& [id, loaded] : loaded_)
    if (loaded->status != Status::suspended)
      for (const auto& [number, wait] : loaded->waits) look(id, wait);
  return found;
}

Result<std::vector<Runtime::Newest>> Runtime::newest_of_all() {
  const Result<std::vector<std::string>> processes = store_.processes();
  if (!processes) return refuse(Trouble::store, processes.error().message);
  std::vector<Newest> all;
  for (const std::string& process : *processes) {
    const Result<std::string> newest = store_.newest(process);
    if (!newest) return refuse(Trouble::store, newest.error().message);
    if (const Result<const Deployed*> deployed = library_(*newest, process))
      all.push_back({process, *newest, *deployed});
  }
  return all;
}

Result<std::vector<Runtime::Beginning>> Runtime::begun_by(Trigger trigger, std::string_view name) {
  const Result<std::vector<Newest>> all = newest_of_all();
  if (!all) return all.error();
  std::vector<Beginning> found;
  for (const Newest& each : *all) {
    const graph::ProcessGraph& graph = each.deployed->graph;
    for (const NodeId node : graph.instance_starts()) {
      if (node == graph::process_node) continue;
      const auto event = about(*each.deployed, node, trigger, name);
      if (event) found.push_back({each.definition, each.process, graph.node_id(node), *event});
    }
  }
  return found;
}

Result<Standing> Runtime::begin_by(const Beginning& beginning, const value::Value& given, std::string_view by,
                                   const std::string& sender, std::string_view why) {
  const Result<const Deployed*> deployed = library_(beginning.definition, beginning.process);
  if (!deployed) return refuse(Trouble::store, deployed.error().message);
  const NodeId start = (*deployed)->graph.find_node(beginning.start_event);
  const model::Definitions& definitions = *(*deployed)->definitions;
  const model::FlowNode& written = definitions[(*deployed)->graph.origin[index(start)]];
  Diagnostics notes;
  const auto set = data::chosen(definitions, message_name(definitions, written, beginning.event), given,
                                workshop_.workspace, notes);
  const value::Value payload = set ? value::Value::context(set->entries()) : given;
  if ((*deployed)->graph[start].trigger == Trigger::parallel_multiple) {
    value::Variables all;
    Result<Standing> gathered = gather(beginning, **deployed, payload, by, all);
    if (!gathered || !gathered->lacks.empty()) return gathered;
    return begin_at(**deployed, start, value::Value::context(all.entries()), by, sender, why);
  }
  Result<Standing> begun = begin_at(**deployed, start, payload, by, sender, why);
  for (Diagnostic& each : notes.list()) told_.back().notes.add(std::move(each));
  return begun;
}

Result<Standing> Runtime::begin_at(const Deployed& deployed, NodeId start, const value::Value& payload,
                                   std::string_view by, const std::string& sender, std::string_view why) {
  const Result<Instance*> instance = begin_instance(deployed);
  const model::FlowNode& event = (*deployed.definitions)[deployed.graph.origin[index(start)]];
  value::Variables given;
  if (payload.is(value::Kind::context))
    for (const value::Entry& each : payload.entries()) given.set(each.key.text(), each.value);
  given = data::as_outputs(event, given);
  const value::Scope received{given.entries(), nullptr};
  step(**instance, by, [&](Engine& engine) {
    // As for an event inside: its output mappings choose, else all of it becomes variables.
    if (event.outputs.empty())
      for (const value::Entry& each : received.entries) engine.set(each.key.text(), each.value);
    const value::Variables made =
        data::mapped(*deployed.definitions, event.outputs, received, workshop_.workspace, engine.notes());
    for (const value::Entry& each : made.entries()) engine.set(each.key.text(), each.value);
    if (!sender.empty()) engine.met(sender);
    engine.start(start, by, std::string(why));
  });
  return Standing{(*instance)->id, (*instance)->status, false};
}

Result<std::uint64_t> Runtime::broadcast(const std::string& signal, const std::string& thrower,
                                         const value::Value& payload, Standing* gathered) {
  Result<std::vector<Receiver>> found = waiting_for(WaitKind::signal, signal, std::nullopt);
  if (!found) return found.error();
  for (const auto& [id, number] : *found) {
    if (id == thrower) continue;  // its own catchers heard it already
    const Result<Instance*> instance = load(id);
    if (!instance) return instance.error();
    if (!(*instance)->waits.contains(number)) continue;
    step(**instance, {}, [&, n = number](Engine& engine) { engine.happen(n, payload); });
  }
  const Result<std::vector<Beginning>> beginnings = begun_by(Trigger::signal, signal);
  if (!beginnings) return beginnings.error();
  for (const Beginning& each : *beginnings) {
    Result<Standing> begun = begin_by(each, payload);
    if (!begun) return begun.error();
    if (gathered != nullptr && !begun->lacks.empty()) *gathered = std::move(*begun);
  }
  return done;
}

Result<std::uint64_t> Runtime::escalate(const std::string& thrower, const std::string& code) {
  const Result<Instance*> child = load(thrower);
  if (!child) return child.error();
  if ((*child)->parent.empty()) return done;
  const Result<Instance*> parent = load((*child)->parent);
  if (!parent) return parent.error();
  const auto wait = (*parent)->waits.find((*child)->parent_wait);
  if (wait == (*parent)->waits.end() || wait->second.key != thrower) return done;
  const std::uint32_t number = wait->first;
  step(**parent, {}, [&](Engine& engine) { engine.escalate(number, code); });
  return done;
}

Runtime::~Runtime() = default;

}  // namespace weir::execute
