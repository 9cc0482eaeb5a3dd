// Runtime: start events that a single message, signal or timer does not begin an instance with.
//
// A parallel multiple one begins it when each of its triggers has occurred (10.5.2). What has come stands in
// the store until then, as a record with the id "begin:PROCESS/EVENT" and without waits: its variables "0",
// "1" ... are lists of what came with each definition of the event. Messages count each; of a signal, a timer
// and a condition it only counts that it was there.
//
// A conditional one (13.5.1) has no instance whose data it could look at, so somebody says what the variables
// are, as in Camunda 7 and 8.
#include <fmt/format.h>

#include <algorithm>

#include "core/base/did_you_mean.hpp"
#include "core/execute/runtime.hpp"

namespace weir::execute {

using graph::Trigger;
using value::Value;

namespace {

constexpr std::size_t most_kept = 1000;  // messages of one definition

std::string describe(const graph::ProcessGraph& graph, const graph::Event& event) {
  const char* kind = event.trigger == Trigger::message  ? "message"
                     : event.trigger == Trigger::signal ? "signal"
                     : event.trigger == Trigger::timer  ? "its timer"
                                                        : "its condition";
  const bool named = event.trigger == Trigger::message || event.trigger == Trigger::signal;
  return named && event.code != CodeId::none ? fmt::format("{} '{}'", kind, graph.codes[index(event.code)])
                                             : kind;
}

}  // namespace

Result<Standing> Runtime::gather(const Beginning& beginning, const Deployed& deployed, const Value& payload,
                                 std::string_view by, value::Variables& all) {
  Standing standing;
  standing.instance = fmt::format("{}{}/{}", gathered_prefix, beginning.process, beginning.start_event);
  value::Arena arena;
  const auto before = store_.find(standing.instance, arena);
  if (!before) return refuse(Trouble::store, before.error().message);
  value::Variables come;
  const auto here = gathered_.find(standing.instance);
  if (here != gathered_.end())
    come = here->second;
  else if (*before && (*before)->definition == beginning.definition)  // else its definitions may be others
    for (const VariableChange& each : (*before)->changes.variables) come.set(each.name, each.value);
  const NodeId start = deployed.graph.find_node(beginning.start_event);
  const auto events = deployed.graph.definitions(start);
  const auto list_of = [&](std::size_t number) {
    const Value* found = come.find(std::to_string(number));
    return found != nullptr && found->is(value::Kind::list) ? found->items() : std::span<const Value>();
  };
  const auto put = [&](std::size_t number, std::span<const Value> items) {
    come.set(std::to_string(number), Value::list(items));
  };
  const bool counts = events[beginning.event].trigger == Trigger::message;
  const std::span<const Value> earlier = list_of(beginning.event);
  if (counts && earlier.size() >= most_kept)
    return refuse(Trouble::conflict, fmt::format("{} has come {} times, and '{}' waits for something else",
                                                 describe(deployed.graph, events[beginning.event]), most_kept,
                                                 deployed.graph.node_id(start)));
  std::vector<Value> items;
  if (counts) items.assign(earlier.begin(), earlier.end());
  items.push_back(payload.is(value::Kind::context) ? payload : Value::context({}));
  put(beginning.event, std::vector<Value>(items));
  for (std::size_t i = 0; i < events.size(); ++i)
    if (list_of(i).empty()) standing.lacks.push_back(describe(deployed.graph, events[i]));
  if (standing.lacks.empty())
    for (std::size_t i = 0; i < events.size(); ++i) {
      const std::vector<Value> there(list_of(i).begin(), list_of(i).end());
      for (const value::Entry& each : there.front().entries()) all.set(each.key.text(), each.value);
      put(i, std::vector<Value>(there.begin() + 1, there.end()));
    }
  Record record;
  record.instance = record.process = standing.instance;
  record.definition = beginning.definition;
  record.started = clock_.now();
  record.changes.whole = here != gathered_.end() || before->has_value();
  for (const value::Entry& each : come.entries())
    record.changes.variables.push_back(
        {semantics::no_slot, 0, each.key.text(), each.value, data::Assigned::all});
  write(record, record.started, by);
  gathered_[standing.instance] = std::move(come);
  return standing;
}

Result<std::vector<Standing>> Runtime::begin_where_true(const Value& variables, std::string_view process,
                                                        std::string_view by) {
  const Result<std::vector<Newest>> all = newest_of_all();
  if (!all) return all.error();
  std::vector<std::string> names;
  for (const Newest& each : *all) names.push_back(each.process);
  if (!process.empty() && std::find(names.begin(), names.end(), process) == names.end())
    return refuse(Trouble::not_found,
                  fmt::format("there is no process '{}'{}", process, did_you_mean_text(process, names)));
  value::Scope scope;
  if (variables.is(value::Kind::context)) scope.entries = variables.entries();
  std::vector<Standing> begun;
  for (const Newest& each : *all) {
    if (!process.empty() && each.process != process) continue;
    const graph::ProcessGraph& graph = each.deployed->graph;
    for (const NodeId node : graph.instance_starts()) {
      if (node == graph::process_node) continue;
      const auto events = graph.definitions(node);
      for (std::uint32_t i = 0; i < events.size(); ++i) {
        if (events[i].trigger != Trigger::conditional) continue;
        const feel::Expression* condition = each.deployed->expressions.event_condition(node, i);
        if (condition == nullptr || !feel::condition(*condition, scope, workshop_.workspace).value_or(false))
          continue;
        Result<Standing> standing =
            begin_by({each.definition, each.process, graph.node_id(node), i}, variables, by);
        if (!standing) return standing.error();
        begun.push_back(std::move(*standing));
      }
    }
  }
  if (const auto followed = follow(); !followed) return followed.error();
  for (Standing& each : begun)
    if (each.lacks.empty()) each.status = loaded_.at(each.instance)->status;
  return begun;
}

}  // namespace weir::execute
