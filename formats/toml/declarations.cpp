// Declared names keep the spelling of the language; the ids that BPMN needs are made from them
// ("message.goods_received").
#include "formats/toml/declarations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/did_you_mean.hpp"
#include "core/model/connector_schema.hpp"
#include "formats/toml/texts.hpp"

namespace weir::formats::toml {

using model::ElementKind;

namespace {

constexpr std::array<std::string_view, 9> basic_types = {"string", "number",   "integer",  "boolean", "date",
                                                         "time",   "datetime", "duration", "any"};

std::string_view kind_word(ElementKind kind) {
  switch (kind) {
    case ElementKind::message:
      return "message";
    case ElementKind::signal:
      return "signal";
    case ElementKind::error:
      return "error";
    default:
      return "escalation";
  }
}

std::string root_id(ElementKind kind, std::string_view name) {
  std::string out = fmt::format("{}.", kind_word(kind));
  for (const char c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    out += plain ? c : '_';
  }
  return out;
}

}  // namespace

void Declarations::read(const Value& root) {
  // Types first: variables may refer to types that stand below them.
  if (const Entry* types = root.find("types"); types != nullptr && types->value.is_table())
    for (const Entry& each : types->value.entries) type_names_.insert(keep(each.key));
  for (const Entry& section : root.entries) {
    const std::string_view key = section.key;
    if (key == "vars" && is_table(section))
      read_variables(section);
    else if (key == "types" && is_table(section))
      read_types(section);
    else if (key == "connections" && is_table(section))
      read_connections(section);
    else if (key == "messages" && is_table(section))
      read_messages(section);
    else if (key == "signals" && is_table(section))
      read_names(section, ElementKind::signal);
    else if (key == "errors" && is_table(section))
      read_names(section, ElementKind::error);
    else if (key == "escalations" && is_table(section))
      read_names(section, ElementKind::escalation);
    else if (key == "defaults" && is_table(section))
      read_defaults(section);
  }
}

void Declarations::check_type(std::string_view type, Span span) {
  if (type.starts_with("list<") && type.ends_with('>')) type = type.substr(5, type.size() - 6);
  if (std::find(basic_types.begin(), basic_types.end(), type) != basic_types.end() ||
      type_names_.contains(type))
    return;
  std::vector<std::string_view> known(basic_types.begin(), basic_types.end());
  if (suggests()) {
    known.insert(known.end(), type_names_.begin(), type_names_.end());
    std::sort(known.begin(), known.end());  // the order of a hash table must not show
  }
  unresolved("type", type, span, known);
}

void Declarations::check_default(const model::Variable& variable, const Value& value) {
  const std::string_view type = variable.type;
  const bool fits = type == "string"            ? value.is_string()
                    : type == "number"          ? value.is_number()
                    : type == "integer"         ? value.kind == Value::Kind::integer
                    : type == "boolean"         ? value.kind == Value::Kind::boolean
                    : type.starts_with("list<") ? value.is_array()
                                                : true;
  if (!fits)
    wrong(value.span, fmt::format("the default of '{}' must be {} {}, not {}", variable.name,
                                  type.starts_with('i') ? "an" : "a", type, kind_words(value)));
}

model::Variable Declarations::variable(const Entry& entry) {
  model::Variable out;
  out.name = keep(entry.key);
  out.type = "any";
  out.span = entry.key_span;
  const auto set_type = [&](const Entry& from) {
    const std::string* written = text(from);
    if (written == nullptr) return;
    std::string_view type = *written;
    out.required = type.ends_with('!');
    if (out.required) type.remove_suffix(1);
    check_type(type, part(from.value, 0, type.size()));
    out.type = keep(std::string(type));
  };
  if (!entry.value.is_table()) {
    set_type(entry);
    return out;
  }
  static constexpr std::array<std::string_view, 7> keys = {"type",    "min",   "max",    "enum",
                                                           "default", "label", "pattern"};
  check_keys(entry.value, keys, fmt::format("of variable '{}'", entry.key));
  if (const Entry* type = entry.value.find("type")) set_type(*type);
  for (const Entry& each : entry.value.entries) {
    if (each.key == "default") {
      out.default_value = parameter({}, each.value, true);
      check_default(out, each.value);
    } else if (each.key == "label") {
      out.label = kept(each);
    } else if (each.key == "pattern") {
      out.pattern = kept(each);
    } else if (each.key == "min") {
      out.minimum = parameter({}, each.value, true).text;
    } else if (each.key == "max") {
      out.maximum = parameter({}, each.value, true).text;
    } else if (each.key == "enum") {
      out.values = parameter({}, each.value, true).items;
    }
  }
  return out;
}

void Declarations::read_variables(const Entry& section) {
  for (const Entry& each : section.value.entries) model.variables.push_back(variable(each));
}

void Declarations::read_types(const Entry& section) {
  for (const Entry& each : section.value.entries) {
    if (!is_table(each)) continue;
    model::Type type;
    type.name = keep(each.key);
    type.span = each.key_span;
    for (const Entry& field : each.value.entries) type.fields.push_back(variable(field));
    model.types.push_back(std::move(type));
  }
}

void Declarations::read_connections(const Entry& section) {
  for (const Entry& each : section.value.entries) {
    if (!is_table(each)) continue;
    model::Connection made;
    made.id = keep(each.key);
    made.span = each.key_span;
    made.settings = parameter(made.id, each.value);
    const Entry* type = each.value.find("type");
    if (type == nullptr) {
      error("missing-key", each.key_span,
            fmt::format("connection '{}' needs a type, such as type = \"shell\"", each.key));
    } else {
      made.type = kept(*type);
      std::erase_if(made.settings.items, [](const model::Parameter& item) { return item.key == "type"; });
      if (const auto* schema = model::connector_schema(made.type); schema != nullptr && schema->closed) {
        std::vector<std::string_view> known(schema->connection.begin(), schema->connection.end());
        known.push_back("type");
        check_keys(each.value, known, fmt::format("of a connection of type '{}'", made.type));
      } else if (schema == nullptr && !did_you_mean(made.type, model::connector_types()).empty()) {
        unresolved("type of connection", made.type, type->value.content, model::connector_types());
      } else {
        not_called(made.type, type->value.content);
      }
    }
    connections_.emplace(made.id, model.connections.size());
    model.connections.push_back(std::move(made));
  }
}

model::RootElement& Declarations::add_root(ElementKind kind, std::string_view name, Span span) {
  std::string id = root_id(kind, name);
  if (const int number = ++root_ids_[id]; number > 1) id += fmt::format(".{}", number);  // "a-b" and "a_b"
  model::RootElement made;
  made.kind = kind;
  made.id = keep(std::move(id));
  made.name = keep(std::string(name));
  if (kind == ElementKind::error || kind == ElementKind::escalation) made.code = made.name;
  made.span = span;
  roots_.emplace(std::pair(kind, made.name), made.id);
  return model.roots.emplace_back(made);
}

void Declarations::read_messages(const Entry& section) {
  static constexpr std::array<std::string_view, 6> keys = {"from", "key", "match", "set", "ttl", "unique"};
  for (const Entry& each : section.value.entries) {
    if (!is_table(each)) continue;
    check_keys(each.value, keys, fmt::format("of message '{}'", each.key));
    model::MessageSettings settings;
    for (const Entry& setting : each.value.entries) {
      if (setting.key == "from") {
        settings.sources = keep_texts(setting);
        Diagnostic& made = error(
            "unsupported-connection", setting.value.span,
            fmt::format("this version of weir receives nothing by itself: what gets message '{0}' calls "
                        "'weir message send {0}'",
                        each.key));
        made.severity = Severity::warning;
      }
      if (setting.key == "key") {
        settings.correlation_key = feel(setting).body;
        settings.correlation_key_span = setting.value.content;
      }
      if (setting.key == "match") settings.payload_key = feel(setting).body;
      if (setting.key == "set") settings.assignments = mappings(setting);
      if (setting.key == "ttl") settings.time_to_live = duration(setting);
      if (setting.key == "unique") settings.unique = feel(setting).body;
    }
    model::RootElement& made = add_root(ElementKind::message, each.key, each.key_span);
    made.message = std::move(settings);
    declared_[ElementKind::message].push_back(made.name);
  }
}

void Declarations::read_names(const Entry& section, ElementKind kind) {
  for (const Entry& each : section.value.entries) {
    const std::string* title = text(each);
    model::RootElement& made = add_root(kind, each.key, each.key_span);
    declared_[kind].push_back(made.code.empty() ? made.name : made.code);
    // A signal is told from others by its name; errors and escalations have codes for that.
    if (title != nullptr && kind != ElementKind::signal) made.name = keep(*title);
  }
}

std::string_view Declarations::root(ElementKind kind, std::string_view name, Span span) {
  const auto found = roots_.find({kind, name});
  if (found != roots_.end()) return found->second;
  if (const auto known = declared_.find(kind); known != declared_.end()) {
    // Errors and escalations often come from connectors, so only misspelt ones are reported.
    const bool complete = kind == ElementKind::message || kind == ElementKind::signal;
    const bool guess = !complete && known->second.size() < 1000 && ++guesses_ < 1000;
    if (complete || (guess && !did_you_mean(name, known->second).empty()))
      unresolved(kind_word(kind), name, span, known->second);
  }
  return add_root(kind, name, span).id;
}

const model::Connection* Declarations::connection(std::string_view id, Span span) {
  const auto found = connections_.find(id);
  if (found != connections_.end()) return &model.connections[found->second];
  std::vector<std::string_view> known;
  if (suggests())
    for (const model::Connection& each : model.connections) known.push_back(each.id);
  unresolved("connection", id, span, known);
  return nullptr;
}

void Declarations::check_parameters(const Entry& with, const model::Connection* connection) {
  const model::ConnectorSchema* schema = nullptr;
  if (connection != nullptr) {
    schema = model::connector_schema(connection->type);
    if (schema == nullptr) return;  // a preset, or a type that is reported already
  } else {
    for (const std::string_view type : model::connector_types()) {
      const model::ConnectorSchema* each = model::connector_schema(type);
      const bool acts = std::any_of(each->actions.begin(), each->actions.end(),
                                    [&](std::string_view key) { return with.value.find(key) != nullptr; });
      if (schema == nullptr && acts) schema = each;
    }
  }
  if (schema == nullptr) {
    error("missing-key", with.key_span,
          fmt::format("'{}' says nothing to do: it needs a key such as shell, post, sql, publish or to",
                      with.key));
    return;
  }
  check_keys(with.value, schema->parameters, fmt::format("of '{}' for {}", with.key, schema->type));
  if (connection == nullptr) not_called(schema->type, with.key_span);
  if (std::none_of(schema->actions.begin(), schema->actions.end(),
                   [&](std::string_view key) { return with.value.find(key) != nullptr; }))
    error("missing-key", with.key_span,
          fmt::format("'{}' needs {} = ...", with.key, schema->actions.front()));
  const Entry* shell = with.value.find("shell");
  if (shell == nullptr || schema->type != "shell") return;
  if (shell->value.is_string())
    wrong(shell->value.span,
          "'shell' is an array, the program and its arguments: no shell takes a text apart here");
  else if (texts(*shell).empty() && shell->value.is_array())
    wrong(shell->value.span, "'shell' needs a program");
}

void Declarations::not_called(std::string_view type, Span span) {
  if (type.empty() || model::is_callable(type)) return;
  Diagnostic& made = error(
      "unsupported-connection", span,
      fmt::format("this version of weir cannot call '{}': a step that does so stops with an incident", type));
  made.severity = Severity::warning;
}

std::string_view Declarations::timeout(const Value& with) {
  const Entry* found = with.find("timeout");
  const bool fixed =
      found != nullptr && found->value.is_string() && found->value.text.find("${") == std::string::npos;
  return fixed ? duration(*found) : std::string_view{};
}

void Declarations::read_lanes(const Entry& entry, model::ScopeIndex scope) {
  static constexpr std::array<std::string_view, 4> keys = {"id", "name", "group", "in"};
  lanes_.clear();
  if (!is_tables(entry)) return;
  for (const Value& each : entry.value.items) {
    check_keys(each, keys, "of a lane");
    const Entry* id = each.find("id");
    if (id == nullptr || text(*id) == nullptr || !is_id(id->value.text)) {
      error(id == nullptr ? "missing-key" : "wrong-value", each.span, "a lane needs an id");
      continue;
    }
    model::Lane made;
    made.id = keep("lane." + id->value.text);
    made.name = keep(id->value.text);
    made.span = id->value.content;
    made.scope = scope;
    const std::string_view name = made.name;
    for (const Entry& setting : each.entries) {
      if (setting.key == "name") made.name = kept(setting);
      if (setting.key == "group") made.group = kept(setting);
      if (setting.key == "in" && text(setting) != nullptr) lane(setting.value.text, setting.value.content);
    }
    lanes_.emplace(name, model.lanes.size());
    model.lanes.push_back(std::move(made));
  }
}

model::Lane* Declarations::find_lane(std::string_view id) {
  const auto found = lanes_.find(id);
  return found == lanes_.end() ? nullptr : &model.lanes[found->second];
}

model::Lane* Declarations::lane(std::string_view id, Span span) {
  if (model::Lane* found = find_lane(id)) return found;
  std::vector<std::string_view> known;
  if (suggests())
    for (const auto& each : lanes_) known.push_back(each.first);
  std::sort(known.begin(), known.end());
  unresolved("lane", id, span, known);
  return nullptr;
}

model::Retry Declarations::retry(const Entry& entry) {
  static constexpr std::array<std::string_view, 5> keys = {"times", "wait", "backoff", "jitter", "on"};
  model::Retry out;
  out.written = true;
  out.span = entry.value.span;
  if (!entry.value.is_table()) {
    out.times = static_cast<std::uint32_t>(whole(entry, 0, 1'000'000).value_or(0));
    return out;
  }
  check_keys(entry.value, keys, "of 'retry'");
  if (entry.value.find("times") == nullptr)
    error("missing-key", entry.key_span, "'retry' needs times, the number of further attempts");
  for (const Entry& each : entry.value.entries) {
    if (each.key == "times") out.times = static_cast<std::uint32_t>(whole(each, 0, 1'000'000).value_or(0));
    if (each.key == "wait") out.wait = duration(each);
    if (each.key == "backoff") out.backoff = number(each).value_or(1);
    if (each.key == "jitter") out.jitter = flag(each).value_or(true);
    if (each.key == "on") out.error_codes = keep_texts(each);
  }
  return out;
}

void Declarations::read_defaults(const Entry& section) {
  static constexpr std::array<std::string_view, 2> keys = {"retry", "timeout"};
  static constexpr std::array<std::string_view, 1> later = {"calendar"};
  check_keys(section.value, keys, "in [defaults]", later);
  if (const Entry* found = section.value.find("retry")) default_retry = retry(*found);
  if (const Entry* found = section.value.find("timeout")) default_timeout = duration(*found);
}

}  // namespace weir::formats::toml
