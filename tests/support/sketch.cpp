// The text is parsed line by line; indentation gives the parent. Models own their strings through
// document.extra.
#include "tests/support/sketch.hpp"

#include <cstdio>
#include <cstdlib>
#include <sstream>

#include "core/graph/compile.hpp"

namespace weir::test {

using model::ElementKind;

namespace {

[[noreturn]] void wrong(std::string_view what, std::string_view line) {
  std::fprintf(stderr, "sketch: %.*s: %.*s\n", static_cast<int>(what.size()), what.data(),
               static_cast<int>(line.size()), line.data());
  std::abort();
}

ElementKind kind_of(std::string_view kind) {
  struct Row {
    std::string_view kind;
    ElementKind element;
  };
  static constexpr Row rows[] = {{"start", ElementKind::start_event},
                                 {"end", ElementKind::end_event},
                                 {"task", ElementKind::task},
                                 {"user", ElementKind::user_task},
                                 {"service", ElementKind::service_task},
                                 {"receive", ElementKind::receive_task},
                                 {"call", ElementKind::call_activity},
                                 {"catch", ElementKind::intermediate_catch_event},
                                 {"throw", ElementKind::intermediate_throw_event},
                                 {"boundary", ElementKind::boundary_event},
                                 {"xor", ElementKind::exclusive_gateway},
                                 {"and", ElementKind::parallel_gateway},
                                 {"or", ElementKind::inclusive_gateway},
                                 {"complex", ElementKind::complex_gateway},
                                 {"event-gateway", ElementKind::event_based_gateway},
                                 {"sub", ElementKind::sub_process},
                                 {"event-sub", ElementKind::sub_process},
                                 {"transaction", ElementKind::transaction},
                                 {"adhoc", ElementKind::ad_hoc_sub_process}};
  for (const Row& row : rows)
    if (row.kind == kind) return row.element;
  return ElementKind::unknown;
}

ElementKind definition_of(std::string_view trigger) {
  struct Row {
    std::string_view trigger;
    ElementKind element;
  };
  static constexpr Row rows[] = {{"timer", ElementKind::timer_event_definition},
                                 {"message", ElementKind::message_event_definition},
                                 {"signal", ElementKind::signal_event_definition},
                                 {"error", ElementKind::error_event_definition},
                                 {"escalation", ElementKind::escalation_event_definition},
                                 {"conditional", ElementKind::conditional_event_definition},
                                 {"compensation", ElementKind::compensate_event_definition},
                                 {"cancel", ElementKind::cancel_event_definition},
                                 {"terminate", ElementKind::terminate_event_definition},
                                 {"link", ElementKind::link_event_definition}};
  for (const Row& row : rows)
    if (row.trigger == trigger) return row.element;
  return ElementKind::unknown;
}

int find(const Sketch& sketch, std::string_view id, std::string_view line) {
  for (std::size_t i = 0; i < sketch.nodes.size(); ++i)
    if (sketch.nodes[i].id == id) return static_cast<int>(i);
  wrong("no such node", line);
}

void read_word(const Sketch& sketch, SketchNode& node, std::istringstream& words, std::string word,
               const std::string& line) {
  std::string value;
  if (const auto colon = word.find(':'); colon != std::string::npos) {
    value = word.substr(colon + 1);
    word.resize(colon);
  }
  if (word == "on") {
    words >> word;
    node.host = find(sketch, word, line);
  } else if (word == "non-interrupting") {
    node.interrupting = false;
  } else if (word == "loop" || word == "loop-before" || word == "mi" || word == "mi-sequential") {
    node.loop = word;
  } else if (word == "until") {
    node.until = true;
  } else if (word == "none" || word == "one" || word == "complex") {
    node.behaviors.emplace_back(word, value);
  } else if (word == "max") {
    node.maximum = std::stoi(value);
  } else if (word == "undo") {
    node.undo = true;
  } else if (word == "instantiate") {
    node.instantiate = true;
  } else if (word == "no-wait") {
    node.waits = false;
  } else if (word == "parallel") {
    node.parallel = true;
  } else if (definition_of(word) != ElementKind::unknown) {
    node.trigger = word;
    node.code = value;
  } else {
    wrong("unknown word " + word, line);
  }
}

void read_chain(Sketch& sketch, const std::string& line) {
  std::istringstream words(line);
  std::string word;
  int from = -1;
  bool association = false;
  while (words >> word) {
    if (word == ">") continue;
    if (word == "~>") {
      association = true;
      continue;
    }
    if (word == "[if]") {
      sketch.flows.back().conditional = true;
      continue;
    }
    if (word == "[default]") {
      sketch.flows.back().is_default = true;
      continue;
    }
    const int to = find(sketch, word, line);
    if (from >= 0 && association) {
      sketch.associations.emplace_back(from, to);
    } else if (from >= 0) {
      SketchFlow flow;
      flow.id = sketch.nodes[static_cast<std::size_t>(from)].id + ">" + word;
      int same = 1;
      for (const SketchFlow& each : sketch.flows) same += each.source == from && each.target == to;
      if (same > 1) flow.id += "#" + std::to_string(same);
      flow.source = from;
      flow.target = to;
      sketch.flows.push_back(std::move(flow));
    }
    from = to;
    association = false;
  }
}

}  // namespace

Sketch parse_sketch(std::string_view text) {
  Sketch sketch;
  std::vector<std::string> chains;
  std::vector<int> parents{-1};  // by depth
  std::istringstream lines{std::string(text)};
  std::string line;
  std::size_t base = std::string::npos;
  while (std::getline(lines, line)) {
    const auto indent = line.find_first_not_of(' ');
    if (indent == std::string::npos) continue;
    if (base == std::string::npos) base = indent;
    if (indent < base) wrong("indentation", line);
    const std::size_t depth = (indent - base) / 2;
    line.erase(0, indent);
    if (line.find('>') != std::string::npos) {
      chains.push_back(line);
      continue;
    }
    if (depth >= parents.size()) wrong("indentation", line);
    parents.resize(depth + 1);
    SketchNode node;
    std::istringstream words(line);
    words >> node.kind >> node.id;
    if (kind_of(node.kind) == ElementKind::unknown || node.id.empty()) wrong("unknown kind", line);
    node.parent = parents[depth];
    for (std::string word; words >> word;) read_word(sketch, node, words, word, line);
    sketch.nodes.push_back(std::move(node));
    parents.push_back(static_cast<int>(sketch.nodes.size()) - 1);
  }
  for (const std::string& chain : chains) read_chain(sketch, chain);
  return sketch;
}

model::Definitions definitions_of(const Sketch& sketch) {
  model::Definitions made;
  const auto own = [&](std::string text) -> std::string_view {
    return made.document.extra.emplace_back(std::move(text));
  };
  const auto scope_index = [](std::size_t i) { return model::ScopeIndex{static_cast<std::uint32_t>(i)}; };
  model::Process process;
  process.id = "p";
  process.executable = true;
  process.scope = scope_index(0);
  made.processes.push_back(process);
  made.scopes.push_back({.kind = ElementKind::process, .id = "p", .process = model::ProcessIndex{0}});
  std::vector<model::ScopeIndex> inner(sketch.nodes.size(), model::ScopeIndex::none);
  for (std::size_t i = 0; i < sketch.nodes.size(); ++i) {
    const SketchNode& from = sketch.nodes[i];
    model::FlowNode node;
    node.kind = kind_of(from.kind);
    node.element = model::ElementId{static_cast<std::uint32_t>(i)};  // only so that associations can name it
    node.id = own(from.id);
    node.scope = from.parent < 0 ? scope_index(0) : inner[static_cast<std::size_t>(from.parent)];
    node.interrupting = from.interrupting;
    node.triggered_by_event = from.kind == "event-sub";
    node.for_compensation = from.undo;
    node.instantiate = from.instantiate;
    node.parallel_event_gateway = from.parallel;
    if (!from.trigger.empty()) {
      model::EventDefinition definition;
      definition.kind = definition_of(from.trigger);
      definition.wait_for_completion = from.waits;
      definition.reference = own(from.code);
      if (from.trigger == "link") definition.link_name = definition.reference;
      node.event_definitions.push_back(definition);
    }
    if (from.host >= 0) node.attached_to = model::NodeIndex{static_cast<std::uint32_t>(from.host)};
    if (from.loop.starts_with("loop")) {
      node.loop.kind = model::Loop::Kind::standard;
      node.loop.test_before = from.loop == "loop-before";
      node.loop.condition.written = true;
      if (from.maximum > 0) node.loop.maximum = own(std::to_string(from.maximum));
    } else if (!from.loop.empty()) {
      node.loop.kind = model::Loop::Kind::multi_instance;
      node.loop.sequential = from.loop == "mi-sequential";
      node.loop.condition.written = from.until;
      for (const auto& [behavior, thrown] : from.behaviors) {
        node.loop.behavior = behavior == "one" ? "One" : behavior == "none" ? "None" : "Complex";
        const auto colon = thrown.find(':');
        model::BehaviorEvent& event = node.loop.behavior_events.emplace_back();
        event.condition.written = behavior == "complex";
        if (thrown.empty()) continue;
        model::EventDefinition& definition = event.definitions.emplace_back();
        definition.kind = definition_of(thrown.substr(0, colon));
        if (colon != std::string::npos) definition.reference = own(thrown.substr(colon + 1));
      }
    }
    if (node.kind == ElementKind::complex_gateway) node.activation_condition.written = true;
    const model::NodeIndex at{static_cast<std::uint32_t>(i)};
    if (model::is(node.kind, model::Category::container)) {
      inner[i] = node.inner_scope = scope_index(made.scopes.size());
      made.scopes.push_back({.kind = node.kind,
                             .id = node.id,
                             .node = at,
                             .parent = node.scope,
                             .process = model::ProcessIndex{0}});
    }
    made.scopes[index(node.scope)].nodes.push_back(at);
    made.node_by_id.emplace(node.id, at);
    made.nodes.push_back(std::move(node));
  }
  for (std::size_t i = 0; i < sketch.flows.size(); ++i) {
    const SketchFlow& from = sketch.flows[i];
    model::SequenceFlow flow;
    flow.id = own(from.id);
    flow.source = model::NodeIndex{static_cast<std::uint32_t>(from.source)};
    flow.target = model::NodeIndex{static_cast<std::uint32_t>(from.target)};
    flow.scope = made[flow.source].scope;
    flow.condition.written = from.conditional;
    flow.is_default = from.is_default;
    const model::FlowIndex at{static_cast<std::uint32_t>(i)};
    made.nodes[index(flow.source)].outgoing.push_back(at);
    made.nodes[index(flow.target)].incoming.push_back(at);
    if (flow.is_default) made.nodes[index(flow.source)].default_flow = at;
    made.scopes[index(flow.scope)].flows.push_back(at);
    made.flows.push_back(flow);
  }
  for (const auto& [source, target] : sketch.associations) {
    model::Association association;
    association.source = model::ElementId{static_cast<std::uint32_t>(source)};
    association.target = model::ElementId{static_cast<std::uint32_t>(target)};
    made.associations.push_back(association);
  }
  return made;
}

graph::ProcessGraph graph_of(const Sketch& sketch) {
  const model::Definitions definitions = definitions_of(sketch);
  Diagnostics diagnostics;
  graph::ProcessGraph graph = graph::compile(definitions, model::ProcessIndex{0}, diagnostics);
  for (const Diagnostic& each : diagnostics.list()) wrong(each.code, each.message);
  return graph;
}

}  // namespace weir::test
