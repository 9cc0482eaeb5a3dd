// Options of commands on the state as a whole: message, signal, work, state.
#include "cli/arguments/options.hpp"

namespace weir::cli::options {

void message(Options& options) {
  options.words();
  options.format();
  options.variables(options.runtime().variables);
  options.state();
  options.key("Correlation key: the instance that waits with this key gets it");
  options.only_instance();
}

void signal(Options& options) {
  options.words();
  options.format();
  options.variables(options.runtime().variables);
  options.state();
}

void work(Options& options) {
  options.format();
  options.state();
  options.flag("--once", options.runtime().once, "Do what is due now and end, instead of waiting for more");
}

void state(Options& options) {
  options.words();
  options.format();
  options.state();
  options
      .duration("--ended", options.runtime().ended,
                "compact: remove instances that ended longer ago than this: 30d, 12h")
      .only({"compact"});
  options.user("Say who does it").only({"compact"});
}

}  // namespace weir::cli::options
