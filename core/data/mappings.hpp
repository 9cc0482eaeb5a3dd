// Where the values of mappings (see core/model/work.hpp) come from.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

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

/// What these mappings set from what they see; null sets nothing, and "a.b" is a part of a.
value::Variables mapped(const model::Definitions& definitions, std::span<const model::Mapping> mappings,
                        const value::Scope& scope, feel::Workspace& workspace, Diagnostics& diagnostics);

/// What comes with a message, as expressions of its declaration see it: its parts by their names, and all of
/// it as `body`.
class Arrived {
 public:
  /// `payload`: a context or null, which stays where it is.
  explicit Arrived(const value::Value& payload);
  [[nodiscard]] value::Scope scope() const { return {entries_, nullptr}; }

 private:
  std::vector<value::Entry> entries_;
};

/// What the declaration of a message ("set" of TOML) makes of what comes with it; empty = nothing is
/// declared.
std::optional<value::Variables> chosen(const model::Definitions& definitions, std::string_view message,
                                       const value::Value& payload, feel::Workspace& workspace,
                                       Diagnostics& diagnostics);

/// The context `before` (null or no context: an empty one) in which "a.b" is `value`.
value::Value at_path(const value::Value* before, std::string_view path, const value::Value& value,
                     value::Arena& arena);

/// It is computed, so that it may turn out to be null; else it is written down as it is.
bool is_computed(const model::Definitions& definitions, const model::Mapping& mapping);

}  // namespace weir::data
