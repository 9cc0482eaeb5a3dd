// describe() and resolve() enumerate the candidates of a state in the same order, so that they agree on "#2".
#include "core/semantics/trace.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/semantics/marking.hpp"

namespace weir::semantics {

namespace {

struct Candidate {
  Question question;  // answer
  TokenId token;      // move
  std::uint32_t scope = no_slot;
  std::string element;
};

std::vector<Candidate> candidates(const ProcessGraph& graph, const State& state, std::string_view ask) {
  std::vector<Candidate> out;
  if (ask == "move") {
    std::vector<TokenId> moves;
    open_moves(graph, state, moves);
    for (const TokenId token : moves) {
      const Token& at = state.tokens[token.slot];
      const bool join = at.phase == Phase::joining;
      const std::string& element =
          join || at.flow == FlowId::none ? graph.node_id(at.node) : graph.flow_id(at.flow);
      out.push_back({Question{}, token, at.scope, element});
    }
    return out;
  }
  std::vector<Question> questions;
  open_questions(graph, state, questions);
  for (const Question& each : questions)
    if (ask_name(each.ask) == ask)
      out.push_back({each, each.token, each.scope.slot, graph.node_id(each.node)});
  return out;
}

/// Tokens at an event-based gateway ask about this event too. One that was moved may stand at it itself.
bool asked_by_gateway(const ProcessGraph& graph, const Question& question) {
  const auto flows = graph.incoming(question.node);
  return question.ask == Ask::event && std::any_of(flows.begin(), flows.end(), [&](FlowId flow) {
           return graph[graph[flow].source].kind == model::ElementKind::event_based_gateway;
         });
}

std::string_view reply_name(Reply reply) {
  switch (reply) {
    case Reply::done:
      return "done";
    case Reply::error:
      return "error";
    case Reply::escalation:
      return "escalation";
    case Reply::cancel:
      return "cancel";
  }
  return "done";
}

std::string answer_text(const ProcessGraph& graph, const Action& action) {
  std::string out;
  const auto add = [&](std::string_view word) {
    if (!out.empty()) out += ' ';
    out += word;
  };
  if (action.kind == Action::Kind::modify) {
    for (const NodeId node : action.modification.cancelled) add("-" + graph.node_id(node));
    for (const NodeId node : action.modification.begun) add("+" + graph.node_id(node));
  }
  if (action.kind != Action::Kind::answer) return out;
  switch (action.question.ask) {
    case Ask::flows:
      for (const FlowId flow : action.flows) add(graph.flow_id(flow));
      break;
    case Ask::count:
      add(std::to_string(action.count));
      break;
    case Ask::again:
      add((action.count & 1u) != 0 ? "true" : "false");
      for (std::uint32_t n = 1; (action.count >> n) != 0; ++n)
        if (((action.count >> n) & 1u) != 0) add(std::to_string(n));
      break;
    case Ask::activate:
      for (const NodeId node : action.nodes) add(graph.node_id(node));
      if (action.count == 1) add("more");
      if (action.count > 1) add("cancel");
      break;
    case Ask::work:
      add(reply_name(action.reply));
      if (action.code != CodeId::none) add(graph.codes[index(action.code)]);
      break;
    case Ask::event:
      add("happens");
      break;
  }
  return out;
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const auto blank = text.find(' ');
    const std::string_view word = text.substr(0, blank);
    if (!word.empty()) words.push_back(word);
    text = blank == std::string_view::npos ? std::string_view{} : text.substr(blank + 1);
  }
  return words;
}

CodeId find_code(const ProcessGraph& graph, std::string_view text) {
  const auto found = std::find(graph.codes.begin(), graph.codes.end(), text);
  return found == graph.codes.end() ? CodeId::none
                                    : CodeId{static_cast<std::uint32_t>(found - graph.codes.begin())};
}

/// Reads step.answer into the action; empty when it is fine, else what is wrong.
std::string read_answer(const ProcessGraph& graph, const TraceStep& step, Action& action) {
  const auto words = split(step.answer);
  switch (action.question.ask) {
    case Ask::flows:
      for (const std::string_view word : words) {
        const FlowId flow = graph.find_flow(word);
        const auto outgoing = graph.outgoing(action.question.node);
        if (flow == FlowId::none || std::find(outgoing.begin(), outgoing.end(), flow) == outgoing.end())
          return fmt::format("'{}' is no flow that leaves '{}'", word, step.element);
        action.flows.push_back(flow);
      }
      return {};
    case Ask::count: {
      const auto [end, error] =
          std::from_chars(step.answer.data(), step.answer.data() + step.answer.size(), action.count);
      if (error != std::errc{} || end != step.answer.data() + step.answer.size())
        return fmt::format("'{}' is no number of instances", step.answer);
      return {};
    }
    case Ask::again:
      if (words.empty() || (words[0] != "true" && words[0] != "false"))
        return fmt::format("'{}' is neither true nor false", step.answer);
      action.count = words[0] == "true";
      for (const std::string_view word : std::span(words).subspan(1)) {
        std::uint32_t n = 0;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), n);
        if (error != std::errc{} || end != word.data() + word.size() || n == 0 ||
            n > graph[action.question.node].complex_behaviors)
          return fmt::format("'{}' is no complex behavior of '{}'", word, step.element);
        action.count |= 1u << n;
      }
      return {};
    case Ask::activate:
      for (const std::string_view word : words) {
        if (word == "more" || word == "cancel") {
          action.count = word == "more" ? 1 : 2;
          continue;
        }
        const NodeId node = graph.find_node(word);
        if (node == NodeId::none || graph[node].parent != action.question.node)
          return fmt::format("'{}' is no activity of '{}'", word, step.element);
        action.nodes.push_back(node);
      }
      return {};
    case Ask::work: {
      const std::string_view kind = words.empty() ? std::string_view("done") : words[0];
      if (kind == "error")
        action.reply = Reply::error;
      else if (kind == "escalation")
        action.reply = Reply::escalation;
      else if (kind == "cancel")
        action.reply = Reply::cancel;
      else if (kind != "done")
        return fmt::format("work does not end with '{}'", kind);
      const auto blank = step.answer.find(' ');
      if (blank != std::string::npos)
        action.code = find_code(graph, std::string_view(step.answer).substr(blank + 1));
      return {};
    }
    case Ask::event:
      return {};
  }
  return {};
}

}  // namespace

void perform(const ProcessGraph& graph, const Action& action, State& state, Outcome& outcome) {
  switch (action.kind) {
    case Action::Kind::start:
      outcome.pace = action.pace;
      start(graph, action.start, state, outcome);
      break;
    case Action::Kind::move:
      move(graph, action.token, state, outcome);
      break;
    case Action::Kind::modify:
      modify(graph, action.modification, state, outcome);
      break;
    case Action::Kind::answer:
      answer(graph, action.question,
             {.flows = action.flows,
              .nodes = action.nodes,
              .count = action.count,
              .reply = action.reply,
              .code = action.code},
             state, outcome);
      break;
  }
}

Action error_of(const ProcessGraph& graph, const Question& question, std::string_view code) {
  Action action;
  action.question = question;
  action.reply = Reply::error;
  action.code = graph.find_code(code);
  return action;
}

bool catches(const ProcessGraph& graph, const State& state, const Action& error) {
  State tried = state;
  tried.touched = nullptr;
  Outcome outcome;
  perform(graph, error, tried, outcome);
  return outcome.end != End::failed;
}

void ScopeNames::update(const ProcessGraph& graph, const State& state, const Outcome& outcome) {
  by_slot_.resize(std::max(by_slot_.size(), state.scopes.size()));
  opened_slots_.clear();
  if (outcome.want_trace) {
    for (const Happened& each : outcome.trace)
      if (each.what == What::opened && each.scope < state.scopes.size()) opened_slots_.push_back(each.scope);
    std::sort(opened_slots_.begin(), opened_slots_.end());
  } else {
    for (std::uint32_t slot = 0; slot < state.scopes.size(); ++slot) opened_slots_.push_back(slot);
  }
  for (const std::uint32_t slot : opened_slots_) {
    const Scope& scope = state.scopes[slot];
    if (scope.kind == ScopeKind::free || by_slot_[slot].generation == scope.generation) continue;
    std::string path = scope_path(graph, state, slot);
    if (scope.kind == ScopeKind::instances) path += "*";
    const std::uint32_t times = ++opened_[path];
    by_slot_[slot] = {scope.generation, times == 1 ? path : fmt::format("{}#{}", path, times)};
  }
}

void ScopeNames::restore_name(std::uint32_t scope, std::uint32_t generation, std::string name) {
  if (scope >= by_slot_.size()) by_slot_.resize(scope + 1);
  by_slot_[scope] = {generation, std::move(name)};
}

const std::string& ScopeNames::name(std::uint32_t scope) const {
  static const std::string unknown = "?";
  return scope < by_slot_.size() ? by_slot_[scope].name : unknown;
}

TraceStep describe(const ProcessGraph& graph, const State& state, const ScopeNames& names,
                   const Action& action) {
  TraceStep step;
  if (action.kind == Action::Kind::start) {
    step.scope = graph.id;
    step.element = graph.node_id(action.start);
    step.ask = "start";
    if (action.pace == Pace::step) step.answer = "step";
    return step;
  }
  if (action.kind == Action::Kind::modify) {
    step.scope = step.element = graph.id;
    step.ask = "modify";
    step.answer = answer_text(graph, action);
    return step;
  }
  const bool is_move = action.kind == Action::Kind::move;
  step.ask = is_move ? "move" : std::string(ask_name(action.question.ask));
  step.answer = answer_text(graph, action);
  int same = 0;
  const bool one_node = !is_move && state.valid(action.question.token) &&
                        state.tokens[action.question.token.slot].node == action.question.node &&
                        !asked_by_gateway(graph, action.question);
  if (one_node) {
    // The usual case without a list of all candidates: tokens of this scope in the same phase at the same
    // node.
    const std::uint32_t slot = action.question.token.slot;
    const Token& token = state.tokens[slot];
    step.scope = names.name(token.scope);
    step.element = graph.node_id(token.node);
    for (std::uint32_t at = state.scopes[token.scope].first; at != no_slot; at = state.tokens[at].next)
      same += at < slot && state.tokens[at].node == token.node && state.tokens[at].phase == token.phase;
  } else {
    const auto all = candidates(graph, state, step.ask);
    for (const Candidate& each : all) {
      const bool it = is_move ? each.token == action.token : each.question == action.question;
      if (!it) continue;
      step.scope = names.name(each.scope);
      step.element = each.element;
      for (const Candidate& other : all) {
        if (&other == &each) break;
        same += other.scope == each.scope && other.element == each.element;
      }
      break;
    }
  }
  if (same > 0) step.element += fmt::format("#{}", same + 1);
  return step;
}

Result<Action> resolve(const ProcessGraph& graph, const State& state, const ScopeNames& names,
                       const TraceStep& step) {
  Action action;
  if (step.ask == "start") {
    action.kind = Action::Kind::start;
    if (step.answer == "step") action.pace = Pace::step;
    const auto starts = graph.instance_starts();
    for (const NodeId node : starts)
      if (graph.node_id(node) == step.element) action.start = node;
    if (step.element == graph.id &&
        std::find(starts.begin(), starts.end(), graph::process_node) != starts.end())
      action.start = graph::process_node;
    if (action.start == NodeId::none)
      return Error{fmt::format("an instance of '{}' cannot start at '{}'", graph.id, step.element)};
    return action;
  }
  if (step.ask == "modify") {
    action.kind = Action::Kind::modify;
    for (const std::string_view word : split(step.answer)) {
      const NodeId node = graph.find_node(word.substr(1));
      if (node == NodeId::none) return Error{fmt::format("there is no element '{}'", word.substr(1))};
      (word[0] == '-' ? action.modification.cancelled : action.modification.begun).push_back(node);
    }
    if (std::string why = forbidden(graph, state, action.modification); !why.empty())
      return Error{std::move(why)};
    return action;
  }
  std::string element = step.element;
  int number = 1;
  if (const auto mark = element.rfind('#'); mark != std::string::npos && mark + 1 < element.size() &&
                                            graph.find_node(element) == NodeId::none &&
                                            graph.find_flow(element) == FlowId::none) {
    std::from_chars(element.data() + mark + 1, element.data() + element.size(), number);
    element.resize(mark);
  }
  for (const Candidate& each : candidates(graph, state, step.ask)) {
    if (each.element != element || names.name(each.scope) != step.scope) continue;
    if (--number > 0) continue;
    action.kind = step.ask == "move" ? Action::Kind::move : Action::Kind::answer;
    action.token = each.token;
    action.question = each.question;
    if (action.kind == Action::Kind::answer)
      if (std::string wrong = read_answer(graph, step, action); !wrong.empty())
        return Error{std::move(wrong)};
    return action;
  }
  return Error{fmt::format("'{}' in {} does not ask '{}' here", step.element, step.scope, step.ask)};
}

}  // namespace weir::semantics
