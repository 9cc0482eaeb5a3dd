// Loop characteristics of activities (BPMN 2.0.2 section 10.3.8).
#pragma once

#include <string_view>
#include <vector>

#include "core/model/event.hpp"
#include "core/model/work.hpp"

namespace weir::model {

/// Event that a multi-instance activity throws as an instance ends (ImplicitThrowEvent).
struct BehaviorEvent {
  Expression condition;  // complexBehaviorDefinition: when it holds, the other instances are cancelled
  std::vector<std::string_view> references;  // noneBehaviorEventRef, oneBehaviorEventRef, eventDefinitionRef
  std::vector<EventDefinition> definitions;  // written inside, and what the references name
};

/// What is collected from each instance of a multi-instance activity, in the order of the instances.
struct LoopOutput {
  Mapping list;                 // what an instance has to give -> the list
  std::vector<Mapping> fields;  // instead of one value: a context with these keys
};

struct Loop {
  enum class Kind : unsigned char { none, standard, multi_instance };
  Kind kind = Kind::none;
  ElementId element = ElementId::none;
  bool sequential = false;   // multi-instance
  bool test_before = false;  // standard
  std::string_view maximum;  // loopMaximum as written, empty = none
  Expression condition;      // loopCondition, completionCondition
  Expression cardinality;    // loopCardinality
  std::string_view data_input_ref, data_output_ref;
  std::string_view collection;        // an expression: camunda:collection, zeebe inputCollection, what
                                      // data_input_ref gets
  std::string_view element_variable;  // of the dialect, or inputDataItem
  std::string_view index_variable;    // of the dialect: instead of loopCounter
  std::vector<LoopOutput> outputs;
  std::string_view behavior;                   // None, One, All (default), Complex
  std::vector<BehaviorEvent> behavior_events;  // None, One: one at most. Complex: document order
};

}  // namespace weir::model
