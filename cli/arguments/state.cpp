// Options of commands on the state as a whole: message, signal, timer, work, state.
#include "cli/arguments/options.hpp"

namespace weir::cli::options {

void message(Options& options) {
  options.words();
  options.format();
  RuntimeOptions& to = options.runtime();
  options.variables(to.variables).only({"send"});
  options.state();
  options.key("send: correlation key, the instance that waits with this key gets it").only({"send"});
  options.only_instance().only({"send"});
  options
      .duration("--ttl", to.time_to_live,
                "send: keep it so long when nobody waits for it (else as definitions say)")
      .only({"send"});
  options.text("--id", "ID", to.id, "send: a second message of this name with the same id has no effect")
      .only({"send"});
  options.user("send: say who does it").only({"send"});
  options.flag("--all", to.all, "list: also those that somebody got or nobody wanted in time").only({"list"});
}

void signal(Options& options) {
  options.words();
  options.format();
  options.variables(options.runtime().variables);
  options.state();
}

void timer(Options& options) {
  options.words();
  options.format();
  options.state();
  options.process(options.runtime().process, "list: only timers of this process").only({"list"});
  options.text("--message", "TEXT", options.runtime().message, "fire: say why").only({"fire"});
  options.user("Say who does it").only({"fire", "arm", "disarm"});
  options
      .flag("--exit-on-wait", options.runtime().exit_on_wait,
            "fire: exit with 8 when the instance waits again")
      .rare()
      .only({"fire"});
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
                "compact: remove instances that ended longer ago than this: 30d, 12h (else as processes say: "
                "historyTimeToLive)")
      .only({"compact"});
  options.user("Say who does it").only({"compact"});
}

}  // namespace weir::cli::options
