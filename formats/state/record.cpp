#include "formats/state/record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/execute/timers.hpp"
#include "core/feel/expression.hpp"
#include "core/value/print.hpp"
#include "formats/json/value.hpp"
#include "formats/json/writer.hpp"

namespace weir::formats::state {

using execute::Changes;
using execute::Record;
using execute::Wait;
using semantics::no_slot;
using value::Key;
using value::Kind;
using value::Value;

namespace {

constexpr std::array<std::string_view, 14> phases{
    "free",     "moving",  "joining",      "choosing", "counting", "testing",  "working",
    "catching", "hosting", "compensating", "undoing",  "armed",    "consumed", "record"};
constexpr std::array<std::string_view, 4> kinds{"free", "body", "instances", "kept"};
constexpr std::string_view feel_key = "$feel";
constexpr std::array<std::string_view, 6> asks{"flows", "count", "again", "activate", "work", "event"};

void number(json::Writer& json, std::uint32_t slot) {
  json.number(slot == no_slot ? std::int64_t{-1} : std::int64_t{slot});
}

void write_token(json::Writer& json, const execute::TokenChange& change) {
  const semantics::Token& token = change.token;
  json.begin_array().number(change.slot).number(token.generation);
  json.string(phases[static_cast<std::size_t>(token.phase)]);
  if (token.phase == semantics::Phase::free) {
    number(json, token.next);
    json.end_array();
    return;
  }
  json.string(change.node).string(change.flow);
  for (const std::uint32_t slot : {token.scope, token.child, token.next, token.previous}) number(json, slot);
  json.number(token.count).end_array();
}

void write_scope(json::Writer& json, const execute::ScopeChange& change) {
  const semantics::Scope& scope = change.scope;
  json.begin_array().number(change.slot).number(scope.generation);
  json.string(kinds[static_cast<std::size_t>(scope.kind)]);
  if (scope.kind == semantics::ScopeKind::free) {
    number(json, scope.parent);
    json.end_array();
    return;
  }
  json.string(change.node);
  for (const std::uint32_t slot : {scope.parent, scope.host, scope.first}) number(json, slot);
  json.number(scope.live).number(scope.remaining).end_array();
}

void text_field(json::Writer& json, std::string_view key, std::string_view text) {
  if (!text.empty()) json.key(key).string(text);
}

void texts_field(json::Writer& json, std::string_view key, const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  json.key(key).begin_array();
  for (const std::string& each : texts) json.string(each);
  json.end_array();
}

/// JSON has no dates, times, durations and ranges: {"$feel": "literal"} stands for one.
void write_value(json::Writer& json, const Value& value) {
  switch (value.kind()) {
    case Kind::list:
      json.begin_array();
      for (const Value& item : value.items()) write_value(json, item);
      json.end_array();
      return;
    case Kind::context:
      json.begin_object();
      for (const value::Entry& entry : value.entries()) {
        json.key(entry.key.text());
        write_value(json, entry.value);
      }
      json.end_object();
      return;
    case Kind::null:
    case Kind::boolean:
    case Kind::number:
    case Kind::string:
    case Kind::function:
      json::write(json, value);
      return;
    default:
      json.begin_object().key(feel_key).string(value::to_literal(value)).end_object();
      return;
  }
}

void write_variables(json::Writer& json, const Changes& changes) {
  json.key("variables").begin_object();
  bool local = false;
  for (const execute::VariableChange& each : changes.variables) {
    local = local || each.token != no_slot;
    if (each.token != no_slot) continue;
    json.key(each.name);
    write_value(json, each.value);
  }
  json.end_object();
  if (!local) return;
  json.key("local").begin_array();
  for (const execute::VariableChange& each : changes.variables) {
    if (each.token == no_slot) continue;
    json.begin_array().number(each.token).number(each.generation).string(each.name);
    write_value(json, each.value);
    json.end_array();
  }
  json.end_array();
}

void write_counts(json::Writer& json, std::string_view key,
                  const std::vector<std::pair<std::string_view, std::uint32_t>>& counts) {
  if (counts.empty()) return;
  json.key(key).begin_object();
  for (const auto& [name, times] : counts) json.key(name).number(times);
  json.end_object();
}

// --- reading ---

bool holds_literal(const Value& value) {
  if (value.is(Kind::list)) return std::any_of(value.items().begin(), value.items().end(), holds_literal);
  if (!value.is(Kind::context)) return false;
  if (value.entries().size() == 1 && value.entries()[0].key.text() == feel_key) return true;
  return std::any_of(value.entries().begin(), value.entries().end(),
                     [](const value::Entry& each) { return holds_literal(each.value); });
}

/// The value that was written; rebuilt only where something must be.
Value revived(const Value& value, value::Arena& arena) {
  if (!holds_literal(value)) return value;
  if (value.is(Kind::list)) {
    Value* items = arena.array<Value>(value.items().size());
    for (std::size_t i = 0; i < value.items().size(); ++i)
      ::new (&items[i]) Value(revived(value.items()[i], arena));
    return Value::list(std::span<const Value>(items, value.items().size()));
  }
  const auto entries = value.entries();
  if (entries.size() == 1 && entries[0].key.text() == feel_key && entries[0].value.is(Kind::string)) {
    Diagnostics ignored;
    const auto literal = feel::compile(entries[0].value.text(), feel::Language::feel, {}, ignored);
    if (!literal) return value;
    feel::Workspace workspace;
    return value::deep_copy(feel::evaluate(*literal, {}, workspace), arena);
  }
  auto* copies = arena.array<value::Entry>(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i)
    ::new (&copies[i]) value::Entry{entries[i].key, revived(entries[i].value, arena)};
  return Value::context(std::span<const value::Entry>(copies, entries.size()));
}

/// Looks at values whose kind may be anything; what does not fit is noted once.
class Reader {
 public:
  explicit Reader(value::Arena& arena) : arena_(arena) {}
  const char* problem = nullptr;

  void wrong(const char* what) {
    if (problem == nullptr) problem = what;
  }
  const Value* find(const Value& object, std::string_view key) {
    return object.is(Kind::context) ? object.find(Key(key)) : nullptr;
  }
  /// Valid as long as the value, which must not be a copy.
  std::string_view text(const Value* value) {
    if (value == nullptr) return {};
    if (!value->is(Kind::string)) {
      wrong("a text is no text");
      return {};
    }
    return value->text();
  }
  std::int64_t integer(const Value* value) {
    if (value == nullptr) return 0;
    const auto whole = value->is(Kind::number) ? value->decimal().to_integer() : std::nullopt;
    if (!whole) wrong("a number is no number");
    return whole.value_or(0);
  }
  std::uint32_t small(const Value* value) {
    const std::int64_t whole = integer(value);
    if (whole == -1) return no_slot;
    if (whole < 0 || whole > 0xffffffffll) wrong("a number is out of range");
    return static_cast<std::uint32_t>(whole);
  }
  value::Instant instant(const Value* value, value::Instant otherwise) {
    if (value == nullptr) return otherwise;
    const auto parsed = execute::parse_instant(text(value));
    if (!parsed) wrong("a time is no time");
    return parsed.value_or(otherwise);
  }
  std::span<const Value> items(const Value* value) {
    if (value == nullptr) return {};
    if (!value->is(Kind::list)) {
      wrong("a list is no list");
      return {};
    }
    return value->items();
  }
  std::span<const value::Entry> entries(const Value* value) {
    if (value == nullptr) return {};
    if (!value->is(Kind::context)) {
      wrong("an object is no object");
      return {};
    }
    return value->entries();
  }
  /// Elements of a list with at least that many.
  std::span<const Value> row(const Value& value, std::size_t least) {
    const auto all = items(&value);
    if (all.size() >= least) return all;
    wrong("a row is too short");
    return {};
  }
  template <std::size_t N>
  std::size_t one_of(const Value* value, const std::array<std::string_view, N>& names) {
    const auto found = std::find(names.begin(), names.end(), text(value));
    if (found == names.end()) wrong("a word is unknown");
    return found == names.end() ? 0 : static_cast<std::size_t>(found - names.begin());
  }
  std::vector<std::string> texts(const Value* value) {
    std::vector<std::string> out;
    for (const Value& each : items(value)) out.emplace_back(text(&each));
    return out;
  }

  Wait wait(const Value& object, value::Instant time) {
    Wait wait;
    wait.number = small(find(object, "number"));
    wait.kind = static_cast<execute::WaitKind>(one_of(find(object, "kind"), execute::wait_names));
    if (const Value* ask = find(object, "ask")) wait.ask = static_cast<semantics::Ask>(one_of(ask, asks));
    const auto token = items(find(object, "token"));
    if (token.size() == 2) wait.token = {small(&token[0]), small(&token[1])};
    wait.element = text(find(object, "element"));
    if (const Value* visit = find(object, "visit")) wait.visit = small(visit);
    if (const Value* definition = find(object, "definition")) wait.definition = small(definition);
    const Value* label = find(object, "label");
    wait.label = label == nullptr ? wait.element : std::string(text(label));
    wait.name = text(find(object, "name"));
    wait.key = text(find(object, "key"));
    wait.created = instant(find(object, "created"), time);
    wait.due = instant(find(object, "due"), value::never);
    wait.assignee = text(find(object, "assignee"));
    wait.users = texts(find(object, "users"));
    wait.groups = texts(find(object, "groups"));
    wait.attempt = small(find(object, "attempt"));
    wait.owner = text(find(object, "owner"));
    wait.repeats = integer(find(object, "repeats"));
    wait.period = text(find(object, "period"));
    wait.held = find(object, "held") != nullptr;
    return wait;
  }
  void token(const Value& value, Changes& changes) {
    auto row = this->row(value, 4);
    if (row.empty()) return;
    execute::TokenChange change;
    change.slot = small(&row[0]);
    change.token.generation = small(&row[1]);
    change.token.phase = static_cast<semantics::Phase>(one_of(&row[2], phases));
    if (change.token.phase == semantics::Phase::free) {
      change.token.next = small(&row[3]);
    } else if (row = this->row(value, 10); !row.empty()) {
      change.node = text(&row[3]);
      change.flow = text(&row[4]);
      change.token.scope = small(&row[5]);
      change.token.child = small(&row[6]);
      change.token.next = small(&row[7]);
      change.token.previous = small(&row[8]);
      change.token.count = small(&row[9]);
    }
    changes.tokens.push_back(change);
  }
  void scope(const Value& value, Changes& changes) {
    auto row = this->row(value, 4);
    if (row.empty()) return;
    execute::ScopeChange change;
    change.slot = small(&row[0]);
    change.scope.generation = small(&row[1]);
    change.scope.kind = static_cast<semantics::ScopeKind>(one_of(&row[2], kinds));
    if (change.scope.kind == semantics::ScopeKind::free) {
      change.scope.parent = small(&row[3]);
    } else if (row = this->row(value, 9); !row.empty()) {
      change.node = text(&row[3]);
      change.scope.parent = small(&row[4]);
      change.scope.host = small(&row[5]);
      change.scope.first = small(&row[6]);
      change.scope.live = small(&row[7]);
      change.scope.remaining = small(&row[8]);
    }
    changes.scopes.push_back(change);
  }
  void changes(const Value& line, value::Instant time, Changes& changes) {
    changes.whole = find(line, "whole") != nullptr;
    if (const auto status = execute::find_status(text(find(line, "status"))))
      changes.status = *status;
    else
      wrong("the status is unknown");
    for (const Value& each : items(find(line, "waits"))) changes.waits.push_back(wait(each, time));
    for (const Value& each : items(find(line, "gone"))) changes.gone.push_back(small(&each));
    for (const value::Entry& each : entries(find(line, "variables")))
      changes.variables.push_back({no_slot, 0, each.key.text(), revived(each.value, arena_)});
    for (const Value& each : items(find(line, "local")))
      if (const auto row = this->row(each, 4); !row.empty())
        changes.variables.push_back({small(&row[0]), small(&row[1]), text(&row[2]), revived(row[3], arena_)});
    for (const Value& each : items(find(line, "collections")))
      if (const auto row = this->row(each, 3); !row.empty())
        changes.collections.push_back({small(&row[0]), small(&row[1]), revived(row[2], arena_)});
    if (const Value* slots = find(line, "slots"))
      if (const auto row = this->row(*slots, 4); !row.empty()) {
        changes.token_slots = small(&row[0]);
        changes.scope_slots = small(&row[1]);
        changes.free_token = small(&row[2]);
        changes.free_scope = small(&row[3]);
      }
    for (const Value& each : items(find(line, "tokens"))) token(each, changes);
    for (const Value& each : items(find(line, "scopes"))) scope(each, changes);
    for (const Value& each : items(find(line, "names")))
      if (const auto row = this->row(each, 3); !row.empty())
        changes.scope_names.push_back({small(&row[0]), small(&row[1]), text(&row[2])});
    for (const value::Entry& each : entries(find(line, "opened")))
      changes.opened.emplace_back(each.key.text(), small(&each.value));
    for (const value::Entry& each : entries(find(line, "visits")))
      changes.visits.emplace_back(each.key.text(), small(&each.value));
  }

 private:
  value::Arena& arena_;
};

}  // namespace

namespace {

/// What is said anyway is left out of records: a label that is the element's id, a wait that began with the
/// record, work as the question.
void write_wait(json::Writer& json, const Wait& wait, const Record* record) {
  json.key("number").number(wait.number);
  json.key("kind").string(execute::wait_names[static_cast<std::size_t>(wait.kind)]);
  json.key("element").string(wait.element);
  if (wait.visit != 1) json.key("visit").number(wait.visit);
  if (wait.definition != 0) json.key("definition").number(wait.definition);
  if (record == nullptr || wait.label != wait.element) text_field(json, "label", wait.label);
  text_field(json, "name", wait.name);
  text_field(json, "key", wait.key);
  if (record == nullptr || wait.created != record->time)
    json.key("created").string(execute::instant_text(wait.created));
  if (wait.due != value::never) json.key("due").string(execute::instant_text(wait.due));
  text_field(json, "assignee", wait.assignee);
  texts_field(json, "users", wait.users);
  texts_field(json, "groups", wait.groups);
  if (wait.attempt != 0) json.key("attempt").number(wait.attempt);
  text_field(json, "owner", wait.owner);
  if (wait.repeats != 0) json.key("repeats").number(wait.repeats);
  text_field(json, "period", wait.period);
  if (wait.held) json.key("held").boolean(true);
  if (record == nullptr) return;
  if (wait.ask != semantics::Ask::work) json.key("ask").string(asks[static_cast<std::size_t>(wait.ask)]);
  json.key("token").begin_array().number(wait.token.slot).number(wait.token.generation).end_array();
}

}  // namespace

void write_wait(json::Writer& json, const Wait& wait) {
  write_wait(json, wait, nullptr);
}

void append_record(const Record& record, json::Writer& json, std::string& lines) {
  json.clear();
  const Changes& changes = record.changes;
  json.begin_object()
      .key("seq")
      .number(record.sequence)
      .key("time")
      .string(execute::instant_text(record.time));
  json.key("instance").string(record.instance);
  if (!record.definition.empty()) {
    json.key("definition").string(record.definition).key("process").string(record.process);
    text_field(json, "key", record.key);
    if (!record.parent.empty())
      json.key("parent").string(record.parent).key("parent_wait").number(record.parent_wait);
    if (record.started != record.time) json.key("started").string(execute::instant_text(record.started));
    if (record.begun != 0) json.key("begun").number(record.begun);
  }
  text_field(json, "by", record.by);
  if (changes.whole) json.key("whole").boolean(true);
  if (record.removed) json.key("removed").boolean(true);
  json.key("status").string(execute::status_name(changes.status));
  if (!record.steps.empty()) {
    json.key("steps").begin_array();
    for (std::size_t i = 0; i < record.steps.size(); ++i) {
      const TraceStep& step = record.steps[i];
      json.begin_array().string(step.scope).string(step.element).string(step.ask).string(step.answer);
      if (i < record.why.size() && !record.why[i].empty()) json.string(record.why[i]);
      json.end_array();
    }
    json.end_array();
  }
  if (!changes.waits.empty()) {
    json.key("waits").begin_array();
    for (const Wait& each : changes.waits) {
      json.begin_object();
      write_wait(json, each, &record);
      json.end_object();
    }
    json.end_array();
  }
  if (!changes.gone.empty()) {
    json.key("gone").begin_array();
    for (const std::uint32_t each : changes.gone) json.number(each);
    json.end_array();
  }
  json.key("slots").begin_array().number(changes.token_slots).number(changes.scope_slots);
  number(json, changes.free_token);
  number(json, changes.free_scope);
  json.end_array().key("tokens").begin_array();
  for (const execute::TokenChange& each : changes.tokens) write_token(json, each);
  json.end_array().key("scopes").begin_array();
  for (const execute::ScopeChange& each : changes.scopes) write_scope(json, each);
  json.end_array();
  if (!changes.scope_names.empty()) {
    json.key("names").begin_array();
    for (const execute::ScopeName& each : changes.scope_names)
      json.begin_array().number(each.slot).number(each.generation).string(each.name).end_array();
    json.end_array();
  }
  write_counts(json, "opened", changes.opened);
  write_counts(json, "visits", changes.visits);
  if (!changes.variables.empty()) write_variables(json, changes);
  if (!changes.collections.empty()) {
    json.key("collections").begin_array();
    for (const execute::CollectionChange& each : changes.collections) {
      json.begin_array().number(each.host).number(each.generation);
      write_value(json, each.items);
      json.end_array();
    }
    json.end_array();
  }
  json.end_object();
  lines += json.text();
  lines += '\n';
}

std::string write_record(const Record& record) {
  std::string line;
  json::Writer writer;
  append_record(record, writer, line);
  return line;
}

namespace {

/// The line up to what lists have no use for. Quotes inside texts are escaped, so these bytes are a key
/// wherever they stand.
std::string_view head_of(std::string_view line, value::Arena& arena) {
  const std::size_t end = line.find(",\"slots\":[");
  if (end == std::string_view::npos) return line;
  char* text = arena.array<char>(end + 1);
  std::copy_n(line.data(), end, text);
  text[end] = '}';
  return {text, end + 1};
}

}  // namespace

std::string_view instance_of(std::string_view line) {
  constexpr std::string_view name = "\"instance\":\"";  // near the beginning; our ids hold nothing to escape
  const std::size_t at = line.find(name);
  if (at == std::string_view::npos) return {};
  line.remove_prefix(at + name.size());
  return line.substr(0, line.find('"'));
}

bool tells_removal(std::string_view line) {
  // Quotes inside texts are escaped, so these bytes are a key.
  return line.substr(0, line.find(",\"status\":")).find(",\"removed\":true") != std::string_view::npos;
}

Result<Record> read_record(std::string_view line, value::Arena& arena, Part part) {
  if (part == Part::head) line = head_of(line, arena);
  const Result<Value> read = json::read_own(line, arena);
  if (!read) return read.error();
  // Short texts stand inside their values, so views need the value in the arena, not a copy.
  const Value* kept = ::new (arena.array<Value>(1)) Value(*read);
  Reader reader(arena);
  Record record;
  record.sequence = static_cast<std::uint64_t>(reader.integer(reader.find(*kept, "seq")));
  record.time = reader.instant(reader.find(*kept, "time"), 0);
  record.instance = reader.text(reader.find(*kept, "instance"));
  record.definition = reader.text(reader.find(*kept, "definition"));
  record.process = reader.text(reader.find(*kept, "process"));
  record.key = reader.text(reader.find(*kept, "key"));
  record.parent = reader.text(reader.find(*kept, "parent"));
  record.parent_wait = reader.small(reader.find(*kept, "parent_wait"));
  record.started = reader.instant(reader.find(*kept, "started"), record.time);
  record.begun = static_cast<std::uint64_t>(reader.integer(reader.find(*kept, "begun")));
  record.removed = reader.find(*kept, "removed") != nullptr;
  record.by = reader.text(reader.find(*kept, "by"));
  for (const Value& each : reader.items(reader.find(*kept, "steps")))
    if (const auto row = reader.row(each, 4); !row.empty()) {
      record.steps.push_back({std::string(reader.text(&row[0])), std::string(reader.text(&row[1])),
                              std::string(reader.text(&row[2])), std::string(reader.text(&row[3]))});
      record.why.emplace_back(row.size() > 4 ? reader.text(&row[4]) : "");
    }
  reader.changes(*kept, record.time, record.changes);
  if (record.instance.empty()) reader.wrong("it names no instance");
  if (reader.problem != nullptr) return Error{reader.problem};
  return record;
}

}  // namespace weir::formats::state
