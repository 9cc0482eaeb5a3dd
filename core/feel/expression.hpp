// The front door: text -> Expression, once; Expression + variables -> Value, as often as needed.
//
//   Diagnostics found;
//   auto condition = feel::compile_condition("= amount > 1000", "", options, found);
//   feel::Workspace workspace;                                  // one per thread, reused
//   feel::Truth yes = feel::condition(*condition, variables, workspace);
//   feel::report(*condition, workspace, found);                 // why something became null
//
// An Expression never changes and may be shared by threads.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/feel/platform.hpp"
#include "core/feel/workspace.hpp"

namespace weir::feel {

/// What a text is written in. `static_text`: no expression at all (Camunda 8 fields without '='). `script`:
/// one expression in Java, MVEL, Groovy or JavaScript, in words that mean the same in JUEL: "return x > 10;".
enum class Language : std::uint8_t { feel, unary_tests, juel, static_text, script, foreign };

/// "FEEL", "JUEL", ...
std::string_view language_name(Language language);

struct NamedType;

struct CompileOptions {
  /// Names of the variables in reach, entries of their contexts included: names of several words are read by
  /// them.
  std::span<const std::string_view> names;
  /// `names` holds all variables: any other name is reported.
  bool names_complete = false;
  /// More names that may stand for functions, sorted: calls of them are not reported as unknown.
  std::span<const std::string_view> functions;
  /// What the model was made for: functions that it does not have are reported.
  CamundaVersion platform;
  /// Names of types besides those of FEEL; what they point at must outlive the expression.
  std::span<const NamedType> types;
  /// Parts without variables are computed at once; measurements of evaluation switch it off.
  bool fold = true;
  Span span;                 // of the text in its file
  std::string_view element;  // BPMN id, for diagnostics
};

struct Node;

class Expression {
 public:
  [[nodiscard]] Language language() const { return language_; }
  /// As compiled: without '='.
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] const Node& root() const { return *root_; }
  [[nodiscard]] std::uint32_t frame_size() const { return frame_size_; }
  [[nodiscard]] Span span() const { return span_; }
  [[nodiscard]] const std::string& element() const { return element_; }
  /// The value when it is the same for all variables, else null.
  [[nodiscard]] const Value* constant() const;
  /// Variables that are looked up, each once, in order of first appearance.
  [[nodiscard]] std::vector<std::string_view> variables() const;

 private:
  friend std::optional<Expression> compile(std::string_view, Language, const CompileOptions&, Diagnostics&);
  Expression() = default;

  Arena arena_;
  std::string_view text_;
  const Node* root_ = nullptr;
  std::uint32_t frame_size_ = 0;
  Language language_ = Language::feel;
  Span span_;
  std::string element_;
};

/// Empty when the text cannot be evaluated; a diagnostic says why. Warnings may come with an expression too.
std::optional<Expression> compile(std::string_view text, Language language, const CompileOptions& options,
                                  Diagnostics& diagnostics);

/// The language of a text and where it begins ('=' is not part of it). `language_attribute` is the
/// expression's own, else the model's, as written; empty when there is none.
struct Choice {
  Language language = Language::feel;
  std::size_t begin = 0;
  /// Nothing says that the text is an expression at all.
  bool guessed = false;
};
Choice choose_language(std::string_view text, std::string_view language_attribute);

/// Conditions and other fields of BPMN files, whose language is told by what they look like: "= ..." is FEEL,
/// ${...} and #{...} are JUEL, else the attribute counts, else FEEL is tried. Conditions in script languages
/// are taken as far as they are simple; XPath, the default of the specification, counts as nothing said.
std::optional<Expression> compile_condition(std::string_view text, std::string_view language_attribute,
                                            const CompileOptions& options, Diagnostics& diagnostics);

/// The value; valid until the workspace is used again. What the value points at may be in the workspace, the
/// expression or the variables. `input` is `?` of unary tests.
Value evaluate(const Expression& expression, const Scope& variables, Workspace& workspace,
               const Value& input = {});
/// The same, but values of earlier evaluations stay valid and troubles add up.
Value evaluate_further(const Expression& expression, const Scope& variables, Workspace& workspace,
                       const Value& input = {});
/// The value as a condition: empty for null and for anything that is no boolean (noted). JUEL's "true" is
/// true.
std::optional<bool> condition(const Expression& expression, const Scope& variables, Workspace& workspace);

/// Troubles of the last evaluation as diagnostics (warnings), with their places in the text.
void report(const Expression& expression, const Workspace& workspace, Diagnostics& diagnostics);

}  // namespace weir::feel
