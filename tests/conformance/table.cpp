// No quoting: the suites escape tabs and line breaks instead.
#include "tests/conformance/table.hpp"

#include <fstream>
#include <iterator>
#include <sstream>

namespace weir::conformance {

namespace {

std::vector<std::string> cells(std::string line) {
  if (!line.empty() && line.back() == '\r') line.pop_back();
  std::vector<std::string> out;
  std::size_t begin = 0;
  while (true) {
    const std::size_t tab = line.find('\t', begin);
    out.push_back(line.substr(begin, tab - begin));
    if (tab == std::string::npos) return out;
    begin = tab + 1;
  }
}

}  // namespace

std::vector<Row> read_table(const std::filesystem::path& path) {
  std::vector<Row> rows;
  std::ifstream in(path);
  std::string line;
  if (!std::getline(in, line)) return rows;
  const std::vector<std::string> header = cells(line);
  while (std::getline(in, line)) {
    const std::vector<std::string> row = cells(line);
    Row& made = rows.emplace_back();
    for (std::size_t i = 0; i < header.size() && i < row.size(); ++i) made[header[i]] = row[i];
  }
  return rows;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace weir::conformance
