// weir's TOML language -> model::Definitions, the same model as BPMN files give.
#pragma once

#include <string_view>

#include "core/base/diagnostic.hpp"
#include "core/dmn/definitions.hpp"
#include "core/model/definitions.hpp"

namespace weir::formats::toml {

/// Reads a definition. What is wrong or not read yet is reported with its place; the rest of the model is
/// still returned. False when the text is no TOML or no definition. Codes: `toml-syntax`, `toml-limit`,
/// `duplicate-key`, `unknown-key`, `unsupported-key`, `missing-key`, `wrong-value`, `unresolved-reference`,
/// `duplicate-id`, `side-path`, `end-with-outgoing`, `flow-crosses-scope`, `misplaced-handler`,
/// `not-a-definition` (a warning: the file is TOML, but not weir's).
bool read_definition(std::string_view text, FileId file, model::Definitions& definitions,
                     weir::dmn::Definitions& decisions, Diagnostics& diagnostics);

}  // namespace weir::formats::toml
