// Where models of a dialect mean something else than BPMN 2.0.2 says, or than those of other engines: they
// mean what their engine does. This is the one table of such differences; control flow and data are as
// specified everywhere else, and what an engine does by mistake is not done.
#pragma once

#include <span>
#include <string_view>

namespace weir::model {

struct Difference {
  std::string_view topic;
  std::string_view dialects;   // "Camunda 7, Flowable, Activiti"
  std::string_view there;      // what their models mean
  std::string_view elsewhere;  // what all others mean, with the clause where BPMN says so
};

std::span<const Difference> differences();

}  // namespace weir::model
