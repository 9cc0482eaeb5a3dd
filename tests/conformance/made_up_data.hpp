// Variables for models whose users and services are not here: what the expressions of a model compare a
// variable with says which values it may have, so that both outcomes of its conditions occur.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/random.hpp"
#include "core/feel/syntax.hpp"
#include "core/model/definitions.hpp"
#include "core/value/arena.hpp"
#include "core/value/owned.hpp"

namespace weir::conformance {

class MadeUpData {
 public:
  explicit MadeUpData(const model::Definitions& definitions);

  /// Values for about `percent` of the variables that expressions look at.
  [[nodiscard]] value::Variables some(Random& random, std::uint32_t percent) const;
  /// A value for one variable; valid as long as the arena.
  [[nodiscard]] value::Value one(std::string_view name, Random& random, value::Arena& arena) const;

 private:
  /// What a place is used as.
  enum class Use : std::uint8_t { any, condition, number, text, list, date, duration, cycle };
  struct Shape {
    std::map<std::string, Shape, std::less<>> members;
    std::vector<value::OwnedValue> values;
    bool is_list = false;
    std::string element;  // of a list: the variable that stands for one
  };

  Shape* place(const feel::Node& node);
  void learn(const feel::Node& node, Use use);
  void learn_comparison(const feel::Node& left, feel::Operator op, const feel::Node& right);
  void learn_call(const feel::Node& node);
  static void add(Shape& shape, const value::Value& value);
  static void add_use(Shape& shape, Use use);
  value::Value draw(const Shape& shape, Random& random, value::Arena& arena, int depth) const;

  std::map<std::string, Shape, std::less<>> variables_;
};

}  // namespace weir::conformance
