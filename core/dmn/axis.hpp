// The values of one input of a decision table, cut into regions that no test of the table tells apart: below
// the first end of an interval, at it, between it and the next ... For texts: each one named, and all others.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/feel/intervals.hpp"

namespace weir::dmn {

using value::Kind;
using value::Value;

/// Some regions of an axis: first and last of each run, ascending, with space between them.
using Regions = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

Regions intersection(const Regions& left, const Regions& right);

class Axis {
 public:
  /// One region: nothing is known about the values.
  Axis() = default;
  /// Cut by all of `sets`; false (and one region) when their ends have no order.
  bool build(Kind kind, const std::vector<const feel::ValueSet*>& sets);
  [[nodiscard]] std::uint32_t size() const { return size_; }
  [[nodiscard]] Kind kind() const { return kind_; }
  /// All regions in which there is a value.
  [[nodiscard]] Regions all() const;
  /// Those of a set that build() was given.
  [[nodiscard]] Regions of(const feel::ValueSet& set) const;
  /// A value of the region, or what is known about it: "= 12", "= \"other\"", "after 10:00".
  [[nodiscard]] std::string witness(std::uint32_t region) const;

 private:
  [[nodiscard]] std::uint32_t position(const Value& value) const;

  Kind kind_ = Kind::null;
  std::uint32_t size_ = 1;
  std::vector<Value> cuts_;  // ascending, each once
};

}  // namespace weir::dmn
