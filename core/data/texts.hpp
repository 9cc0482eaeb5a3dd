// Data texts (see core/model/work.hpp) and parameters -> values. Each text is compiled when it is first met.
#pragma once

#include <string>
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
  /// What people are shown for a text with ${holes}: FEEL of weir's dialect, where "$${" is "${", else JUEL.
  /// The text as it is when one cannot be evaluated or nothing is in it.
  std::string filled(std::string_view written, bool feel, const value::Scope& scope,
                     feel::Workspace& workspace);
  value::Value parameter(const model::Parameter& parameter, const value::Scope& scope,
                         feel::Workspace& workspace, Diagnostics& diagnostics);

 private:
  std::unordered_map<const char*, feel::Expression> compiled_;  // texts of one definition stay put
};

/// Offset of the '}' that closes a ${hole} of FEEL which begins at `at`, npos = none does.
std::size_t hole_end(std::string_view text, std::size_t at);

/// False: it is a literal.
bool is_expression(std::string_view data_text);

}  // namespace weir::data
