// What a scenario file says, whatever its format: how cases arrive, who works when, how long things take,
// what they cost and how likely the ways are. Elements are named by their BPMN ids and resources by theirs;
// plan.hpp resolves them against a process. Everything may be missing: defaults are invented and said so.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/span.hpp"
#include "core/simulate/distribution.hpp"
#include "core/value/calendar.hpp"
#include "core/value/owned.hpp"

namespace weir::simulate {

struct NamedCalendar {
  std::string id;
  value::Calendar calendar;
  Span span;
};

/// People or machines. `count` of them are alike; each works on one thing at a time.
struct Resource {
  std::string id, name;
  std::string pool;  // for reports; empty = its own
  std::uint32_t count = 1;
  double cost_per_hour = 0;
  std::string calendar;  // empty = always on duty
  Span span;
};

/// One way to do an activity: by a resource (one row for each that may do it), or by nobody in particular.
struct ActivityTime {
  std::string element;
  std::string resource;  // a resource's id or the name of a pool; empty = needs none
  Distribution time;
  Span span;
};

/// How long after it starts to wait an event happens.
struct EventTime {
  std::string element;
  Distribution time;
  Span span;
};

/// Of a sequence flow that leaves a gateway: by its id, or by the element it leads to.
struct FlowProbability {
  std::string gateway;
  std::string flow;
  std::optional<double> probability;  // none = a share of what the others leave
  Span span;
};

/// A variable that every case has, drawn when it arrives.
struct CaseVariable {
  struct Choice {
    value::OwnedValue value;
    double weight = 1;
  };
  std::string name;
  std::optional<Distribution> number;  // else one of the choices
  std::vector<Choice> choices;
  Span span;
};

/// Of a flow, in FEEL, in place of the one in the model; flow as in FlowProbability.
struct FlowCondition {
  std::string gateway;
  std::string flow;
  std::string condition;
  Span span;
};

/// Of a loop: `again` = probability of one more round; `count` = instances of a multi-instance activity.
struct Repetition {
  std::string element;
  std::optional<double> again;
  std::optional<Distribution> count;
  Span span;
};

struct FixedCost {
  std::string element;
  double cost = 0;
  Span span;
};

struct Arrivals {
  std::string element;  // start event; empty = where the process begins
  std::optional<Distribution> between;
  std::string calendar;  // nobody arrives outside; empty = always
  Span span;
};

struct Scenario {
  std::string name;
  value::Instant begin = 1'704'099'600 * value::per_second;  // the clock at the beginning: 2024-01-01T09:00Z
  std::optional<std::uint64_t> cases;
  std::optional<value::Microseconds> until, warm_up;  // after `begin`
  std::optional<std::uint64_t> seed;
  Arrivals arrivals;
  std::vector<NamedCalendar> calendars;
  std::vector<Resource> resources;
  std::vector<ActivityTime> activities;
  std::vector<EventTime> events;
  std::vector<FlowProbability> flows;
  std::vector<CaseVariable> variables;
  std::vector<FlowCondition> conditions;
  std::vector<Repetition> repetitions;
  std::vector<FixedCost> costs;
};

}  // namespace weir::simulate
