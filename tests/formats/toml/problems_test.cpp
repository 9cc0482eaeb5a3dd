// What is wrong with a definition, with its place: nothing is passed over in silence.
#include "tests/formats/toml/support.hpp"
#include "tests/support/catch.hpp"

using namespace weir;

namespace {

struct Row {
  std::string_view text, problems;
};

/// Line 4 is the first line of the steps.
const Row step_rows[] = {
    {"[[step]]\nuser = \"a\"\nasign = \"x\"\n",
     "6:1 unknown-key: unknown key 'asign' of a user step; did you mean 'assign'?\n"},
    {"[[step]]\nuser = \"a\"\nset = [\"x = 1\"]\n",
     "6:1 unknown-key: 'set' means nothing on a user step; it belongs on script\n"},
    {"[[step]]\nmerge = \"a\"\nretry = 3\n",
     "6:1 unknown-key: 'retry' belongs on activities, and a merge step is none\n"},
    {"[[step]]\nusr = \"a\"\n", "5:1 unknown-key: unknown kind of step 'usr'; did you mean 'user'?\n"},
    {"[[step]]\nname = \"a\"\n",
     "4:1 missing-key: a step begins with its kind and id, such as user = \"approve\"\n"},
    {"[[step]]\nuser = \"a\"\nscript = \"b\"\n",
     "6:1 wrong-value: this step is 'user' already; it cannot be 'script' too\n"},
    {"[[step]]\nuser = 5\n", "5:8 wrong-value: 'user' must be a text, not a number\n"},
    {"[[step]]\nuser = \"a b\"\n",
     "5:8 wrong-value: 'a b' is no id: letters, digits, '_', '.' and '-', with a letter first\n"},
    {"[[step]]\nuser = \"a\"\n[[step]]\nuser = \"a\"\n", "7:9 duplicate-id: the id 'a' is there already\n"},
    {"[[step]]\nuser = \"start\"\n", "5:9 duplicate-id: the id 'start' is there already\n"},
    {"[[step]]\nuser = \"approve\"\nnext = \"aprove\"\n",
     "6:9 unresolved-reference: unknown step 'aprove'; did you mean 'approve'?\n"},
    {"[[step]]\nuser = \"a\"\nnext = 3\n",
     "6:8 wrong-value: 'next' must be the id of a step, not a number\n"},
    {"[[step]]\nend = \"a\"\nnext = \"a\"\n", "6:1 end-with-outgoing: nothing comes after an end step\n"},
    {"[[step]]\nchoice = \"a\"\n",
     "4:1 missing-key: choice 'a' needs when = [{ if = ..., then = ... }]; without conditions it is a "
     "merge\n"},
    {"[[step]]\ntask = \"a\"\nelse = \"a\"\n",
     "6:1 wrong-value: 'else' goes with 'when', and there is no 'when'\n"},
    {"[[step]]\ntask = \"a\"\nwhen = [{ if = \"x\", then = \"a\" }]\nnext = \"a\"\n",
     "7:1 wrong-value: 'next' does not go with 'when': say 'else' for the case that nothing matches\n"},
    {"[[step]]\ntask = \"a\"\nwhen = [{ if = \"x\" }]\n",
     "6:9 missing-key: an entry of 'when' needs then = \"step\"\n"},
    {"[[step]]\ntask = \"a\"\nwhen = [{ if = \"${x}\", then = \"a\" }]\n",
     "6:17 wrong-value: this key holds FEEL, which is written without '${' and '}'\n"},
    // Nothing falls into a side path.
    {"[[step]]\nuser = \"a\"\non = [{ timeout = \"5d\", then = \"b\" }]\n[[step]]\ntask = \"b\"\n",
     "4:1 side-path: step 'a' falls through into the side path 'b'; write next = \"...\" or next = "
     "\"end\"\n"},
    {"[[step]]\nuser = \"a\"\non = [{ timeout = \"5d\", then = \"b\" }]\nnext = \"c\"\n[[step]]\nchoice = "
     "\"c\"\n"
     "when = [{ if = \"x\", then = \"a\" }]\n[[step]]\ntask = \"b\"\n",
     "8:1 side-path: step 'c' falls through into the side path 'b'; write else = \"...\" or else = "
     "\"end\"\n"},
    {"[[step]]\ntask = \"a\"\nundo = \"b\"\n[[step]]\ntask = \"b\"\n",
     "4:1 side-path: step 'a' falls through into the compensation step 'b'; write next = \"...\" or next = "
     "\"end\"\n"},
    {"[[step]]\ntask = \"a\"\n[[step]]\nhandler = \"h\"\nmessage = \"m\"\n",
     "4:1 side-path: step 'a' falls through into the handler 'h'; write next = \"...\" or next = \"end\"\n"},
    {"[[step]]\ntask = \"a\"\nundo = \"b\"\nnext = \"end\"\n[[step]]\ntask = \"b\"\nnext = \"a\"\n",
     "10:9 end-with-outgoing: nothing comes after 'b': it undoes another step when that is compensated\n"},
    // Events.
    {"[[step]]\nuser = \"a\"\non = [{ timout = \"5d\", then = \"a\" }]\n",
     "6:9 unknown-key: unknown key 'timout' of 'on'; did you mean 'timeout'?\n"
     "6:7 missing-key: this entry needs a trigger, such as timeout = \"2d\" or error = \"*\"\n"},
    {"[[step]]\nuser = \"a\"\non = [{ timeout = \"5 days\", then = \"a\" }]\n",
     "6:20 wrong-value: '5 days' is no duration; write 90s, 15m, 2h, 3d, 1d12h or PT90S\n"},
    {"[[step]]\nuser = \"a\"\non = [{ timeout = \"5d\" }]\n",
     "6:7 missing-key: this entry needs then = \"step\"\n"},
    {"[[step]]\nuser = \"a\"\non = [{ timeout = \"5d\", error = \"*\", then = \"a\" }]\n",
     "6:25 wrong-value: 'timeout' is the trigger already; several stand in any = [...] or all = [...]\n"},
    {"[[step]]\nuser = \"a\"\non = [{ terminate = true, then = \"a\" }]\n",
     "6:9 unknown-key: 'terminate' cannot stand in 'on'\n"
     "6:7 missing-key: this entry needs a trigger, such as timeout = \"2d\" or error = \"*\"\n"},
    {"[[step]]\nuser = \"a\"\non = [{ after = \"1d\", then = \"a\" }, { after = \"2d\", then = \"a\" }]\n",
     "6:48 duplicate-id: the id 'a.after' is there already\n"},
    {"[[step]]\nstart = \"a\"\nerror = \"E\"\n", "6:1 unknown-key: 'error' cannot stand on a start\n"},
    {"[[step]]\ncatch = \"a\"\n",
     "4:1 missing-key: catch 'a' needs a trigger, such as message = \"name\" or after = \"2d\"\n"},
    {"[[step]]\ncatch = \"a\"\nafter = \"1d\"\ntimes = 3\n",
     "7:1 wrong-value: 'times' says how often 'every' happens, and there is no 'every'\n"},
    {"[[step]]\ncatch = \"a\"\nat = \"soon\"\n",
     "6:7 wrong-value: 'soon' is no date; write 2026-03-02 or 2026-03-02T10:00:00Z\n"},
    {"[[step]]\nwait = \"a\"\n", "4:1 missing-key: wait 'a' needs for = [{ message = ..., then = ... }]\n"},
    {"[[step]]\nwait = \"a\"\nfor = [{ after = \"1d\", then = \"end\" }]\nnext = \"a\"\n",
     "7:1 end-with-outgoing: a wait step leads on through the entries of 'for' only\n"},
    {"[[step]]\nend = \"a\"\nterminate = false\n",
     "6:13 wrong-value: 'terminate' is either true or left out\n"},
    {"[[step]]\nhandler = \"a\"\n",
     "4:1 missing-key: handler 'a' needs a trigger, such as message = \"name\" or error = \"*\"\n"},
    // Scopes.
    {"[[step]]\nsub = \"s\"\n  [[step.step]]\n  task = \"a\"\n  next = \"b\"\n[[step]]\ntask = \"b\"\n",
     "8:11 flow-crosses-scope: step 'b' is outside of this sub-process; a flow cannot cross the border of a "
     "sub-process\n"},
    {"[[step]]\nsub = \"s\"\nnext = \"a\"\n  [[step.step]]\n  task = \"a\"\n",
     "6:9 flow-crosses-scope: step 'a' is inside of 's'; a flow cannot cross the border of a sub-process\n"},
    {"[[step]]\nsub = \"s\"\n  [[step.step]]\n  user = \"a\"\n  [[step.on]]\n  timeout = \"1d\"\n  then = "
     "\"end\"\n",
     "8:3 misplaced-handler: this handler belongs to 's', not to the step above it\n"},
    // Work.
    {"[[step]]\nservice = \"a\"\nuse = \"erp\"\nwith.shell = [\"x\"]\n",
     "6:8 unresolved-reference: unknown connection 'erp'\n"},
    {"[[step]]\nservice = \"a\"\nwith.shell = \"x y\"\n",
     "6:14 wrong-value: 'shell' is an array, the program and its arguments: no shell takes a text apart "
     "here\n"},
    {"[[step]]\nservice = \"a\"\nwith.shell = [\"x\", \"${y\"]\n",
     "6:21 wrong-value: this '${' is not closed with '}'\n"},
    {"[[step]]\nservice = \"a\"\nwith.shell = [\"x\"]\nwith.stdn = \"y\"\n",
     "7:6 unknown-key: unknown key 'stdn' of 'with' for shell; did you mean 'stdin'?\n"},
    {"[[step]]\nservice = \"a\"\nworker = \"w\"\nwith.shell = [\"x\"]\n",
     "6:1 wrong-value: 'worker' leaves the work to others: 'use' and 'with' do not go with it\n"},
    {"[[step]]\nscript = \"a\"\nset = [\"x\"]\n",
     "6:8 wrong-value: an assignment is written \"variable = FEEL\"\n"},
    {"[[step]]\nscript = \"a\"\nset = [\"x = 1 +\"]\n",
     "6:16 expression-syntax: expected an expression before the end\n"},
    {"[[step]]\nservice = \"a\"\nwith.shell = [\"x\", \"a ${ ) } b ${1}\"]\n",
     "6:26 expression-syntax: expected an expression before ')'\n"},
    {"[[step]]\nscript = \"a\"\nset = [\"x = \"]\n", "6:8 wrong-value: nothing is assigned to 'x'\n"},
    {"[[step]]\nscript = \"a\"\n", "4:1 missing-key: script 'a' needs set = [\"variable = FEEL\"]\n"},
    {"[[step]]\nuser = \"a\"\neach = \"lines\"\n",
     "6:8 wrong-value: 'each' is written \"element in list\", such as \"line in order.lines\"\n"},
    {"[[step]]\nuser = \"a\"\nsequential = true\n",
     "6:1 wrong-value: 'sequential' goes with 'each', and there is no 'each'\n"},
    {"[[step]]\nuser = \"a\"\nretry = { times = 3, wait = \"x\" }\n",
     "6:30 wrong-value: 'x' is no duration; write 90s, 15m, 2h, 3d, 1d12h or PT90S\n"},
    {"[[step]]\nuser = \"a\"\nlane = \"x\"\n", "6:9 unresolved-reference: unknown lane 'x'\n"},
    {"[[step]]\nuser = \"a\"\nxml = \"<x/>\"\n",
     "6:1 unsupported-key: this version of weir does not read 'xml' of a user step yet\n"},
    {"[[step]]\nadhoc = \"a\"\nsequential = 1\n",
     "6:14 wrong-value: 'sequential' must be true or false, not a number\n"},
    {"[[step]]\nadhoc = \"a\"\ncollect = \"x = y\"\n",
     "6:1 wrong-value: 'collect' goes with 'each', and there is no 'each'\n"},
    {"[[step]]\nsub = \"a\"\ncancel-remaining = true\n",
     "6:1 unknown-key: 'cancel-remaining' means nothing on a sub step; it belongs on adhoc\n"},
};

const Row file_rows[] = {
    {"weir = 1\n", "1:1 missing-key: a definition needs [process] with an id\n"},
    {"weir = 2\n[process]\nid = \"p\"\n[[step]]\ntask = \"a\"\n",
     "1:8 wrong-value: this file is written in version 2 of the language; this version of weir reads version "
     "1\n"},
    {"weir = 1\n[process]\nid = \"p\"\n", "2:1 missing-key: a process needs steps: [[step]]\n"},
    {"weir = 1\n[process]\nname = \"P\"\n[[step]]\ntask = \"a\"\n",
     "2:1 missing-key: [process] needs an id\n"},
    {"weir = 1\n[proces]\nid = \"p\"\n[[step]]\ntask = \"a\"\n",
     "2:2 unknown-key: unknown key 'proces' in a definition; did you mean 'process'?\n"
     "1:1 missing-key: a definition needs [process] with an id\n"},
    {"weir = 1\nprocess.id = \"p\"\n[[step]]\ntask = \"a\"\n[[test]]\nname = \"x\"\n",
     "5:3 unsupported-key: this version of weir does not read 'test' in a definition yet\n"},
    {"weir = 1\nprocess.id = \"p\"\n[vars]\na = \"strng\"\n[[step]]\ntask = \"a\"\n",
     "4:6 unresolved-reference: unknown type 'strng'; did you mean 'string'?\n"},
    {"weir = 1\nprocess.id = \"p\"\n[vars]\na = { type = \"number\", default = \"1\" }\n[[step]]\ntask = "
     "\"a\"\n",
     "4:34 wrong-value: the default of 'a' must be a number, not a text\n"},
    {"weir = 1\nprocess.id = \"p\"\n[vars]\na = { type = \"number\", max = inf }\n[[step]]\ntask = \"a\"\n",
     "4:30 wrong-value: inf is no number that weir can use\n"},
    {"weir = 1\nprocess.id = \"p\"\n[sim.branches]\na = { b = nan }\n[[step]]\ntask = \"a\"\n",
     "4:11 wrong-value: nan is no number that weir can use\n"},
    {"weir = 1\nprocess.id = \"p\"\n[messages.paid]\n[[step]]\ncatch = \"a\"\nmessage = \"payed\"\n",
     "6:12 unresolved-reference: unknown message 'payed'\n"},
    {"weir = 1\nprocess.id = \"p\"\n[errors]\nFRAUD = \"Fraud\"\n[[step]]\ntask = \"a\"\n"
     "on = [{ error = \"FRUAD\", then = \"end\" }, { error = \"HTTP_404\", then = \"end\" }]\n",
     "7:18 unresolved-reference: unknown error 'FRUAD'; did you mean 'FRAUD'?\n"},
    {"weir = 1\nprocess.id = \"p\"\n[connections]\na = {}\n[[step]]\ntask = \"a\"\n",
     "4:1 missing-key: connection 'a' needs a type, such as type = \"shell\"\n"},
    {"[process]\nid = \"p\"\n[[step]]\ntask = \"a\"\n",
     "1:1 missing-key: the first key of a definition is weir = 1\n"},
};

std::string problems(std::string name, std::string text) {
  SourceMap sources;
  Diagnostics diagnostics;
  formats::read(std::move(name), std::move(text), sources, diagnostics);
  return test::problems_of(sources, diagnostics);
}

}  // namespace

TEST_CASE("what is wrong with steps is reported with its place", "[toml]") {
  for (const Row& row : step_rows) {
    CAPTURE(row.text);
    CHECK(problems("test.toml", test::with_steps(row.text)) == row.problems);
  }
}

TEST_CASE("what is wrong with a definition is reported with its place", "[toml]") {
  for (const Row& row : file_rows) {
    CAPTURE(row.text);
    CHECK(problems("test.toml", std::string(row.text)) == row.problems);
  }
}

TEST_CASE("what is wrong with decisions is reported with its place", "[toml]") {
  const Row rows[] = {
      {"id = \"d\"\ninputs = [\"x\"]\noutputs = [\"y\"]\nrules = [[\"> 1\", 2], [\"-\", \"= x\", \"why\"]]\n",
       ""},
      {"inputs = [\"x\"]\noutputs = [\"y\"]\nrules = []\n",
       "6:1 missing-key: a decision needs id = \"name\"\n"},
      {"id = \"a b\"\n",
       "7:6 wrong-value: 'a b' is no id: letters, digits, '_', '.' and '-', with a letter first\n"},
      {"id = \"d\"\nhit = \"frist\"\ninputs = [\"x\"]\noutputs = [\"y\"]\nrules = [[\"-\", 1]]\n",
       "8:8 wrong-value: 'frist' is no hit policy; did you mean 'first'?\n"},
      {"id = \"d\"\ntypes = [\"number\"]\ninputs = [\"x\"]\noutputs = [\"y\"]\nrules = [[\"-\", 1]]\n",
       "8:1 unsupported-key: this version of weir does not read 'types' in [[decision]] yet\n"},
      {"id = \"d\"\ninputs = [\"x\"]\noutputs = [\"y\"]\nrules = [[\"-\"]]\n",
       "10:10 wrong-value: a rule of 'd' has 2 cells: 1 for the inputs, 1 for the outputs, and perhaps a "
       "text "
       "as remark\n"},
      {"id = \"d\"\ninputs = [\"x\"]\noutputs = [\"a b\"]\nrules = [[\"${x}\", 1]]\n",
       "9:12 wrong-value: 'a b' is no name of a variable\n"
       "10:12 wrong-value: this key holds FEEL, which is written without '${' and '}'\n"},
      {"id = \"d\"\ninputs = []\noutputs = []\nrules = []\n",
       "9:11 wrong-value: a decision needs at least one output\n"},
      {"id = \"d\"\ninputs = [\"x\"]\noutputs = [\"y\"]\nrules = 1\n",
       "10:9 wrong-value: 'rules' is an array of rows, each an array of cells\n"},
      {"id = \"d\"\ninputs = [\"x\"]\noutputs = [\"y\"]\nrules = [[\"-\", 1]]\n[[decision]]\nid = \"d\"\n",
       "12:7 duplicate-id: there is a decision 'd' already\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(problems("test.toml", test::with_steps("[[step]]\ntask = \"a\"\n[[decision]]\n" +
                                                 std::string(row.text))) == row.problems);
  }
}

TEST_CASE("suggestions come as fixes of the exact bytes", "[toml]") {
  const test::Read read(test::with_steps("[[step]]\nuser = \"approve\"\nnext = \"aprove\"\n"));
  REQUIRE(read.diagnostics.size() == 1);
  const Diagnostic& found = read.diagnostics.list().front();
  CHECK(read.text(found.span) == "aprove");
  REQUIRE(found.fixes.size() == 1);
  CHECK(read.text(found.fixes[0].span) == "aprove");
  CHECK(found.fixes[0].replacement == "approve");
}

TEST_CASE("TOML of other programs is no error", "[toml]") {
  const std::string other =
      "1:1 not-a-definition: this TOML file is no definition of weir: its first key is not weir = 1\n";
  CHECK(problems("x.toml", "a = inf\nb = nan\nc = -inf\n") == other);
  CHECK(problems("x.toml",
                 "\xEF\xBB\xBF"
                 "a = 1\n") == other);
  CHECK(problems("x.toml", "a = 1\r\nb = 2\r\n") == other);
  CHECK(problems("x.toml", "[proces]\nid = 'x'\n") ==
        "1:2 not-a-definition: this TOML file is no definition of weir: its first key is not weir = 1\n"
        "1:2 unknown-key: unknown key 'proces' in a definition; did you mean 'process'?\n");
  CHECK(problems("folder/weir.toml", "[lint]\nfail_on = 'x'\n") ==
        "2:1 unknown-key: unknown key 'fail_on' in [lint]; did you mean 'fail-on'?\n");
}

TEST_CASE("bytes that are no TOML are errors", "[toml]") {
  for (const std::string& bytes : {std::string("weir = \"\xFF\xFE\"\n"), std::string("weir = \"x\0y\"\n", 13),
                                   std::string("weir = 1\nweir = 1\n"),
                                   std::string("\xFF\xFE"
                                               "a\0 \0=\0 \0001\0\n\0",
                                               14)}) {
    SourceMap sources;
    Diagnostics diagnostics;
    const auto read = formats::read("test.toml", bytes, sources, diagnostics);
    CHECK_FALSE(read.has_model);
    CHECK(diagnostics.has_errors());
  }
}
