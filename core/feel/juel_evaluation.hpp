// Evaluation of JUEL's nodes: juel_evaluate.cpp has the operators, juel_methods.cpp the methods and
// functions.
#pragma once

#include <optional>
#include <string>

#include "core/feel/evaluator.hpp"
#include "core/value/compare.hpp"

namespace weir::feel {

using value::Decimal;

class JuelEvaluation {
 public:
  explicit JuelEvaluation(Evaluator& evaluator) : evaluator_(evaluator) {}

  Value node(const Node& node);

 private:
  Value arithmetic(const Node& node);
  Value comparison(const Node& node);
  Value property(const Value& of, const Key& key, const Node& node);
  Value index(const Node& node);
  Value variable(const Node& node);
  Value method(const Node& node);
  Value text_method(const Value& text, std::string_view name, std::span<const Value> arguments,
                    const Node& node);
  Value list_method(const Value& list, std::string_view name, std::span<const Value> arguments,
                    const Node& node);
  Value context_method(const Value& context, std::string_view name, std::span<const Value> arguments,
                       const Node& node);
  Value execution_method(std::string_view name, std::span<const Value> arguments, const Node& node);
  Value variable_function(std::string_view name, std::span<const Value> arguments, const Node& node);
  Value kie_function(std::string_view name, std::span<const Value> arguments, const Node& node);
  Value collection_function(std::string_view name, std::span<const Value> arguments, const Node& node);
  Value temporal_method(const Value& of, std::string_view name, std::span<const Value> arguments,
                        const Node& node);
  Value no_method(std::string_view name, const Value& of, const Node& node) {
    return evaluator_.fail(TroubleKind::unknown_function, node, "a {1:t} has no method '{0:n}' here",
                           Value::string(name, evaluator_.arena()), of);
  }
  [[nodiscard]] Value evaluate(const Node& node) { return evaluator_.evaluate(node); }
  /// Coercion to boolean: null and "" are false, "true" is true.
  Truth truth(const Value& value, const Node& node);
  std::optional<Decimal> number(const Value& value);
  /// Coerced equality.
  bool equal(const Value& left, const Value& right);
  std::optional<std::strong_ordering> order(const Value& left, const Value& right);
  Value concatenation(const Node& node);
  Value text(const std::string& made, const Node& node) {
    if (made.size() > evaluator_.workspace().limits.text_size || !evaluator_.has_room(made.size(), node))
      return evaluator_.fail(TroubleKind::limit, node, "the text becomes too long");
    return Value::string(made, evaluator_.arena());
  }

  Evaluator& evaluator_;
};

}  // namespace weir::feel
