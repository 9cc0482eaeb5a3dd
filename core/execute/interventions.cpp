// Runtime: what people do about instances from outside of their course.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/base/did_you_mean.hpp"
#include "core/execute/runtime.hpp"
#include "core/execute/timers.hpp"

namespace weir::execute {

Result<Standing> Runtime::set(std::string_view id, const value::Value& variables, std::string_view by) {
  const Result<Instance*> found = load(id);
  if (!found) return found.error();
  Instance& instance = **found;
  if (is_over(instance.status))
    return refuse(Trouble::conflict, fmt::format("'{}' is {} already", id, status_name(instance.status)));
  const Result<value::Variables> given = declared(instance, variables);
  if (!given) return given.error();
  const value::Value set = value::Value::context(given->entries());
  step(instance, by, [&](Engine& engine) { engine.change_variables(set); });
  if (const auto followed = follow(); !followed) return followed.error();
  return Standing{instance.id, instance.status, false};
}

Result<Standing> Runtime::choose(std::string_view id, std::string_view element, std::string_view flow,
                                 std::string_view by) {
  const Result<Instance*> found = load_running(id);
  if (!found) return found.error();
  Instance& instance = **found;
  const graph::ProcessGraph& graph = instance.graph();
  for (const auto& [number, wait] : instance.waits) {
    if (wait.kind != WaitKind::incident || wait.ask != semantics::Ask::flows) continue;
    if (!element.empty() && wait.element != element) continue;
    std::vector<std::string> names;
    for (const FlowId each : graph.outgoing(instance.question(wait).node)) {
      names.push_back(graph.flow_id(each));
      const model::SequenceFlow& written = (*instance.deployed->definitions)[graph.flow_origin[index(each)]];
      if (names.back() != flow && written.name != flow) continue;
      step(instance, by, [&, n = number](Engine& engine) { engine.choose(n, {each}); });
      if (const auto followed = follow(); !followed) return followed.error();
      return Standing{instance.id, instance.status, false};
    }
    return refuse(Trouble::usage, fmt::format("no flow '{}' leaves '{}'{}", flow, wait.element,
                                              did_you_mean_text(flow, names)));
  }
  return refuse(Trouble::conflict, element.empty()
                                       ? fmt::format("'{}' does not ask which way to go", id)
                                       : fmt::format("'{}' does not ask which way '{}' goes", id, element));
}

Result<NodeId> Runtime::find_node(const Instance& instance, std::string_view element) {
  const NodeId node = instance.graph().find_node(element);
  if (node != NodeId::none && node != graph::process_node) return node;
  const std::vector<std::string>& names = instance.graph().node_ids;
  return refuse(Trouble::usage, fmt::format("'{}' has no element '{}'{}", instance.graph().id, element,
                                            did_you_mean_text(element, names)));
}

Result<Standing> Runtime::move(const MoveRequest& request) {
  const Result<Instance*> found = load_running(request.instance);
  if (!found) return found.error();
  Instance& instance = **found;
  semantics::Modification modification;
  for (const auto& [names, nodes] :
       {std::pair(&request.from, &modification.cancelled), std::pair(&request.to, &modification.begun)})
    for (const std::string& each : *names) {
      const Result<NodeId> node = find_node(instance, each);
      if (!node) return node.error();
      nodes->push_back(*node);
    }
  if (const std::string why = semantics::forbidden(instance.graph(), instance.state, modification);
      !why.empty())
    return refuse(Trouble::conflict, fmt::format("'{}' cannot be moved so: {}", instance.id, why));
  step(instance, request.by, [&](Engine& engine) { engine.modify(std::move(modification), request.why); });
  if (const auto followed = follow(); !followed) return followed.error();
  return Standing{instance.id, instance.status, false};
}

Result<Standing> Runtime::activate_inside(std::string_view id, std::string_view sub_process,
                                          const std::vector<std::string>& activities, std::string_view by) {
  const Result<Instance*> found = load_running(id);
  if (!found) return found.error();
  Instance& instance = **found;
  const graph::ProcessGraph& graph = instance.graph();
  std::vector<std::uint32_t> open;
  for (const auto& [number, wait] : instance.waits)
    if (wait.kind == WaitKind::activities && (sub_process.empty() || wait.element == sub_process))
      open.push_back(number);
  if (open.empty())
    return refuse(Trouble::conflict,
                  fmt::format("'{}' has no ad-hoc sub-process{} that waits for activities", id,
                              sub_process.empty() ? "" : fmt::format(" '{}'", sub_process)));
  const Wait& wait = instance.waits.at(open.front());
  if (std::any_of(open.begin(), open.end(),
                  [&](std::uint32_t each) { return instance.waits.at(each).element != wait.element; }))
    return refuse(
        Trouble::usage,
        fmt::format("several ad-hoc sub-processes of '{}' wait: say which, as {}/{}", id, id, wait.element));
  const semantics::Question question = instance.question(wait);
  std::vector<NodeId> nodes;
  std::vector<std::string> names;
  for (const NodeId each : graph.children(question.node))
    if (graph[each].activity && !graph[each].event_sub_process && !graph[each].for_compensation)
      names.push_back(graph.node_id(each));
  for (const std::string& each : activities) {
    if (std::find(names.begin(), names.end(), each) == names.end())
      return refuse(Trouble::usage, fmt::format("'{}' has no activity '{}': {}{}", wait.element, each,
                                                fmt::join(names, ", "), did_you_mean_text(each, names)));
    nodes.push_back(graph.find_node(each));
  }
  const std::uint32_t scope = instance.state.tokens[wait.token.slot].child;
  if (graph[question.node].sequential &&
      (nodes.size() > 1 || (!nodes.empty() && instance.state.scopes[scope].live > 0)))
    return refuse(Trouble::conflict, fmt::format("'{}' does one activity at a time", wait.element));
  step(instance, by, [&](Engine& engine) { engine.activate(open.front(), std::move(nodes)); });
  if (const auto followed = follow(); !followed) return followed.error();
  return Standing{instance.id, instance.status, false};
}

Result<Standing> Runtime::retry(std::string_view id, std::string_view by) {
  const Result<Instance*> found = load(id);
  if (!found) return found.error();
  Instance& instance = **found;
  if (instance.status == Status::suspended) return load_running(id).error();
  const auto is_incident = [](const auto& each) { return each.second.kind == WaitKind::incident; };
  if (std::none_of(instance.waits.begin(), instance.waits.end(), is_incident))
    return refuse(Trouble::conflict,
                  fmt::format("'{}' has no incident: it is {}", id, status_name(instance.status)));
  step(instance, by, [&](Engine& engine) { engine.retry(); });
  if (const auto followed = follow(); !followed) return followed.error();
  return Standing{instance.id, instance.status, false};
}

Result<Standing> Runtime::cancel(std::string_view id, std::string_view by) {
  const Result<Instance*> found = load(id);
  if (!found) return found.error();
  Instance& instance = **found;
  if (is_over(instance.status))
    return refuse(Trouble::conflict, fmt::format("'{}' is {} already", id, status_name(instance.status)));
  std::vector<std::string> children;
  for (const auto& [number, wait] : instance.waits)
    if (wait.kind == WaitKind::child && !wait.key.empty()) children.push_back(wait.key);
  step(instance, by, [&](Engine& engine) { engine.cancel(); });
  for (const std::string& child : children)
    if (const Result<Standing> ended = cancel(child, by); !ended && trouble_ == Trouble::store) return ended;
  if (const auto followed = follow(); !followed) return followed.error();
  return Standing{instance.id, instance.status, false};
}

Result<Standing> Runtime::migrate(std::string_view id, std::string_view definition,
                                  const Counterparts& counterparts, std::string_view by) {
  const Result<Instance*> found = load(id);
  if (!found) return found.error();
  const Instance& instance = **found;
  if (is_over(instance.status))
    return refuse(Trouble::conflict, fmt::format("'{}' is {} already", id, status_name(instance.status)));
  const Result<const Deployed*> to = library_(definition, instance.graph().id);
  if (!to) return refuse(Trouble::usage, to.error().message);
  value::Arena arena;
  Result<Record> record = execute::migrate(instance, **to, counterparts, arena);
  if (!record)
    return refuse(Trouble::conflict, fmt::format("'{}' cannot be moved: {}", id, record.error().message));
  const value::Instant now = clock_.now();
  record->time = now;
  auto moved = std::make_unique<Instance>(**to);
  record->sequence = instance.sequence;
  if (const auto applied = apply(std::span<const Record>(&*record, 1), *moved); !applied)
    return refuse(Trouble::conflict, fmt::format("'{}' cannot be moved: {}", id, applied.error().message));
  write(*record, now, by);
  moved->sequence = record->sequence;
  const Standing standing{moved->id, moved->status, false};
  touched_.insert(moved->id);
  loaded_[standing.instance] = std::move(moved);
  return standing;
}

Result<std::uint64_t> Runtime::halt(std::string_view id, bool stop, std::string_view by) {
  const Result<Instance*> found = load(id);
  if (!found) return found.error();
  Instance& instance = **found;
  if (is_over(instance.status) || (instance.status == Status::suspended) == stop) return 0;
  std::vector<std::string> children;
  for (const auto& [number, wait] : instance.waits)
    if (wait.kind == WaitKind::child && !wait.key.empty()) children.push_back(wait.key);
  step(instance, by, [&](Engine& engine) { stop ? engine.suspend() : engine.resume(); });
  for (const auto& [number, wait] : instance.waits)
    if (!stop && wait.kind == WaitKind::message) listening_.emplace_back(instance.id, number);
  for (const std::string& child : children)
    if (const auto halted = halt(child, stop, by); !halted) return halted;
  return 1 + children.size();
}

Result<Standing> Runtime::suspend(std::string_view id, std::string_view by) {
  const Result<Instance*> found = load_running(id);
  if (!found) return found.error();
  if (const auto halted = halt(id, true, by); !halted) return halted.error();
  if (const auto followed = follow(); !followed) return followed.error();
  return Standing{(*found)->id, (*found)->status, false};
}

Result<Standing> Runtime::resume(std::string_view id, std::string_view by) {
  const Result<Instance*> found = load(id);
  if (!found) return found.error();
  Instance& instance = **found;
  if (instance.status != Status::suspended)
    return refuse(Trouble::conflict,
                  fmt::format("'{}' is not suspended: it is {}", id, status_name(instance.status)));
  if (!instance.parent.empty()) {
    const Result<Instance*> parent = load(instance.parent);
    if (!parent) return parent.error();
    if ((*parent)->status == Status::suspended)
      return refuse(Trouble::conflict, fmt::format("'{}' was called by '{}', which is suspended: resume that",
                                                   id, instance.parent));
  }
  if (const auto halted = halt(id, false, by); !halted) return halted.error();
  std::vector<std::string> children;
  for (const auto& [number, wait] : instance.waits)
    if (wait.kind == WaitKind::child && !wait.key.empty()) children.push_back(wait.key);
  for (const std::string& each : children) {
    const Result<Instance*> child = load(each);
    if (!child) return child.error();
    if (is_over((*child)->status))
      if (const auto told = tell_parent(**child); !told) return told.error();
  }
  if (const auto followed = follow(); !followed) return followed.error();
  return Standing{instance.id, instance.status, false};
}

Result<Standing> Runtime::remove(std::string_view id, std::string_view by) {
  std::string name(id);
  Status status = Status::completed;
  if (!is_message_id(id)) {
    const Result<Instance*> found = load(id);
    if (!found) return found.error();
    name = (*found)->id;
    status = (*found)->status;
  } else if (const auto known = standing(id); !known) {
    return known.error();
  } else if (known->instance == id) {
    status = known->status;
  }
  if (!is_over(status))
    return refuse(
        Trouble::conflict,
        is_message_id(id)
            ? fmt::format("'{}' waits for somebody until {}", id, instant_text(standing(id)->kept_until))
            : fmt::format("'{}' is {} and cannot be removed; 'weir instance cancel {}' ends it", id,
                          status_name(status), id));
  Record record;
  record.instance = name;
  record.removed = true;
  record.changes.status = status;
  write(record, clock_.now(), by);
  loaded_.erase(name);
  kept_.erase(name);
  Standing gone{name, status, false};
  gone.removed = true;
  return gone;
}

}  // namespace weir::execute
