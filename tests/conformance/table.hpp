// Tab-separated tables with a header line, as the data suites have them.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace weir::conformance {

using Row = std::map<std::string, std::string>;  // column name -> cell

/// The rows of a table, empty when the file is not there.
std::vector<Row> read_table(const std::filesystem::path& path);
/// All bytes of a file, empty when it cannot be read.
std::string read_file(const std::filesystem::path& path);

}  // namespace weir::conformance
