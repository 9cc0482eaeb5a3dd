// The variables a process declares: types, defaults, limits (itemDefinition; [vars] of weir's TOML).
#pragma once

#include "core/base/result.hpp"
#include "core/data/texts.hpp"
#include "core/model/definitions.hpp"
#include "core/value/owned.hpp"

namespace weir::data {

/// Gives the variables their declared types, reading texts as values where another type is declared. With
/// `beginning`, also fills in defaults and wants everything that is required. The error is for the user.
Result<value::Variables> declared(const model::Definitions& definitions, const value::Variables& given,
                                  bool beginning, feel::Workspace& workspace);

/// Adds the defaults of those that are not there.
void add_defaults(const model::Definitions& definitions, value::Variables& variables,
                  feel::Workspace& workspace);

/// What somebody has filled into a field of a form, in the field's type. The error is for the user.
Result<value::Value> filled_in(const model::FormField& field, const value::Value& given,
                               feel::Workspace& workspace);

/// What somebody fills in: a task, or a process that begins.
struct AskedForm {
  std::string_view name;
  const std::vector<model::FormField>& fields;
  const value::Scope& scope;  // what defaults see
  bool begins = false;
  bool complete = true;  // what is required must be there
};
/// Puts what the form says about variables into them: types and defaults; refuses what it does not take.
Result<std::uint64_t> fill_in(const AskedForm& form, value::Variables& variables, feel::Workspace& workspace);

}  // namespace weir::data
