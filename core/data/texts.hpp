// Data texts (see core/model/work.hpp) and parameters -> values. Each text is compiled when it is first met.
#pragma once

#include <optional>
#include <string_view>
#include <unordered_map>

#include "core/base/diagnostic.hpp"
#include "core/feel/expression.hpp"
#include "core/model/work.hpp"

namespace weir::data {

class Texts {
 public:
  /// Values stay valid until the workspace is reset. Null with a diagnostic when the text cannot be
  /// evaluated.
  value::Value text(std::string_view data_text, const value::Scope& scope, feel::Workspace& workspace,
                    Diagnostics& diagnostics, Span span = {});
  /// An expression, with or without '='.
  value::Value expression(std::string_view written, const value::Scope& scope, feel::Workspace& workspace,
                          Diagnostics& diagnostics, Span span = {});
  value::Value parameter(const model::Parameter& parameter, const value::Scope& scope,
                         feel::Workspace& workspace, Diagnostics& diagnostics);

 private:
  std::unordered_map<const char*, std::optional<feel::Expression>>
      compiled_;  // texts of one definition stay put
};

/// False: it is a literal.
bool is_expression(std::string_view data_text);

}  // namespace weir::data
