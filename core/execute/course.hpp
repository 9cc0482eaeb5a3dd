// What happened to an instance between the answers that its records name: thrown and caught events, ends,
// what was interrupted. Nobody asks about these, so records do not have them; the steps are taken again.
#pragma once

#include <string>
#include <vector>

#include "core/execute/journal.hpp"

namespace weir::execute {

/// "e1", "throws signal 'late'".
struct Passed {
  std::string element, what;
};

class Course {
 public:
  /// Goes on as an instance of this that has not begun, or stands as a whole record says.
  void begin(const Deployed& deployed, const Record& record);
  /// What follows a step until the next question, in order; nothing from there on where steps do not fit.
  std::vector<Passed> take(const TraceStep& step);

 private:
  const graph::ProcessGraph* graph_ = nullptr;  // null = it is not known how things stand
  semantics::State state_;
  semantics::Outcome outcome_;
  semantics::ScopeNames names_;
};

}  // namespace weir::execute
