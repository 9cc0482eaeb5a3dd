// TOML texts and what becomes of them, as text that a table of cases can hold.
#pragma once

#include <string>
#include <string_view>

#include "tests/formats/support.hpp"

namespace weir::test {

/// "\n  approve user_task ..." for every node and "a--b" for every flow, in the order of the model.
std::string nodes_of(const model::Definitions& definitions);
std::string flows_of(const model::Definitions& definitions);

/// "4:12 unknown-key: message" of each diagnostic, one line each.
std::string problems_of(const SourceMap& sources, const Diagnostics& diagnostics);

/// A definition with one process whose steps are `steps`; line 1 of `steps` is line 4 of the text.
std::string with_steps(std::string_view steps);

}  // namespace weir::test
