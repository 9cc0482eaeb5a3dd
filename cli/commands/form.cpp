// `weir task form`, `weir start --form`: the fields that a task or a process shows and asks for, as a table
// or as a JSON Schema.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "cli/commands/operate.hpp"
#include "cli/standing.hpp"
#include "core/base/printable.hpp"
#include "core/execute/called.hpp"
#include "core/value/print.hpp"
#include "formats/json/value.hpp"

namespace weir::cli {

namespace {

using execute::Instance;
using execute::Wait;
using value::Value;

/// What is known of a field: the variable's declaration, and what the form itself says where that is silent.
struct Shown {
  std::string_view label, type, pattern, minimum, maximum, shortest, longest, default_value;
  std::vector<std::string_view> values;
  bool whole = true;  // the pattern is for the whole text
};

Shown shown(const Asking& asking, const model::FormField& field) {
  Shown out;
  const auto& all = asking.definitions.variables;
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const model::Variable& each) { return each.name == field.variable; });
  if (found != all.end()) {
    out = {found->label, found->type, found->pattern, found->minimum, found->maximum, {}, {}, {}, {}, true};
    for (const model::Parameter& each : found->values) out.values.push_back(each.text);
  }
  const auto fill = [](std::string_view& place, std::string_view text) {
    if (place.empty()) place = text;
  };
  fill(out.label, field.label);
  fill(out.type, field.type);
  out.whole = !out.pattern.empty();
  fill(out.pattern, field.pattern);
  fill(out.minimum, field.minimum);
  fill(out.maximum, field.maximum);
  out.shortest = field.shortest;
  out.longest = field.longest;
  out.default_value = field.default_value;
  if (out.values.empty()) out.values = field.values;
  return out;
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

/// A value of the field that stands as text in the model.
void write_value(formats::json::Writer& json, std::string_view type, std::string_view text) {
  const bool is_number = type == "number" || type == "integer";
  if (const auto number = is_number ? value::Decimal::parse(text) : std::nullopt) {
    value::Arena arena;
    formats::json::write(json, Value::number(*number, arena));
  } else if (type == "boolean" && (text == "true" || text == "false")) {
    json.boolean(text == "true");
  } else {
    json.string(text);
  }
}

/// What is filled in when nothing is given; an expression's value is not known before.
void write_default(formats::json::Writer& json, const Shown& field) {
  if (field.default_value.empty() || field.default_value.starts_with("=") ||
      field.default_value.find('{') != std::string_view::npos)
    return;
  json.key("default");
  write_value(json, field.type, field.default_value);
}

std::string limits_text(const Shown& field) {
  std::string out;
  const auto add = [&](std::string_view text, std::string_view limit) {
    if (!limit.empty()) out += fmt::format("{}{} {}", out.empty() ? "" : ", ", text, limit);
  };
  add("one of", fmt::format("{}", fmt::join(field.values, ", ")));
  add("like", field.pattern);
  add("from", field.minimum);
  if (!field.maximum.empty()) out += fmt::format("{}up to {}", out.empty() ? "" : " ", field.maximum);
  if (!field.shortest.empty() || !field.longest.empty())
    add("length", field.longest.empty()    ? fmt::format("from {}", field.shortest)
                  : field.shortest.empty() ? fmt::format("up to {}", field.longest)
                                           : fmt::format("{} to {}", field.shortest, field.longest));
  add("default", field.default_value);
  return out;
}

}  // namespace

Asking asking(Instance& instance, const Wait& wait) {
  const std::string id = task_id(instance.id, wait);
  const auto& fields = instance.deployed->fields(instance.question(wait).node);
  return {*instance.deployed->definitions,
          {fields.begin(), fields.end()},
          execute::seen(instance, wait),
          "task",
          id,
          wait.label,
          "weir task complete " + id};
}

Asking asking(const execute::Deployed& process, NodeId start, const std::string& file) {
  const model::Definitions& definitions = *process.definitions;
  const model::Process& written = definitions[process.graph.process];
  Asking out{definitions,         {}, {}, "process", std::string(written.id), std::string(written.name),
             "weir start " + file};
  if (out.title.empty()) out.title = out.id;
  if (start != graph::process_node) out.fields = process.fields(start);
  for (const model::Variable& each : definitions.variables) {
    const auto same = [&](const model::FormField& field) { return field.variable == each.name; };
    if (std::any_of(out.fields.begin(), out.fields.end(), same)) continue;
    const bool has_default = each.default_value.kind != model::Parameter::Kind::none;
    model::FormField field{each.name, true, each.required && !has_default, each.span};
    field.default_value = each.default_value.text;
    out.fields.push_back(std::move(field));
  }
  return out;
}

void write_field(formats::json::Writer& json, const Asking& asking, const model::FormField& field) {
  const Shown about = shown(asking, field);
  if (!about.label.empty()) json.key("title").string(about.label);
  write_type(json, about.type);
  write_limit(json, "minimum", about.minimum);
  write_limit(json, "maximum", about.maximum);
  write_limit(json, "minLength", about.shortest);
  write_limit(json, "maxLength", about.longest);
  if (!about.pattern.empty())  // JSON Schema looks for a part that matches
    json.key("pattern").string(about.whole ? fmt::format("^(?:{})$", about.pattern)
                                           : std::string(about.pattern));
  if (!about.values.empty()) {
    json.key("enum").begin_array();
    for (const std::string_view each : about.values) write_value(json, about.type, each);
    json.end_array();
  }
  if (asking.variables.find(field.variable) == nullptr) write_default(json, about);
}

std::string form_json(const Asking& asking) {
  formats::json::Writer json;
  json.begin_object().key("schema").string("weir.form/1");
  json.key("$schema").string("https://json-schema.org/draft/2020-12/schema");
  json.key(asking.what).string(asking.id).key("title").string(asking.title);
  json.key("type").string("object").key("properties").begin_object();
  for (const model::FormField& field : asking.fields) {
    json.key(field.variable).begin_object();
    write_field(json, asking, field);
    if (!field.asked) json.key("readOnly").boolean(true);
    if (const Value* value = asking.variables.find(field.variable)) {
      json.key("default");  // what stands there now
      formats::json::write(json, *value);
    }
    json.end_object();
  }
  json.end_object().key("required").begin_array();
  for (const model::FormField& field : asking.fields)
    if (field.asked && field.required) json.string(field.variable);
  json.end_array().end_object();
  return std::string(json.text()) + "\n";
}

std::string form_text(const Asking& asking) {
  std::vector<std::vector<std::string>> rows{{"FIELD", "TYPE", "", "VALUE", "LIMITS"}};
  std::string wanted;
  for (const model::FormField& field : asking.fields) {
    const Shown about = shown(asking, field);
    const Value* value = asking.variables.find(field.variable);
    rows.push_back({printable(field.variable), about.type.empty() ? "any" : printable(about.type),
                    !field.asked     ? "shown"
                    : field.required ? "asked"
                                     : "optional",
                    value == nullptr ? "-" : printable(value::to_literal(*value)),
                    printable(limits_text(about))});
    if (field.asked && field.required) wanted += fmt::format(" -v {}=...", field.variable);
  }
  if (rows.size() == 1) return fmt::format("{} asks for nothing: {}\n", asking.id, asking.command);
  return columns(rows) + fmt::format("next: {}{}\n", asking.command, wanted);
}

}  // namespace weir::cli
