// Plays a sketch by a script: each line answers one open question or expects something; see line() for the
// words.
#pragma once

#include <fmt/format.h>

#include <sstream>

#include "core/graph/compile.hpp"
#include "core/semantics/marking.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sketch.hpp"

namespace weir::semantics {

inline std::string ends(End end) {
  switch (end) {
    case End::running:
      return "running";
    case End::completed:
      return "completed";
    case End::terminated:
      return "terminated";
    case End::failed:
      return "failed";
    case End::runaway:
      return "runaway";
  }
  return "?";
}

struct Game {
  graph::ProcessGraph graph;
  State state;
  Outcome outcome;
  std::vector<Question> open;  // kept from opened/withdrawn, compared with open_questions() after each step

  explicit Game(std::string_view sketch) : graph(test::graph_of(sketch)) {
    const auto starts = graph.instance_starts();
    REQUIRE(!starts.empty());
    start(graph, starts[0], state, outcome);
    book();
  }

  void book() {
    for (const Question& each : outcome.withdrawn) std::erase(open, each);
    for (const Question& each : outcome.opened) open.push_back(each);
    if (outcome.end != End::running) open.clear();
    std::vector<Question> now;
    open_questions(graph, state, now);
    const auto key = [](const Question& q) { return std::tuple(q.token.slot, index(q.node), q.ask); };
    const auto sort = [&](std::vector<Question>& list) {
      std::sort(list.begin(), list.end(),
                [&](const Question& a, const Question& b) { return key(a) < key(b); });
    };
    sort(open);
    sort(now);
    CHECK(open == now);  // what a driver books is what the state says
  }

  void give(std::string_view ask, std::string_view node, const Answer& with) {
    for (std::size_t i = 0; i < open.size(); ++i) {
      if (ask_name(open[i].ask) != ask || graph.node_id(open[i].node) != node) continue;
      const Question question = open[i];
      open.erase(open.begin() + static_cast<std::ptrdiff_t>(i));
      answer(graph, question, with, state, outcome);
      book();
      return;
    }
    FAIL("no open question " << ask << " " << node);
  }

  CodeId code(std::string_view text) const {
    for (std::size_t i = 0; i < graph.codes.size(); ++i)
      if (graph.codes[i] == text) return CodeId{static_cast<std::uint32_t>(i)};
    return CodeId::none;
  }

  /// "done a", "error a CODE", "event t", "flows x b c", "count m 3", "again a yes|no|bits", "at <marking>",
  /// "end completed"
  void line(const std::string& text) {
    INFO(text);
    std::istringstream words(text);
    std::string verb, node;
    words >> verb >> node;
    std::vector<std::string> rest;
    for (std::string word; words >> word;) rest.push_back(word);
    if (verb == "done") give("work", node, {});
    if (verb == "error")
      give("work", node, {.reply = Reply::error, .code = rest.empty() ? CodeId::none : code(rest[0])});
    if (verb == "escalation") give("work", node, {.reply = Reply::escalation, .code = code(rest[0])});
    if (verb == "event") give("event", node, {});
    if (verb == "flows") {
      std::vector<FlowId> flows;
      for (const std::string& to : rest) flows.push_back(graph.find_flow(node + ">" + to));
      give("flows", node, {.flows = flows});
    }
    if (verb == "count") give("count", node, {.count = static_cast<std::uint32_t>(std::stoi(rest[0]))});
    if (verb == "again")
      give("again", node,
           {.count = rest[0] == "yes"  ? 1u
                     : rest[0] == "no" ? 0u
                                       : static_cast<std::uint32_t>(std::stoi(rest[0]))});
    if (verb == "activate") {
      std::vector<NodeId> nodes;
      std::uint32_t more = 0;
      for (const std::string& each : rest) {
        if (each == "more")
          more = 1;
        else
          nodes.push_back(graph.find_node(each));
      }
      give("activate", node, {.nodes = nodes, .count = more});
    }
    if (verb == "at") {
      const std::string expected = text.substr(3);
      std::string found;
      for (const std::string& each : marking(graph, state)) found += (found.empty() ? "" : ", ") + each;
      CHECK(found == expected);
    }
    if (verb == "end") CHECK(ends(outcome.end) == node);
    if (verb == "open") {
      std::string found;
      for (const Question& q : open)
        found += " " + std::string(ask_name(q.ask)) + ":" + graph.node_id(q.node);
      CHECK(found == text.substr(4));
    }
    if (verb == "thrown") {
      std::string found;
      for (const Thrown& each : outcome.thrown) found += " " + graph.node_id(each.node);
      CHECK(found == text.substr(6));
    }
  }
};

inline void play(std::string_view sketch, std::string_view script) {
  Game game(sketch);
  std::istringstream lines{std::string(script)};
  for (std::string text; std::getline(lines, text);) {
    const auto begin = text.find_first_not_of(' ');
    if (begin != std::string::npos) game.line(text.substr(begin));
  }
}

}  // namespace weir::semantics
