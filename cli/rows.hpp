// Rows of a CSV file (first line: names) or of JSON Lines as variables, one after the other.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/value/owned.hpp"

namespace weir::cli {

class Rows {
 public:
  /// The bytes must outlive the object.
  Rows(std::string_view bytes, bool json_lines);
  /// Columns of a CSV file, in order.
  [[nodiscard]] const std::vector<value::Key>& names() const { return names_; }
  /// The next row as variables; false at the end. `types` are those of the columns.
  Result<bool> next(const std::vector<std::string_view>& types,
                    const std::function<std::string_view(std::string_view)>& type_of, value::Arena& arena,
                    std::vector<value::Entry>& entries);
  /// Line where the last row began.
  [[nodiscard]] std::size_t line() const { return line_; }

 private:
  /// Reads one cell; false when it was the last one of its line.
  bool cell(std::string_view& text, bool& quoted);
  std::string_view rest_;
  bool json_;
  std::vector<value::Key> names_;
  std::vector<std::string> owned_names_;
  std::string unquoted_;
  value::OwnedValue row_;
  std::size_t line_ = 0, next_line_ = 1;
};

/// A result as a line of CSV: entries of a context become columns. With a name a header comes first.
std::string csv_line(const value::Value& result, std::string_view header_name);

}  // namespace weir::cli
