// Columns of text: the first one flush left, the others flush right.
#pragma once

#include <string>
#include <vector>

namespace weir::formats::report {

class Table {
 public:
  explicit Table(std::vector<std::string> head) : rows_{std::move(head)} {}
  /// As many cells as the head.
  void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  /// One line per row, the head first, without blanks at the ends.
  [[nodiscard]] std::string text() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace weir::formats::report
