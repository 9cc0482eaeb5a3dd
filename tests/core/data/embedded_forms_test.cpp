// Forms that stand in the file are read once, and only as much of them as people can fill in.
#include <algorithm>
#include <string>

#include "core/data/declared.hpp"
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

TEST_CASE("form files: what may be hidden with its group need not be filled in") {
  const ReadForm form(R"({"components": [
    {"type": "group", "conditional": {"hide": "=x"}, "components": [
      {"type": "group", "components": [{"type": "textfield", "key": "a", "validate": {"required": true, "maxLength": 3}}]}]},
    {"type": "group", "conditional": null, "components": [
      {"type": "textfield", "key": "b", "validate": {"required": true}}]}]})");
  const auto& fields = form.read.form.fields;
  REQUIRE(fields.size() == 2);
  CHECK(!fields[0].required);
  CHECK(fields[0].longest == "3");
  CHECK(fields[1].required);
}

TEST_CASE("form files: what is only shown is no field, what is computed is not asked for") {
  const ReadForm form(R"({"components": [
    {"type": "button", "key": "send"}, {"type": "text", "key": "t"}, {"type": "html", "key": "h"},
    {"type": "image", "key": "i"}, {"type": "spacer", "key": "s"}, {"type": "separator", "key": "l"},
    {"type": "group", "key": "g", "components": [{"type": "textfield", "key": "a"}]},
    {"type": "expression", "key": "sum", "expression": "=1 + 1"}]})");
  const auto& fields = form.read.form.fields;
  REQUIRE(fields.size() == 2);
  CHECK(fields[0].variable == "a");
  CHECK(fields[0].asked);
  CHECK(fields[1].variable == "sum");
  CHECK(!fields[1].asked);
}

TEST_CASE("form files: containers of Flowable hold fields in columns") {
  const ReadForm form(R"({"key": "k", "fields": [
    {"id": "box", "type": "container", "fields": {
      "1": [{"id": "a", "type": "text", "required": true}],
      "2": [{"id": "inner", "type": "container", "fields": {"1": [{"id": "b", "type": "integer"}]}}, 7]}},
    {"id": "line", "type": "container", "fields": [{"id": "c", "type": "boolean"}]},
    {"id": "empty", "type": "container"}]})");
  const auto& fields = form.read.form.fields;
  REQUIRE(fields.size() == 3);
  CHECK(fields[0].variable == "a");
  CHECK(fields[0].required);
  CHECK(fields[1].variable == "b");
  CHECK(fields[1].type == "integer");
  CHECK(fields[2].variable == "c");
}

TEST_CASE("form files: patterns are those of JavaScript and look for a part") {
  struct Case {
    std::string pattern, text;  // as JSON writes them
    bool fits;
  };
  const Case cases[] = {{"[0-9]", "a1b", true},
                        {"[0-9]", "ab", false},
                        {"^[0-9]$", "a1b", false},
                        {"^[0-9]$", R"(1\n)", false},
                        {"^(?=.*[A-Z])(?=.*[0-9]).{4,}$", "abcD1", true},
                        {"^(?=.*[A-Z])(?=.*[0-9]).{4,}$", "abcd1", false},
                        {R"(\\bcat\\b)", "a cat.", true},
                        {R"(\\bcat\\b)", "cats", false},
                        {R"(^\\u0061\\-\\/$)", "a-/", true},
                        {"^[^]$", "x", true},
                        {"[]", "x", false},
                        {R"(^\\d$)", "7", true},
                        {R"(^\\d$)", R"(\u0663)", false},  // not of ASCII
                        {"^.$", R"(\u00e9)", true},
                        {"a.b", R"(a\nb)", false},
                        {"[0-9]", "", true},  // left out
                        {"^(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", false}};
  for (const Case& each : cases) {
    CAPTURE(each.pattern, each.text);
    const ReadForm form(R"({"components": [{"type": "textfield", "key": "a", "validate": {"pattern": ")" +
                        each.pattern + R"("}}, {"type": "textfield", "key": "b", "defaultValue": ")" +
                        each.text + R"("}]})");
    const auto& fields = form.read.form.fields;
    REQUIRE(fields.size() == 2);
    CHECK(form.found.empty());
    feel::Workspace workspace;
    CHECK(data::filled_in(fields[0], value::Value::string(fields[1].default_value), workspace).has_value() ==
          each.fits);
  }
}

TEST_CASE("form files: a pattern that is none is said and is no limit") {
  const ReadForm form(R"({"components": [
    {"type": "textfield", "key": "a", "validate": {"required": true, "pattern": "([0-9]"}}]})");
  REQUIRE(form.read.form.fields.size() == 1);
  CHECK(form.read.form.fields[0].pattern.empty());
  CHECK(form.read.form.fields[0].required);
  CHECK(!form.found.has_errors());
  CHECK(form.first().find("the pattern '([0-9]' of the field 'a' is not checked: ") == 0);

  std::string text = file(1, 2);
  text.replace(text.find("\"key\": \"k0\""), 11, R"("key": "k0", "validate": {"pattern": "*"})");
  const Read embedded(text);
  REQUIRE(embedded.result.has_model);
  CHECK(ignored(embedded, "the pattern '*' of the field 'k0' is not checked: ") == 1);
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
