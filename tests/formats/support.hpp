// Reading a text in a test.
#pragma once

#include <string>
#include <string_view>

#include "formats/read.hpp"

namespace weir::test {

/// The result of reading some bytes, with the texts its spans point to.
struct Read {
  explicit Read(std::string bytes)
      : result(formats::read("test.bpmn", std::move(bytes), sources, diagnostics)) {}
  SourceMap sources;
  Diagnostics diagnostics;
  formats::ReadResult result;

  [[nodiscard]] const model::Definitions& model() const { return result.definitions; }
  [[nodiscard]] std::string_view text(Span span) const { return sources.snippet(span); }
  [[nodiscard]] std::string first_message() const {
    return diagnostics.empty() ? std::string() : diagnostics.list().front().message;
  }
  /// "4:12 error xml-not-well-formed" of each diagnostic, one line each.
  [[nodiscard]] std::string places() const {
    std::string out;
    for (const Diagnostic& each : diagnostics.list()) {
      const Position at = sources.position(each.span.file, each.span.begin);
      out += std::to_string(at.line) + ":" + std::to_string(at.column) + " " +
             std::string(severity_name(each.severity)) + " " + each.code + "\n";
    }
    return out;
  }
};

}  // namespace weir::test
