// Keys -> Step. The rules of what leads where are those of the reference, section 2.4; whether the targets
// exist is looked at in flow.cpp, when all steps are known.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/did_you_mean.hpp"
#include "formats/toml/step.hpp"
#include "formats/toml/texts.hpp"

namespace weir::formats::toml {

using model::ElementKind;

namespace {

const StepKind kinds[] = {
    {"start", ElementKind::start_event, true, false, Position::start, {}},
    {"end", ElementKind::end_event, false, false, Position::ending, {}},
    {"user",
     ElementKind::user_task,
     true,
     false,
     Position::none,
     {"assign", "users", "groups", "show", "ask", "form", "due", "priority"}},
    {"service", ElementKind::service_task, true, false, Position::none, {"use", "with", "worker"}},
    {"send", ElementKind::send_task, true, false, Position::none, {"use", "with", "worker", "message"}},
    {"receive", ElementKind::receive_task, true, false, Position::none, {"message", "instantiate"}},
    {"script", ElementKind::script_task, true, false, Position::none, {"set"}},
    {"decision", ElementKind::business_rule_task, true, false, Position::none, {"dmn"}},
    {"manual", ElementKind::manual_task, true, false, Position::none, {}},
    {"task", ElementKind::task, true, false, Position::none, {}},
    {"call", ElementKind::call_activity, true, false, Position::none, {"process"}},
    {"sub", ElementKind::sub_process, true, true, Position::none, {}},
    {"transaction", ElementKind::transaction, true, true, Position::none, {}},
    {"adhoc", ElementKind::ad_hoc_sub_process, true, true, Position::none, {"cancel-remaining"}},
    {"handler", ElementKind::sub_process, false, true, Position::handler, {"interrupt"}},
    {"choice", ElementKind::exclusive_gateway, true, false, Position::none, {}},
    {"merge", ElementKind::exclusive_gateway, true, false, Position::none, {}},
    {"parallel", ElementKind::parallel_gateway, true, false, Position::none, {}},
    {"join", ElementKind::parallel_gateway, true, false, Position::none, {}},
    {"inclusive", ElementKind::inclusive_gateway, true, false, Position::none, {}},
    {"wait", ElementKind::event_based_gateway, false, false, Position::none, {"for"}},
    {"catch", ElementKind::intermediate_catch_event, true, false, Position::catching, {}},
    {"throw", ElementKind::intermediate_throw_event, true, false, Position::throwing, {}},
    {"complex", ElementKind::complex_gateway, true, false, Position::none, {"activate"}},
};

constexpr std::array<std::string_view, 10> common_keys = {"name", "doc",  "lane",        "next", "in",
                                                          "out",  "tags", "cost-center", "when", "else"};
constexpr std::array<std::string_view, 11> activity_keys = {
    "on", "each", "sequential", "collect", "until", "while", "max", "test", "undo", "retry", "to"};
constexpr std::array<std::string_view, 1> unsupported_keys = {"xml"};
constexpr std::array<std::string_view, 2> unsupported_nested_keys = {"xml", "from"};

const StepKind* find_kind(std::string_view key) {
  const auto* found =
      std::find_if(std::begin(kinds), std::end(kinds), [&](const StepKind& each) { return each.key == key; });
  return found == std::end(kinds) ? nullptr : found;
}

/// "a user step", "an end step"
std::string a_step(const StepKind& kind) {
  const bool vowel = kind.key == "end" || kind.key == "adhoc" || kind.key == "inclusive";
  return fmt::format("{} {} step", vowel ? "an" : "a", kind.key);
}

/// "'assign' belongs on a user step": kinds that have a key of their own.
std::string owners(std::string_view key) {
  std::string out;
  for (const StepKind& each : kinds)
    if (std::find(each.own_keys.begin(), each.own_keys.end(), key) != each.own_keys.end())
      out += fmt::format("{}{}", out.empty() ? "" : " or ", each.key);
  return out;
}

class StepReader {
 public:
  explicit StepReader(Declarations& declared) : declared_(declared) {}

  std::vector<Step> list(const Entry& entry, std::string_view lane) {
    std::vector<Step> out;
    if (!declared_.is_tables(entry)) return out;
    for (const Value& each : entry.value.items) {
      Step step;
      step.table = &each;
      step.header = each.span;
      step.lane = lane;
      if (!identify(step)) continue;
      read(step);
      lane = step.lane;
      out.push_back(std::move(step));
    }
    return out;
  }

 private:
  /// Finds the kind and the id.
  bool identify(Step& step) {
    const Entry* kind_entry = nullptr;
    for (const Entry& each : step.table->entries) {
      const StepKind* kind = find_kind(each.key);
      if (kind == nullptr) continue;
      if (kind_entry != nullptr) {
        declared_.wrong(each.key_span, fmt::format("this step is '{}' already; it cannot be '{}' too",
                                                   kind_entry->key, each.key));
        continue;
      }
      kind_entry = &each;
      step.kind = kind;
    }
    if (kind_entry == nullptr) {
      no_kind(*step.table);
      return false;
    }
    step.id_span = kind_entry->value.span;
    const std::string* id = declared_.text(*kind_entry);
    if (id == nullptr) return false;
    step.id_span = kind_entry->value.content;
    if (!is_id(*id)) {
      declared_.wrong(
          kind_entry->value.span,
          fmt::format("'{}' is no id: letters, digits, '_', '.' and '-', with a letter first", *id));
      return false;
    }
    step.id = declared_.keep(*id);
    return true;
  }

  void no_kind(const Value& table) {
    std::vector<std::string_view> words;
    for (const StepKind& each : kinds) words.push_back(each.key);
    for (const Entry& each : table.entries) {
      const std::string_view near =
          each.value.is_string() ? did_you_mean(each.key, words) : std::string_view{};
      if (near.empty()) continue;
      Diagnostic& made =
          declared_.error("unknown-key", each.key_span,
                          fmt::format("unknown kind of step '{}'; did you mean '{}'?", each.key, near));
      made.fixes.push_back({fmt::format("write '{}'", near), each.key_span, std::string(near)});
      return;
    }
    declared_.error("missing-key", table.span,
                    "a step begins with its kind and id, such as user = \"approve\"");
  }

  void read(Step& step) {
    check_keys(step);
    if (const Entry* lane = step.table->find("lane"); lane != nullptr && declared_.text(*lane) != nullptr) {
      step.lane = declared_.keep(lane->value.text);
      declared_.lane(step.lane, lane->value.content);
    }
    read_exits(step);
    read_events(step);
    if (!step.kind->nested) return;
    if (const Entry* nested = step.table->find("step")) step.steps = list(*nested, step.lane);
  }

  void check_keys(const Step& step) {
    const StepKind& kind = *step.kind;
    std::vector<std::string_view> known(common_keys.begin(), common_keys.end());
    known.push_back(kind.key);
    known.push_back("to");
    known.insert(known.end(), kind.own_keys.begin(), kind.own_keys.end());
    if (kind.is_activity()) known.insert(known.end(), activity_keys.begin(), activity_keys.end());
    if (kind.triggers != Position::none)
      known.insert(known.end(), trigger_keys().begin(), trigger_keys().end());
    if (kind.nested) known.push_back("step");
    Value others;  // keys nobody can say anything better about
    for (const Entry& each : step.table->entries) {
      if (std::find(known.begin(), known.end(), each.key) != known.end()) continue;
      if (find_kind(each.key) != nullptr) continue;  // reported by identify()
      if (const std::string where = owners(each.key); !where.empty()) {
        declared_.error(
            "unknown-key", each.key_span,
            fmt::format("'{}' means nothing on {}; it belongs on {}", each.key, a_step(kind), where));
        continue;
      }
      const bool activity =
          std::find(activity_keys.begin(), activity_keys.end(), each.key) != activity_keys.end();
      if (activity) {
        declared_.error("unknown-key", each.key_span,
                        fmt::format("'{}' belongs on activities, and {} is none", each.key, a_step(kind)));
        continue;
      }
      others.entries.push_back({each.key, each.key_span, {}});
    }
    declared_.check_keys(others, known, "of " + a_step(kind),
                         kind.nested ? Words(unsupported_nested_keys) : Words(unsupported_keys));
  }

  /// A step id, "end", or { to, name, if }.
  void add_target(Step& step, const Value& value, std::string_view key, bool is_default) {
    Target target;
    target.is_default = is_default;
    if (value.is_table()) {
      static constexpr std::array<std::string_view, 3> keys = {"to", "name", "if"};
      declared_.check_keys(value, keys, fmt::format("of '{}'", key));
      const Entry* to = value.find("to");
      if (to == nullptr) {
        declared_.error("missing-key", value.span, fmt::format("'{}' needs to = \"step\"", key));
        return;
      }
      if (const Entry* name = value.find("name")) target.name = declared_.kept(*name);
      if (const Entry* condition = value.find("if")) target.condition = declared_.feel(*condition);
      if (declared_.text(*to) == nullptr) return;
      set(target, to->value);
    } else if (value.is_string()) {
      set(target, value);
    } else {
      declared_.wrong(value.span,
                      fmt::format("'{}' must be the id of a step, not {}", key, kind_words(value)));
      return;
    }
    step.targets.push_back(std::move(target));
  }

  void set(Target& target, const Value& id) {
    target.id = declared_.keep(id.text);
    target.span = id.content;
    if (id.text.empty()) declared_.wrong(id.span, "this must be the id of a step");
  }

  void add_targets(Step& step, const Entry& entry, bool is_default) {
    if (!entry.value.is_array()) return add_target(step, entry.value, entry.key, is_default);
    if (is_default) {
      declared_.wrong(entry.value.span, "'else' leads to one step only");
      return;
    }
    for (const Value& each : entry.value.items) add_target(step, each, entry.key, false);
  }

  static bool is_false(const Entry* entry) {
    return entry != nullptr && entry->value.kind == Value::Kind::boolean && !entry->value.boolean;
  }

  void read_exits(Step& step) {
    const Value& table = *step.table;
    const Entry* next = table.find("next");
    const Entry* when = table.find("when");
    const Entry* otherwise = table.find("else");
    const Entry* to = table.find("to");
    if (!step.kind->may_leave) {
      for (const Entry* each : {next, when, otherwise, to})
        if (each != nullptr)
          declared_.error("end-with-outgoing", each->key_span,
                          step.kind->key == "wait"
                              ? "a wait step leads on through the entries of 'for' only"
                              : fmt::format("nothing comes after {}", a_step(*step.kind)));
      return;
    }
    if (step.kind->key == "choice" && when == nullptr)
      declared_.error(
          "missing-key", step.header,
          fmt::format(
              "choice '{}' needs when = [{{ if = ..., then = ... }}]; without conditions it is a merge",
              step.id));
    if (otherwise != nullptr && when == nullptr)
      declared_.wrong(otherwise->key_span, "'else' goes with 'when', and there is no 'when'");
    if (next != nullptr && when != nullptr)
      declared_.wrong(next->key_span,
                      "'next' does not go with 'when': say 'else' for the case that nothing matches");
    if (next != nullptr && to != nullptr)
      declared_.wrong(next->key_span, "'to' says already what comes next");
    if (when != nullptr && declared_.is_tables(*when))
      for (const Value& each : when->value.items) add_way(step, each);
    if (to != nullptr) add_targets(step, *to, false);
    if (next != nullptr && !is_false(next)) add_targets(step, *next, false);
    if (otherwise != nullptr && when != nullptr && !is_false(otherwise)) add_targets(step, *otherwise, true);
    step.falls_through = next == nullptr && otherwise == nullptr && to == nullptr;
    step.falls_by_default = when != nullptr;
  }

  void add_way(Step& step, const Value& way) {
    static constexpr std::array<std::string_view, 3> keys = {"if", "then", "name"};
    declared_.check_keys(way, keys, "of 'when'");
    Target target;
    if (const Entry* name = way.find("name")) target.name = declared_.kept(*name);
    if (const Entry* condition = way.find("if")) target.condition = declared_.feel(*condition);
    const Entry* then = way.find("then");
    if (then == nullptr) {
      declared_.error("missing-key", way.span, "an entry of 'when' needs then = \"step\"");
      return;
    }
    if (declared_.text(*then) == nullptr) return;
    set(target, then->value);
    step.targets.push_back(std::move(target));
  }

  void read_events(Step& step) {
    const bool wait = step.kind->element == ElementKind::event_based_gateway;
    if (const Entry* entries = step.table->find(wait ? "for" : "on")) {
      if (declared_.is_tables(*entries) && (wait || step.kind->is_activity())) {
        for (const Value& each : entries->value.items) add_event(step, each, wait);
        if (!wait) check_place(step, *entries);
      }
    } else if (wait) {
      declared_.error("missing-key", step.header,
                      fmt::format("wait '{}' needs for = [{{ message = ..., then = ... }}]", step.id));
    }
    const Entry* undo = step.kind->is_activity() ? step.table->find("undo") : nullptr;
    if (undo == nullptr || declared_.text(*undo) == nullptr) return;
    step.undo = declared_.keep(undo->value.text);
    step.undo_span = undo->value.content;
    SideEvent event;
    event.id = declared_.keep(fmt::format("{}.undo", step.id));
    event.span = undo->value.content;
    model::EventDefinition compensation;
    compensation.kind = ElementKind::compensate_event_definition;
    compensation.span = event.span;
    event.definitions.push_back(compensation);
    step.events.push_back(std::move(event));
  }

  void add_event(Step& step, const Value& entry, bool wait) {
    std::vector<std::string_view> keys = {"then", "name", "id"};
    if (!wait) keys.insert(keys.end(), {"interrupt", "set"});
    keys.insert(keys.end(), trigger_keys().begin(), trigger_keys().end());
    declared_.check_keys(entry, keys, wait ? "of 'for'" : "of 'on'");
    const TriggerName trigger = trigger_name(entry);
    SideEvent event;
    event.interrupting = trigger.interrupts;
    event.definitions = read_triggers(declared_, entry, wait ? Position::waiting : Position::boundary,
                                      event.parallel_multiple);
    event.span = entry.span;
    if (event.definitions.empty())
      declared_.error(
          "missing-key", entry.span,
          fmt::format("this entry needs a trigger, such as {}",
                      wait ? "message = \"name\" or after = \"2d\"" : "timeout = \"2d\" or error = \"*\""));
    else
      event.span = event.definitions.front().span;
    event.id = event_id(step, entry, trigger.name);
    if (const Entry* name = entry.find("name")) event.name = declared_.kept(*name);
    if (const Entry* interrupt = entry.find("interrupt"); interrupt != nullptr && !wait)
      event.interrupting = declared_.flag(*interrupt).value_or(event.interrupting);
    if (const Entry* set = entry.find("set"); set != nullptr && !wait)
      event.outputs = declared_.mappings(*set);
    if (const Entry* then = entry.find("then")) {
      for (const Value* each : declared_.texts(*then)) {
        Target target;
        set(target, *each);
        event.targets.push_back(std::move(target));
      }
    } else {
      declared_.error("missing-key", entry.span, "this entry needs then = \"step\"");
    }
    step.events.push_back(std::move(event));
  }

  std::string_view event_id(const Step& step, const Value& entry, std::string_view name) {
    if (const Entry* id = entry.find("id"); id != nullptr && declared_.text(*id) != nullptr) {
      if (is_id(id->value.text)) return declared_.keep(id->value.text);
      declared_.wrong(id->value.span, fmt::format("'{}' is no id", id->value.text));
    }
    std::string plain(name);
    for (char& c : plain)
      if (!is_id(std::string("x") + c)) c = '_';
    return declared_.keep(fmt::format("{}.{}", step.id, plain));
  }

  /// [[step.on]] after [[step.step]] belongs to the outer step, whatever the indentation says.
  void check_place(const Step& step, const Entry& on) {
    const Entry* nested = step.table->find("step");
    if (nested == nullptr || !on.value.in_header || !nested->value.in_header) return;
    const Value* last = nullptr;
    for (const Value& each : nested->value.items)
      if (each.span.begin < on.value.items.front().span.begin) last = &each;
    if (last == nullptr) return;
    Diagnostic& made =
        declared_.error("misplaced-handler", on.value.items.front().span,
                        fmt::format("this handler belongs to '{}', not to the step above it", step.id));
    made.severity = Severity::warning;
    made.notes.push_back(
        {"[[step.on]] after a nested [[step.step]] belongs to the outer step; write "
         "on = [...] or [[step.step.on]]",
         last->span});
  }

  Declarations& declared_;
};

}  // namespace

std::vector<Step> read_steps(Declarations& declared, const Entry& list, std::string_view lane) {
  return StepReader(declared).list(list, lane);
}

}  // namespace weir::formats::toml
