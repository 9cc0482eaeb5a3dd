#include <algorithm>
#include <charconv>

#include "core/execute/timers.hpp"
#include "core/feel/expression.hpp"
#include "formats/json/value.hpp"
#include "formats/state/record.hpp"
#include "formats/state/words.hpp"

namespace weir::formats::state {

using execute::Changes;
using execute::Record;
using execute::Wait;
using semantics::no_slot;
using value::Key;
using value::Kind;
using value::Value;

namespace {

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
  std::uint32_t slot(std::span<const Value> row, std::size_t i) {
    return i < row.size() ? small(&row[i]) : no_slot;
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
    wait.trouble = text(find(object, "trouble"));
    wait.repeats = integer(find(object, "repeats"));
    wait.period = text(find(object, "period"));
    wait.held = find(object, "held") != nullptr;
    wait.mended = find(object, "mended") != nullptr;
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
    } else if (row = this->row(value, 6); !row.empty()) {
      change.node = text(&row[3]);
      change.flow = text(&row[4]);
      change.token.scope = small(&row[5]);
      change.token.child = slot(row, 6);
      change.token.next = slot(row, 7);
      change.token.previous = slot(row, 8);
      change.token.count = row.size() > 9 ? small(&row[9]) : 0;
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
    } else if (row = this->row(value, 8); !row.empty()) {
      change.node = text(&row[3]);
      change.scope.parent = small(&row[4]);
      change.scope.host = small(&row[5]);
      change.scope.first = small(&row[6]);
      change.scope.live = small(&row[7]);
      change.scope.remaining = row.size() > 8 ? small(&row[8]) : 0;
    }
    changes.scopes.push_back(change);
  }
  execute::VariableChange local(std::span<const Value> row) {
    execute::VariableChange change;
    change.token = small(&row[0]);
    change.generation = small(&row[1]);
    change.value = revived(row[3], arena_);
    if (!row[2].is(Kind::list)) {
      change.name = text(&row[2]);
    } else if (const auto item = this->row(row[2], 2); !item.empty()) {
      change.name = text(&item[0]);
      change.item = small(&item[1]);
    }
    return change;
  }
  void changes(const Value& line, value::Instant time, Changes& changes) {
    changes.whole = find(line, "whole") != nullptr;
    changes.caught_by = text(find(line, "caught_by"));
    if (const auto status = execute::find_status(text(find(line, "status"))))
      changes.status = *status;
    else
      wrong("the status is unknown");
    for (const Value& each : items(find(line, "waits"))) changes.waits.push_back(wait(each, time));
    for (const Value& each : items(find(line, "gone"))) changes.gone.push_back(small(&each));
    for (const value::Entry& each : entries(find(line, "variables")))
      changes.variables.push_back(
          {no_slot, 0, each.key.text(), revived(each.value, arena_), data::Assigned::all});
    for (const Value& each : items(find(line, "local")))
      if (const auto row = this->row(each, 4); !row.empty()) changes.variables.push_back(local(row));
    for (const Value& each : items(find(line, "collections")))
      if (const auto row = this->row(each, 3); !row.empty())
        changes.collections.push_back({small(&row[0]), small(&row[1]), revived(row[2], arena_)});
    if (const Value* slots = find(line, "slots"))
      if (const auto row = this->row(*slots, 2); !row.empty()) {
        changes.token_slots = small(&row[0]);
        changes.scope_slots = small(&row[1]);
        changes.free_token = slot(row, 2);
        changes.free_scope = slot(row, 3);
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
    for (const Value& each : items(find(line, "actors")))
      if (const auto row = this->row(each, 2); !row.empty())
        changes.actors.emplace_back(text(&row[0]), text(&row[1]));
    for (const Value& each : items(find(line, "partners"))) changes.partners.push_back(text(&each));
  }

 private:
  value::Arena& arena_;
};

/// The line without its steps and up to what lists have no use for. Quotes inside texts are escaped, so these
/// bytes are a key wherever they stand.
std::string_view head_of(std::string_view line, value::Arena& arena) {
  const std::size_t end = line.find(",\"slots\":[");
  if (end == std::string_view::npos) return line;
  line = line.substr(0, end);
  const std::size_t steps = std::min(line.find(",\"steps\":[["), end);
  const std::size_t rest =
      std::min({line.find(",\"waits\":[{", steps), line.find(",\"gone\":[", steps), end});
  char* text = arena.array<char>(end + 1);
  char* at = std::copy_n(line.data(), steps, text);
  at = std::copy_n(line.data() + rest, end - rest, at);
  *at++ = '}';
  return {text, static_cast<std::size_t>(at - text)};
}

}  // namespace

std::string_view instance_of(std::string_view line) {
  constexpr std::string_view name = "\"instance\":\"";  // near the beginning; our ids hold nothing to escape
  const std::size_t at = line.find(name);
  if (at == std::string_view::npos) return line.substr(0, 0);  // within the line too
  line.remove_prefix(at + name.size());
  return line.substr(0, line.find('"'));
}

std::uint64_t sequence_of(std::string_view line) {
  constexpr std::string_view begin = "{\"seq\":";
  std::uint64_t number = 0;
  if (line.starts_with(begin)) std::from_chars(line.data() + begin.size(), line.data() + line.size(), number);
  return number;
}

std::string_view operation_of(std::string_view line) {
  constexpr std::string_view name = ",\"op\":\"";
  const std::string_view head = line.substr(0, line.find(",\"status\":"));
  const std::size_t at = head.find(name);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = head.substr(at + name.size());
  return rest.substr(0, rest.find('"'));
}

namespace {

/// What stands before the status, where a record says what it is. Quotes inside texts are escaped, so these
/// bytes are a key wherever they stand.
std::string_view opening(std::string_view line) {
  return line.substr(0, line.find(",\"status\":"));
}

bool has(std::string_view text, std::string_view words) {
  return text.find(words) != std::string_view::npos;
}

}  // namespace

bool stands_alone(std::string_view line) {
  const std::string_view head = opening(line);
  if (!has(head, "\"definition\":") || !has(head, ",\"begun\":") || tells_whole(line) || tells_removal(line))
    return false;
  const std::size_t slots = line.find(",\"slots\":[", head.size());
  if (slots == std::string_view::npos) return false;
  // Those of tokens that are gone would have to be left out.
  const std::string_view rest = line.substr(slots);
  return !has(rest, "\"local\":[") && !has(rest, "\"collections\":[");
}

bool stands_alone(const Record& record) {
  const execute::Changes& changes = record.changes;
  return !record.definition.empty() && record.begun != 0 && !changes.whole && !record.removed &&
         changes.collections.empty() &&
         std::none_of(changes.variables.begin(), changes.variables.end(),
                      [](const auto& each) { return each.token != semantics::no_slot; });
}

bool tells_whole(std::string_view line) {
  return has(opening(line), ",\"whole\":true");
}

bool tells_removal(std::string_view line) {
  return has(opening(line), ",\"removed\":true");
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
  record.operation = reader.text(reader.find(*kept, "op"));
  if (const Value* set = reader.find(*kept, "set")) {
    const Value made = revived(*set, arena);
    record.set = reader.entries(&made);
  }
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
