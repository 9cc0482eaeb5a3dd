// Where the values of mappings (see core/model/work.hpp) come from.
#pragma once

#include <optional>

#include "core/base/diagnostic.hpp"
#include "core/feel/expression.hpp"
#include "core/model/definitions.hpp"
#include "core/value/owned.hpp"

namespace weir::data {

/// The value of a mapping's source, with a diagnostic when there are troubles; nothing when it cannot be
/// evaluated at all. The workspace is used.
std::optional<value::OwnedValue> source_value(const model::Definitions& definitions,
                                              const model::Mapping& mapping, const value::Scope& scope,
                                              feel::Workspace& workspace, Diagnostics& diagnostics);

/// What comes with an event as its output mappings see it. A message of BPMN carries one item, which is the
/// one data output of whoever catches it, whatever the sender calls it (10.5.1).
value::Variables as_outputs(const model::FlowNode& event, const value::Variables& payload);

/// The context `before` (null or no context: an empty one) in which "a.b" is `value`.
value::Value at_path(const value::Value* before, std::string_view path, const value::Value& value,
                     value::Arena& arena);

/// It is computed, so that it may turn out to be null; else it is written down as it is.
bool is_computed(const model::Definitions& definitions, const model::Mapping& mapping);

}  // namespace weir::data
