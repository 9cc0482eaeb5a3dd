// A step between the text and the model: which node it becomes, where it leads, what hangs on it. steps.cpp
// reads them, flow.cpp turns them into nodes and sequence flows.
#pragma once

#include <string_view>
#include <vector>

#include "core/model/definitions.hpp"
#include "formats/toml/declarations.hpp"

namespace weir::formats::toml {

/// Where triggers stand; a bit set says where one may stand.
enum class Position : std::uint8_t {
  none = 0,
  start = 1,
  handler = 2,
  catching = 4,  // `catch`
  waiting = 8,   // `for` of a `wait`
  boundary = 16,
  throwing = 32,
  ending = 64
};

/// One word of the language: the key that makes a step, and what may stand beside it.
struct StepKind {
  std::string_view key;
  model::ElementKind element = model::ElementKind::unknown;
  bool may_leave = true;  // has outgoing flows of its own
  bool nested = false;    // holds [[step.step]]
  Position triggers = Position::none;
  std::vector<std::string_view> own_keys;

  [[nodiscard]] bool is_activity() const { return model::is(element, model::Category::activity); }
};

/// Where a flow leads.
struct Target {
  std::string_view id;
  Span span;
  std::string_view name;
  model::Expression condition;
  bool is_default = false;
  bool ends = false;  // to the implied end event of its source
};

/// An entry of `on` (a boundary event), of `for` (a catch event behind an event-based gateway), or `undo`.
struct SideEvent {
  std::string_view id, name;
  Span span;
  std::vector<model::EventDefinition> definitions;
  std::vector<model::Mapping> outputs;
  bool parallel_multiple = false;
  bool interrupting = true;
  std::vector<Target> targets;
  model::NodeIndex node = model::NodeIndex::none;
};

struct Step {
  const Value* table = nullptr;
  const StepKind* kind = nullptr;
  std::string_view id;  // never empty
  Span id_span, header;
  std::vector<Target> targets;
  bool falls_through = false;     // leads to the next step of the list too
  bool falls_by_default = false;  // ... when no condition of `when` holds
  std::vector<SideEvent> events;
  std::string_view undo;
  Span undo_span;
  std::string_view lane;
  std::vector<Step> steps;  // nested ones
  model::NodeIndex node = model::NodeIndex::none;
  model::ScopeIndex scope = model::ScopeIndex::none;
};

/// Reads a list of steps and everything nested in it; `lane` is the one they begin in. Tables that are no
/// step are reported and left out.
std::vector<Step> read_steps(Declarations& declared, const Entry& list, std::string_view lane);

/// Keys of triggers, with `times`, `any` and `all`.
Words trigger_keys();
/// The triggers of a table that stands in a position.
std::vector<model::EventDefinition> read_triggers(Declarations& declared, const Value& table,
                                                  Position position, bool& parallel_multiple);
/// What the id of an implied event ends with: the name of the message, signal, error or escalation, else the
/// key of the trigger; and whether such an event interrupts unless told otherwise.
struct TriggerName {
  std::string_view name = "event";
  bool interrupts = true;
};
TriggerName trigger_name(const Value& table);

/// Fills what a node has besides id, name and place.
void fill_node(Declarations& declared, const Step& step, model::FlowNode& node);

/// Adds the nodes and flows of the steps of a process. `start` is the id of its implied start event.
void link(Declarations& declared, std::vector<Step>& steps, model::ScopeIndex scope, std::string_view start,
          Span place);

}  // namespace weir::formats::toml
