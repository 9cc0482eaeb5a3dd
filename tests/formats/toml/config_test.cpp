// weir.toml.
#include "formats/toml/config.hpp"

#include "core/base/source_map.hpp"
#include "tests/formats/toml/support.hpp"
#include "tests/support/catch.hpp"

using namespace weir;
using formats::toml::Config;

namespace {

struct Parsed {
  explicit Parsed(std::string text) {
    const FileId file = sources.add("weir.toml", std::move(text));
    config = formats::toml::parse_config(sources.text(file), file, diagnostics);
    problems = test::problems_of(sources, diagnostics);
  }
  SourceMap sources;
  Diagnostics diagnostics;
  Config config;
  std::string problems;
};

}  // namespace

TEST_CASE("a project's settings", "[toml]") {
  const Parsed file(R"(
[lint]
select = ["default", "robust"]
ignore = ["style"]
fail-on = "warning"
per-file-ignores = { "legacy/**" = ["fake-join"] }

[dialect]
default = "zeebe"

[state]
dir = ".state"
fsync = "batch"

[connections]
erp = { type = "shell", cwd = "/srv/erp" }

[handlers]
pay = { shell = ["pay", "${amount}"], timeout = "30s", out = "receipt = stdout" }
book = { use = "erp", shell = ["book"] }
)");
  CHECK(file.problems.empty());
  const Config& config = file.config;
  CHECK(config.lint.select == std::vector<std::string>{"default", "robust"});
  CHECK(config.lint.ignore == std::vector<std::string>{"style"});
  CHECK(config.lint.fail_on == Severity::warning);
  REQUIRE(config.lint.per_file_ignores.size() == 1);
  CHECK(config.lint.per_file_ignores[0].pattern == "legacy/**");
  CHECK(config.lint.names.size() == 4);
  CHECK(config.dialect == model::Dialect::camunda8);
  CHECK(config.state.directory == ".state");
  CHECK(config.state.sync == Config::Sync::batch);
  REQUIRE(config.declared.connections.size() == 1);
  CHECK(config.declared.connections[0].settings.find("cwd")->text == "/srv/erp");
  REQUIRE(config.handlers.size() == 2);
  CHECK(config.handlers[0].job_type == "pay");
  CHECK(config.handlers[0].parameters.find("shell")->items[1].text == "=amount");
  CHECK(config.handlers[0].parameters.find("out") == nullptr);
  CHECK(config.handlers[0].timeout == "PT30S");
  REQUIRE(config.handlers[0].outputs.size() == 1);
  CHECK(config.handlers[0].outputs[0].target == "receipt");
  CHECK(config.handlers[1].connection == "erp");
  CHECK(config.handlers[1].parameters.find("use") == nullptr);
}

TEST_CASE("what is wrong in weir.toml is reported with its place", "[toml]") {
  struct Row {
    std::string text, problems;
  };
  const Row rows[] = {
      {"", ""},
      {"[lnt]\n", "1:2 unknown-key: unknown key 'lnt' in weir.toml; did you mean 'lint'?\n"},
      {"[lint]\nselct = []\n", "2:1 unknown-key: unknown key 'selct' in [lint]; did you mean 'select'?\n"},
      {"[lint]\nselect = [1]\n", "2:11 wrong-value: 'select' holds texts, not a number\n"},
      {"lint = 3\n", "1:8 wrong-value: 'lint' must be a table, not a number\n"},
      {"[lint]\nfail-on = \"waring\"\n",
       "2:12 wrong-value: 'waring' is none of error, warning, info; did you mean 'warning'?\n"},
      {"[dialect]\ndefault = \"camunda\"\n",
       "2:12 wrong-value: 'camunda' is none of omg, camunda7, camunda8, zeebe, flowable, activiti, jbpm, "
       "weir; did "
       "you mean 'camunda7'?\n"},
      {"[state]\nfsync = true\n", "2:9 wrong-value: 'fsync' must be a text, not true or false\n"},
      {"[secrets]\ncommand = 'x'\n",
       "1:2 unsupported-key: this version of weir does not read 'secrets' in weir.toml yet\n"},
      {"[handlers]\npay = { shel = ['x'] }\n",
       "2:1 missing-key: 'pay' says nothing to do: it needs a key such as shell, post, sql, publish or to\n"},
      {"[handlers]\npay = { use = 'erp', shell = ['x'] }\n",
       "2:16 unresolved-reference: unknown connection 'erp'\n"},
      {"[handlers]\npay = { shell = 'rm -rf x' }\n",
       "2:17 wrong-value: 'shell' is an array, the program and its arguments: no shell takes a text apart "
       "here\n"},
      {"[groups]\nbosses = 3\n",
       "2:10 wrong-value: 'bosses' must be a text or an array of texts, not a number\n"},
      {"[substitutes]\nmax = { user = 'ida', from = 3 }\n",
       "2:30 wrong-value: 'from' must be a date or a date and time\n"},
      {"[substitutes]\nmax = { from = 2026-12-01 }\n", "2:7 wrong-value: a substitute needs a 'user'\n"},
      {"[four-eyes]\np = ['a', 'b']\n",
       "2:6 wrong-value: a four-eyes rule names two elements or more\n"
       "2:11 wrong-value: a four-eyes rule names two elements or more\n"},
      {"[connections]\nerp = { type = 'shel' }\n",
       "2:17 unresolved-reference: unknown type of connection 'shel'; did you mean 'shell'?\n"},
      {"[connections]\nerp = { type = 'shell', cwdd = '/' }\n",
       "2:25 unknown-key: unknown key 'cwdd' of a connection of type 'shell'; did you mean 'cwd'?\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(Parsed(row.text).problems == row.problems);
  }
}
