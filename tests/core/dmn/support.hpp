// Small DMN files, and what their decisions answer.
#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "core/dmn/program.hpp"
#include "core/value/print.hpp"
#include "formats/read.hpp"
#include "tests/support/catch.hpp"

namespace weir::test {

/// A DMN file of this body, read and compiled.
struct Model {
  explicit Model(std::string body) {
    file = formats::read("test.dmn",
                         R"(<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" )"
                         R"(namespace="urn:m">)" +
                             std::move(body) + "</definitions>",
                         sources, diagnostics);
    const dmn::Definitions* const all[] = {&file.decisions};
    program = dmn::compile(all, diagnostics);
  }
  std::string answer(std::string_view decision, std::vector<value::Entry> inputs = {}) {
    workspace.reset();
    found.list().clear();
    return value::to_literal(dmn::evaluate(program.find(decision), {inputs}, workspace, found));
  }
  [[nodiscard]] std::string code() const { return found.empty() ? "" : found.list().front().code; }
  SourceMap sources;
  Diagnostics diagnostics, found;
  formats::ReadResult file;
  dmn::Program program;
  feel::Workspace workspace;
};

inline value::Entry number(const char* name, int value) {
  return {value::Key(name), value::Value::integer(value)};
}

/// A boxed literal expression.
inline std::string literal(std::string_view text) {
  return fmt::format("<literalExpression><text>{}</text></literalExpression>", text);
}

}  // namespace weir::test
