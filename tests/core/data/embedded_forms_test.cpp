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

namespace {

struct ReadForm {
  explicit ReadForm(const std::string& text) : read(formats::read("x.form", text, sources, found)) {}
  [[nodiscard]] std::string first() const { return found.empty() ? "" : found.list()[0].message; }
  SourceMap sources;
  Diagnostics found;
  formats::ReadResult read;
};

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace

TEST_CASE("form files: what they ask for") {
  const ReadForm form(R"({"id": "f", "components": [
    {"type": "textfield", "key": "a", "validate": {"required": true, "pattern": "x+"}},
    {"type": "checklist", "key": "b", "values": [{"value": "one"}]},
    {"type": "group", "path": "c", "components": [{"key": "d"}]},
    {"type": "number", "key": "e.f"}, {"type": "number", "key": "e.g"}, 7, {"type": "html"}]})");
  REQUIRE(form.read.has_form);
  CHECK(form.found.empty());
  CHECK(form.read.form.id == "f");
  const auto& fields = form.read.form.fields;
  REQUIRE(fields.size() == 4);
  CHECK(fields[0].variable == "a");
  CHECK(fields[0].required);
  CHECK(fields[0].pattern == "x+");
  CHECK(fields[1].type == "list");
  CHECK(fields[1].values.empty());
  CHECK(fields[2].variable == "c");
  CHECK(fields[3].variable == "e");
  CHECK(fields[3].type.empty());
}

TEST_CASE("form files: forms of Flowable") {
  const ReadForm form(R"({"key": "order", "name": "Order", "fields": [
    {"id": "a", "name": "Number", "type": "integer", "required": true},
    {"id": "b", "type": "dropdown", "options": [{"name": "one"}]},
    {"id": "c", "type": "text", "readOnly": true},
    {"id": "d", "type": "headline"}]})");
  REQUIRE(form.read.has_form);
  CHECK(form.read.form.id == "order");
  const auto& fields = form.read.form.fields;
  REQUIRE(fields.size() == 3);
  CHECK(fields[0].type == "integer");
  CHECK(fields[0].required);
  CHECK(fields[0].label == "Number");
  CHECK(fields[1].type.empty());
  CHECK(!fields[2].asked);
}

TEST_CASE("form files: a field that is shown in two ways has no limit that always holds") {
  const ReadForm form(R"({"components": [
    {"type": "number", "key": "a", "conditional": {"hide": "=b"}, "validate": {"required": true, "max": 3}},
    {"type": "select", "key": "a", "values": [{"value": "x"}], "validate": {"required": true}}]})");
  REQUIRE(form.read.form.fields.size() == 1);
  const model::FormField& field = form.read.form.fields[0];
  CHECK(field.asked);
  CHECK(!field.required);
  CHECK(field.type.empty());
  CHECK(field.maximum.empty());
  CHECK(field.values.empty());
}

TEST_CASE("form files: texts of anybody") {
  const std::pair<std::string, std::string> cases[] = {
      {"", "this is no JSON"},
      {"{", "this is no JSON"},
      {"[]", "no list of \"components\" or \"fields\""},
      {"{\"components\": {}}", "no list of \"components\""},
      {"{\"components\": [1e999999999]}", "this is no"},
      {repeated("[", 100'000), "this is no"},
      {repeated(" ", 5'000'000), "this form has 5000000 bytes"},
      {repeated("{\"components\":[", 100'000), "this is no"}};
  for (const auto& [text, why] : cases) {
    const ReadForm form(text);
    CAPTURE(text.substr(0, 60));
    CHECK(!form.read.has_form);
    CHECK(form.found.has_errors());
    CHECK(form.first().find(why) != std::string::npos);
  }
}

TEST_CASE("form files: deep groups and many fields") {
  const ReadForm deep(repeated("{\"components\":[", 200) + "{\"key\":\"a\"}" + repeated("]}", 200));
  REQUIRE(deep.read.has_form);
  CHECK(deep.read.form.fields.size() == 1);
  std::string fields;
  for (int i = 0; i < 1000; ++i) fields += "{\"key\":\"k" + std::to_string(i) + "\"},";
  const ReadForm many("{\"components\":[" + fields + "{\"key\":\"b\"}]}");
  REQUIRE(many.read.has_form);
  CHECK(many.read.form.fields.size() == 1000);
  CHECK(many.first().find("first 1000") != std::string::npos);
  const ReadForm same("{\"components\":[" + repeated("{\"key\":\"a\"},", 10'000) + "{\"key\":\"b\"}]}");
  REQUIRE(same.read.has_form);
  CHECK(same.read.form.fields.size() == 1);
  CHECK(same.first().find("first 1000") != std::string::npos);
}
