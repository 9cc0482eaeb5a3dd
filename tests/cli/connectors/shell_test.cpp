#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>

#include "cli/world/connectors.hpp"
#include "core/model/connector_schema.hpp"
#include "core/value/print.hpp"
#include "formats/json/value.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"

using namespace weir;
using execute::Called;

namespace {

/// Calls with the parameters and settings that these JSON texts hold.
Called call(std::string_view parameters, std::string_view settings = "{}", std::string_view type = "shell") {
  const Result<value::OwnedValue> with = formats::json::read(parameters), use = formats::json::read(settings);
  REQUIRE(with);
  REQUIRE(use);
  cli::world::Connectors connectors;
  execute::Call one;
  one.type = type;
  one.parameters = with->get();
  one.settings = use->get();
  one.token = "token-1";
  return connectors.call(one);
}

Called script(const std::string& text, std::string_view more = "") {
  formats::json::Writer writer;
  writer.string(text);
  return call(R"({"shell": ["sh", "-c", )" + std::string(writer.text()) + "]" + std::string(more) + "}");
}

std::string result(const Called& called, std::string_view name) {
  if (!called.results.get().is(value::Kind::context)) return "no results";
  const value::Value* found = called.results.get().find(value::Key(name));
  return found == nullptr ? "missing" : value::to_literal(*found);
}

std::string output(const Called& called) {
  return result(called, "stdout");
}

}  // namespace

TEST_CASE("shell: a program that ends well has results") {
  const Called called = call(R"({"shell": ["echo", "two  words", 12.50, true, null, "$HOME", ["a", 1]]})");
  CHECK(called.ok);
  CHECK(called.code.empty());
  CHECK(called.message.empty());
  CHECK(output(called) == R"("two  words 12.5 true  $HOME [\"a\",1]")");
  CHECK(result(called, "stderr") == R"("")");
  CHECK(result(called, "exit") == "0");
}

TEST_CASE("shell: standard output is JSON when all of it is a list or an object") {
  struct Case {
    const char *printed, *read;
  };
  const Case each = GENERATE(Case{R"({"a": [1, 2.50]})", "{a: [1, 2.5]}"}, Case{" [1]\n\n", "[1]"},
                             Case{"[1] and more", R"("[1] and more")"}, Case{"007\n", R"("007")"},
                             Case{"true", R"("true")"}, Case{"{", R"("{")"}, Case{"", R"("")"},
                             Case{"two\n\n", R"("two\n")"},
                             Case{"a\xff"
                                  "b",
                                  "\"a\xef\xbf\xbd"
                                  "b\""});
  formats::json::Writer writer;
  writer.string(each.printed);
  const Called called = std::string_view(each.printed).starts_with("a")
                            ? script("printf 'a\\377b'")
                            : call(R"({"shell": ["cat"], "stdin": )" + std::string(writer.text()) + "}");
  CHECK(output(called) == each.read);
}

TEST_CASE("shell: standard input is a text, or another value as JSON") {
  CHECK(output(call(R"({"shell": ["cat"], "stdin": "a text"})")) == R"("a text")");
  CHECK(output(call(R"({"shell": ["cat"], "stdin": {"a": [1, null]}})")) == "{a: [1, null]}");
  CHECK(output(call(R"({"shell": ["cat"], "stdin": 12.50})")) == R"("12.5")");
  CHECK(output(call(R"({"shell": ["cat"]})")) == R"("")");
}

TEST_CASE("shell: much goes in and comes out") {
  const std::string much(3'000'000, 'x');
  const Called called = script("cat; cat /dev/null >&2", R"(, "stdin": ")" + much + R"(")");
  CHECK(called.ok);
  CHECK(output(called).size() == much.size() + 2);
  const Called deaf = script("exec <&-; echo deaf", R"(, "stdin": ")" + much + R"(")");
  CHECK(deaf.ok);
  CHECK(output(deaf) == R"("deaf")");
}

TEST_CASE("shell: a program that fails says why in the last line of standard error") {
  const Called called = script("echo part; echo first >&2; printf 'no such \\033[1morder\\n\\n' >&2; exit 3");
  CHECK_FALSE(called.ok);
  CHECK(called.code == "EXIT_3");
  CHECK(called.message == R"('sh' ended with exit code 3: no such \u{1b}[1morder)");
  CHECK(output(called) == R"("part")");
  CHECK(result(called, "exit") == "3");
  CHECK(script("exit 1").message == "'sh' ended with exit code 1");
}

TEST_CASE("shell: a program that a signal ends") {
  const Called called = script("kill -9 $$");
  CHECK(called.code == "SIGNAL_9");
  CHECK(called.message == "'sh' was ended by signal 9 (Killed)");
  CHECK(result(called, "exit") == "137");
}

TEST_CASE("shell: after the timeout the program is killed with everything it started") {
  const auto before = std::chrono::steady_clock::now();
  const Called called = script("echo waits >&2; sleep 20 & sleep 20", R"(, "timeout": "100ms")");
  CHECK(called.code == "TIMEOUT");
  CHECK(called.message == "'sh' did not end within 0.1 s: waits");
  CHECK(call(R"({"shell": ["sleep", "20"]})", R"({"timeout": "PT0.1S"})").code == "TIMEOUT");
  CHECK(call(R"({"shell": ["echo"], "timeout": "10s"})", R"({"timeout": "1ms"})").ok);
  CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(10));
}

TEST_CASE("shell: what a program leaves in the background is not waited for") {
  const auto before = std::chrono::steady_clock::now();
  const Called called = script("sleep 5 & echo done");
  CHECK(called.ok);
  CHECK(output(called) == R"("done")");
  CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(4));
}

TEST_CASE("shell: programs that cannot be started") {
  const Called missing = call(R"({"shell": ["no-such-program-of-weir"]})");
  CHECK(missing.code == "NOT_FOUND");
  CHECK(missing.message == "there is no program 'no-such-program-of-weir'");
  const Called directory = call(R"({"shell": ["/"]})");
  CHECK(directory.code == "NOT_STARTED");
  CHECK(directory.message == "cannot start '/': Permission denied");
}

TEST_CASE("shell: output without end is an error") {
  const Called called = call(R"({"shell": ["yes"]})");
  CHECK(called.code == "OUTPUT_LIMIT");
  CHECK(called.message == "'yes' wrote more than 16 MiB");
}

TEST_CASE("shell: environment and directory") {
  ::setenv("WEIR_TEST_OURS", "ours", 1);
  const std::string print = R"("shell": ["sh", "-c", "echo $WEIR_TEST_OURS $A $B $C $WEIR_TOKEN"])";
  CHECK(output(call("{" + print + R"(, "env": {"B": "two", "C": 3}})", R"({"env": {"A": "one", "B": 2}})")) ==
        R"("ours one two 3 token-1")");
  ::unsetenv("WEIR_TEST_OURS");
  const std::string here = test::binary_dir().string(), there = test::source_dir().string();
  CHECK(output(call(R"({"shell": ["pwd"]})", R"({"cwd": ")" + here + "\"}")) == "\"" + here + "\"");
  CHECK(output(call(R"({"shell": ["pwd"], "cwd": ")" + there + "\"}", R"({"cwd": ")" + here + "\"}")) ==
        "\"" + there + "\"");
}

TEST_CASE("shell: the program has a session of its own, default signals and none of our files") {
  const auto handler = std::signal(SIGTERM, SIG_IGN);
  CHECK(script("test $(cut -d' ' -f6 /proc/$$/stat) = $$").ok);
  CHECK(script("kill -TERM $$; exit 0").code == "SIGNAL_15");
  std::signal(SIGTERM, handler);
  REQUIRE(::dup2(STDOUT_FILENO, 77) == 77);  // stays open on exec
  CHECK(script("test ! -e /proc/$$/fd/77").ok);
  ::close(77);
}

TEST_CASE("shell: parameters that make no sense") {
  struct Case {
    const char *parameters, *message;
  };
  const Case each = GENERATE(
      Case{"{}", "`shell` must be a list: a program and its arguments"},
      Case{"null", "`shell` must be a list: a program and its arguments"},
      Case{R"({"shell": "echo"})", "`shell` must be a list: a program and its arguments"},
      Case{R"({"shell": [""]})", "the program in `shell` has no name"},
      Case{R"({"shell": ["echo", "a\u0000b"]})", "an argument in `shell` holds a zero byte"},
      Case{R"({"shell": ["echo"], "timeout": "soon"})",
           "the timeout 'soon' is no duration such as 30s or PT30S"},
      Case{R"({"shell": ["echo"], "cwd": "/no/such"})", "`cwd` is '/no/such', which is no directory"},
      Case{R"({"shell": ["echo"], "env": ["a"]})", "`env` must be a table of names and texts"},
      Case{R"({"shell": ["echo"], "env": {"a=b": "c"}})",
           "'a=b' in `env` is no variable that a program can have"});
  const Called called = call(each.parameters);
  CHECK(called.code == "INVALID");
  CHECK(called.message == each.message);
}

TEST_CASE("connectors: types that this version does not have") {
  const Called called = call("{}", "{}", "carrier-pigeon");
  CHECK_FALSE(called.ok);
  CHECK(called.code == "NO_CONNECTOR");
  CHECK(called.message == "this version of weir cannot call 'carrier-pigeon' yet");
}

TEST_CASE("connectors: the model knows which types can be called") {
  cli::world::Connectors connectors;
  for (const std::string_view type : model::connector_types()) {
    CAPTURE(type);
    CHECK(model::is_callable(type) == (connectors.find(type) != nullptr));
  }
  CHECK(call("{}", "{}", "http").hopeless);
}
