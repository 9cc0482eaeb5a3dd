// Options of instance.
#include "cli/arguments/options.hpp"

namespace weir::cli::options {

namespace {

constexpr std::array<std::string_view, 5> log_formats{"text", "json", "csv", "xes", "jsonl"};

}  // namespace

void instance(Options& options) {
  RuntimeOptions& to = options.runtime();
  options.words();
  options.format(log_formats, "Print text or json; export: csv (default), xes or jsonl");
  options.process(to.process, "list, export, migrate: only instances of this process")
      .only({"list", "export", "migrate"});
  options.state();
  options.variables(to.variables).only({"set"});
  options
      .text("--status", "STATUS", to.status,
            "list: only waiting, completed, failed, incident, cancelled or suspended ones")
      .only({"list"});
  options
      .texts("--to", "FILE|ELEMENT", to.to,
             "migrate: file with the new definition; move: a token begins here")
      .only({"migrate", "move"});
  options.texts("--from", "ELEMENT", to.from, "move: all tokens here are taken away, with what is below them")
      .only({"move"});
  options.texts("--cancel", "ELEMENT", to.cancelled, "move: the same, and nothing has to begin elsewhere")
      .only({"move"});
  options.text("--message", "TEXT", to.message, "move: say why").only({"move"});
  options.texts("--map", "OLD=NEW", to.maps, "migrate: what takes the place of an element").only({"migrate"});
  options.flag("-n,--dry-run", to.dry_run, "migrate, move: say what would happen").only({"migrate", "move"});
  options.user("Say who does it")
      .only({"set", "choose", "retry", "cancel", "suspend", "resume", "migrate", "move", "activate", "rm"});
}

}  // namespace weir::cli::options
