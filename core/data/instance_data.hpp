// The data of one instance as its expressions see it: frames, the elements of multi-instance activities and
// the mappings at the border of activities. Shared by everything that runs instances.
#pragma once

#include <map>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/data/frames.hpp"
#include "core/feel/expression.hpp"
#include "core/graph/process_graph.hpp"

namespace weir::data {

class InstanceData {
 public:
  InstanceData(const model::Definitions& definitions, const graph::ProcessGraph& graph)
      : definitions_(definitions), graph_(graph) {}

  [[nodiscard]] Frames& frames() { return frames_; }
  [[nodiscard]] const Frames& frames() const { return frames_; }

  /// What an expression at this token sees. An instance of a multi-instance activity gets its frame on the
  /// way: its element of the collection and loopCounter (from 1 in Camunda 8, else from 0, as those engines
  /// count).
  const value::Scope& visible(const semantics::State& state, std::uint32_t token);
  /// The collection over which the multi-instance activity of this token runs.
  void set_collection(const semantics::State& state, std::uint32_t host, const value::Value& items);
  /// That collection, or null.
  [[nodiscard]] const value::Value* collection(const semantics::State& state, std::uint32_t host) const;

  /// Input mappings set variables of the activity itself, output mappings those around it. Texts that are no
  /// expression are values. A null output is not stored: a task that did nothing has nothing to say.
  void map_inputs(const semantics::State& state, std::uint32_t token, feel::Workspace& workspace,
                  Diagnostics& diagnostics);
  /// `results`: what the activity itself has found out; output mappings see it before everything else.
  void map_outputs(const semantics::State& state, std::uint32_t token, feel::Workspace& workspace,
                   Diagnostics& diagnostics, const value::Variables& results = {});

  /// Of an event that has happened, seen from this token.
  void map_event_outputs(const semantics::State& state, std::uint32_t token, const model::FlowNode& event,
                         const value::Variables& payload, feel::Workspace& workspace,
                         Diagnostics& diagnostics);

 private:
  void prepare_instances(const semantics::State& state, std::uint32_t token);
  void map(const semantics::State& state, std::uint32_t token, const model::Mapping& mapping, bool input,
           feel::Workspace& workspace, Diagnostics& diagnostics, const value::Variables& results);
  const model::FlowNode& written(const semantics::State& state, std::uint32_t token) const {
    return definitions_[graph_.origin[index(state.tokens[token].node)]];
  }

  const model::Definitions& definitions_;
  const graph::ProcessGraph& graph_;
  Frames frames_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, value::OwnedValue> collections_;  // by slot, generation
};

}  // namespace weir::data
