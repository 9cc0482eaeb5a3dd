// Three passes over the steps of a process: what falls where, then the nodes in the order of the text, then
// the sequence flows. Implied events get ids that the reference fixes, because run states, simulations and
// diagrams name them.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "formats/toml/step.hpp"

namespace weir::formats::toml {

using model::ElementKind;
using model::FlowIndex;
using model::NodeIndex;
using model::ScopeIndex;

namespace {

class Linker {
 public:
  Linker(Declarations& declared) : declared_(declared), model_(declared.model) {}

  void run(std::vector<Step>& steps, ScopeIndex scope, std::string_view start, Span place) {
    collect(steps);
    settle_falls(steps);
    add_nodes(steps, scope, start, place, nullptr);
    add_flows(steps);
  }

 private:
  /// All step ids, and what nothing may fall into.
  void collect(std::vector<Step>& steps) {
    for (Step& step : steps) {
      steps_.emplace(step.id, &step);  // the first one; a second is reported when its node is added
      for (const SideEvent& event : step.events)
        if (step.kind->element != ElementKind::event_based_gateway)
          for (const Target& target : event.targets) side_paths_.emplace(target.id, target.span);
      if (!step.undo.empty()) undone_.emplace(step.undo, step.undo_span);
      collect(step.steps);
    }
  }

  [[nodiscard]] bool ends(std::string_view target) const {
    return target == "end" && !steps_.contains(target);
  }

  /// Activities of an ad-hoc step stand for themselves (10.3.5): only what is written comes after them.
  void settle_falls(std::vector<Step>& steps, bool ad_hoc = false) {
    for (std::size_t i = 0; i < steps.size(); ++i) {
      Step& step = steps[i];
      settle_falls(step.steps, step.kind->element == ElementKind::ad_hoc_sub_process);
      if (const auto undo = undone_.find(step.id); undo != undone_.end()) {
        if (!step.targets.empty()) {
          Diagnostic& made = declared_.error(
              "end-with-outgoing", step.targets.front().span,
              fmt::format("nothing comes after '{}': it undoes another step when that is compensated",
                          step.id));
          made.notes.push_back({"here it is the target of 'undo'", undo->second});
          step.targets.clear();
        }
        continue;
      }
      if (step.falls_through && !ad_hoc) {
        Target fall;
        fall.span = step.id_span;
        fall.is_default = step.falls_by_default;
        if (i + 1 < steps.size()) {
          fall.id = steps[i + 1].id;
          check_fall(step, steps[i + 1]);
        } else {
          fall.ends = true;
        }
        step.targets.push_back(std::move(fall));
      }
      for (Target& target : step.targets) target.ends = target.ends || ends(target.id);
      for (SideEvent& event : step.events)
        for (Target& target : event.targets) target.ends = ends(target.id);
    }
  }

  void check_fall(const Step& step, const Step& next) {
    const auto side = side_paths_.find(next.id);
    const auto undo = undone_.find(next.id);
    const bool handler = !next.kind->may_leave && next.kind->nested;
    if (side == side_paths_.end() && undo == undone_.end() && !handler) return;
    const std::string_view word = step.falls_by_default ? "else" : "next";
    Diagnostic& made = declared_.error(
        "side-path", step.header,
        fmt::format("step '{}' falls through into {} '{}'; write {} = \"...\" or {} = \"end\"", step.id,
                    handler                 ? "the handler"
                    : undo != undone_.end() ? "the compensation step"
                                            : "the side path",
                    next.id, word, word));
    made.element = std::string(step.id);
    if (!handler)
      made.notes.push_back({fmt::format("'{}' is the target of {}", next.id,
                                        undo != undone_.end() ? "'undo' here" : "a handler here"),
                            undo != undone_.end() ? undo->second : side->second});
  }

  /// A node in a scope; reports an id that is there already.
  NodeIndex add_node(ElementKind kind, std::string_view id, Span span, ScopeIndex scope,
                     std::string_view lane) {
    const NodeIndex made{static_cast<std::uint32_t>(model_.nodes.size())};
    model::FlowNode node;
    node.kind = kind;
    node.id = id;
    node.span = span;
    node.scope = scope;
    model_.nodes.push_back(std::move(node));
    model_.scopes[index(scope)].nodes.push_back(made);
    const auto [at, added] = model_.node_by_id.emplace(id, made);
    if (!added) {
      const Span before = model_[at->second].span;
      Diagnostic& report = declared_.error(
          "duplicate-id", span,
          span == before ? fmt::format("two events get the id '{}'; give one of them an id of its own", id)
                         : fmt::format("the id '{}' is there already", id));
      report.element = std::string(id);
      report.notes.push_back({"here", before});
    }
    if (lane.empty() || model_[scope].kind != ElementKind::process) return made;
    if (model::Lane* found = declared_.find_lane(lane)) found->members.push_back({id, span, made});
    return made;
  }

  model::FlowNode& node(NodeIndex at) { return model_.nodes[index(at)]; }

  void add_nodes(std::vector<Step>& steps, ScopeIndex scope, std::string_view start, Span place,
                 const Step* handler) {
    const bool implied =
        handler != nullptr || (!steps.empty() && steps.front().kind->element != ElementKind::start_event &&
                               model_[scope].kind != ElementKind::ad_hoc_sub_process);
    if (implied) {
      const std::string_view lane = steps.empty() ? std::string_view{} : std::string_view(steps.front().lane);
      const NodeIndex at = add_node(ElementKind::start_event, start, place, scope, lane);
      starts_.emplace(index(scope), at);
      if (handler != nullptr) add_trigger(*handler, at);
    }
    for (Step& step : steps) add_step(step, scope);
  }

  void add_trigger(const Step& handler, NodeIndex at) {
    bool parallel_multiple = false;
    auto triggers = read_triggers(declared_, *handler.table, Position::handler, parallel_multiple);
    if (triggers.empty())
      declared_.error("missing-key", handler.header,
                      fmt::format("handler '{}' needs a trigger, such as message = \"name\" or error = \"*\"",
                                  handler.id));
    node(at).event_definitions = std::move(triggers);
    node(at).parallel_multiple = parallel_multiple;
    if (const Entry* interrupt = handler.table->find("interrupt"))
      node(at).interrupting = declared_.flag(*interrupt).value_or(true);
  }

  void add_step(Step& step, ScopeIndex scope) {
    step.scope = scope;
    step.node = add_node(step.kind->element, step.id, step.id_span, scope, step.lane);
    fill_node(declared_, step, node(step.node));
    node(step.node).for_compensation = undone_.contains(step.id);
    if (step.kind->nested) add_scope(step);
    for (SideEvent& event : step.events) {
      const bool wait = step.kind->element == ElementKind::event_based_gateway;
      event.node = add_node(wait ? ElementKind::intermediate_catch_event : ElementKind::boundary_event,
                            event.id, event.span, scope, step.lane);
      model::FlowNode& made = node(event.node);
      made.name = event.name;
      made.event_definitions = event.definitions;
      made.parallel_multiple = event.parallel_multiple;
      made.outputs = event.outputs;
      if (wait) continue;
      made.interrupting = event.interrupting;
      made.attached_to_ref = step.id;
      made.attached_to = step.node;
    }
    add_end(step.targets, step.id, step.id_span, step);
    for (const SideEvent& event : step.events) add_end(event.targets, event.id, event.span, step);
  }

  void add_end(const std::vector<Target>& targets, std::string_view source, Span span, const Step& step) {
    if (std::none_of(targets.begin(), targets.end(), [](const Target& each) { return each.ends; })) return;
    const std::string_view id = declared_.keep(fmt::format("{}.end", source));
    ends_.emplace(source, add_node(ElementKind::end_event, id, span, step.scope, step.lane));
  }

  void add_scope(Step& step) {
    const ScopeIndex inner{static_cast<std::uint32_t>(model_.scopes.size())};
    const bool handler = step.kind->triggers == Position::handler;
    node(step.node).inner_scope = inner;
    node(step.node).triggered_by_event = handler;
    model::Scope made;
    made.kind = step.kind->element;
    made.id = step.id;
    made.name = node(step.node).name;
    made.span = step.id_span;
    made.node = step.node;
    made.parent = step.scope;
    made.process = model_[step.scope].process;
    model_.scopes.push_back(std::move(made));
    add_nodes(step.steps, inner, declared_.keep(fmt::format("{}.start", step.id)), step.id_span,
              handler ? &step : nullptr);
  }

  void add_flows(std::vector<Step>& steps) {
    if (steps.empty()) return;
    const ScopeIndex scope = steps.front().scope;
    if (const auto start = starts_.find(index(scope)); start != starts_.end()) {
      Target first;
      first.id = steps.front().id;
      first.span = steps.front().id_span;
      add_flow(start->second, first, scope);
    }
    for (Step& step : steps) {
      for (const Target& target : step.targets) add_flow(step.node, target, scope);
      for (const SideEvent& event : step.events) {
        if (step.kind->element == ElementKind::event_based_gateway) {
          Target to_event;
          to_event.span = event.span;
          connect(step.node, event.node, to_event, scope);
        }
        for (const Target& target : event.targets) add_flow(event.node, target, scope);
      }
      if (!step.undo.empty()) add_undo(step);
      check_compensated(step);
      add_flows(step.steps);
    }
  }

  /// The step a target names, if it is one of this scope.
  NodeIndex resolve(const Target& target, ScopeIndex scope) {
    if (target.id.empty()) return NodeIndex::none;  // reported already
    const auto found = steps_.find(target.id);
    if (found == steps_.end()) {
      unknown(target.id, target.span, scope);
      return NodeIndex::none;
    }
    if (found->second->scope == scope) return found->second->node;
    const model::Scope& other = model_[found->second->scope];
    Diagnostic& made = declared_.error(
        "flow-crosses-scope", target.span,
        fmt::format("step '{}' is {}; a flow cannot cross the border of a sub-process", target.id,
                    other.kind == ElementKind::process ? std::string("outside of this sub-process")
                                                       : fmt::format("inside of '{}'", other.id)));
    made.notes.push_back({"the step", found->second->id_span});
    return NodeIndex::none;
  }

  void unknown(std::string_view id, Span span, ScopeIndex scope) {
    std::vector<std::string_view> near, all;
    if (declared_.suggests())
      for (const auto& [name, step] : steps_) (step->scope == scope ? near : all).push_back(name);
    std::sort(near.begin(), near.end());  // the order of a hash table must not show
    std::sort(all.begin(), all.end());
    near.insert(near.end(), all.begin(), all.end());
    near.push_back("end");
    declared_.unresolved("step", id, span, near);
  }

  void add_flow(NodeIndex source, const Target& target, ScopeIndex scope) {
    const NodeIndex to = target.ends ? ends_.at(model_[source].id) : resolve(target, scope);
    if (to != NodeIndex::none) connect(source, to, target, scope);
  }

  void connect(NodeIndex source, NodeIndex to, const Target& target, ScopeIndex scope) {
    const FlowIndex made{static_cast<std::uint32_t>(model_.flows.size())};
    model::SequenceFlow flow;
    std::string id = fmt::format("{}--{}", model_[source].id, model_[to].id);
    if (const int number = ++flow_ids_[id]; number > 1) id += fmt::format(".{}", number);
    flow.id = declared_.keep(std::move(id));
    flow.name = target.name;
    flow.span = flow.target_span = target.span;
    flow.scope = scope;
    flow.source = source;
    flow.source_ref = model_[source].id;
    flow.source_span = model_[source].span;
    flow.target = to;
    flow.target_ref = model_[to].id;
    flow.condition = target.condition;
    flow.is_default = target.is_default;
    if (target.is_default) {
      node(source).default_flow = made;
      node(source).default_ref = flow.id;
    }
    node(source).outgoing.push_back(made);
    node(to).incoming.push_back(made);
    model_.flows.push_back(flow);
    model_.scopes[index(scope)].flows.push_back(made);
  }

  void add_undo(const Step& step) {
    Target target;
    target.id = step.undo;
    target.span = step.undo_span;
    if (resolve(target, step.scope) == NodeIndex::none) return;
    model::Association made;
    made.source_ref = step.events.back().id;
    made.target_ref = step.undo;
    made.id = declared_.keep(fmt::format("{}--{}", made.source_ref, made.target_ref));
    made.span = made.target_span = step.undo_span;
    made.source_span = step.id_span;
    made.scope = step.scope;
    model_.associations.push_back(made);
  }

  /// compensate = "step"
  void check_compensated(const Step& step) {
    for (const model::EventDefinition& each : model_[step.node].event_definitions)
      if (each.kind == ElementKind::compensate_event_definition && !each.reference.empty() &&
          !steps_.contains(each.reference))
        unknown(each.reference, each.span, step.scope);
  }

  Declarations& declared_;
  model::Definitions& model_;
  std::unordered_map<std::string_view, Step*> steps_;
  std::unordered_map<std::string_view, Span> side_paths_, undone_;
  std::unordered_map<std::uint32_t, NodeIndex> starts_;   // implied start of a scope
  std::unordered_map<std::string_view, NodeIndex> ends_;  // implied end of a step or event
  std::unordered_map<std::string, int> flow_ids_;
};

}  // namespace

void link(Declarations& declared, std::vector<Step>& steps, ScopeIndex scope, std::string_view start,
          Span place) {
  Linker(declared).run(steps, scope, start, place);
}

}  // namespace weir::formats::toml
