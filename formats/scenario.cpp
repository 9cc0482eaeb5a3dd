// JSON is Prosimos: no other tool writes scenarios in it.
#include "formats/scenario.hpp"

#include "formats/prosimos/reader.hpp"

namespace weir::formats {

std::optional<simulate::Scenario> read_scenario(std::string name, std::string bytes, SourceMap& sources,
                                                Diagnostics& diagnostics) {
  const std::size_t first = bytes.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  const bool is_json = first != std::string::npos && (bytes[first] == '{' || bytes[first] == '[');
  const FileId file = sources.add(std::move(name), std::move(bytes));
  if (is_json) return prosimos::read(file, sources, diagnostics);
  diagnostics.error("bad-scenario", "this is no scenario that weir can read (JSON of Prosimos)", {file, 0, 0})
      .group = "simulation";
  return std::nullopt;
}

}  // namespace weir::formats
