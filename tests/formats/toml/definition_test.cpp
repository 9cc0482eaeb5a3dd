// The language: steps -> nodes and flows, and what is wrong -> diagnostics with places.
#include "formats/toml/definition.hpp"

#include "tests/formats/toml/support.hpp"
#include "tests/support/catch.hpp"

using namespace weir;
using test::with_steps;

namespace {

struct Row {
  std::string_view what;
  std::string_view steps;
  std::string_view nodes;
  std::string_view flows;
};

const Row graphs[] = {
    {"one step gets a start and an end", R"(
[[step]]
task = "a"
)",
     "start startEvent\na task\na.end endEvent\n", "start--a\na--a.end\n"},

    {"steps fall through to the next", R"(
[[step]]
start = "s"
name = "Begin"
[[step]]
user = "a"
[[step]]
manual = "b"
[[step]]
end = "e"
)",
     "s startEvent \"Begin\"\na userTask\nb manualTask\ne endEvent\n", "s--a\na--b\nb--e\n"},

    {"next jumps, to the end too, to several, and to nowhere", R"(
[[step]]
task = "a"
next = "c"
[[step]]
task = "b"
next = "end"
[[step]]
task = "c"
next = ["b", "d"]
[[step]]
task = "d"
next = { to = "e", name = "go" }
[[step]]
task = "e"
next = false
)",
     "start startEvent\na task\nb task\nb.end endEvent\nc task\nd task\ne task\n",
     "start--a\na--c\nb--b.end\nc--b\nc--d\nd--e \"go\"\n"},

    {"a step may have the id end", R"(
[[step]]
task = "a"
next = "end"
[[step]]
end = "end"
)",
     "start startEvent\na task\nend endEvent\n", "start--a\na--end\n"},

    {"two flows between the same nodes have different ids", R"(
[[step]]
choice = "c"
when = [{ if = "x", then = "a" }, { if = "y", then = "a" }]
[[step]]
task = "a"
)",
     "start startEvent\nc exclusiveGateway\na task\na.end endEvent\n",
     "start--c\nc--a if x\nc--a.2 if y\nc--a.3 default\na--a.end\n"},

    {"a choice with else, and without any default", R"(
[[step]]
choice = "c"
when = [{ if = "a > 1", then = "x", name = "big" }]
else = { to = "y", name = "small" }
[[step]]
choice = "x"
when = [{ if = "b", then = "y" }]
else = false
[[step]]
merge = "y"
)",
     "start startEvent\nc exclusiveGateway\nx exclusiveGateway\ny exclusiveGateway\ny.end endEvent\n",
     "start--c\nc--x \"big\" if a > 1\nc--y \"small\" default\nx--y if b\ny--y.end\n"},

    {"conditions on a task fall through by default; one may lead to the end", R"(
[[step]]
task = "a"
when = [{ if = "x", then = "end" }]
[[step]]
task = "b"
)",
     "start startEvent\na task\na.end endEvent\nb task\nb.end endEvent\n",
     "start--a\na--a.end if x\na--b default\nb--b.end\n"},

    {"parallel split and join", R"(
[[step]]
parallel = "split"
to = ["a", "b"]
[[step]]
task = "a"
next = "both"
[[step]]
task = "b"
[[step]]
join = "both"
)",
     "start startEvent\nsplit parallelGateway\na task\nb task\nboth parallelGateway\nboth.end endEvent\n",
     "start--split\nsplit--a\nsplit--b\na--both\nb--both\nboth--both.end\n"},

    {"steps of an ad-hoc step stand for themselves, and only what is written comes after them", R"(
[[step]]
adhoc = "care"
  [[step.step]]
  user = "look"
  [[step.step]]
  user = "measure"
  next = "note"
  [[step.step]]
  user = "note"
  [[step.step]]
  sub = "rounds"
    [[step.step.step]]
    user = "walk"
[[step]]
user = "report"
)",
     "start startEvent\ncare adHocSubProcess\nlook userTask in care\nmeasure userTask in care\n"
     "note userTask in care\nrounds subProcess in care\nrounds.start startEvent in rounds\n"
     "walk userTask in rounds\nwalk.end endEvent in rounds\nreport userTask\nreport.end endEvent\n",
     "start--care\ncare--report\nmeasure--note\nrounds.start--walk\nwalk--walk.end\nreport--report.end\n"},

    {"inclusive gateways", R"(
[[step]]
inclusive = "split"
when = [{ if = "x", then = "a" }, { if = "y", then = "b" }]
else = "join"
[[step]]
task = "a"
next = "join"
[[step]]
task = "b"
[[step]]
inclusive = "join"
)",
     "start startEvent\nsplit inclusiveGateway\na task\nb task\njoin inclusiveGateway\njoin.end endEvent\n",
     "start--split\nsplit--a if x\nsplit--b if y\nsplit--join default\na--join\nb--join\njoin--join.end\n"},

    {"boundary events stand behind their step; timeout interrupts, after does not", R"(
[[step]]
user = "a"
on = [
  { after = "2d", then = "remind", name = "2 days" },
  { timeout = "5d", then = "end" },
  { error = "E-1", then = "mend" },
  { message = "stop", then = "mend", interrupt = false, id = "stopped" },
]
next = "b"
[[step]]
task = "remind"
next = "end"
[[step]]
task = "mend"
[[step]]
task = "b"
)",
     "start startEvent\n"
     "a userTask\n"
     "a.after boundaryEvent \"2 days\" on a non-interrupting timer P2D\n"
     "a.timeout boundaryEvent on a timer P5D\n"
     "a.E-1 boundaryEvent on a error=error.E_1\n"
     "stopped boundaryEvent on a non-interrupting message=message.stop\n"
     "a.timeout.end endEvent\n"
     "remind task\nremind.end endEvent\nmend task\nb task\nb.end endEvent\n",
     "start--a\na--b\na.after--remind\na.timeout--a.timeout.end\na.E-1--mend\nstopped--mend\n"
     "remind--remind.end\nmend--b\nb--b.end\n"},

    {"wait leaves through its events", R"(
[[step]]
wait = "w"
for = [
  { message = "paid", then = "b" },
  { after = "14d", then = "end", name = "late" },
]
[[step]]
task = "b"
)",
     "start startEvent\nw eventBasedGateway\nw.paid intermediateCatchEvent message=message.paid\n"
     "w.after intermediateCatchEvent \"late\" timer P14D\nw.after.end endEvent\nb task\nb.end endEvent\n",
     "start--w\nw--w.paid\nw.paid--b\nw--w.after\nw.after--w.after.end\nb--b.end\n"},

    {"catch, throw and end events", R"(
[[step]]
start = "s"
message = "in"
[[step]]
catch = "c"
at = 2026-03-02
[[step]]
catch = "d"
at = "${employee.startDate}"
[[step]]
catch = "e"
every = "30m"
times = 3
[[step]]
catch = "f"
every = "cron 0 9 * * mon-fri"
[[step]]
catch = "g"
if = "x > 1"
[[step]]
throw = "h"
signal = "news"
[[step]]
throw = "i"
escalation = "LATE"
[[step]]
end = "j"
error = "FAILED"
)",
     "s startEvent message=message.in\nc intermediateCatchEvent timer 2026-03-02T00:00:00\n"
     "d intermediateCatchEvent timer =employee.startDate\ne intermediateCatchEvent timer R3/PT30M\n"
     "f intermediateCatchEvent timer cron 0 9 * * mon-fri\ng intermediateCatchEvent conditional x > 1\n"
     "h intermediateThrowEvent signal=signal.news\ni intermediateThrowEvent escalation=escalation.LATE\n"
     "j endEvent error=error.FAILED\n",
     "s--c\nc--d\nd--e\ne--f\nf--g\ng--h\nh--i\ni--j\n"},

    {"sub-processes and handlers have starts of their own", R"(
[[step]]
sub = "s"

  [[step.step]]
  user = "a"

  [[step.step]]
  user = "b"

[[step]]
end = "done"

[[step]]
handler = "h"
message = "stop"
interrupt = false

  [[step.step]]
  end = "stopped"
  terminate = true
)",
     "start startEvent\ns subProcess\ns.start startEvent in s\na userTask in s\nb userTask in s\nb.end "
     "endEvent in s\n"
     "done endEvent\nh subProcess by-event\nh.start startEvent non-interrupting in h message=message.stop\n"
     "stopped endEvent in h terminate\n",
     "start--s\ns--done\ns.start--a\na--b\nb--b.end\nh.start--stopped\n"},

    {"undo is a compensation handler without flows", R"(
[[step]]
service = "a"
worker = "a"
undo = "back"
next = "end"
[[step]]
task = "back"
)",
     "start startEvent\na serviceTask\na.undo boundaryEvent on a compensate\na.end endEvent\n"
     "back task for-compensation\n",
     "start--a\na--a.end\n"},

    {"several triggers, links and a call", R"(
[[step]]
start = "s"
any = [{ message = "m" }, { signal = "n" }]
[[step]]
call = "c"
process = "other"
[[step]]
throw = "t"
link = "on"
next = false
[[step]]
catch = "u"
link = "on"
)",
     "s startEvent message=message.m signal=signal.n\nc callActivity\nt intermediateThrowEvent link=on\n"
     "u intermediateCatchEvent link=on\nu.end endEvent\n",
     "s--c\nc--t\nu--u.end\n"},
};

}  // namespace

TEST_CASE("steps become nodes and flows", "[toml]") {
  for (const Row& row : graphs) {
    CAPTURE(row.what);
    const test::Read read(with_steps(row.steps));
    CHECK(test::problems_of(read.sources, read.diagnostics).empty());
    REQUIRE(read.result.has_model);
    CHECK(test::nodes_of(read.model()) == row.nodes);
    CHECK(test::flows_of(read.model()) == row.flows);
    for (const model::FlowNode& node : read.model().nodes) CHECK(node.span.known());
  }
}

TEST_CASE("places of nodes, targets and conditions", "[toml]") {
  const test::Read read(with_steps(R"([[step]]
choice = "big"
when = [{ if = " amount > 1 ", then = "a" }]
[[step]]
user = "a"
)"));
  REQUIRE(read.diagnostics.empty());
  const model::Definitions& model = read.model();
  CHECK(read.text(model.nodes[1].span) == "big");
  CHECK(read.text(model.flows[1].span) == "a");
  CHECK(model.flows[1].condition.body == "amount > 1");
  CHECK(model.flows[1].condition.language == "feel");
  CHECK(read.text(model.flows[1].condition.span) == " amount > 1 ");
  CHECK(model.dialect == model::Dialect::weir);
  CHECK(model.processes[0].executable);
  CHECK(read.text(model.processes[0].span) == "p");
}

TEST_CASE("work, people, loops and data", "[toml]") {
  const test::Read read(R"(weir = 1
[process]
id = "p"
lanes = [{ id = "desk", name = "Desk", group = "clerks" }]
[vars]
amount = { type = "number!", min = 0, default = 1.50 }
lines = "list<Line>"
[types.Line]
sku = "string!"
[connections]
erp = { type = "shell", cwd = "/srv" }
[messages.paid]
key = "order.id"
match = "body.id"
set = ["amount = body.amount"]
ttl = "1h"
[defaults]
retry = { times = 2, wait = "10s" }
[[step]]
user = "a"
lane = "desk"
assign = "${manager}"
users = ["ann", "bob"]
show = ["amount"]
ask = ["approved", "comment?"]
due = "2d"
priority = 5
[[step]]
user = "b"
[[step]]
service = "c"
use = "erp"
with.shell = ["order", "${amount}", "n=${amount}"]
with.timeout = "30s"
out = ["number = stdout"]
each = "line in lines"
sequential = true
collect = "numbers = number"
until = "count(numbers) > 2"
[[step]]
send = "d"
worker = "mailer"
retry = 5
[[step]]
script = "e"
set = ["amount = amount + 1", "big = amount >= 10"]
while = "amount < 10"
max = 5
test = "after"
[[step]]
receive = "f"
message = "paid"
[[step]]
decision = "g"
dmn = "risk"
out = ["risk = risk"]
[[step]]
adhoc = "h"
each = "line in lines"
sequential = true
until = "done"
cancel-remaining = false
  [[step.step]]
  user = "i"
)");
  REQUIRE(test::problems_of(read.sources, read.diagnostics).empty());
  const model::Definitions& model = read.model();
  const auto node = [&](std::string_view id) -> const model::FlowNode& { return model[model.node(id)]; };

  const model::FlowNode& h = node("h");
  CHECK(h.ad_hoc_sequential);
  CHECK_FALSE(h.loop.sequential);
  CHECK(h.completion_condition.body == "done");
  CHECK(h.loop.condition.body.empty());
  CHECK_FALSE(h.ad_hoc_cancel_remaining);

  const model::Work& a = node("a").work;
  CHECK(a.human_performer == "=manager");
  CHECK(a.potential_users == std::vector<std::string_view>{"ann", "bob"});
  CHECK(a.potential_groups.empty());
  CHECK(a.due_date == "P2D");
  CHECK(a.priority == "5");
  REQUIRE(a.fields.size() == 3);
  CHECK_FALSE(a.fields[0].asked);
  CHECK(a.fields[1].required);
  CHECK(a.fields[2].variable == "comment");
  CHECK_FALSE(a.fields[2].required);
  CHECK(node("b").work.potential_groups == std::vector<std::string_view>{"clerks"});  // lanes are sticky

  const model::FlowNode& c = node("c");
  CHECK(c.work.connection == "erp");
  const model::Parameter* argv = c.work.parameters.find("shell");
  REQUIRE(argv != nullptr);
  CHECK(argv->items[0].text == "order");
  CHECK(argv->items[1].text == "=amount");
  CHECK(argv->items[2].text == "=\"n=\" + string(amount)");
  CHECK(c.work.timeout == "PT30S");
  CHECK(c.work.retry.times == 2);
  CHECK(c.work.retry.wait == "PT10S");
  CHECK(c.outputs[0].target == "number");
  CHECK(read.text(c.outputs[0].span) == "stdout");
  CHECK(c.loop.kind == model::Loop::Kind::multi_instance);
  CHECK(c.loop.sequential);
  CHECK(c.loop.collection == "lines");
  CHECK(c.loop.element_variable == "line");
  CHECK(c.loop.outputs.at(0).list.target == "numbers");
  CHECK(c.loop.condition.body == "count(numbers) > 2");

  CHECK(node("d").work.job_type == "mailer");
  CHECK(node("d").work.retry.times == 5);
  const model::FlowNode& e = node("e");
  REQUIRE(e.work.assignments.size() == 2);
  CHECK(e.work.assignments[1].target == "big");
  CHECK(e.work.assignments[1].source == "amount >= 10");
  CHECK(e.loop.kind == model::Loop::Kind::standard);
  CHECK_FALSE(e.loop.test_before);
  CHECK(e.loop.maximum == "5");
  CHECK(node("f").message_ref == "message.paid");
  CHECK(node("g").work.decision.reference == "risk");

  REQUIRE(model.variables.size() == 2);
  CHECK(model.variables[0].required);
  CHECK(model.variables[0].default_value.text == "1.50");
  CHECK(model.variables[1].type == "list<Line>");
  CHECK(model.types[0].fields[0].name == "sku");
  CHECK(model.connections[0].type == "shell");
  const model::RootElement* paid = model.root(model::ElementKind::message, "message.paid");
  REQUIRE(paid != nullptr);
  CHECK(paid->name == "paid");
  CHECK(paid->message.correlation_key == "order.id");
  CHECK(paid->message.time_to_live == "PT1H");
  REQUIRE(model.lanes.size() == 1);
  CHECK(model.lanes[0].members.size() == 10);
}

TEST_CASE("several processes in one file", "[toml]") {
  const test::Read read(R"(weir = 1
[[process]]
id = "buyer"
  [[process.step]]
  send = "order"
  message = "order"
[[process]]
id = "seller"
  [[process.step]]
  start = "ordered"
  message = "order"
)");
  CHECK(test::problems_of(read.sources, read.diagnostics).empty());
  CHECK(test::nodes_of(read.model()) ==
        "buyer.start startEvent\norder sendTask\norder.end endEvent\n"
        "ordered startEvent message=message.order\nordered.end endEvent\n");
}
