// What can be said about the decision tables of a program before they run: inputs for which no rule is there
// (`dmn-gap`) or too many are (`dmn-overlap`), rules that never decide anything (`dmn-shadowed-rule`,
// `dmn-unreachable-rule`), rules written twice (`dmn-duplicate-rule`).
//
// A rule is a box: one set of values per input. Tests that are no comparison with constants are not known;
// they count as matching where a gap is looked for and as not matching where rules must not meet, so that
// what is reported is certain as long as the inputs are independent. Inputs that are null are not looked at.
#pragma once

#include <cstdint>

#include "core/dmn/program.hpp"

namespace weir::dmn {

struct CoverageLimits {
  std::uint64_t work = 400'000'000;           // words of bit sets looked at, per table
  std::uint64_t pairs = 60'000'000;           // pairs of rules compared, per table
  std::size_t memory = 64u << 20;             // bytes of bit sets
  std::size_t gaps = 3, pairs_reported = 10;  // findings per table
};

/// Looks at every table of the first file. A table that would need more than the limits is reported as
/// `dmn-not-checked`.
void check_tables(const Program& program, Diagnostics& diagnostics, const CoverageLimits& limits = {});

}  // namespace weir::dmn
