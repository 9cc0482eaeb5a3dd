#include "formats/state/record.hpp"

#include <array>
#include <span>

#include "core/execute/timers.hpp"
#include "core/value/print.hpp"
#include "formats/json/value.hpp"
#include "formats/json/writer.hpp"
#include "formats/state/words.hpp"

namespace weir::formats::state {

using execute::Changes;
using execute::Record;
using execute::Wait;
using semantics::no_slot;
using value::Kind;
using value::Value;

namespace {

void number(json::Writer& json, std::uint32_t slot) {
  json.number(slot == no_slot ? std::int64_t{-1} : std::int64_t{slot});
}

/// Slots up to the last one that there is.
void slots(json::Writer& json, std::span<const std::uint32_t> all) {
  std::size_t some = all.size();
  while (some > 0 && all[some - 1] == no_slot) --some;
  for (const std::uint32_t slot : all.first(some)) number(json, slot);
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
  number(json, token.scope);
  const std::array linked{token.child, token.next, token.previous};
  if (token.count == 0) {
    slots(json, linked);
  } else {
    for (const std::uint32_t slot : linked) number(json, slot);
    json.number(token.count);
  }
  json.end_array();
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
  json.number(scope.live);
  if (scope.remaining != 0) json.number(scope.remaining);
  json.end_array();
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
    json.begin_array().number(each.token).number(each.generation);
    // Who does not know of items must not take one for the whole list, so this is no text.
    if (each.item != data::Assigned::all)
      json.begin_array().string(each.name).number(each.item).end_array();
    else
      json.string(each.name);
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
  text_field(json, "trouble", wait.trouble);
  if (wait.repeats != 0) json.key("repeats").number(wait.repeats);
  text_field(json, "period", wait.period);
  if (wait.held) json.key("held").boolean(true);
  if (wait.mended) json.key("mended").boolean(true);
  if (record == nullptr) return;
  if (wait.ask != semantics::Ask::work) json.key("ask").string(asks[static_cast<std::size_t>(wait.ask)]);
  json.key("token").begin_array().number(wait.token.slot).number(wait.token.generation).end_array();
}

}  // namespace

void write_wait(json::Writer& json, const Wait& wait) {
  write_wait(json, wait, nullptr);
}

namespace {

/// Who, when and as part of what, in an object that begins.
void write_head(json::Writer& json, const Record& record) {
  json.key("seq").number(record.sequence).key("time").string(execute::instant_text(record.time));
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
  text_field(json, "op", record.operation);
}

/// How it stands afterwards and how it came about, without data.
void write_course(json::Writer& json, const Record& record) {
  const Changes& changes = record.changes;
  if (changes.whole) json.key("whole").boolean(true);
  if (record.removed) json.key("removed").boolean(true);
  text_field(json, "caught_by", changes.caught_by);
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
  slots(json, std::array{changes.free_token, changes.free_scope});
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
  if (!changes.actors.empty()) {
    json.key("actors").begin_array();
    for (const auto& [element, user] : changes.actors)
      json.begin_array().string(element).string(user).end_array();
    json.end_array();
  }
  if (!changes.partners.empty()) {
    json.key("partners").begin_array();
    for (const std::string_view each : changes.partners) json.string(each);
    json.end_array();
  }
}

void end_line(json::Writer& json, std::string& lines) {
  json.end_object();
  lines += json.text();
  lines += '\n';
}

}  // namespace

void append_record(const Record& record, json::Writer& json, std::string& lines) {
  json.clear();
  json.begin_object();
  write_head(json, record);
  write_course(json, record);
  const Changes& changes = record.changes;
  if (!changes.variables.empty()) write_variables(json, changes);
  if (!record.set.empty()) {
    json.key("set");
    write_value(json, Value::context(record.set));
  }
  if (!changes.collections.empty()) {
    json.key("collections").begin_array();
    for (const execute::CollectionChange& each : changes.collections) {
      json.begin_array().number(each.host).number(each.generation);
      write_value(json, each.items);
      json.end_array();
    }
    json.end_array();
  }
  end_line(json, lines);
}

Pattern::Pattern(const Record& record) {
  // Pieces of the record itself, so that they cannot differ from it.
  json::Writer json;
  const auto piece = [&](const auto& write) {
    json.begin_object().key("seq").number(0);
    const std::size_t before = json.text().size();
    write();
    std::string written(json.text().substr(before));
    json.clear();
    return written;
  };
  origin_ =
      piece([&] { json.key("definition").string(record.definition).key("process").string(record.process); });
  by_ = piece([&] { text_field(json, "by", record.by); });
  course_ = piece([&] { write_course(json, record); });
}

void Pattern::append(const execute::Like& like, std::uint64_t sequence, std::uint64_t begun,
                     json::Writer& json, std::string& lines) {
  if (time_text_.empty() || like.time != time_) time_text_ = execute::instant_text(time_ = like.time);
  json.clear();
  json.begin_object().key("seq").number(sequence).key("time").string(time_text_);
  json.key("instance").string(like.instance).again(origin_);
  text_field(json, "key", like.key);
  json.key("begun").number(begun).again(by_);
  text_field(json, "op", like.operation);
  json.again(course_);
  if (!like.variables.empty()) {
    json.key("variables");
    write_value(json, Value::context(like.variables));
  }
  end_line(json, lines);
}

std::string write_record(const Record& record) {
  std::string line;
  json::Writer writer;
  append_record(record, writer, line);
  return line;
}

}  // namespace weir::formats::state
