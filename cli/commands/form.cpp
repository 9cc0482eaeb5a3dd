// `weir task form`: the fields that a task shows and asks for, as a table or as a JSON Schema.
#include <fmt/format.h>

#include <algorithm>

#include "cli/commands/operate.hpp"
#include "cli/standing.hpp"
#include "core/base/printable.hpp"
#include "core/value/print.hpp"
#include "formats/json/value.hpp"

namespace weir::cli {

namespace {

using execute::Instance;
using execute::Wait;
using value::Value;

const model::Variable* declaration(const Instance& instance, std::string_view variable) {
  const auto& all = instance.deployed->definitions->variables;
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const model::Variable& each) { return each.name == variable; });
  return found == all.end() ? nullptr : &*found;
}

/// "list<string>" is an array; of names of types nothing is said.
void write_type(formats::json::Writer& json, std::string_view type) {
  if (type == "number" || type == "integer" || type == "boolean" || type == "string")
    json.key("type").string(type);
  else if (type.starts_with("list"))
    json.key("type").string("array");
  else if (type == "date" || type == "time" || type == "datetime" || type == "duration")
    json.key("type").string("string").key("format").string(type == "datetime" ? "date-time" : type);
}

void write_limit(formats::json::Writer& json, std::string_view key, std::string_view limit) {
  if (const auto number = value::Decimal::parse(limit)) {
    value::Arena arena;
    json.key(key);
    formats::json::write(json, Value::number(*number, arena));
  }
}

std::string limits_text(const model::Variable& variable) {
  std::string out;
  for (const model::Parameter& each : variable.values)
    out += (out.empty() ? "one of " : ", ") + std::string(each.text);
  if (!variable.pattern.empty()) out += fmt::format("like {}", variable.pattern);
  if (!variable.minimum.empty()) out += fmt::format("{}from {}", out.empty() ? "" : ", ", variable.minimum);
  if (!variable.maximum.empty()) out += fmt::format("{}up to {}", out.empty() ? "" : " ", variable.maximum);
  return out;
}

}  // namespace

std::string form_json(const Instance& instance, const Wait& wait) {
  const model::FlowNode& activity = instance.written(instance.question(wait).node);
  formats::json::Writer json;
  json.begin_object().key("schema").string("weir.form/1");
  json.key("$schema").string("https://json-schema.org/draft/2020-12/schema");
  json.key("task").string(task_id(instance.id, wait)).key("title").string(wait.label);
  json.key("type").string("object").key("properties").begin_object();
  for (const model::FormField& field : activity.work.fields) {
    json.key(field.variable).begin_object();
    if (const model::Variable* variable = declaration(instance, field.variable)) {
      if (!variable->label.empty()) json.key("title").string(variable->label);
      write_type(json, variable->type);
      write_limit(json, "minimum", variable->minimum);
      write_limit(json, "maximum", variable->maximum);
      if (!variable->pattern.empty()) json.key("pattern").string(fmt::format("^(?:{})$", variable->pattern));
      if (!variable->values.empty()) {
        json.key("enum").begin_array();
        for (const model::Parameter& each : variable->values) json.string(each.text);
        json.end_array();
      }
    }
    if (!field.asked) json.key("readOnly").boolean(true);
    if (const Value* value = instance.data.frames().root().find(field.variable)) {
      json.key("default");  // what stands there now
      formats::json::write(json, *value);
    }
    json.end_object();
  }
  json.end_object().key("required").begin_array();
  for (const model::FormField& field : activity.work.fields)
    if (field.asked && field.required) json.string(field.variable);
  json.end_array().end_object();
  return std::string(json.text()) + "\n";
}

std::string form_text(const Instance& instance, const Wait& wait) {
  const model::FlowNode& activity = instance.written(instance.question(wait).node);
  std::vector<std::vector<std::string>> rows{{"FIELD", "TYPE", "", "VALUE", "LIMITS"}};
  std::string wanted;
  for (const model::FormField& field : activity.work.fields) {
    const model::Variable* variable = declaration(instance, field.variable);
    const Value* value = instance.data.frames().root().find(field.variable);
    const std::string limits = variable == nullptr ? "" : limits_text(*variable);
    rows.push_back({printable(field.variable),
                    variable == nullptr || variable->type.empty() ? "any" : printable(variable->type),
                    !field.asked     ? "shown"
                    : field.required ? "asked"
                                     : "optional",
                    value == nullptr ? "-" : printable(value::to_literal(*value)), printable(limits)});
    const bool text = variable != nullptr && variable->type == "string";
    if (field.asked && field.required)
      wanted += fmt::format(" -v {}{}...", field.variable, text ? "=" : ":=");
  }
  const std::string id = task_id(instance.id, wait);
  if (rows.size() == 1) return fmt::format("{} asks for nothing: weir task complete {}\n", id, id);
  return columns(rows) + fmt::format("next: weir task complete {}{}\n", id, wanted);
}

}  // namespace weir::cli
