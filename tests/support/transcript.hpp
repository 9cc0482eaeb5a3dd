// Transcripts: `$ command` lines followed by what the command prints and, unless it is 0, `[exit N]`. Text
// files are transcripts as a whole (lines that begin with # are remarks); in Markdown each ```console block
// is one.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace weir::test {

/// One command whose output or exit code differs from what the transcript says.
struct Difference {
  std::size_t line = 0;  // of the command, from 1
  std::string command, expected, actual;
};

struct TranscriptResult {
  std::size_t commands = 0;
  std::vector<Difference> differences;
};

/// Runs all commands of a transcript with sh, each in the folder of the file, the weir that was built first
/// in PATH, both streams together. With `update` the file is rewritten so that nothing differs.
TranscriptResult run_transcript(const std::filesystem::path& file, bool update);

}  // namespace weir::test
