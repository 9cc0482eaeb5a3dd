// Breadth first over canonical states. A state is its bytes (canonical.hpp) behind a bit set of the end
// events of the process that have happened, which proper completion needs. Successors are found by decoding,
// copying and asking the law, in one fixed order, so a path is a list of successor numbers; a witness replays
// it on a live state, whose scope names and question numbers are those that `weir run --trace` will see.
#include "core/verify/answers.hpp"

#include <algorithm>

#include "core/semantics/trace.hpp"
#include "core/verify/canonical.hpp"
#include "core/verify/state_store.hpp"
#include "core/verify/witness.hpp"

namespace weir::verify {

using graph::ElementKind;
using graph::ProcessGraph;
using graph::Trigger;
using semantics::Action;
using semantics::Outcome;
using semantics::Phase;
using semantics::Question;
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
        actions_(graph, std::min(options.repeats, 6u)) {
    outcome_.pace = semantics::Pace::step;
    outcome_.want_trace = true;
    entered_.assign(graph.nodes.size(), 0);
    end_bit_.assign(graph.nodes.size(), none);
    for (const NodeId node : graph.children(graph::process_node))
      if (graph[node].kind == ElementKind::end_event || graph[node].ends)
        end_bit_[index(node)] = end_count_++;
    monotonic_ = is_monotonic();
    work_left_ = std::uint64_t{options.limit_states} * options.work_per_state;
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
      if (work_left_ == 0) {  // its last successors are missing
        complete_ = false;
        std::fill(expandable_.begin() + at, expandable_.end(), char{0});
        successor_begin_.resize(store_.size() + 1, successors_.size());
        break;
      }
      successor_begin_.push_back(successors_.size());
    }
    return report();
  }

 private:
  // --- successors ---

  void expand_state(std::uint32_t at, std::vector<std::uint8_t>& ends) {
    load(at, base_, ends);
    const std::size_t before = successors_.size();
    std::uint32_t step = 0;
    actions_.for_each(
        base_,
        [&](TokenId token) {
          if (!spend()) return;
          next_ = base_;
          semantics::move(graph_, token, next_, outcome_);
          reached(at, step++, ends);
        },
        [&](const Question& question, const semantics::Answer& answer) {
          if (!spend()) return;
          next_ = base_;
          semantics::answer(graph_, question, answer, next_, outcome_);
          reached(at, step++, ends);
        });
    if (successors_.size() == before && step == 0 && work_left_ > 0 && deadlock_ == none) deadlock_ = at;
    edges_ += step;
  }

  /// Pays for one more copy of base_; false when nothing is left.
  bool spend() {
    const std::uint64_t cost = base_.tokens.size() + 1;
    work_left_ = work_left_ > cost ? work_left_ - cost : 0;
    return work_left_ > 0;
  }

  // --- states ---

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

  // --- verdicts ---

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
    out.complete = complete_ && actions_.all_choices();
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

  // --- witnesses ---

  /// Shortest path to a state, and one more step by its number when given.
  Witness path_to(std::uint32_t number, std::uint32_t last_step) {
    std::vector<std::uint32_t> path{number};
    while (parent_[path.back()] != none) path.push_back(parent_[path.back()]);
    std::reverse(path.begin(), path.end());
    WitnessPlayer player(graph_, actions_, canonical_);
    player.start(starts_[step_[path[0]]]);
    for (std::size_t i = 1; i < path.size(); ++i) player.go_to(canonical_part(path[i]));
    if (last_step != none) player.go_to(after_step(number, last_step), ended_twice_node_);
    return player.take();
  }

  /// Bytes of a state without the end events that have happened.
  std::vector<std::uint8_t> canonical_part(std::uint32_t number) const {
    const auto key = store_[number];
    if (key.empty()) return {};
    return {key.begin() + static_cast<std::ptrdiff_t>(ends_.size()), key.end()};
  }

  std::vector<std::uint8_t> after_step(std::uint32_t number, std::uint32_t wanted_step) {
    std::vector<std::uint8_t> ends(ends_.size());
    load(number, base_, ends);
    std::vector<std::uint8_t> bytes;
    std::uint32_t step = 0;
    const auto at_step = [&](auto&& go) {
      if (step++ != wanted_step) return;
      next_ = base_;
      go();
      canonical_.encode(next_, bytes);
    };
    actions_.for_each(
        base_, [&](TokenId token) { at_step([&] { semantics::move(graph_, token, next_, outcome_); }); },
        [&](const Question& question, const semantics::Answer& answer) {
          at_step([&] { semantics::answer(graph_, question, answer, next_, outcome_); });
        });
    return bytes;
  }

  const ProcessGraph& graph_;
  const Options& options_;
  Canonical canonical_;
  Actions actions_;
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
  std::vector<std::tuple<std::uint32_t, std::uint64_t, FlowId>> doubles_;
  std::uint64_t edges_ = 0;
  std::uint64_t work_left_ = 0;
  bool complete_ = true;
  bool monotonic_ = false;
  std::uint32_t unsafe_ = none, deadlock_ = none, unbounded_ = none;
  FlowId unsafe_flow_ = FlowId::none;
  std::uint32_t ended_twice_from_ = none, ended_twice_step_ = 0;
  NodeId ended_twice_node_ = NodeId::none;
};

}  // namespace

bool is_speculative(const ProcessGraph& graph) {
  const auto depends = [](const graph::Event& event) {
    return event.trigger == Trigger::escalation || event.trigger == Trigger::conditional ||
           event.trigger == Trigger::compensation || event.trigger == Trigger::cancel;
  };
  return std::any_of(graph.events.begin(), graph.events.end(), depends) ||
         std::any_of(graph.nodes.begin(), graph.nodes.end(), [](const graph::Node& node) {
           return node.kind == ElementKind::ad_hoc_sub_process || node.kind == ElementKind::complex_gateway ||
                  node.kind == ElementKind::transaction || node.trigger == Trigger::multiple ||
                  node.trigger == Trigger::parallel_multiple || node.start_quantity > 1 ||
                  node.completion_quantity > 1 || node.behavior != graph::Behavior::all;
         });
}

Report answers(const ProcessGraph& graph, const Options& options) {
  return Explorer(graph, options).run();
}

}  // namespace weir::verify
