// The data of one instance as its expressions see it: frames, the elements of multi-instance activities and
// the mappings at the border of activities. Shared by everything that runs instances.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/data/expressions.hpp"
#include "core/data/frames.hpp"
#include "core/feel/expression.hpp"
#include "core/graph/process_graph.hpp"
#include "core/semantics/trace.hpp"

namespace weir::data {

class InstanceData {
 public:
  InstanceData(const model::Definitions& definitions, const graph::ProcessGraph& graph,
               const Expressions& expressions)
      : definitions_(definitions), graph_(graph), expressions_(expressions) {
    frames_.declare(definitions.variables);
  }

  [[nodiscard]] Frames& frames() { return frames_; }
  [[nodiscard]] const Frames& frames() const { return frames_; }

  /// What an expression at this token sees. An instance of a multi-instance activity gets its frame on the
  /// way: its element of the collection and loopCounter (from 1 in Camunda 8, else from 0, as those engines
  /// count). The numbers of instances (10.3.8) stand in front; valid until the next call.
  const value::Scope& visible(const semantics::State& state, std::uint32_t token);
  /// Sets a variable where it already exists, from the token outwards, else in the process.
  void assign(const semantics::State& state, std::uint32_t token, std::string_view name,
              const value::Value& value);
  /// The collection over which the multi-instance activity of this token runs.
  void set_collection(const semantics::State& state, std::uint32_t host, const value::Value& items);
  /// That collection, or null.
  [[nodiscard]] const value::Value* collection(const semantics::State& state, std::uint32_t host) const;

  /// After frames and collections were set in any order, read from a disk.
  void restored(const semantics::State& state);

  /// Sets a variable of the token itself.
  void set_local(const semantics::State& state, std::uint32_t token, std::string_view name,
                 const value::Value& value);
  /// The instances of a multi-instance activity are about to begin: makes the lists they will fill.
  void begin_instances(const semantics::State& state, std::uint32_t host, std::uint32_t count);
  /// Puts what an instance that ends has to give into its place in those lists.
  void collect(const semantics::State& state, std::uint32_t token, feel::Workspace& workspace,
               Diagnostics& diagnostics);
  /// The activity is about to end: its lists become variables around it.
  void hand_over(const semantics::State& state, std::uint32_t host);

  /// Input mappings set variables of the activity itself, output mappings those around it. Texts that are no
  /// expression are values. A null output is not stored: a task that did nothing has nothing to say.
  void map_inputs(const semantics::State& state, std::uint32_t token, feel::Workspace& workspace,
                  Diagnostics& diagnostics);
  /// `results`: what the activity itself has found out; output mappings see it before everything else.
  void map_outputs(const semantics::State& state, std::uint32_t token, feel::Workspace& workspace,
                   Diagnostics& diagnostics, const value::Variables& results = {});

  /// What comes with an event: its output mappings choose from it, else all of it becomes variables. Seen
  /// from this token.
  void receive(const semantics::State& state, std::uint32_t token, const model::FlowNode& event,
               const value::Variables& payload, feel::Workspace& workspace, Diagnostics& diagnostics);
  /// What an event hands out with its message: the values of its input mappings, each of which sees the ones
  /// before it. Seen from a scope that the last step may have ended.
  value::Variables handed_out(const semantics::State& state, std::uint32_t scope,
                              const model::FlowNode& event, feel::Workspace& workspace,
                              Diagnostics& diagnostics);
  /// The same of a send task, whose inputs have been mapped.
  value::Variables handed_out(const semantics::State& state, std::uint32_t token);
  /// What an expression sees in such a scope.
  const value::Scope& visible_in_scope(const semantics::State& state, std::uint32_t scope) {
    return frames_.visible(place_in(state, scope));
  }

  /// The same, seen from a scope that the last step may have ended.
  void receive_in_scope(const semantics::State& state, std::uint32_t scope, const model::FlowNode& event,
                        const value::Variables& payload, feel::Workspace& workspace,
                        Diagnostics& diagnostics);

  // Mappings of sub-processes. A step may end them together with everything around them, so look around
  // before each step; after it, map what has begun and ended in it, at once or piece by piece.
  void look_around(const semantics::State& state, const semantics::Action& action);
  void map_sub_processes(const semantics::State& state, std::span<const semantics::Happened> trace,
                         feel::Workspace& workspace, Diagnostics& diagnostics);
  /// Before that: what sub-processes had for themselves that may be compensated now becomes that of their
  /// records, and compensation handlers that have begun see what was there then (13.5.5).
  void keep_for_compensation(const semantics::State& state, const semantics::Outcome& outcome);

 private:
  void prepare_instances(const semantics::State& state, std::uint32_t token);
  void prepare_outputs(const semantics::State& state, std::uint32_t token);
  /// "nrOfInstances" of some engines, "numberOfInstances" of the specification and the others, and so on.
  [[nodiscard]] std::string_view counter_name(std::size_t which) const;
  [[nodiscard]] std::string_view index_variable(const semantics::State& state, std::uint32_t token) const;
  [[nodiscard]] std::optional<std::int64_t> number_of_instances(const semantics::State& state,
                                                                std::uint32_t host) const;
  /// The place of something that ends, and the activity of which it is an instance, none = of none.
  struct Ends {
    Frames::Place place;
    NodeId instance_of = NodeId::none;
  };
  struct SubProcess {
    NodeId node = NodeId::none;
    std::uint32_t scope = semantics::no_slot;  // its body
    Ends ends;
  };
  [[nodiscard]] Ends ends(const semantics::State& state, std::uint32_t token);
  [[nodiscard]] Frames::Place place_in(const semantics::State& state, std::uint32_t scope);
  void note_sub_process(const semantics::State& state, std::uint32_t host);
  void receive_at(Frames::Place place, const model::FlowNode& event, const value::Variables& payload,
                  feel::Workspace& workspace, Diagnostics& diagnostics);
  void map_input(const semantics::State& state, std::uint32_t token, const model::Mapping& mapping,
                 feel::Workspace& workspace, Diagnostics& diagnostics);
  void map_output(const Ends& ends, const model::Mapping& mapping, const value::Scope& seen,
                  feel::Workspace& workspace, Diagnostics& diagnostics);
  [[nodiscard]] bool is_collected(const Ends& ends, std::string_view target) const;
  const model::FlowNode& written(const semantics::State& state, std::uint32_t token) const {
    return definitions_[graph_.origin[index(state.tokens[token].node)]];
  }

  const model::Definitions& definitions_;
  const graph::ProcessGraph& graph_;
  const Expressions& expressions_;
  Frames frames_;
  std::array<value::Entry, 3> counters_;  // active, completed, terminated
  value::Scope counted_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, value::OwnedValue> collections_;  // by slot, generation
  std::vector<SubProcess> around_;  // that had begun before the step
  std::vector<NodeId> unseen_;      // work space
};

}  // namespace weir::data
