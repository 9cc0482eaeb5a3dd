// Loop characteristics of activities (BPMN 2.0.2 section 10.3.8).
#pragma once

#include <string_view>

#include "core/model/event.hpp"
#include "core/model/work.hpp"

namespace weir::model {

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
  std::string_view
      collection;  // of the dialect: camunda:collection, zeebe inputCollection, flowable:collection
  std::string_view element_variable;  // of the dialect
  Mapping output;                     // of the dialect: what is collected from each instance into which list
  std::string_view behavior;          // None, One, All (default), Complex
  std::string_view behavior_event_ref;  // noneBehaviorEventRef or oneBehaviorEventRef, as behavior says
  EventDefinition behavior_event;       // what it refers to
};

}  // namespace weir::model
