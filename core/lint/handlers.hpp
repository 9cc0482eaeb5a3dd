// What handlers of a project look at, judged by the definitions whose work they do.
#pragma once

#include <span>
#include <string_view>

#include "core/base/diagnostic.hpp"
#include "core/model/definitions.hpp"

namespace weir::lint {

/// FEEL inside a handler.
struct HandlerText {
  std::string_view job_type, feel;
  Span span;
  bool sees_results = false;  // what the connector gives, too
};

/// Names that are no variable of a definition but nearly one, in the handlers that do work of it: warnings
/// that point at the handler.
void check_handlers(const model::Definitions& definitions, std::span<const HandlerText> texts,
                    Diagnostics& diagnostics);

}  // namespace weir::lint
