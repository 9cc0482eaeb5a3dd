// Events: what triggers them or what they throw (BPMN 2.0.2 section 10.5).
#pragma once

#include <string_view>
#include <vector>

#include "core/model/document.hpp"
#include "core/model/element_kind.hpp"

namespace weir::model {

/// Expression as written. `written` tells an empty body from a missing element.
struct Expression {
  std::string_view body;      // trimmed
  std::string_view language;  // language attribute of the formal expression, empty when there is none
  Span span;                  // of the body, of the element's name when the body is empty
  bool written = false;
  bool formal = true;  // xsi:type is tFormalExpression or missing
  [[nodiscard]] bool empty() const { return body.empty(); }
};

/// One event definition of an event. Kinds: the ten *EventDefinition kinds.
struct EventDefinition {
  ElementKind kind = ElementKind::unknown;
  ElementId element = ElementId::none;
  std::string_view id;
  std::string_view reference;  // messageRef, signalRef, errorRef, escalationRef, activityRef; prefix removed
  Span span;                   // of the reference, else of the definition's name
  std::string_view link_name;
  Expression condition;                             // conditionalEventDefinition
  Expression time_date, time_cycle, time_duration;  // timerEventDefinition
  bool wait_for_completion = true;                  // compensateEventDefinition
  std::string_view code_variable;     // of the dialect: where the code of a caught error or escalation goes
  std::string_view message_variable;  // ... and the message of an error
  /// conditionalEventDefinition, of the dialect: it is looked at only when one of these variables changes,
  /// empty = any, and only in these ways: create, update, delete, empty = any.
  std::vector<std::string_view> variables, changes;
};

}  // namespace weir::model
