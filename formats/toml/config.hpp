// weir.toml, the settings of a project: text -> Config. Which weir.toml counts for a file is the business of
// cli.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/execute/people.hpp"
#include "core/lint/handlers.hpp"
#include "core/lint/people_names.hpp"
#include "core/model/definitions.hpp"
#include "core/model/work.hpp"

namespace weir::formats::toml {

/// What is not written is empty; defaults are those of the command line.
struct Config {
  struct Lint {
    std::vector<std::string> select, ignore;  // rules and groups
    std::optional<Severity> fail_on;
    struct FileIgnores {
      std::string pattern;  // of paths, relative to the file's folder: "legacy/**"
      std::vector<std::string> rules;
      Span span;
    };
    std::vector<FileIgnores> per_file_ignores;
    std::vector<std::pair<std::string, Span>> names;  // of all rules and groups, to check and point at them
  };
  enum class Sync : unsigned char { always, batch, never };
  struct State {
    std::string directory;  // relative to the file's folder
    std::optional<Sync> sync;
  };
  Lint lint;
  std::optional<model::Dialect> dialect;  // of files that do not say theirs
  State state;
  std::vector<model::Handler> handlers;
  std::vector<lint::HandlerText> handler_texts;  // all FEEL in them
  execute::People people;                        // [groups], [substitutes], [four-eyes]
  std::vector<lint::PeopleName> people_names;    // what these name, to check and point at it
  /// Its `connections`, for definitions that do not have one of that name; it also keeps all texts.
  model::Definitions declared;
};

/// Reads the text of a weir.toml; everything wrong is reported with its place, unknown keys as errors.
Config parse_config(std::string_view text, FileId file, Diagnostics& diagnostics);

}  // namespace weir::formats::toml
