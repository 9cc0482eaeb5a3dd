// One function per section. A wrong entry is reported with its place and left out; the rest counts. Numbers
// may be written as texts. Sections that change results but are not simulated are named, never skipped in
// silence.
#include "formats/prosimos/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "core/base/did_you_mean.hpp"
#include "core/base/printable.hpp"
#include "formats/json/document.hpp"
#include "formats/prosimos/branch_rules.hpp"
#include "formats/prosimos/distribution.hpp"

namespace weir::formats::prosimos {

using json::Item;
using json::Kind;
using value::Microseconds;

namespace {

constexpr std::array<std::string_view, 7> weekdays{"MONDAY", "TUESDAY",  "WEDNESDAY", "THURSDAY",
                                                   "FRIDAY", "SATURDAY", "SUNDAY"};

/// HH:MM, HH:MM:SS or HH:MM:SS.fraction; 24:00 is the end of the day.
std::optional<Microseconds> time_of_day(std::string_view text) {
  const std::string_view clock = text.substr(0, text.find('.'));
  std::array<Microseconds, 3> parts{};
  std::size_t part = 0, digits = 0;
  for (const char c : clock) {
    if (c == ':' && part < 2 && digits > 0) {
      ++part;
      digits = 0;
    } else if (c >= '0' && c <= '9' && digits < 2) {
      parts[part] = parts[part] * 10 + (c - '0');
      ++digits;
    } else {
      return std::nullopt;
    }
  }
  if (part == 0 || digits == 0 || parts[1] > 59 || parts[2] > 59) return std::nullopt;
  Microseconds time =
      parts[0] * value::per_hour + parts[1] * value::per_minute + parts[2] * value::per_second;
  if (clock.size() < text.size()) {
    if (part < 2) return std::nullopt;
    Microseconds unit = value::per_second;
    for (const char c : text.substr(clock.size() + 1)) {
      if (c < '0' || c > '9') return std::nullopt;
      unit /= 10;
      time += unit * (c - '0');
    }
  }
  if (time > value::per_day) return std::nullopt;
  return time;
}

class Reader {
 public:
  explicit Reader(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  simulate::Scenario read(const Item& root) {
    read_arrivals(root);
    read_calendars(root["resource_calendars"]);
    read_resources(root["resource_profiles"]);
    read_activities(root["task_resource_distribution"]);
    read_attributes(root["case_attributes"]);
    read_rules(root["branch_rules"]);
    read_probabilities(root["gateway_branching_probabilities"]);
    read_events(root["event_distribution"]);
    name_ignored(root);
    return std::move(scenario_);
  }

 private:
  void error(const Item& where, std::string message) {
    diagnostics_.error("bad-scenario", std::move(message), where.span()).group = "simulation";
  }
  void warn(const Item& where, std::string message) {
    diagnostics_.warning("not-simulated", std::move(message), where.key_span()).group = "simulation";
  }

  /// The elements of a list; an error when it is something else. Missing, null and {} count as empty.
  std::vector<Item> list(const Item& item) {
    if (!item || item.is(Kind::null) || (item.is(Kind::object) && item.size() == 0)) return {};
    if (item.is(Kind::array)) return item.items();
    error(item, fmt::format("'{}' is {}, not a list", printable(item.key()), json::kind_name(item.kind())));
    return {};
  }

  /// A text entry of an object that must be there.
  std::string text(const Item& object, std::string_view name) {
    const Item found = object[name];
    if (found.is(Kind::string) || found.is(Kind::number)) return std::string(found.text());
    error(found ? found : object, fmt::format("'{}' is missing", name));
    return {};
  }

  double number(const Item& object, std::string_view name, double otherwise) {
    const Item found = object[name];
    if (!found || found.is(Kind::null)) return otherwise;
    const std::optional<double> value = found.number();
    if (value && std::isfinite(*value)) return *value;
    error(found, fmt::format("'{}' is no number", name));
    return otherwise;
  }

  void read_arrivals(const Item& root) {
    const Item distribution = root["arrival_time_distribution"];
    scenario_.arrivals.span = distribution.span();
    if (distribution) scenario_.arrivals.between = read_distribution(distribution, diagnostics_);
    Item calendar = root["arrival_time_calendar"];
    if (!calendar) return;
    const Span span = calendar.span();
    if (calendar.is(Kind::object)) calendar = calendar["time_periods"];
    scenario_.arrivals.calendar = "arrival_time_calendar";
    scenario_.calendars.push_back({scenario_.arrivals.calendar, read_calendar(calendar), span});
  }

  void read_calendars(const Item& section) {
    for (const Item& each : list(section))
      scenario_.calendars.push_back({text(each, "id"), read_calendar(each["time_periods"]), each.span()});
  }

  value::Calendar read_calendar(const Item& periods) {
    std::vector<value::Shift> shifts;
    for (const Item& each : list(periods)) {
      const std::optional<std::int64_t> from = weekday(each["from"], each), to = weekday(each["to"], each);
      const std::optional<Microseconds> begin = clock(each["beginTime"], each);
      std::optional<Microseconds> end = clock(each["endTime"], each);
      if (!from || !to || !begin || !end) continue;
      if (*end <= *begin) *end += value::per_day;  // midnight, or a shift that goes on into the next day
      const std::int64_t days = (*to - *from + 7) % 7;
      for (std::int64_t i = 0; i <= days; ++i) {
        const Microseconds midnight = (*from + i) % 7 * value::per_day;
        shifts.push_back({midnight + *begin, midnight + *end});
      }
    }
    return value::Calendar(std::move(shifts));
  }

  std::optional<std::int64_t> weekday(const Item& item, const Item& period) {
    std::string name(item.text());
    for (char& c : name) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    const auto found = std::find(weekdays.begin(), weekdays.end(), name);
    if (found != weekdays.end()) return found - weekdays.begin();
    error(item ? item : period, item ? fmt::format("'{}' is no day of the week{}", printable(item.text()),
                                                   did_you_mean_text(name, weekdays))
                                     : "a period without 'from' or 'to'");
    return std::nullopt;
  }

  std::optional<Microseconds> clock(const Item& item, const Item& period) {
    const std::optional<Microseconds> time =
        item.is(Kind::string) ? time_of_day(item.text()) : std::optional<Microseconds>();
    if (!time)
      error(item ? item : period, item ? fmt::format("'{}' is no time of day", printable(item.text()))
                                       : "a period without 'beginTime' or 'endTime'");
    return time;
  }

  void read_resources(const Item& section) {
    for (const Item& profile : list(section)) {
      const Item named = profile["name"] ? profile["name"] : profile["id"];
      for (const Item& each : list(profile["resource_list"])) {
        simulate::Resource resource;
        resource.id = text(each, "id");
        resource.name = each["name"] ? std::string(each["name"].text()) : resource.id;
        resource.pool = std::string(named.text());
        const double amount = number(each, "amount", 1);
        if (!(amount >= 0 && amount <= 1e6)) {
          error(each["amount"], fmt::format("there cannot be {} of a resource", amount));
          continue;
        }
        resource.count = static_cast<std::uint32_t>(amount);
        resource.cost_per_hour = number(each, "cost_per_hour", 0);
        resource.calendar = each["calendar"] ? std::string(each["calendar"].text()) : std::string();
        resource.span = each.span();
        const auto same =
            std::find_if(scenario_.resources.begin(), scenario_.resources.end(),
                         [&](const simulate::Resource& other) { return other.id == resource.id; });
        if (same == scenario_.resources.end())
          scenario_.resources.push_back(std::move(resource));
        else
          *same = std::move(resource);  // the last one counts, as in Prosimos
      }
    }
  }

  void read_activities(const Item& section) {
    for (const Item& activity : list(section)) {
      const std::string id = text(activity, "task_id");
      for (const Item& each : list(activity["resources"]))
        if (const auto time = read_distribution(each, diagnostics_))
          scenario_.activities.push_back({id, text(each, "resource_id"), *time, each.span()});
    }
  }

  void read_probabilities(const Item& section) {
    for (const Item& gateway : list(section)) {
      const std::string id = text(gateway, "gateway_id");
      for (const Item& each : list(gateway["probabilities"])) {
        if (each["condition_id"]) read_condition(id, each);
        simulate::FlowProbability row{id, text(each, "path_id"), std::nullopt, each.span()};
        if (each["value"] && !each["value"].is(Kind::null)) {
          row.probability = each["value"].number();
          if (!row.probability) error(each["value"], "'value' is no number");
        }
        scenario_.flows.push_back(std::move(row));
      }
    }
  }

  void read_attributes(const Item& section) {
    for (const Item& each : list(section)) {
      simulate::CaseVariable made;
      made.name = text(each, "name");
      made.span = each.span();
      const Item values = each["values"];
      const std::string type = text(each, "type");
      if (type == "continuous") {
        made.number = read_distribution(values, diagnostics_);
        if (!made.number) continue;
      } else if (type == "discrete") {
        for (const Item& one : list(values))
          made.choices.push_back({value::Value::string(one["key"].text()), number(one, "value", 0)});
      } else {
        if (each["type"])
          error(each["type"], fmt::format("'{}' is no type of a case attribute", printable(type)));
        continue;
      }
      scenario_.variables.push_back(std::move(made));
    }
  }

  void read_rules(const Item& section) {
    const auto is_text = [&](std::string_view name) {
      return std::any_of(
          scenario_.variables.begin(), scenario_.variables.end(),
          [&](const simulate::CaseVariable& each) { return each.name == name && !each.number; });
    };
    for (const Item& each : list(section))
      if (auto condition = rules_as_feel(each["rules"], is_text, diagnostics_))
        rules_.insert_or_assign(text(each, "id"), std::move(*condition));
  }

  void read_condition(const std::string& gateway, const Item& path) {
    const Item id = path["condition_id"];
    const auto rule = rules_.find(id.text());
    if (rule == rules_.end())
      error(id, fmt::format("there are no branch_rules '{}' that can be used", printable(id.text())));
    else
      scenario_.conditions.push_back({gateway, text(path, "path_id"), rule->second, id.span()});
  }

  void read_events(const Item& section) {
    for (const Item& each : list(section)) {
      if (each.size() == 0) continue;  // an empty {} occurs
      if (const auto time = read_distribution(each, diagnostics_))
        scenario_.events.push_back({text(each, "event_id"), *time, each.span()});
    }
  }

  void name_ignored(const Item& root) {
    constexpr std::array<std::string_view, 5> sections{
        "batch_processing", "event_attributes", "global_attributes", "prioritisation_rules", "multitask"};
    for (const std::string_view name : sections)
      if (const Item found = root[name]; found.size() > 0)
        warn(found, fmt::format("this version of weir does not simulate '{}'", name));
    if (const Item type = root["model_type"]; type.is(Kind::string) && type.text() == "FUZZY")
      warn(type, "this version of weir does not simulate FUZZY calendars: their hours count in full");
  }

  Diagnostics& diagnostics_;
  simulate::Scenario scenario_;
  std::map<std::string, std::string, std::less<>> rules_;  // by id, as FEEL
};

}  // namespace

std::optional<simulate::Scenario> read(FileId file, const SourceMap& sources, Diagnostics& diagnostics) {
  const json::Document document(file, sources, diagnostics);
  const Item root = document.root();
  if (!root) return std::nullopt;
  constexpr std::array<std::string_view, 4> marks{"resource_profiles", "arrival_time_distribution",
                                                  "task_resource_distribution", "resource_calendars"};
  if (std::none_of(marks.begin(), marks.end(), [&](std::string_view name) { return root[name].exists(); })) {
    diagnostics
        .error("bad-scenario", "this JSON is no scenario of Prosimos: it has no 'resource_profiles'",
               root.span())
        .group = "simulation";
    return std::nullopt;
  }
  if (root["resource_profiles"].is(Kind::object) || root["task_resource_distribution"].is(Kind::object)) {
    diagnostics
        .error("bad-scenario", "this is a scenario of the first Prosimos (2021), which weir does not read",
               root["resource_profiles"].span())
        .group = "simulation";
    return std::nullopt;
  }
  return Reader(diagnostics).read(root);
}

}  // namespace weir::formats::prosimos
