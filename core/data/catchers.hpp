// Errors and escalations on their way through one instance: what was thrown goes to whoever catches it.
#pragma once

#include <span>
#include <string>

#include "core/base/diagnostic.hpp"
#include "core/data/instance_data.hpp"
#include "core/data/texts.hpp"

namespace weir::data {

/// What an activity ends with; an event that throws has its own.
struct ThrownData {
  bool thrown = false;
  std::string code, message;
  value::Variables variables;
};

/// Looks through what a step has done, in order: the events that caught something get its code and message as
/// their variables and what came with it, through their output mappings. The result: what the last event that
/// threw says besides its code.
std::string give_to_catchers(const model::Definitions& definitions, const graph::ProcessGraph& graph,
                             const semantics::State& state, std::span<const semantics::Happened> trace,
                             ThrownData thrown, InstanceData& data, Texts& texts, feel::Workspace& workspace,
                             Diagnostics& diagnostics);

}  // namespace weir::data
