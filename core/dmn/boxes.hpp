// The rules of a decision table as boxes: for each input, the regions of its axis where the rule may match.
#pragma once

#include "core/dmn/axis.hpp"
#include "core/dmn/inside.hpp"

namespace weir::dmn {

struct Boxes {
  struct Input {
    std::string label;  // the expression
    Axis axis;
    Regions domain;  // values that are allowed
  };
  std::vector<Input> inputs;         // columns with the same expression are one
  std::vector<Regions> sets;         // each once
  std::vector<std::uint32_t> cells;  // rule-major: sets
  std::vector<bool> exact;           // per rule: it matches everywhere in its box
  [[nodiscard]] const Regions& cell(std::size_t rule, std::size_t input) const {
    return sets[cells[rule * inputs.size() + input]];
  }
  /// "amount = 5, category = \"x\"" for one region of each input.
  [[nodiscard]] std::string describe(const std::vector<std::uint32_t>& regions) const;
};

/// What is known about the type of a variable where the table stands; null for nothing.
using TypeOf = const Type* (*)(const Key& name, const void* where);

Boxes boxes_of(const CompiledTable& table, TypeOf type_of, const void* where);

}  // namespace weir::dmn
