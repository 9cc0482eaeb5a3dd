// One evaluation of a decision: values of elements that are known already, and where troubles go. Lives in
// the workspace's arena, because functions that come out of it point at it.
#pragma once

#include "core/dmn/inside.hpp"
#include "core/feel/evaluator.hpp"

namespace weir::dmn {

class Run {
 public:
  Run(const Inside& program, const Scope* inputs, feel::Workspace& workspace, Diagnostics& diagnostics,
      Explanation* explanation);

  Value element(std::uint32_t index);
  /// A decision service with these values for its parameters, or by name from the inputs.
  Value service(const Compiled& service);
  Value call(std::uint32_t knowledge_model, const Scope& arguments);
  void preset(std::uint32_t index, const Value& value);

  Value evaluate(const Logic& logic, const Scope& scope);
  Value decision_table(const CompiledTable& table, const Scope& scope);
  Value expression(const feel::Expression& expression, const Scope& scope, const Value& input = {}) {
    const std::size_t before = workspace.trouble_count();
    const Value value = feel::evaluate_further(expression, scope, workspace, input);
    if (workspace.trouble_count() != before) drain(expression, before);
    return value;
  }
  /// Null, with a warning.
  Value fail(const char* code, std::string message, Span span);
  /// The value as the type wants it, or null with a warning.
  Value typed(const Value& value, const Type* type, Span span, std::string_view what);
  [[nodiscard]] bool step();

  const Inside& program;
  const Scope* inputs;
  feel::Workspace& workspace;
  Diagnostics& diagnostics;
  Explanation* explanation;
  const Compiled* current = nullptr;

 private:
  enum class State : std::uint8_t { unknown, open, known };
  struct Memo {
    State state;
    Value value;
  };
  void drain(const feel::Expression& expression, std::size_t before);
  const Scope* scope_of(const Compiled& element);
  Value function_of(std::uint32_t index);
  Value input(const Compiled& element);
  Value context(const Logic& logic, const Scope& scope);
  Value invocation(const Logic& logic, const Scope& scope);
  Value loop(const Logic& logic, const Scope& scope);
  Value filter(const Logic& logic, const Scope& scope);
  Value relation(const Logic& logic, const Scope& scope);

  Memo* memo_;
  Scope free_;  // inputs that no element declares
  int depth_ = 0;
};

}  // namespace weir::dmn
