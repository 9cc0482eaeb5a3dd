// Triggers are keys of the table they stand in; one row says which event definition a key makes and where it
// may stand (BPMN 2.0.2 tables 10.84, 10.89 and 10.90).
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "formats/toml/step.hpp"
#include "formats/toml/texts.hpp"

namespace weir::formats::toml {

using model::ElementKind;
using model::EventDefinition;

namespace {

struct Trigger {
  std::string_view key;
  ElementKind definition;
  std::uint8_t positions;
  bool interrupts = true;  // as a boundary event, unless told otherwise
};

constexpr std::uint8_t at(std::initializer_list<Position> positions) {
  std::uint8_t out = 0;
  for (const Position each : positions)
    out = static_cast<std::uint8_t>(out | static_cast<std::uint8_t>(each));
  return out;
}

using enum Position;
constexpr std::uint8_t anywhere = at({start, handler, catching, waiting, boundary});
constexpr std::array triggers = {
    Trigger{"message", ElementKind::message_event_definition, anywhere | at({throwing, ending})},
    Trigger{"signal", ElementKind::signal_event_definition, anywhere | at({throwing, ending})},
    Trigger{"error", ElementKind::error_event_definition, at({handler, boundary, ending})},
    Trigger{"escalation", ElementKind::escalation_event_definition,
            at({handler, boundary, throwing, ending})},
    Trigger{"timeout", ElementKind::timer_event_definition, anywhere},
    Trigger{"after", ElementKind::timer_event_definition, anywhere, false},
    Trigger{"at", ElementKind::timer_event_definition, anywhere, false},
    Trigger{"every", ElementKind::timer_event_definition, anywhere, false},
    Trigger{"if", ElementKind::conditional_event_definition, anywhere},
    Trigger{"cancel", ElementKind::cancel_event_definition, at({boundary, ending})},
    Trigger{"compensate", ElementKind::compensate_event_definition, at({handler, throwing, ending})},
    Trigger{"terminate", ElementKind::terminate_event_definition, at({ending})},
    Trigger{"link", ElementKind::link_event_definition, at({catching, throwing})},
};

constexpr std::array<std::string_view, triggers.size() + 3> keys = [] {
  std::array<std::string_view, triggers.size() + 3> out;
  for (std::size_t i = 0; i < triggers.size(); ++i) out[i] = triggers[i].key;
  out[triggers.size()] = "times";
  out[triggers.size() + 1] = "any";
  out[triggers.size() + 2] = "all";
  return out;
}();

const Trigger* find_trigger(std::string_view key) {
  const auto* found =
      std::find_if(triggers.begin(), triggers.end(), [&](const Trigger& each) { return each.key == key; });
  return found == triggers.end() ? nullptr : found;
}

std::string_view position_words(Position position) {
  switch (position) {
    case start:
      return "on a start";
    case handler:
      return "on a handler";
    case catching:
      return "on a catch step";
    case waiting:
      return "in 'for'";
    case boundary:
      return "in 'on'";
    case throwing:
      return "on a throw step";
    case ending:
      return "on an end";
    case none:
      break;
  }
  return "here";
}

class Reader {
 public:
  Reader(Declarations& declared, Position position) : declared_(declared), position_(position) {}

  void read(const Value& table, std::vector<EventDefinition>& out) {
    const Entry* first = nullptr;
    for (const Entry& each : table.entries) {
      const Trigger* trigger = find_trigger(each.key);
      if (trigger == nullptr) continue;
      if ((trigger->positions & static_cast<std::uint8_t>(position_)) == 0) {
        declared_.error("unknown-key", each.key_span,
                        fmt::format("'{}' cannot stand {}", each.key, position_words(position_)));
        continue;
      }
      if (first != nullptr) {
        declared_.wrong(each.key_span,
                        fmt::format("'{}' is the trigger already; several stand in any = [...] or "
                                    "all = [...]",
                                    first->key));
        continue;
      }
      first = &each;
      out.push_back(definition(*trigger, each, table));
    }
    if (const Entry* times = table.find("times"); times != nullptr && table.find("every") == nullptr)
      declared_.wrong(times->key_span, "'times' says how often 'every' happens, and there is no 'every'");
    const Entry* several = table.find("any") != nullptr ? table.find("any") : table.find("all");
    if (several == nullptr || !declared_.is_tables(*several)) return;
    if (first != nullptr)
      declared_.wrong(several->key_span, fmt::format("'{}' is the trigger already", first->key));
    for (const Value& each : several->value.items) {
      declared_.check_keys(each, Words(keys).first(triggers.size() + 1), "of a trigger");
      Reader(declared_, position_).read(each, out);
    }
  }

 private:
  EventDefinition definition(const Trigger& trigger, const Entry& entry, const Value& table) {
    EventDefinition out;
    out.kind = trigger.definition;
    out.span = entry.value.is_string() ? entry.value.content : entry.value.span;
    switch (trigger.definition) {
      case ElementKind::message_event_definition:
        out.reference = reference(ElementKind::message, entry);
        break;
      case ElementKind::signal_event_definition:
        out.reference = reference(ElementKind::signal, entry);
        break;
      case ElementKind::error_event_definition:
        if (!entry.value.is_string() || entry.value.text != "*")
          out.reference = reference(ElementKind::error, entry);
        break;
      case ElementKind::escalation_event_definition:
        if (!entry.value.is_string() || entry.value.text != "*")
          out.reference = reference(ElementKind::escalation, entry);
        break;
      case ElementKind::timer_event_definition:
        timer(trigger.key, entry, table, out);
        break;
      case ElementKind::conditional_event_definition:
        out.condition = declared_.feel(entry);
        break;
      case ElementKind::compensate_event_definition:
        if (entry.value.is_string())
          out.reference = declared_.kept(entry);
        else
          must_be_true(entry);
        break;
      case ElementKind::link_event_definition:
        out.link_name = declared_.kept(entry);
        break;
      default:
        must_be_true(entry);
        break;
    }
    return out;
  }

  std::string_view reference(ElementKind kind, const Entry& entry) {
    const std::string* name = declared_.text(entry);
    if (name == nullptr) return {};
    if (!name->empty()) return declared_.root(kind, *name, entry.value.content);
    declared_.wrong(entry.value.span, fmt::format("'{}' needs a name", entry.key));
    return {};
  }

  void must_be_true(const Entry& entry) {
    if (declared_.flag(entry) == false)
      declared_.wrong(entry.value.span, fmt::format("'{}' is either true or left out", entry.key));
  }

  void timer(std::string_view key, const Entry& entry, const Value& table, EventDefinition& out) {
    model::Expression time;
    time.written = true;
    time.span = out.span;
    time.language = "feel";
    const bool date = entry.value.kind == Value::Kind::date || entry.value.kind == Value::Kind::date_time;
    if (key == "at" && date) {
      time.body = declared_.keep(iso_date_time(entry.value.text).value_or(entry.value.text));
    } else if (const std::string* written = declared_.text(entry)) {
      time.body = time_text(key, *written, entry.value);
      if (key == "every") time.body = repeated(time.body, table);
    }
    (key == "at" ? out.time_date : key == "every" ? out.time_cycle : out.time_duration) = time;
  }

  std::string_view time_text(std::string_view key, const std::string& written, const Value& value) {
    if (written.find("${") != std::string::npos) return declared_.data(value);
    if (key == "at") {
      if (const auto iso = iso_date_time(written)) return declared_.keep(*iso);
      declared_.wrong(value.content,
                      fmt::format("'{}' is no date; write 2026-03-02 or 2026-03-02T10:00:00Z", written));
      return {};
    }
    const bool cycle = key == "every" && (written.starts_with("cron ") || written.starts_with('R'));
    if (cycle) return declared_.keep(written);
    if (const auto iso = iso_duration(written)) return declared_.keep(*iso);
    declared_.wrong(value.content,
                    fmt::format("'{}' is no duration; write 90s, 15m, 2h, 3d, 1d12h or PT90S", written));
    return {};
  }

  /// "PT30M" -> "R3/PT30M"; cron texts and whole cycles stay as they are.
  std::string_view repeated(std::string_view body, const Value& table) {
    const Entry* times = table.find("times");
    if (body.starts_with('P')) {
      std::string count;
      if (times != nullptr)
        if (const auto number = declared_.whole(*times, 1, 1'000'000'000)) count = std::to_string(*number);
      return declared_.keep(fmt::format("R{}/{}", count, body));
    }
    if (times != nullptr && !body.empty())
      declared_.wrong(times->key_span, "'times' goes with a duration only");
    return body;
  }

  Declarations& declared_;
  Position position_;
};

}  // namespace

Words trigger_keys() {
  return keys;
}

std::vector<EventDefinition> read_triggers(Declarations& declared, const Value& table, Position position,
                                           bool& parallel_multiple) {
  std::vector<EventDefinition> out;
  Reader(declared, position).read(table, out);
  parallel_multiple = table.find("all") != nullptr;
  return out;
}

TriggerName trigger_name(const Value& table) {
  for (const Entry& each : table.entries) {
    const Trigger* trigger = find_trigger(each.key);
    if (trigger == nullptr) continue;
    const bool named = trigger->definition == ElementKind::message_event_definition ||
                       trigger->definition == ElementKind::signal_event_definition ||
                       trigger->definition == ElementKind::error_event_definition ||
                       trigger->definition == ElementKind::escalation_event_definition;
    const bool has_name =
        named && each.value.is_string() && each.value.text != "*" && !each.value.text.empty();
    return {has_name ? std::string_view(each.value.text) : trigger->key, trigger->interrupts};
  }
  return {};
}

}  // namespace weir::formats::toml
