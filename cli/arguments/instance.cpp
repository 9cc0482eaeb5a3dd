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
  options.text("--to", "FILE", to.to, "migrate: file with the new definition").only({"migrate"});
  options.texts("--map", "OLD=NEW", to.maps, "migrate: what takes the place of an element").only({"migrate"});
  options.flag("-n,--dry-run", to.dry_run, "migrate: say what would happen").only({"migrate"});
  options.user("Say who does it")
      .only({"set", "choose", "retry", "cancel", "suspend", "resume", "migrate", "rm"});
}

}  // namespace weir::cli::options
