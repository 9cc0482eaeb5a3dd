// Waits are answered in a random order, work more often than events that may also come. After a while nothing
// but work is answered, without errors, so that loops come to their end.
#include "tests/conformance/model_player.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "core/value/print.hpp"

namespace weir::conformance {

using execute::Record;
using execute::Status;
using execute::Wait;
using execute::WaitKind;
using graph::ElementKind;
using graph::ProcessGraph;
using graph::Trigger;

namespace {

constexpr int most_answers = 120;
constexpr int patience = 60;

bool is_work(const Wait& wait) {
  return wait.ask == semantics::Ask::work;
}

/// A process that ends at once, for calls of processes that are not here.
std::string stub(std::string_view process) {
  std::string id;
  for (const char c : process) id += c == '<' || c == '&' || c == '"' ? '_' : c;
  return fmt::format(R"(<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
<process id="{}" isExecutable="true"><startEvent id="start"/><sequenceFlow id="f" sourceRef="start" targetRef="end"/>
<endEvent id="end"/></process></definitions>)",
                     id);
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text)
    out += c == '<' ? "&lt;" : c == '&' ? "&amp;" : c == '"' ? "&quot;" : std::string(1, c);
  return out;
}

}  // namespace

ModelPlayer::ModelPlayer(const std::string& name, const std::string& text,
                         const model::Definitions& definitions)
    : name_(name), text_(text), definitions_(definitions), data_(definitions) {
  definition_ = room_.add(name, text);
  for (const model::Process& each : definitions.processes) processes_.emplace_back(each.id);
}

void ModelPlayer::deploy(const std::string& definition, const std::string& name, const std::string& text,
                         const std::vector<std::string>& processes) {
  const auto done = room_.batch([&]() -> Result<execute::Standing> {
    if (const auto kept = room_.store->deploy({definition, name, text, {}}, {processes, {}, {}}); !kept)
      return kept.error();
    return execute::Standing{};
  });
  if (!done) throw std::runtime_error(done.error().message);
}

void ModelPlayer::enter(std::uint32_t number) {
  room_.directory = fmt::format("try{}", number);
  room_.reopen();
  room_.runtime->find_decisions(
      [this](const execute::Deployed& deployed, const data::DecisionReference& reference) {
        return decision(deployed, reference);
      });
  decisions_ = Random(number, 77);
  stubs_.clear();
  deploy(definition_, name_, text_, processes_);
}

/// A decision that gives what the model looks at.
Result<dmn::Decision> ModelPlayer::decision(const execute::Deployed&,
                                            const data::DecisionReference& reference) {
  std::string mapping, result;
  for (const model::FlowNode& node : definitions_.nodes)
    if (node.work.decision.written() &&
        (node.work.decision.reference == reference.id || data::is_expression(node.work.decision.reference))) {
      mapping = node.work.decision.mapping;
      result = node.result_variable;
    }
  value::Arena arena;
  std::string outputs, entries;
  const auto output = [&](std::string_view name, const value::Value& value) {
    outputs += fmt::format("<output name=\"{}\"/>", escaped(name));
    entries += fmt::format("<outputEntry><text>{}</text></outputEntry>", escaped(value::to_literal(value)));
  };
  if (mapping == "outputs") {
    const value::Variables all = data_.some(decisions_, 100);
    for (const value::Entry& each : all.entries()) output(each.key.text(), each.value);
  }
  if (outputs.empty()) output("result", data_.one(result, decisions_, arena));
  MadeDecision& made = made_decisions_.emplace_back();
  Diagnostics found;
  made.read = formats::read(
      "made-up.dmn",
      fmt::format(
          "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"d\" "
          "namespace=\"urn:d\"><decision id=\"made-up\" name=\"made-up\"><decisionTable><input>"
          "<inputExpression><text>1</text></inputExpression></input>{}<rule><inputEntry><text>-</text>"
          "</inputEntry>{}</rule></decisionTable></decision></definitions>",
          outputs, entries),
      sources_, found);
  const weir::dmn::Definitions* all[] = {&made.read.decisions};
  made.program = weir::dmn::compile(all, found);
  return made.program.find("made-up");
}

std::vector<ModelPlayer::Open> ModelPlayer::open_waits(const std::string& instance, std::string& status) {
  std::vector<Open> open;
  if (const auto locked = room_.store->lock(); !locked) throw std::runtime_error(locked.error().message);
  (void)room_.store->each([&](const Record& record) {
    if (record.instance == instance) status = execute::status_name(record.changes.status);
    if (!execute::is_over(record.changes.status))
      for (const Wait& wait : record.changes.waits) open.push_back({std::string(record.instance), wait});
    return true;
  });
  room_.store->unlock();
  return open;
}

value::Value ModelPlayer::payload(Random& random, std::uint32_t percent) {
  payload_ = data_.some(random, percent);
  return value::Value::context(payload_.entries());
}

/// An error code that is caught if this work ends with it; empty = none is.
std::string ModelPlayer::caught_error(const Open& open, Random& random) {
  const auto loaded = room_.batch([&]() -> Result<execute::Standing> {
    const auto found = room_.runtime->load(open.instance);
    if (!found) return found.error();
    return execute::Standing{};
  });
  if (!loaded) return {};
  const auto instance = room_.runtime->load(open.instance);
  if (!instance) return {};
  const ProcessGraph& graph = (*instance)->graph();
  std::vector<std::string> codes;
  const auto add = [&](NodeId node) {
    for (const graph::Event& event : graph.definitions(node))
      if (event.trigger == Trigger::error)
        codes.push_back(event.code == CodeId::none ? "made-up" : graph.codes[index(event.code)]);
  };
  for (NodeId at = graph.find_node(open.wait.element); at != NodeId::none; at = graph[at].parent) {
    for (const NodeId boundary : graph.boundary_events(at)) add(boundary);
    if (graph[at].kind != ElementKind::process && !model::is(graph[at].kind, model::Category::container))
      continue;
    for (const NodeId sub : graph.event_sub_processes(at))
      for (const NodeId start : graph.start_nodes(sub)) add(start);
  }
  return codes.empty() ? std::string() : codes[random.below(static_cast<std::uint32_t>(codes.size()))];
}

/// What a form takes, in the place of what was made up for its fields.
static void fill_form(const std::vector<model::FormField>& fields, value::Variables& payload,
                      Random& random) {
  for (const model::FormField& field : fields)
    if (!field.asked) payload.erase(field.variable);
  for (const model::FormField& field : fields) {
    if (!field.asked) continue;
    const value::Value* made_up = payload.find(field.variable);
    if (made_up != nullptr && field.values.empty() && field.longest.empty() && field.pattern.empty() &&
        (field.type.empty() || (field.type == "string" && made_up->is(value::Kind::string))))
      continue;  // the model may look at it
    const auto least = value::Decimal::parse(field.minimum).value_or(value::Decimal(1)).to_integer();
    value::Value some = value::Value::string("made up");
    if (!field.values.empty())
      some =
          value::Value::string(field.values[random.below(static_cast<std::uint32_t>(field.values.size()))]);
    else if (field.type == "integer" || field.type == "number")
      some = value::Value::integer(least.value_or(1));
    else if (field.type == "boolean")
      some = value::Value::boolean(random.chance(50));
    else if (field.type == "date")
      some = value::Value::string("2026-11-26");
    payload.set(field.variable, some);
  }
}

void ModelPlayer::fill_task(const Open& open, Random& random) {
  const auto loaded = room_.batch([&]() -> Result<execute::Standing> {
    const auto found = room_.runtime->load(open.instance);
    if (!found) return found.error();
    return execute::Standing{};
  });
  if (!loaded) return;
  const auto instance = room_.runtime->load(open.instance);
  if (!instance) return;
  const ProcessGraph& graph = (*instance)->graph();
  fill_form((*instance)->deployed->fields(graph.find_node(open.wait.element)), payload_, random);
}

/// False: this wait cannot be answered from outside.
bool ModelPlayer::answer(const Open& open, Random& random, bool hurry) {
  const Wait& wait = open.wait;
  Result<execute::Standing> done = execute::Standing{};
  switch (wait.kind) {
    case WaitKind::user_task:
    case WaitKind::job: {
      const std::string task = open.instance + "/" + execute::wait_name(wait);
      const std::string error = !hurry && random.chance(30) ? caught_error(open, random) : "";
      (void)payload(random, 80);
      fill_task(open, random);
      const auto variables = value::Value::context(payload_.entries());
      done = room_.batch([&] {
        if (!error.empty())
          return room_.runtime->fail({.task = task, .error = error, .variables = variables, .job = true});
        return room_.runtime->complete({.task = task, .variables = variables, .any_kind = true});
      });
      break;
    }
    case WaitKind::timer: {
      if (wait.due == value::never) return false;
      room_.clock.at = std::max(room_.clock.at, wait.due);
      if (const auto fired = room_.fire_timers(); !fired) throw std::runtime_error(fired.error().message);
      break;
    }
    case WaitKind::message:
      done = room_.batch([&] {
        return room_.runtime->message(
            {.name = wait.name, .key = wait.key, .instance = open.instance, .payload = payload(random, 80)});
      });
      break;
    case WaitKind::signal:
      done = room_.batch([&] { return room_.runtime->signal(wait.name, payload(random, 80)); });
      break;
    case WaitKind::condition:
      done = room_.batch([&] { return room_.runtime->set(open.instance, payload(random, 100), {}); });
      break;
    default:
      return false;
  }
  if (!done) throw std::runtime_error(done.error().message);
  return true;
}

/// What an operator could do about an incident.
bool ModelPlayer::mend(const Open& open, Random& random) {
  if (open.wait.ask == semantics::Ask::flows) {
    const auto chosen = room_.batch([&]() -> Result<execute::Standing> {
      const auto instance = room_.runtime->load(open.instance);
      if (!instance) return instance.error();
      const ProcessGraph& graph = (*instance)->graph();
      const auto ways = graph.outgoing(graph.find_node(open.wait.element));
      if (ways.empty()) return Error{"no way"};
      const FlowId way = ways[random.below(static_cast<std::uint32_t>(ways.size()))];
      return room_.runtime->choose(open.instance, open.wait.element, graph.flow_id(way), {});
    });
    return chosen.has_value();
  }
  if (open.wait.name == "assignment") {
    const auto mended = room_.batch([&]() -> Result<execute::Standing> {
      if (const auto set = room_.runtime->set(open.instance, payload(random, 100), {}); !set) return set;
      return room_.runtime->retry(open.instance, {});
    });
    return mended.has_value();
  }
  const std::string_view message = open.wait.key;
  if (open.wait.name != "called-process" || message.find("' is not deployed") == std::string_view::npos)
    return false;
  const std::size_t quote = message.find('\'');
  const std::string process(message.substr(quote + 1, message.rfind("' is not") - quote - 1));
  if (process.empty() || !stubs_.insert(process).second) return false;
  const std::string text = stub(process);
  deploy(room_.add("made-up.bpmn", text), "made-up.bpmn", text, {process});
  const auto retried = room_.batch([&] { return room_.runtime->retry(open.instance, {}); });
  if (!retried) throw std::runtime_error(retried.error().message);
  return true;
}

Played ModelPlayer::play(const ProcessGraph& process, std::string_view start, std::uint32_t number) {
  enter(number);
  Random random(number);
  value::Variables given = data_.some(random, number % 4 == 3 ? 70 : 100);
  if (const NodeId node = execute::start_node(process, start);
      node != NodeId::none && node != graph::process_node)
    fill_form(definitions_[process.origin[index(node)]].work.fields, given, random);
  const auto started = room_.batch([&] {
    execute::StartRequest request;
    request.definition = definition_;
    request.process = process.id;
    request.start_event = start;
    request.variables = &given;
    return room_.runtime->start(request);
  });
  Played played;
  if (!started) {
    played.why = "not started";
    played.explanation = started.error().message;
    return played;
  }
  for (int answers = 0;; ++answers) {
    std::string status;
    std::vector<Open> open = open_waits(started->instance, status);
    played.why = status;
    if (status == "completed" || status == "failed") {
      played.ended = true;
      break;
    }
    const auto incident = std::find_if(open.begin(), open.end(),
                                       [](const Open& each) { return each.wait.kind == WaitKind::incident; });
    if (incident != open.end()) {
      if (answers < most_answers && mend(*incident, random)) continue;
      played.why = incident->wait.name;
      played.explanation = incident->wait.element + ": " + incident->wait.key;
    }
    const bool hurry = answers > patience;
    std::vector<const Open*> choices;
    for (const Open& each : open) {
      if (each.wait.kind == WaitKind::incident || each.wait.kind == WaitKind::child) continue;
      const std::size_t weight = hurry || number == 0 ? (is_work(each.wait) ? 20 : 1)
                                 : is_work(each.wait) ? 2
                                                      : 1;
      choices.insert(choices.end(), weight, &each);
    }
    bool answered = false;
    while (!choices.empty() && !answered && answers < most_answers) {
      const Open* chosen = choices[random.below(static_cast<std::uint32_t>(choices.size()))];
      answered = answer(*chosen, random, hurry || number == 0);
      std::erase(choices, chosen);
    }
    if (!answered) {
      if (incident == open.end() && answers >= most_answers) {
        played.why = "no end";
        played.explanation = fmt::format("it still goes on after {} answers", most_answers);
      } else if (incident == open.end()) {
        played.why = open.empty()
                         ? status
                         : fmt::format("waits for {}",
                                       execute::wait_names[static_cast<std::size_t>(open[0].wait.kind)]);
        played.explanation = open.empty() ? "" : open[0].wait.element;
      }
      break;
    }
  }
  note_reached();
  return played;
}

void ModelPlayer::note_reached() {
  std::vector<std::pair<std::string, std::string>> instances;  // id, process
  if (const auto locked = room_.store->lock(); !locked) throw std::runtime_error(locked.error().message);
  (void)room_.store->each([&](const Record& record) {
    if (record.definition == definition_) instances.emplace_back(record.instance, record.process);
    return true;
  });
  for (const auto& [id, process] : instances) {
    const auto deployed = room_.find(definition_, process);
    value::Arena arena;
    const auto history = room_.store->history(id, arena);
    if (!deployed || !history) throw std::runtime_error("the history cannot be read");
    const ProcessGraph& graph = (*deployed)->graph;
    semantics::State state;
    semantics::Outcome outcome;
    outcome.want_trace = true;
    semantics::ScopeNames names;
    for (const Record& record : *history)
      for (const TraceStep& step : record.steps) {
        const auto action = semantics::resolve(graph, state, names, step);
        if (!action) throw std::runtime_error("the history cannot be replayed: " + action.error().message);
        semantics::perform(graph, *action, state, outcome);
        names.update(graph, state, outcome);
        if (action->question.node != NodeId::none) reached_.emplace(process, index(action->question.node));
        for (const semantics::Happened& each : outcome.trace)
          if (each.node != NodeId::none) reached_.emplace(process, index(each.node));
      }
  }
  room_.store->unlock();
}

}  // namespace weir::conformance
