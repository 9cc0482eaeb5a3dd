// Shorthands for the two severities that readers use.
#include "core/base/diagnostic.hpp"

#include <algorithm>

namespace weir {

namespace {
Diagnostic make(Severity severity, std::string code, std::string message, Span span, std::string element) {
  Diagnostic made;
  made.severity = severity;
  made.code = std::move(code);
  made.message = std::move(message);
  made.span = span;
  made.element = std::move(element);
  return made;
}
}  // namespace

Diagnostic& Diagnostics::add(Diagnostic diagnostic) {
  return list_.emplace_back(std::move(diagnostic));
}

Diagnostic& Diagnostics::error(std::string code, std::string message, Span span, std::string element) {
  return add(make(Severity::error, std::move(code), std::move(message), span, std::move(element)));
}

Diagnostic& Diagnostics::warning(std::string code, std::string message, Span span, std::string element) {
  return add(make(Severity::warning, std::move(code), std::move(message), span, std::move(element)));
}

bool Diagnostics::has_errors() const {
  return std::any_of(list_.begin(), list_.end(),
                     [](const Diagnostic& each) { return each.severity == Severity::error; });
}

Diagnostics::Diagnostics() = default;
Diagnostics::Diagnostics(const Diagnostics&) = default;
Diagnostics& Diagnostics::operator=(const Diagnostics&) = default;
Diagnostics::Diagnostics(Diagnostics&&) noexcept = default;
Diagnostics& Diagnostics::operator=(Diagnostics&&) noexcept = default;
Diagnostics::~Diagnostics() = default;

}  // namespace weir
