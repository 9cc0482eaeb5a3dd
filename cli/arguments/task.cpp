// Options of task and job: open work that somebody outside does.
#include "cli/arguments/options.hpp"

namespace weir::cli::options {

namespace {

void outcome(Options& options) {
  RuntimeOptions& to = options.runtime();
  options.text("--error", "CODE", to.error, "End it with this BPMN error").only({"complete", "fail"});
  options.text("--message", "TEXT", to.message, "fail: say why").only({"fail"});
}

}  // namespace

void task(Options& options) {
  RuntimeOptions& to = options.runtime();
  options.words();
  options.format();
  options.variables(to.variables).only({"complete", "fail"});
  options.state();
  options.user("list: tasks this user may do; else: say who does it")
      .only({"list", "complete", "fail", "claim", "release", "assign"});
  options.text("--group", "GROUP", to.group, "list: tasks this group may do").only({"list"});
  options.text("--assignee", "USER", to.assignee, "list: only tasks of this user").only({"list"});
  options.flag("--unassigned", to.unassigned, "list: only tasks nobody has claimed").only({"list"});
  options.flag("--overdue", to.overdue, "list: only tasks that should be done by now").only({"list"});
  options.process(to.process, "list: only tasks of this process").only({"list"});
  options.number("--max", to.most, std::size_t{1}, "list: at most so many, oldest first").only({"list"});
  options.only_instance().only({"list"});
  outcome(options);
  options.flag("--exit-on-wait", to.exit_on_wait, "Exit with 8 when the instance waits again")
      .rare()
      .only({"complete", "fail"});
}

void job(Options& options) {
  RuntimeOptions& to = options.runtime();
  options.words();
  options.format();
  options.variables(to.variables).only({"complete", "fail"});
  options.state();
  options.only_instance().only({"list"});
  outcome(options);
  options.user("Say which worker it is").only({"activate", "complete", "fail", "extend"});
  options.number("--max", to.most, std::size_t{1}, "activate: at most so many (1); list: as well")
      .only({"list", "activate"});
  options.duration("--for", to.hold, "activate, extend: hold it so long (5m)").only({"activate", "extend"});
  options
      .number("--retries", to.retries, std::uint32_t{0},
              "fail: it may be tried so often again (else as modelled)")
      .only({"fail"});
  options.duration("--wait", to.wait, "fail: not before so much later (else as modelled)").only({"fail"});
}

}  // namespace weir::cli::options
