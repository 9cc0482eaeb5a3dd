// What all parts of the TOML readers share: reporting with a place, keys that are known, values of the right
// type. Every accessor reports what does not fit and returns something harmless.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/model/definitions.hpp"
#include "formats/toml/document.hpp"

namespace weir::formats::toml {

using Words = std::span<const std::string_view>;

/// Reporting alone, for readers that make no model (config.cpp).
class Problems {
 public:
  explicit Problems(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  /// An error; its group follows from the code.
  Diagnostic& error(std::string_view code, Span span, std::string message);
  /// A value that does not fit: `wrong-value`.
  Diagnostic& wrong(Span span, std::string message) { return error("wrong-value", span, std::move(message)); }
  /// "unknown X 'word'; did you mean ...?" as `unresolved-reference`, with a fix.
  void unresolved(std::string_view what, std::string_view word, Span span, Words known);
  /// False when there have been so many unknown names that suggestions are only a waste of time.
  [[nodiscard]] bool suggests() const { return unresolved_ < most_suggestions; }
  /// Reports keys of a table that are neither known nor planned; `unsupported` ones are reported as not read
  /// yet. `where` ends the sentence: "in [process]".
  void check_keys(const Value& table, Words known, std::string_view where, Words unsupported = {});

  /// The text of an entry; null after a report when it is something else.
  const std::string* text(const Entry& entry);
  std::optional<bool> flag(const Entry& entry);
  /// A whole number in [least, most].
  std::optional<std::int64_t> whole(const Entry& entry, std::int64_t least, std::int64_t most);
  /// A finite number, not negative.
  std::optional<double> number(const Entry& entry);
  /// The texts of an array of texts, or the one text; others are reported and left out.
  std::vector<const Value*> texts(const Entry& entry);
  /// True when the value is a table (array of tables); reports otherwise.
  bool is_table(const Entry& entry);
  bool is_tables(const Entry& entry);

 private:
  static constexpr std::size_t most_suggestions = 50;
  Diagnostics& diagnostics_;
  std::size_t unresolved_ = 0;
};

/// The bytes [begin, begin + length) of a string's content; all of the content when it has escapes.
Span part(const Value& string, std::size_t begin, std::size_t length);

class Context : public Problems {
 public:
  Context(model::Definitions& definitions, Diagnostics& diagnostics)
      : Problems(diagnostics), model(definitions) {}

  model::Definitions& model;

  /// A copy that lives as long as the model.
  std::string_view keep(std::string text);
  std::vector<std::string_view> keep_texts(const Entry& entry);
  /// The text of an entry, kept; empty after a report.
  std::string_view kept(const Entry& entry);
  /// A duration as ISO 8601, kept; empty after a report.
  std::string_view duration(const Entry& entry);
  /// A data text (core/model/work.hpp) of a text, number, boolean or date; empty after a report.
  std::string_view data(const Value& value);
  std::vector<std::string_view> data_list(const Entry& entry);
  /// FEEL of a logic key.
  model::Expression feel(const Entry& entry);
  /// "target = FEEL", one or several.
  std::vector<model::Mapping> mappings(const Entry& entry);
  std::optional<model::Mapping> mapping(const Value& value);
  /// Any data, texts as data texts. `literal` keeps texts as they are.
  model::Parameter parameter(std::string_view key, const Value& value, bool literal = false);
  /// The text of a string as FEEL, kept; ${holes} in it are reported.
  std::string_view feel_text(const Value& value);

 private:
  /// Reports what is wrong with FEEL that stands there.
  void check_feel(std::string_view feel, Span span);
};

}  // namespace weir::formats::toml
