// Everything that can happen in a state, in one fixed order: each move, then each open question with each
// admissible answer. The n-th action of equal states is the same action, so a path is a list of numbers.
#pragma once

#include <vector>

#include "core/semantics/choices.hpp"
#include "core/semantics/semantics.hpp"

namespace weir::verify {

class Actions {
 public:
  /// `repeats`: how often an armed event is let happen per activation.
  Actions(const graph::ProcessGraph& graph, std::uint32_t repeats)
      : graph_(graph), failures_(semantics::possible_failures(graph)), repeats_(repeats) {}

  /// Calls on_move(token) and on_answer(question, answer). Neither may call for_each() of the same object.
  template <class OnMove, class OnAnswer>
  void for_each(const semantics::State& state, OnMove on_move, OnAnswer on_answer) {
    using semantics::Answer;
    using semantics::Ask;
    moves_.clear();
    questions_.clear();
    semantics::open_moves(graph_, state, moves_);
    semantics::open_questions(graph_, state, questions_);
    for (const semantics::TokenId token : moves_) on_move(token);
    for (const semantics::Question& question : questions_) {
      switch (question.ask) {
        case Ask::flows:
          if (!semantics::for_each_choice(graph_, question.node, flows_, [&](std::span<const FlowId> flows) {
                on_answer(question, Answer{.flows = flows});
              }))
            all_choices_ = false;
          break;
        case Ask::count:
          for (std::uint32_t count = 0; count <= 2; ++count) on_answer(question, Answer{.count = count});
          break;
        case Ask::again:
          if (!semantics::for_each_test(graph_[question.node], [&](std::uint32_t holds) {
                on_answer(question, Answer{.count = holds});
              }))
            all_choices_ = false;
          break;
        case Ask::activate:
          for (const NodeId child : graph_.children(question.node))
            if (graph_.incoming(child).empty() && graph_[child].kind != graph::ElementKind::boundary_event)
              on_answer(question, Answer{.nodes = std::span(&child, 1), .count = 1});
          on_answer(question, Answer{});
          break;
        case Ask::work:
          on_answer(question, Answer{});
          for (const CodeId code : failures_.errors[index(question.node)])
            on_answer(question, Answer{.reply = semantics::Reply::error, .code = code});
          for (const CodeId code : failures_.escalations[index(question.node)])
            on_answer(question, Answer{.reply = semantics::Reply::escalation, .code = code});
          break;
        case Ask::event: {
          const semantics::Token& token = state.tokens[question.token.slot];
          if (token.phase != semantics::Phase::armed || token.count < repeats_) on_answer(question, Answer{});
          break;
        }
      }
    }
  }

  /// False once a node had so many admissible sets of flows that not all were given.
  [[nodiscard]] bool all_choices() const { return all_choices_; }

 private:
  const graph::ProcessGraph& graph_;
  semantics::Failures failures_;
  std::uint32_t repeats_;
  std::vector<semantics::TokenId> moves_;
  std::vector<semantics::Question> questions_;
  std::vector<FlowId> flows_;
  bool all_choices_ = true;
};

}  // namespace weir::verify
