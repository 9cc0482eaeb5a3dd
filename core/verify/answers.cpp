// Breadth first over canonical states. A state is its bytes (canonical.hpp) behind a bit set of the end
// events of the process that have happened, which proper completion needs. Successors are found by decoding,
// copying and asking the law, in one fixed order, so a path is a list of successor numbers; a witness replays
// it on a live state, whose scope names and question numbers are those that `weir run --trace` will see.
#include "core/verify/answers.hpp"

#include <algorithm>

#include "core/base/check.hpp"
#include "core/semantics/choices.hpp"
#include "core/semantics/trace.hpp"
#include "core/verify/canonical.hpp"
#include "core/verify/state_store.hpp"

namespace weir::verify {

using graph::ElementKind;
using graph::ProcessGraph;
using graph::Trigger;
using semantics::Action;
using semantics::Ask;
using semantics::Outcome;
using semantics::Phase;
using semantics::Question;
using semantics::Reply;
using semantics::State;
using semantics::Token;
using semantics::TokenId;

namespace {

constexpr std::uint32_t none = 0xffffffffu;
constexpr std::uint32_t most_tokens_on_a_place =
    8;  // beyond, a state is not expanded: the net is unbounded or as good as

/// A place as one number: scopes are told apart by their container, which is what matters for growth.
std::uint64_t place_of(const Token& token) {
  const bool inside = token.phase != Phase::moving && token.phase != Phase::joining;
  return (static_cast<std::uint64_t>(index(token.node)) << 33) | (std::uint64_t{inside} << 32) |
         (token.flow == FlowId::none ? none : index(token.flow));
}

class Explorer {
 public:
  Explorer(const ProcessGraph& graph, const Options& options)
      : graph_(graph),
        options_(options),
        canonical_(graph, std::min(options.repeats, 6u)),
        failures_(semantics::possible_failures(graph)) {
    outcome_.pace = semantics::Pace::step;
    outcome_.want_trace = true;
    entered_.assign(graph.nodes.size(), 0);
    end_bit_.assign(graph.nodes.size(), none);
    for (const NodeId node : graph.children(graph::process_node))
      if (graph[node].kind == ElementKind::end_event) end_bit_[index(node)] = end_count_++;
    monotonic_ = is_monotonic();
  }

  Report run() {
    for (const NodeId start : graph_.instance_starts()) {
      Action action;
      action.kind = Action::Kind::start;
      action.start = start;
      action.pace = semantics::Pace::step;
      starts_.push_back(action);
    }
    ends_.assign((end_count_ + 7) / 8, 0);
    for (std::uint32_t i = 0; i < starts_.size(); ++i) {
      semantics::perform(graph_, starts_[i], next_, outcome_);
      reached(none, i, ends_);
    }
    successors_.clear();  // the starts are successors of nothing
    successor_begin_.push_back(0);
    std::vector<std::uint8_t> ends;
    for (std::uint32_t at = 0; at < store_.size(); ++at) {
      if (store_.size() > options_.limit_states ||
          (options_.stop_at_unsafe && unsafe_ != none)) {  // what is left stays unexplored
        complete_ = false;
        std::fill(expandable_.begin() + at, expandable_.end(), char{0});
        successor_begin_.resize(store_.size() + 1, successors_.size());
        break;
      }
      if (expandable_[at]) expand_state(at, ends);
      successor_begin_.push_back(successors_.size());
    }
    return report();
  }

 private:
  // --- successors
  // -------------------------------------------------------------------------------------------------

  /// Calls f(question or token, answer) for everything that can happen in base_, always in the same order.
  template <class Move, class Reply_>
  void for_each_action(const State& state, Move on_move, Reply_ on_answer) {
    moves_.clear();
    questions_.clear();
    semantics::open_moves(graph_, state, moves_);
    semantics::open_questions(graph_, state, questions_);
    for (const TokenId token : moves_) on_move(token);
    for (const Question& question : questions_) {
      switch (question.ask) {
        case Ask::flows:
          if (!semantics::for_each_choice(graph_, question.node, flows_, [&](std::span<const FlowId> flows) {
                on_answer(question, semantics::Answer{.flows = flows});
              }))
            all_choices_ = false;
          break;
        case Ask::count:
          for (std::uint32_t count = 0; count <= 2; ++count)
            on_answer(question, semantics::Answer{.count = count});
          break;
        case Ask::again:
          for (std::uint32_t yes = 0; yes <= 1; ++yes) on_answer(question, semantics::Answer{.count = yes});
          break;
        case Ask::activate:
          for (const NodeId child : graph_.children(question.node))
            if (graph_.incoming(child).empty() && graph_[child].kind != ElementKind::boundary_event)
              on_answer(question, semantics::Answer{.nodes = std::span(&child, 1), .count = 1});
          on_answer(question, semantics::Answer{});
          break;
        case Ask::work:
          on_answer(question, semantics::Answer{});
          for (const CodeId code : failures_.errors[index(question.node)])
            on_answer(question, semantics::Answer{.reply = Reply::error, .code = code});
          for (const CodeId code : failures_.escalations[index(question.node)])
            on_answer(question, semantics::Answer{.reply = Reply::escalation, .code = code});
          break;
        case Ask::event: {
          const Token& token = state.tokens[question.token.slot];
          if (token.phase == Phase::armed && token.count >= options_.repeats) break;
          on_answer(question, semantics::Answer{});
          break;
        }
      }
    }
  }

  void expand_state(std::uint32_t at, std::vector<std::uint8_t>& ends) {
    load(at, base_, ends);
    const std::size_t before = successors_.size();
    std::uint32_t step = 0;
    for_each_action(
        base_,
        [&](TokenId token) {
          next_ = base_;
          semantics::move(graph_, token, next_, outcome_);
          reached(at, step++, ends);
        },
        [&](const Question& question, const semantics::Answer& answer) {
          next_ = base_;
          semantics::answer(graph_, question, answer, next_, outcome_);
          reached(at, step++, ends);
        });
    if (successors_.size() == before && step == 0 && deadlock_ == none) deadlock_ = at;
    edges_ += step;
  }

  // --- states
  // -----------------------------------------------------------------------------------------------------

  void load(std::uint32_t number, State& state, std::vector<std::uint8_t>& ends) {
    const auto key = store_[number];
    if (key.empty()) {
      state.clear();
      return;
    }
    ends.assign(key.begin(), key.begin() + static_cast<std::ptrdiff_t>(ends_.size()));
    canonical_.decode(key.subspan(ends_.size()), state);
  }

  void make_key(const State& state, const std::vector<std::uint8_t>& ends) {
    key_.clear();
    if (state.scopes.empty()) return;
    key_ = ends;
    canonical_.encode(state, key_);
  }

  /// Books the state in next_, which `from` reached by its successor number `step`.
  void reached(std::uint32_t from, std::uint32_t step, const std::vector<std::uint8_t>& ends_before) {
    ends_now_ = ends_before;
    for (const semantics::Happened& each : outcome_.trace) {
      if (each.what == semantics::What::entered) entered_[index(each.node)] = 1;
      if (each.what != semantics::What::ended || each.scope != 0) continue;
      const std::uint32_t bit = end_bit_[index(each.node)];
      if (bit == none) continue;
      std::uint8_t& byte = ends_now_[bit / 8];
      const auto mask = static_cast<std::uint8_t>(1u << (bit % 8));
      if ((byte & mask) != 0 && ended_twice_from_ == none && from != none) {
        ended_twice_from_ = from;
        ended_twice_step_ = step;
        ended_twice_node_ = each.node;
      }
      byte = static_cast<std::uint8_t>(byte | mask);
    }
    if (outcome_.end ==
        semantics::End::runaway) {  // a multi-instance of astronomic size; never from 0, 1 or 2
      complete_ = false;
      return;
    }
    make_key(next_, ends_now_);
    const auto [number, added] = store_.insert(key_);
    successors_.push_back(number);
    if (!added) return;
    parent_.push_back(from);
    step_.push_back(step);
    const bool is_end = next_.scopes.empty();
    bool expand = !is_end;
    if (!is_end) {
      if (options_.visit) options_.visit(next_);
      expand = look_at_places(number);
    }
    expandable_.push_back(expand ? 1 : 0);
    if (is_end && options_.visit) options_.visit(next_);
  }

  /// Safety and boundedness of the new state in next_; false when it must not be expanded.
  bool look_at_places(std::uint32_t number) {
    doubles_.clear();
    for (const Token& token : next_.tokens) {
      if (!is_live(token.phase) || token.flow == FlowId::none) continue;
      doubles_.emplace_back(token.scope, place_of(token), token.flow);
    }
    std::sort(doubles_.begin(), doubles_.end());
    std::uint32_t most = 1;
    std::uint32_t run = 1;
    for (std::size_t i = 1; i < doubles_.size(); ++i) {
      run = doubles_[i] == doubles_[i - 1] ? run + 1 : 1;
      most = std::max(most, run);
      if (run == 2 && unsafe_ == none) {
        unsafe_ = number;
        unsafe_flow_ = std::get<2>(doubles_[i]);
      }
    }
    if (most < 2) return true;
    if (most > most_tokens_on_a_place) {
      complete_ = false;
      return false;
    }
    if (monotonic_ && covers_an_ancestor(number)) {
      if (unbounded_ == none) unbounded_ = number;
      complete_ = false;
      return false;
    }
    return true;
  }

  /// Karp-Miller: a state that holds all tokens of an ancestor and more can repeat what led to it, for ever.
  /// Only where more tokens never hinder and nothing clears places.
  bool covers_an_ancestor(std::uint32_t number) {
    const std::vector<std::uint64_t> mine = places(next_);
    std::vector<std::uint8_t> ends(ends_.size());
    int look_back = 1000;
    for (std::uint32_t at = parent_[number]; at != none && look_back-- > 0; at = parent_[at]) {
      load(at, ancestor_, ends);
      const std::vector<std::uint64_t> older = places(ancestor_);
      if (older.size() < mine.size() && std::includes(mine.begin(), mine.end(), older.begin(), older.end()))
        return true;
    }
    return false;
  }

  static std::vector<std::uint64_t> places(const State& state) {
    std::vector<std::uint64_t> out;
    for (const Token& token : state.tokens)
      if (is_live(token.phase)) out.push_back(place_of(token));
    std::sort(out.begin(), out.end());
    return out;
  }

  bool is_monotonic() const {
    for (const graph::Node& node : graph_.nodes) {
      if (node.kind == ElementKind::inclusive_gateway || node.kind == ElementKind::complex_gateway)
        return false;
      if (node.trigger == Trigger::terminate || node.trigger == Trigger::error ||
          node.trigger == Trigger::cancel)
        return false;
      if (node.kind == ElementKind::boundary_event || node.event_sub_process)
        return false;  // clears, or is capped
      if (model::is(node.kind, model::Category::container) && node.kind != ElementKind::process) return false;
      if (node.loop != graph::Loop::none) return false;
    }
    return true;
  }

  // --- verdicts
  // ---------------------------------------------------------------------------------------------------

  /// First state, in order of discovery, from which neither the end nor anything unexplored can be reached.
  std::uint32_t first_that_cannot_complete() const {
    const std::uint32_t count = store_.size();
    std::vector<std::size_t> begin(count + 1, 0);
    for (const std::uint32_t to : successors_) ++begin[to + 1];
    for (std::uint32_t i = 0; i < count; ++i) begin[i + 1] += begin[i];
    std::vector<std::uint32_t> from(successors_.size());
    std::vector<std::size_t> fill(begin.begin(), begin.end() - 1);
    for (std::uint32_t state = 0; state < count; ++state)
      for (std::size_t i = successor_begin_[state]; i < successor_begin_[state + 1]; ++i)
        from[fill[successors_[i]]++] = state;
    std::vector<char> can(count, 0);
    std::vector<std::uint32_t> open;
    for (std::uint32_t state = 0; state < count; ++state)
      if (!expandable_[state]) {  // the end, or unexplored
        can[state] = 1;
        open.push_back(state);
      }
    while (!open.empty()) {
      const std::uint32_t state = open.back();
      open.pop_back();
      for (std::size_t i = begin[state]; i < begin[state + 1]; ++i)
        if (!can[from[i]]) {
          can[from[i]] = 1;
          open.push_back(from[i]);
        }
    }
    for (std::uint32_t state = 0; state < count; ++state)
      if (!can[state]) return state;
    return none;
  }

  void decide(Report& report, Property property, bool violated, bool decided) const {
    report.verdicts[static_cast<std::size_t>(property)] =
        violated ? Verdict::violated : (decided ? Verdict::holds : Verdict::unknown);
  }

  Report report() {
    Report out;
    out.states = store_.size();
    out.edges = edges_;
    out.bytes = store_.bytes();
    out.complete = complete_ && all_choices_;
    const std::uint32_t stuck = store_.size() == 0 ? none : first_that_cannot_complete();
    decide(out, Property::safe, unsafe_ != none, out.complete);
    decide(out, Property::no_deadlock, deadlock_ != none, out.complete);
    decide(out, Property::option_to_complete, stuck != none, out.complete);
    decide(out, Property::proper_completion, ended_twice_from_ != none, out.complete);
    decide(out, Property::bounded, unbounded_ != none, out.complete);
    for (std::uint32_t i = 1; i < graph_.nodes.size(); ++i)
      if (!entered_[i] && can_be_entered(NodeId{i})) out.dead.push_back(NodeId{i});
    if (!out.complete) out.dead.clear();  // not yet reached is not unreachable
    decide(out, Property::no_dead_element, !out.dead.empty(), out.complete);

    const auto witness = [&](Property property) -> Witness& {
      return out.witnesses[static_cast<std::size_t>(property)];
    };
    if (unsafe_ != none) {
      Witness& found = witness(Property::safe) = path_to(unsafe_, none);
      found.flow = unsafe_flow_;
      found.node = graph_[unsafe_flow_].target;
    }
    if (deadlock_ != none)
      point_at_waiting(witness(Property::no_deadlock) = path_to(deadlock_, none), deadlock_);
    if (stuck != none) point_at_waiting(witness(Property::option_to_complete) = path_to(stuck, none), stuck);
    if (ended_twice_from_ != none) {
      Witness& found = witness(Property::proper_completion) = path_to(ended_twice_from_, ended_twice_step_);
      found.node = ended_twice_node_;
    }
    if (unbounded_ != none)
      point_at_waiting(witness(Property::bounded) = path_to(unbounded_, none), unbounded_);
    return out;
  }

  bool can_be_entered(NodeId node) const {
    return !graph_[node].for_compensation && !(graph_[node].kind == ElementKind::boundary_event &&
                                               graph_[node].trigger == Trigger::compensation);
  }

  void point_at_waiting(Witness& witness, std::uint32_t number) {
    std::vector<std::uint8_t> ends(ends_.size());
    load(number, base_, ends);
    for (const Token& token : base_.tokens)
      if (token.phase == Phase::joining) witness.node = token.node;
    if (witness.node != NodeId::none) return;
    for (const Token& token : base_.tokens)
      if (is_live(token.phase)) witness.node = token.node;
  }

  // --- witnesses
  // --------------------------------------------------------------------------------------------------

  Witness path_to(std::uint32_t number, std::uint32_t last_step) {
    std::vector<std::uint32_t> path{number};
    while (parent_[path.back()] != none) path.push_back(parent_[path.back()]);
    std::reverse(path.begin(), path.end());
    Witness out;
    State live;
    semantics::ScopeNames names;
    std::vector<std::uint8_t> ends = ends_;
    const auto act = [&](const Action& action) {
      out.steps.push_back(semantics::describe(graph_, live, names, action));
      semantics::perform(graph_, action, live, outcome_);
      names.update(graph_, live);
    };
    act(starts_[step_[path[0]]]);
    for (std::size_t i = 1; i < path.size(); ++i) {
      const auto key = store_[path[i]];
      const std::vector<std::uint8_t> wanted(key.begin(), key.end());
      act(find_action(live, [&](const State& after) { return leads_to(after, wanted); }));
    }
    if (last_step != none) {
      // The last step is known by its number in the canonical state; find the same change from the live one.
      load(path.back(), base_, ends);
      std::uint32_t step = 0;
      std::vector<std::uint8_t> wanted;
      NodeId ended = ended_twice_node_;
      const auto at_step = [&](auto&& go) {
        if (step++ != last_step) return;
        next_ = base_;
        go();
        wanted.clear();
        canonical_.encode(next_, wanted);
      };
      for_each_action(
          base_, [&](TokenId token) { at_step([&] { semantics::move(graph_, token, next_, outcome_); }); },
          [&](const Question& question, const semantics::Answer& answer) {
            at_step([&] { semantics::answer(graph_, question, answer, next_, outcome_); });
          });
      act(find_action(live, [&](const State& after) {
        key_.clear();
        canonical_.encode(after, key_);
        return key_ == wanted &&
               std::any_of(outcome_.trace.begin(), outcome_.trace.end(), [&](const auto& each) {
                 return each.what == semantics::What::ended && each.node == ended;
               });
      }));
    }
    out.marking = semantics::marking(graph_, live);
    return out;
  }

  bool leads_to(const State& after, const std::vector<std::uint8_t>& wanted) {
    key_.clear();
    canonical_.encode(after, key_);
    if (wanted.empty() || key_.empty()) return wanted.empty() && key_.empty();
    return wanted.size() == key_.size() + ends_.size() &&
           std::equal(key_.begin(), key_.end(), wanted.begin() + static_cast<std::ptrdiff_t>(ends_.size()));
  }

  /// The first action in `live` after which is_it(state) holds; there is one, because states that are equal
  /// as bytes behave alike.
  template <class F>
  Action find_action(const State& live, F is_it) {
    Action found;
    bool done = false;
    const auto consider = [&](auto&& go, auto&& fill) {
      if (done) return;
      next_ = live;
      go();
      if (!is_it(next_)) return;
      fill(found);
      done = true;
    };
    for_each_action(
        live,
        [&](TokenId token) {
          consider([&] { semantics::move(graph_, token, next_, outcome_); },
                   [&](Action& action) {
                     action.kind = Action::Kind::move;
                     action.token = token;
                   });
        },
        [&](const Question& question, const semantics::Answer& answer) {
          consider([&] { semantics::answer(graph_, question, answer, next_, outcome_); },
                   [&](Action& action) {
                     action.kind = Action::Kind::answer;
                     action.question = question;
                     action.flows.assign(answer.flows.begin(), answer.flows.end());
                     action.nodes.assign(answer.nodes.begin(), answer.nodes.end());
                     action.count = answer.count;
                     action.reply = answer.reply;
                     action.code = answer.code;
                   });
        });
    WEIR_CHECK(done);
    return found;
  }

  const ProcessGraph& graph_;
  const Options& options_;
  Canonical canonical_;
  semantics::Failures failures_;
  StateStore store_;
  std::vector<Action> starts_;
  std::vector<std::uint32_t> parent_, step_;
  std::vector<char> expandable_;  // by state: 0 for the end and for what was not expanded
  std::vector<std::uint32_t> successors_;
  std::vector<std::size_t> successor_begin_;
  std::vector<char> entered_;
  std::vector<std::uint32_t> end_bit_;
  std::uint32_t end_count_ = 0;
  std::vector<std::uint8_t> ends_, ends_now_, key_;
  State base_, next_, ancestor_;
  Outcome outcome_;
  std::vector<TokenId> moves_;
  std::vector<Question> questions_;
  std::vector<FlowId> flows_;
  std::vector<std::tuple<std::uint32_t, std::uint64_t, FlowId>> doubles_;
  std::uint64_t edges_ = 0;
  bool complete_ = true;
  bool all_choices_ = true;
  bool monotonic_ = false;
  std::uint32_t unsafe_ = none, deadlock_ = none, unbounded_ = none;
  FlowId unsafe_flow_ = FlowId::none;
  std::uint32_t ended_twice_from_ = none, ended_twice_step_ = 0;
  NodeId ended_twice_node_ = NodeId::none;
};

}  // namespace

Report answers(const ProcessGraph& graph, const Options& options) {
  return Explorer(graph, options).run();
}

}  // namespace weir::verify
