// Whole commands: tests/transcripts/*.txt, README.md and the READMEs of the samples. WEIR_UPDATE=1 rewrites
// them.
#include <algorithm>
#include <cstdlib>

#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/transcript.hpp"

using namespace weir::test;
namespace fs = std::filesystem;

namespace {

std::vector<fs::path> transcripts() {
  std::vector<fs::path> files{source_dir() / "README.md"};
  for (const auto& each : fs::directory_iterator(source_dir() / "tests" / "transcripts"))
    if (each.path().extension() == ".txt") files.push_back(each.path());
  for (const auto& each : fs::directory_iterator(source_dir() / "samples"))
    if (fs::exists(each.path() / "README.md")) files.push_back(each.path() / "README.md");
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

TEST_CASE("transcripts") {
  const bool update = std::getenv("WEIR_UPDATE") != nullptr;
  for (const fs::path& file : transcripts()) {
    const TranscriptResult result = run_transcript(file, update);
    const std::string name = file.lexically_relative(source_dir()).string();
    CAPTURE(name);
    CHECK(result.commands > 0);
    for (const Difference& each : result.differences) {
      const std::string place = name + ":" + std::to_string(each.line);
      CAPTURE(place, each.command);
      CHECK(each.actual == each.expected);
    }
  }
}
