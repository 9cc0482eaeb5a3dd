// Forms that stand in the file are read once, and only as much of them as people can fill in.
#include <algorithm>
#include <string>

#include "tests/formats/support.hpp"
#include "tests/support/catch.hpp"

using namespace weir;
using weir::test::Read;

namespace {

std::string file(std::size_t fields, std::size_t tasks) {
  std::string out = R"(<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="urn:t">
    <process id="p" isExecutable="true"><extensionElements><zeebe:userTaskForm id="f">{"components": [)";
  for (std::size_t i = 0; i < fields; ++i)
    out += (i == 0 ? "" : ", ") + (R"({"type": "number", "key": "k)" + std::to_string(i) + "\"}");
  out += "]}</zeebe:userTaskForm></extensionElements>";
  for (std::size_t i = 0; i < tasks; ++i)
    out += "<userTask id=\"t" + std::to_string(i) +
           R"("><extensionElements><zeebe:formDefinition formKey="camunda-forms:bpmn:f"/>
      </extensionElements></userTask>)";
  return out + "</process></definitions>";
}

std::size_t ignored(const Read& read, std::string_view why) {
  const auto& all = read.model().ignored;
  return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const model::Ignored& each) {
    return each.name == "zeebe:userTaskForm" && each.why.find(why) != std::string_view::npos;
  }));
}

}  // namespace

TEST_CASE("embedded forms: every task has the fields of its form") {
  const Read read(file(1000, 2));
  REQUIRE(read.result.has_model);
  for (const model::FlowNode& node : read.model().nodes) CHECK(node.work.fields.size() == 1000);
  CHECK(read.model().ignored.empty());
}

TEST_CASE("embedded forms: more than 1000 fields are not read") {
  const Read read(file(1001, 1));
  REQUIRE(read.result.has_model);
  CHECK(read.model().nodes[0].work.fields.size() == 1000);
  CHECK(ignored(read, "first 1000") == 1);
}

TEST_CASE("embedded forms: many tasks with large forms do not fill the memory") {
  const Read read(file(1000, 210));
  REQUIRE(read.result.has_model);
  std::size_t fields = 0;
  for (const model::FlowNode& node : read.model().nodes) fields += node.work.fields.size();
  CHECK(fields == 200'000);
  CHECK(ignored(read, "too many tasks") == 1);
}
