// Version, compiler and libraries: what a bug report needs.
#include "cli/commands.hpp"
#include "formats/json/writer.hpp"

namespace weir::cli {

const char* version() {
  return WEIR_VERSION;
}

namespace commands {

ExitCode version(const Arguments& arguments, Terminal& terminal) {
#ifdef __clang__
  const std::string_view compiler = "clang " __clang_version__;
#else
  const std::string_view compiler = "g++ " __VERSION__;
#endif
  if (arguments.format == "json") {
    formats::json::Writer json(formats::json::Style::pretty);
    json.begin_object().key("schema").string("weir.version/1").key("version").string(cli::version());
    json.key("compiler").string(compiler).end_object();
    terminal.out(json.text());
    terminal.out("\n");
  } else {
    terminal.out(std::string("weir ") + cli::version() + "\n");
  }
  return ExitCode::done;
}

}  // namespace commands
}  // namespace weir::cli
