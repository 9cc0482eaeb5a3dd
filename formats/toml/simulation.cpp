// Times are texts: "exponential(20m)", "normal(30m, 10m)", "15m"; calendars too: "mon-fri 09:00-17:30".
// Standard deviations become variances, as the distributions want them.
#include "formats/toml/simulation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "core/base/did_you_mean.hpp"
#include "core/value/duration_text.hpp"

namespace weir::formats::toml {

using model::Parameter;
using simulate::Distribution;

namespace {

constexpr std::array<std::string_view, 7> days = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

/// Takes what stands before the first `separator`; the whole rest when there is none.
std::string_view take(std::string_view& text, char separator) {
  const auto at = text.find(separator);
  const std::string_view out = trimmed(text.substr(0, at));
  text = at == std::string_view::npos ? std::string_view{} : text.substr(at + 1);
  return out;
}

std::optional<double> number(std::string_view text) {
  double out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(out)) return std::nullopt;
  return out;
}

/// Seconds of "20m", "PT20M" or a plain number of seconds.
std::optional<double> seconds(std::string_view text) {
  if (const auto plain = number(text)) return plain;
  const auto length = value::parse_duration(text);
  if (!length) return std::nullopt;
  return static_cast<double>(*length) / static_cast<double>(value::per_second);
}

struct Shape {
  std::string_view name;
  std::size_t arguments;
  Distribution (*make)(const std::array<double, 3>& of);
};
constexpr std::array shapes = {
    Shape{"fixed", 1, [](const std::array<double, 3>& of) { return Distribution::fixed(of[0]); }},
    Shape{"exponential", 1, [](const std::array<double, 3>& of) { return Distribution::exponential(of[0]); }},
    Shape{"uniform", 2, [](const std::array<double, 3>& of) { return Distribution::uniform(of[0], of[1]); }},
    Shape{"normal", 2, [](const std::array<double, 3>& of) { return Distribution::normal(of[0], of[1]); }},
    Shape{"lognormal", 2,
          [](const std::array<double, 3>& of) { return Distribution::lognormal(of[0], of[1] * of[1]); }},
    Shape{"gamma", 2,
          [](const std::array<double, 3>& of) { return Distribution::gamma(of[0], of[1] * of[1]); }},
    Shape{"triangular", 3,
          [](const std::array<double, 3>& of) { return Distribution::triangular(of[0], of[1], of[2]); }},
};
constexpr std::array<std::string_view, 5> later_shapes = {"erlang", "weibull", "beta", "poisson",
                                                          "empirical"};

/// Minutes of "09:00", or nothing.
std::optional<std::int64_t> minutes(std::string_view text) {
  const auto hour = number(take(text, ':'));
  const auto minute = number(trimmed(text));
  if (!hour || !minute || *hour < 0 || *hour > 24 || *minute < 0 || *minute > 59 ||
      *hour * 60 + *minute > 1440)
    return std::nullopt;
  return static_cast<std::int64_t>(*hour) * 60 + static_cast<std::int64_t>(*minute);
}

std::optional<std::size_t> day(std::string_view text) {
  const auto* found = std::find(days.begin(), days.end(), text);
  if (found == days.end()) return std::nullopt;
  return static_cast<std::size_t>(found - days.begin());
}

/// "mon-fri 09:00-12:00, 13:00-17:00; sat 09:00-12:00"; days that are not named are those before.
std::optional<value::Calendar> calendar(std::string_view text) {
  if (trimmed(text) == "24/7") return value::Calendar{};
  std::vector<value::Shift> shifts;
  while (!text.empty()) {
    std::string_view group = take(text, ';');
    if (group.empty()) return std::nullopt;
    std::array<bool, 7> on{};
    std::string_view named = take(group, ' ');
    while (!named.empty()) {
      std::string_view range = take(named, ',');
      const auto first = day(take(range, '-'));
      const auto last = range.empty() ? first : day(trimmed(range));
      if (!first || !last) return std::nullopt;
      for (std::size_t i = *first;; i = (i + 1) % 7) {
        on[i] = true;
        if (i == *last) break;
      }
    }
    if (trimmed(group).empty()) return std::nullopt;
    while (!group.empty()) {
      std::string_view hours = take(group, ',');
      const auto begin = minutes(take(hours, '-'));
      const auto end = minutes(trimmed(hours));
      if (!begin || !end || *begin == *end) return std::nullopt;
      const std::int64_t length = *end > *begin ? *end - *begin : *end + 1440 - *begin;  // over midnight
      for (std::size_t i = 0; i < on.size(); ++i) {
        if (!on[i]) continue;
        const std::int64_t at = static_cast<std::int64_t>(i) * value::per_day + *begin * value::per_minute;
        shifts.push_back({at, at + length * value::per_minute});
      }
    }
  }
  if (shifts.empty()) return std::nullopt;
  return value::Calendar(std::move(shifts));
}

class Reader {
 public:
  Reader(const model::Definitions& definitions, Diagnostics& diagnostics)
      : definitions_(definitions), diagnostics_(diagnostics) {}

  simulate::Scenario run() {
    for (const Parameter& each : definitions_.simulation.items) {
      if (each.key == "arrive")
        out_.arrivals.between = time(each);
      else if (each.key == "calendar")
        out_.arrivals.calendar = text(each);
      else if (each.key == "cases")
        out_.cases = whole(each);
      else if (each.key == "seed")
        out_.seed = whole(each);
      else if (each.key == "until")
        out_.until = span_of_time(each);
      else if (each.key == "warmup")
        out_.warm_up = span_of_time(each);
      else if (each.key == "start")
        out_.arrivals.element = text(each);
      else if (each.key == "calendars")
        calendars(each);
      else if (each.key == "resources")
        resources(each);
      else if (each.key == "steps")
        steps(each);
      else if (each.key == "branches")
        branches(each);
      else if (each.key == "vars")
        variables(each);
      else if (each.key == "handlers" || each.key == "scenario")
        not_simulated(each);  // other keys are unknown and reported already
      if (each.key == "arrive") out_.arrivals.span = each.span;
    }
    return std::move(out_);
  }

 private:
  void wrong(const Parameter& at, std::string message) {
    diagnostics_.error("bad-scenario", std::move(message), at.span).group = "simulation";
  }
  void not_simulated(const Parameter& at) {
    diagnostics_
        .warning("not-simulated",
                 fmt::format("'{}' in [sim] is not simulated by this version of weir", at.key),
                 at.key_span.known() ? at.key_span : at.span)
        .group = "simulation";
  }

  std::string text(const Parameter& from) {
    if (from.kind == Parameter::Kind::text) return std::string(from.text);
    wrong(from, fmt::format("'{}' must be a text", from.key));
    return {};
  }

  std::optional<std::uint64_t> whole(const Parameter& from) {
    std::uint64_t out = 0;
    const auto [end, error] = std::from_chars(from.text.data(), from.text.data() + from.text.size(), out);
    if (from.kind == Parameter::Kind::number && error == std::errc{} &&
        end == from.text.data() + from.text.size())
      return out;
    wrong(from, fmt::format("'{}' must be a whole number from 0 up", from.key));
    return std::nullopt;
  }

  std::optional<double> positive(const Parameter& from) {
    const auto out = number(from.text);
    if (from.kind == Parameter::Kind::number && out && *out >= 0) return out;
    wrong(from, fmt::format("'{}' must be a number from 0 up", from.key));
    return std::nullopt;
  }

  std::optional<value::Microseconds> span_of_time(const Parameter& from) {
    const auto length = from.kind == Parameter::Kind::text ? value::parse_duration(from.text) : std::nullopt;
    if (length) return length;
    wrong(from, fmt::format("'{}' must be a duration, such as \"30d\"", from.key));
    return std::nullopt;
  }

  /// A distribution or a duration.
  std::optional<Distribution> time(const Parameter& from) {
    if (from.kind != Parameter::Kind::text) {
      wrong(from,
            fmt::format("'{}' must be a duration or a distribution, such as \"exponential(20m)\"", from.key));
      return std::nullopt;
    }
    std::string_view rest = trimmed(from.text);
    if (!rest.ends_with(')')) {
      if (const auto fixed = seconds(rest); fixed && *fixed >= 0) return Distribution::fixed(*fixed);
      wrong(from, fmt::format("'{}' is neither a duration nor a distribution", from.text));
      return std::nullopt;
    }
    rest.remove_suffix(1);
    const std::string_view name = take(rest, '(');
    const auto* shape =
        std::find_if(shapes.begin(), shapes.end(), [&](const Shape& each) { return each.name == name; });
    if (shape == shapes.end()) return unknown_shape(from, name);
    std::array<double, 3> arguments{};
    std::size_t count = 0;
    while (!rest.empty()) {
      const auto argument = seconds(take(rest, ','));
      if (!argument || *argument < 0 || count == arguments.size()) {
        count = arguments.size() + 1;
        break;
      }
      arguments[count++] = *argument;
    }
    if (count == shape->arguments) return shape->make(arguments);
    wrong(from, fmt::format("{}(...) takes {} duration{}", name, shape->arguments,
                            shape->arguments == 1 ? "" : "s"));
    return std::nullopt;
  }

  std::optional<Distribution> unknown_shape(const Parameter& from, std::string_view name) {
    if (std::find(later_shapes.begin(), later_shapes.end(), name) != later_shapes.end()) {
      wrong(from, fmt::format("this version of weir does not draw from {}(...) yet", name));
      return std::nullopt;
    }
    std::vector<std::string_view> names;
    for (const Shape& each : shapes) names.push_back(each.name);
    wrong(from, fmt::format("unknown distribution '{}'{}", name, did_you_mean_text(name, names)));
    return std::nullopt;
  }

  bool is_table(const Parameter& from) {
    if (from.kind == Parameter::Kind::table) return true;
    wrong(from, fmt::format("'{}' must be a table", from.key));
    return false;
  }

  void calendars(const Parameter& section) {
    if (!is_table(section)) return;
    for (const Parameter& each : section.items) {
      if (each.kind == Parameter::Kind::list) {  // days off
        not_simulated(each);
        continue;
      }
      const auto made = each.kind == Parameter::Kind::text ? calendar(each.text) : std::nullopt;
      if (made)
        out_.calendars.push_back({std::string(each.key), *made, each.span});
      else
        wrong(each,
              "a calendar is written \"mon-fri 09:00-17:30\" or \"mon-fri 08:00-12:00, 13:00-17:00; sat "
              "09:00-12:00\"");
    }
  }

  std::string calendar_name(const Parameter& from) {
    std::string name = text(from);
    return name == "24/7" ? std::string{} : name;
  }

  void resources(const Parameter& section) {
    if (!is_table(section)) return;
    for (const Parameter& each : section.items) {
      if (!is_table(each)) continue;
      simulate::Resource made;
      made.id = made.name = std::string(each.key);
      made.span = each.key_span;
      for (const Parameter& key : each.items) {
        if (key.key == "count") {
          const auto count = whole(key);
          if (count && *count > 1'000'000) wrong(key, "more than a million people cannot be simulated");
          made.count = static_cast<std::uint32_t>(std::min<std::uint64_t>(count.value_or(1), 1'000'000));
        } else if (key.key == "cost") {
          made.cost_per_hour = positive(key).value_or(0);
        } else if (key.key == "calendar") {
          made.calendar = calendar_name(key);
        } else {
          other(key, {"count", "cost", "calendar"}, {"skills"});
        }
      }
      out_.resources.push_back(std::move(made));
    }
  }

  void steps(const Parameter& section) {
    if (!is_table(section)) return;
    for (const Parameter& each : section.items) {
      if (!is_table(each)) continue;
      std::optional<Distribution> takes;
      std::vector<std::string> people;
      Span place = each.key_span;
      for (const Parameter& key : each.items) {
        if (key.key == "time") {
          takes = time(key);
        } else if (key.key == "by") {
          if (key.kind == Parameter::Kind::list)
            for (const Parameter& one : key.items) people.push_back(text(one));
          else
            people.push_back(text(key));
        } else if (key.key == "cost") {
          if (const auto cost = positive(key)) out_.costs.push_back({std::string(each.key), *cost, key.span});
        } else {
          other(key, {"time", "by", "cost"}, {"priority", "batch"});
        }
      }
      if (takes) add_time(each.key, *takes, people, place);
    }
  }

  /// An activity is done by somebody; an event happens; of a `wait` it is its first event that is no timer.
  void add_time(std::string_view id, const Distribution& takes, const std::vector<std::string>& people,
                Span place) {
    const model::NodeIndex at = definitions_.node(id);
    const model::FlowNode* node = at == model::NodeIndex::none ? nullptr : &definitions_[at];
    if (node != nullptr && node->kind == model::ElementKind::event_based_gateway) {
      for (const model::FlowIndex flow : node->outgoing) {
        const model::FlowNode& event = definitions_[definitions_[flow].target];
        if (event.has(model::ElementKind::timer_event_definition)) continue;
        out_.events.push_back({std::string(event.id), takes, place});
        return;
      }
    }
    if (node != nullptr && node->is_event()) {
      out_.events.push_back({std::string(id), takes, place});
      return;
    }
    if (people.empty()) out_.activities.push_back({std::string(id), {}, takes, place});
    for (const std::string& each : people) out_.activities.push_back({std::string(id), each, takes, place});
  }

  /// gateway = { target = probability }: what is left goes to the flows that are not named.
  void branches(const Parameter& section) {
    if (!is_table(section)) return;
    for (const Parameter& each : section.items) {
      if (!is_table(each)) continue;
      double sum = 0;
      for (const Parameter& way : each.items) {
        const auto probability = positive(way);
        if (!probability) continue;
        if (*probability > 1) wrong(way, "a probability is at most 1");
        sum += *probability;
        out_.flows.push_back({std::string(each.key), std::string(way.key), *probability, way.key_span});
      }
      if (sum > 1 + 1e-9 && exclusive(each.key))
        wrong(each, fmt::format("the probabilities of '{}' add up to {:.6g}, more than 1", each.key, sum));
    }
  }

  /// name = "normal(640, 90)", a value, [ values ] that are equally likely, or { text = probability }.
  void variables(const Parameter& section) {
    if (!is_table(section)) return;
    for (const Parameter& each : section.items) {
      simulate::CaseVariable made;
      made.name = each.key;
      made.span = each.span;
      if (each.kind == Parameter::Kind::text && trimmed(each.text).ends_with(')')) {
        made.number = time(each);
        if (!made.number) continue;
      } else if (each.kind == Parameter::Kind::table) {
        for (const Parameter& choice : each.items)
          if (const auto weight = positive(choice))
            made.choices.push_back({value::Value::string(choice.key), *weight});
      } else if (each.kind == Parameter::Kind::list) {
        for (const Parameter& choice : each.items) add_value(made, choice);
      } else {
        add_value(made, each);
      }
      out_.variables.push_back(std::move(made));
    }
  }

  void add_value(simulate::CaseVariable& to, const Parameter& from) {
    if (from.kind == Parameter::Kind::text) {
      to.choices.push_back({value::Value::string(from.text), 1});
    } else if (from.kind == Parameter::Kind::boolean) {
      to.choices.push_back({value::Value::boolean(from.text == "true"), 1});
    } else if (const auto exact =
                   from.kind == Parameter::Kind::number ? value::Decimal::parse(from.text) : std::nullopt) {
      value::Arena arena;
      to.choices.push_back({value::Value::number(*exact, arena), 1});
    } else {
      wrong(from, fmt::format("'{}' must be a text, a number, true or false", to.name));
    }
  }

  [[nodiscard]] bool exclusive(std::string_view id) const {
    const model::NodeIndex at = definitions_.node(id);
    return at != model::NodeIndex::none && definitions_[at].kind == model::ElementKind::exclusive_gateway;
  }

  void other(const Parameter& key, std::initializer_list<std::string_view> known,
             std::initializer_list<std::string_view> later) {
    if (std::find(later.begin(), later.end(), key.key) != later.end()) return not_simulated(key);
    const std::vector<std::string_view> words(known);
    diagnostics_
        .error("bad-scenario",
               fmt::format("unknown key '{}' in [sim]{}", key.key, did_you_mean_text(key.key, words)),
               key.key_span)
        .group = "simulation";
  }

  const model::Definitions& definitions_;
  Diagnostics& diagnostics_;
  simulate::Scenario out_;
};

}  // namespace

simulate::Scenario read_simulation(const model::Definitions& definitions, Diagnostics& diagnostics) {
  return Reader(definitions, diagnostics).run();
}

}  // namespace weir::formats::toml
