// What was invented stands in the headline: nobody shall take made-up durations for a result. Elements are
// called by their names in the text and by their ids in JSON.
#include "formats/report/simulation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/printable.hpp"
#include "formats/json/writer.hpp"
#include "formats/report/table.hpp"

namespace weir::formats::report {

using simulate::ElementTally;
using simulate::Invented;
using simulate::PlannedResource;
using simulate::ResourceTally;
using simulate::Series;

namespace {

constexpr std::size_t most_rows = 12;

std::string label(const Simulation& simulation, std::size_t node) {
  const model::NodeIndex origin = simulation.plan.graph->origin[node];
  return origin == model::NodeIndex::none ? simulation.plan.graph->node_ids[node]
                                          : simulation.definitions[origin].label();
}

std::string process_name(const Simulation& simulation) {
  const model::Process& process = simulation.definitions[simulation.plan.graph->process];
  return std::string(process.name.empty() ? process.id : process.name);
}

double utilisation(const ResourceTally& tally) {
  return tally.available > 0 ? tally.worked / tally.available : 0;
}

double per(double total, std::uint64_t count) {
  return count == 0 ? 0 : total / static_cast<double>(count);
}

/// What is in the headline about things made up.
std::string invented_words(const Simulation& simulation) {
  const Invented& invented = simulation.plan.invented;
  if (!simulation.has_scenario) return "   invented durations";
  std::string words;
  const auto add = [&](std::string_view what) {
    words += fmt::format("{}{}", words.empty() ? "" : ", ", what);
  };
  if (invented.arrivals) add("arrivals");
  if (!invented.durations.empty()) add(fmt::format("{} durations", invented.durations.size()));
  if (!invented.probabilities.empty()) add(fmt::format("{} probabilities", invented.probabilities.size()));
  return words.empty() ? "" : "   invented: " + words;
}

void add_series(Table& table, std::string name, const Series& series, std::string (*write)(double)) {
  const std::optional<double> half = series.half_width();
  table.row({std::move(name), write(series.mean()), write(series.quantile(0.5)), write(series.quantile(0.95)),
             half ? "± " + write(*half) : std::string("-")});
}

std::string money(double amount) {
  return fmt::format("{:.2f}", amount);
}

/// Numbers of the activities that did something, those with the most waiting in all first.
std::vector<std::size_t> busiest_elements(const Simulation& simulation) {
  const std::vector<ElementTally>& elements = simulation.figures.elements;
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < elements.size(); ++i)
    if (elements[i].count > 0 && simulation.plan.graph->nodes[i].works) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return elements[a].waiting != elements[b].waiting ? elements[a].waiting > elements[b].waiting
                                                      : elements[a].processing > elements[b].processing;
  });
  return order;
}

/// Numbers of what stuck cases were counted at, the most frequent first.
std::vector<std::size_t> most_stuck(const std::vector<std::uint64_t>& counts) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i] > 0) order.push_back(i);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return counts[a] > counts[b]; });
  return order;
}

/// One line per element at which stuck cases wait: what it waits for, and in how many of them.
std::string stuck_text(const Simulation& simulation) {
  constexpr std::size_t most_elements = 5, most_sources = 3;
  const simulate::StuckTally& stuck = simulation.figures.stuck;
  const graph::ProcessGraph& graph = *simulation.plan.graph;
  const std::vector<std::size_t> order = most_stuck(stuck.waiting);
  std::string text;
  for (std::size_t i = 0; i < std::min(order.size(), most_elements); ++i) {
    const NodeId node{static_cast<std::uint32_t>(order[i])};
    text += fmt::format("  {} of them wait at the {} {}", grouped(stuck.waiting[order[i]]),
                        model::words(graph[node].kind), printable(label(simulation, order[i])));
    std::vector<std::uint64_t> by_source(graph.nodes.size());
    for (const FlowId flow : graph.incoming(node))
      by_source[index(graph[flow].source)] += stuck.missing[index(flow)];
    const std::vector<std::size_t> sources = most_stuck(by_source);
    std::string missing;
    for (std::size_t k = 0; k < std::min(sources.size(), most_sources); ++k)
      missing += fmt::format("{}{} ({})", k == 0 ? "" : ", ", printable(label(simulation, sources[k])),
                             grouped(by_source[sources[k]]));
    if (sources.size() > most_sources) missing += fmt::format(" and {} more", sources.size() - most_sources);
    if (!missing.empty()) text += " for tokens that never come from " + missing;
    text += "\n";
  }
  if (order.size() > most_elements)
    text += fmt::format("  and at {} more elements\n", order.size() - most_elements);
  return text;
}

std::string cases_text(const Simulation& simulation) {
  const simulate::CaseCounts& cases = simulation.figures.cases;
  std::string text;
  const auto add = [&](std::uint64_t count, std::string_view what) {
    if (count > 0) text += fmt::format("{} cases {}\n", grouped(count), what);
  };
  add(cases.failed, "failed with an error that nobody catches");
  add(cases.stuck, "got stuck (weir verify shows how); they count until nothing moved any more");
  text += stuck_text(simulation);
  add(cases.stopped, "were stopped because they did not end; they do not count");
  add(cases.unfinished, "never ended because nobody comes to do their work; they do not count");
  return text;
}

}  // namespace

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string duration_text(double seconds) {
  if (!(seconds >= 0)) return "-";
  if (seconds == 0) return "0s";
  if (seconds < 0.9995) return fmt::format("{:.0f}ms", seconds * 1000);
  if (seconds < 59.95) return fmt::format("{:.1f}s", seconds);
  const auto whole = static_cast<std::uint64_t>(std::llround(seconds));
  if (whole < 3600) return fmt::format("{}m {:02}s", whole / 60, whole % 60);
  const auto minutes = static_cast<std::uint64_t>(std::llround(seconds / 60));
  if (minutes < 24 * 60) return fmt::format("{}h {:02}m", minutes / 60, minutes % 60);
  const auto hours = static_cast<std::uint64_t>(std::llround(seconds / 3600));
  return fmt::format("{}d {:02}h", hours / 24, hours % 24);
}

std::string simulation_text(const Simulation& simulation) {
  const simulate::Figures& figures = simulation.figures;
  std::string cases = grouped(figures.cases.arrived / std::max<std::uint64_t>(1, simulation.replications));
  if (simulation.replications > 1) cases = fmt::format("{} × {}", simulation.replications, cases);
  std::string text = fmt::format("{}   {} cases   seed {}{}\n", printable(process_name(simulation)), cases,
                                 simulation.options.seed, invented_words(simulation));
  Table key({"", "mean", "p50", "p95", "95 % CI of mean"});
  add_series(key, "cycle time", figures.cycle_time, duration_text);
  add_series(key, "waiting", figures.waiting_time, duration_text);
  add_series(key, "processing", figures.processing_time, duration_text);
  add_series(key, "cost", figures.cost, money);
  text += key.text();
  text += cases_text(simulation);

  const std::vector<std::size_t> order = busiest_elements(simulation);
  if (!order.empty()) {
    Table table({"activity", "per case", "waiting", "processing", "cost"});
    const std::uint64_t counted = std::max<std::uint64_t>(1, figures.cycle_time.count());
    for (std::size_t i = 0; i < std::min(order.size(), most_rows); ++i) {
      const ElementTally& each = figures.elements[order[i]];
      table.row({printable(label(simulation, order[i])),
                 fmt::format("{:.2f}", per(static_cast<double>(each.count), counted)),
                 duration_text(per(each.waiting, each.count)),
                 duration_text(per(each.processing, each.count)), money(per(each.cost, each.count))});
    }
    text += "\n" + table.text();
    if (order.size() > most_rows) text += fmt::format("and {} more\n", order.size() - most_rows);
  }
  if (figures.resources.empty()) return text;
  std::vector<std::size_t> busy(figures.resources.size());
  std::iota(busy.begin(), busy.end(), 0);
  std::stable_sort(busy.begin(), busy.end(), [&](std::size_t a, std::size_t b) {
    return utilisation(figures.resources[a]) > utilisation(figures.resources[b]);
  });
  Table table({"resource", "utilisation", "worked", "on duty", "cost"});
  for (std::size_t i = 0; i < std::min(busy.size(), most_rows); ++i) {
    const ResourceTally& each = figures.resources[busy[i]];
    table.row({printable(simulation.plan.resources[busy[i]].name),
               fmt::format("{:.1f} %", utilisation(each) * 100), duration_text(each.worked),
               duration_text(each.available), money(each.cost)});
  }
  text += "\n" + table.text();
  if (busy.size() > most_rows) text += fmt::format("and {} more\n", busy.size() - most_rows);
  return text;
}

namespace {

void write_series(json::Writer& json, std::string_view name, const Series& series) {
  json.key(name).begin_object();
  if (series.count() == 0) {
    for (const char* each : {"mean", "p50", "p95"}) json.key(each).null();
    json.key("ci95").begin_array().null().null().end_array().end_object();
    return;
  }
  const double mean = series.mean();
  json.key("mean")
      .number(mean)
      .key("p50")
      .number(series.quantile(0.5))
      .key("p95")
      .number(series.quantile(0.95));
  json.key("ci95").begin_array();
  if (const std::optional<double> half = series.half_width())
    json.number(mean - *half).number(mean + *half);
  else
    json.null().null();
  json.end_array().end_object();
}

void write_texts(json::Writer& json, std::string_view name, const std::vector<std::string>& texts) {
  json.key(name).begin_array();
  for (const std::string& each : texts) json.string(each);
  json.end_array();
}

void write_stuck(json::Writer& json, const Simulation& simulation) {
  const simulate::StuckTally& stuck = simulation.figures.stuck;
  const graph::ProcessGraph& graph = *simulation.plan.graph;
  json.key("stuck_at").begin_array();
  for (const std::size_t i : most_stuck(stuck.waiting)) {
    json.begin_object().key("element").string(graph.node_ids[i]).key("cases").number(stuck.waiting[i]);
    json.key("missing_from").begin_object();
    std::vector<std::uint64_t> by_source(graph.nodes.size());  // two flows may come from one element
    for (const FlowId flow : graph.incoming(NodeId{static_cast<std::uint32_t>(i)}))
      by_source[index(graph[flow].source)] += stuck.missing[index(flow)];
    for (const std::size_t source : most_stuck(by_source))
      json.key(graph.node_ids[source]).number(by_source[source]);
    json.end_object().end_object();
  }
  json.end_array();
}

}  // namespace

std::string simulation_json(const Simulation& simulation) {
  const simulate::Figures& figures = simulation.figures;
  const Invented& invented = simulation.plan.invented;
  json::Writer json;
  json.begin_object()
      .key("schema")
      .string("weir.simulate/1")
      .key("process")
      .string(simulation.plan.graph->id);
  json.key("cases").number(figures.cases.arrived / std::max<std::uint64_t>(1, simulation.replications));
  json.key("replications").number(simulation.replications).key("seed").number(simulation.options.seed);
  json.key("warm_up").number(static_cast<double>(simulation.options.warm_up) * 1e-6);
  json.key("invented_durations").boolean(!invented.durations.empty());
  json.key("invented").begin_object().key("arrivals").boolean(invented.arrivals);
  write_texts(json, "durations", invented.durations);
  write_texts(json, "probabilities", invented.probabilities);
  json.end_object();
  json.key("kpi").begin_object();
  write_series(json, "cycle_time", figures.cycle_time);
  write_series(json, "waiting_time", figures.waiting_time);
  write_series(json, "processing_time", figures.processing_time);
  write_series(json, "cost", figures.cost);
  json.end_object();
  json.key("ends").begin_object();
  json.key("completed").number(figures.cases.completed).key("failed").number(figures.cases.failed);
  json.key("stuck").number(figures.cases.stuck).key("stopped").number(figures.cases.stopped);
  json.key("unfinished").number(figures.cases.unfinished).end_object();
  write_stuck(json, simulation);
  json.key("elements").begin_object();
  for (std::size_t i = 0; i < figures.elements.size(); ++i) {
    const ElementTally& each = figures.elements[i];
    const graph::Node& node = simulation.plan.graph->nodes[i];
    if (each.count == 0 && (!node.works || model::is(node.kind, model::Category::container))) continue;
    json.key(simulation.plan.graph->node_ids[i]).begin_object().key("name").string(label(simulation, i));
    json.key("count").number(each.count).key("waiting_time").number(per(each.waiting, each.count));
    json.key("processing_time").number(per(each.processing, each.count));
    json.key("idle_time").number(per(each.paused, each.count)).key("cost").number(each.cost).end_object();
  }
  json.end_object().key("resources").begin_object();
  for (std::size_t i = 0; i < figures.resources.size(); ++i) {
    const ResourceTally& each = figures.resources[i];
    const PlannedResource& resource = simulation.plan.resources[i];
    json.key(resource.id).begin_object().key("name").string(resource.name).key("pool").string(resource.pool);
    json.key("utilisation").number(utilisation(each)).key("count").number(each.count);
    json.key("worked").number(each.worked).key("available").number(each.available);
    json.key("cost").number(each.cost).end_object();
  }
  json.end_object().end_object();
  return std::string(json.text()) + "\n";
}

}  // namespace weir::formats::report
