// Decisions compiled once, evaluated often: the requirement graph of a DMN file and of those it imports, with
// every expression compiled, types resolved and decision tables indexed. A Program never changes and may be
// shared by threads.
//
//   Diagnostics found;
//   dmn::Program program = dmn::compile({&definitions, 1}, found);
//   dmn::Decision decision = program.find("Approval");
//   feel::Workspace workspace;                       // one per thread, reused
//   Value result = dmn::evaluate(decision, inputs, workspace, found);
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/dmn/definitions.hpp"
#include "core/feel/expression.hpp"

namespace weir::dmn {

using value::Key;
using value::Scope;
using value::Value;

struct Type;
struct Inside;

/// A decision, decision service or knowledge model of a Program.
struct Decision {
  const Inside* program = nullptr;
  std::uint32_t index = 0;
  explicit operator bool() const { return program != nullptr; }
};

/// Which rules of the tables on the way matched, and why the others did not.
struct Explanation {
  struct Rule {
    std::string id;
    std::size_t number = 0;  // in its table, from 1
    bool matched = false;
    std::vector<std::size_t> failed;  // inputs whose test was not true
  };
  struct Input {
    std::string label, value;
  };
  struct TableTrace {
    std::string decision;
    const Table* table = nullptr;  // as written
    std::vector<Input> inputs;
    std::vector<Rule> rules;
  };
  bool matches_only = false;  // leaves out rules that did not match: they need not be looked at again
  std::vector<TableTrace> tables;
};

class Program {
 public:
  Program();
  ~Program();
  Program(Program&&) noexcept;
  Program& operator=(Program&&) noexcept;

  /// By name or id in the first file, else in imported ones; empty when there is none.
  [[nodiscard]] Decision find(std::string_view name_or_id) const;
  /// What the first file offers, in its order: decisions, decision services, knowledge models or input data.
  [[nodiscard]] std::vector<Decision> all(Element::Kind kind) const;
  /// Input data that a decision needs, directly or through others.
  [[nodiscard]] std::vector<Decision> inputs_of(Decision decision) const;
  /// No errors: everything can be evaluated.
  [[nodiscard]] bool complete() const;

 private:
  friend Program compile(std::span<const Definitions* const>, Diagnostics&);
  std::unique_ptr<Inside> inside_;
};

/// The first file and those it imports (in any order, unused ones are no harm). They must live as long as the
/// program. Codes reported: `dmn-unresolved-import`, `dmn-unresolved-href`, `dmn-cycle`, `dmn-unknown-type`,
/// `dmn-schema` and those of expressions.
Program compile(std::span<const Definitions* const> files, Diagnostics& diagnostics);
/// What a text is written in: FEEL unless an attribute (its own, else the definitions') names another
/// language, or the text begins as JUEL does, which Camunda 7 reads in cells.
feel::Language language_of(const Text& text, const std::string& definitions_language);

/// Name, id, kind and variable of what a Decision stands for.
const Element& element(Decision decision);
/// The declared type in one word for converting texts: number, string, boolean, date ..., list, context;
/// "Any" when nothing is said.
std::string_view type_name(Decision input);

/// The value of a decision, or of a decision service (with `inputs` as its parameters by name), or of a
/// knowledge model called with `inputs` by name. Valid until the workspace is reset; functions in it are not.
/// What went wrong is reported as warnings: each null that comes from a mistake has one.
Value evaluate(Decision decision, const Scope& inputs, feel::Workspace& workspace, Diagnostics& diagnostics,
               Explanation* explanation = nullptr);

}  // namespace weir::dmn
