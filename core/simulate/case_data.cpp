// Without variables nothing is compiled and nothing decides: a simulation on probabilities alone costs what
// it did. Data never changes while a case runs, so a loop that only data could end goes on until the case is
// stopped; loop conditions are therefore left to dice.
#include "core/simulate/case_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/base/printable.hpp"

namespace weir::simulate {

namespace {

class DataPlanner {
 public:
  DataPlanner(const graph::ProcessGraph& graph, Diagnostics& diagnostics)
      : graph_(graph), diagnostics_(diagnostics) {}

  CaseData make(const model::Definitions& definitions, const std::vector<CaseVariable>& variables,
                const std::vector<PlacedCondition>& conditions) {
    for (const CaseVariable& each : variables) add(each);
    // Complex gateways count tokens, which each case knows.
    const bool counts = std::any_of(graph_.nodes.begin(), graph_.nodes.end(), [](const graph::Node& each) {
      return each.kind == graph::ElementKind::complex_gateway ||
             each.kind == graph::ElementKind::ad_hoc_sub_process;
    });
    if (!plan_.variables.empty() || counts)
      plan_.expressions = data::Expressions::compile(definitions, graph_, diagnostics_);
    if (plan_.variables.empty()) return std::move(plan_);
    for (const PlacedCondition& each : conditions) place(each);
    plan_.by_node.assign(graph_.nodes.size(), Decides::nothing);
    for (std::uint32_t i = 0; i < graph_.nodes.size(); ++i) {
      const NodeId node{i};
      if (graph_[node].asks_flows) plan_.by_node[i] = gateway(node);
      if (graph_[node].loop == graph::Loop::parallel || graph_[node].loop == graph::Loop::sequential)
        plan_.by_node[i] = instances(node);
    }
    return std::move(plan_);
  }

 private:
  void error(std::string message, Span span) {
    diagnostics_.error("bad-scenario", std::move(message), span).group = "simulation";
  }

  void add(const CaseVariable& from) {
    PlannedVariable made{from.name,
                         from.number.value_or(Distribution()),
                         {},
                         0,
                         stream_of(fmt::format("case variable {}", from.name))};
    if (!from.number) {
      for (const CaseVariable::Choice& each : from.choices) {
        if (!(each.weight >= 0 && each.weight <= 1e300)) {
          error(fmt::format("{} is no probability", each.weight), from.span);
          return;
        }
        made.total += each.weight;
        made.choices.push_back(each);
      }
      if (!(made.total > 0)) {
        error(fmt::format("'{}' has no possible value", printable(from.name)), from.span);
        return;
      }
    }
    if (!names_.insert(from.name).second) {
      error(fmt::format("'{}' is drawn twice", printable(from.name)), from.span);
      return;
    }
    plan_.variables.push_back(std::move(made));
  }

  void place(const PlacedCondition& from) {
    const std::vector<std::string_view> names(names_.begin(), names_.end());
    feel::CompileOptions options;
    options.names = names;
    options.span = from.condition->span;
    const std::string flow = graph_.flow_id(from.flow);
    options.element = flow;
    auto made = feel::compile(from.condition->condition, feel::Language::feel, options, diagnostics_);
    if (made) plan_.expressions.set_condition(from.flow, std::move(*made));
  }

  Decides gateway(NodeId node) {
    bool all = true, any = false;
    for (const FlowId flow : graph_.outgoing(node)) {
      if (graph_[flow].is_default) continue;
      const feel::Expression* condition = plan_.expressions.condition(flow);
      const Decides one = condition == nullptr ? Decides::nothing : reads(*condition);
      any = any || one != Decides::nothing;
      all = all && one == Decides::all;
    }
    return !any ? Decides::nothing : all ? Decides::all : Decides::some;
  }

  Decides instances(NodeId node) {
    const feel::Expression* written = plan_.expressions.collection(node);
    if (written == nullptr) written = plan_.expressions.cardinality(node);
    return written == nullptr ? Decides::nothing : reads(*written);
  }

  Decides reads(const feel::Expression& expression) {
    bool any = false;
    std::string_view missing;
    for (const std::string_view name : expression.variables()) {
      if (names_.contains(name))
        any = true;
      else if (missing.empty())
        missing = name;
    }
    if (!any) return Decides::nothing;
    if (missing.empty()) return Decides::all;
    diagnostics_
        .warning("scenario-mismatch",
                 fmt::format("'{}' reads '{}', which no case has", printable(expression.text()),
                             printable(missing)),
                 expression.span(), expression.element())
        .group = "simulation";
    return Decides::some;
  }

  const graph::ProcessGraph& graph_;
  Diagnostics& diagnostics_;
  CaseData plan_;
  std::set<std::string, std::less<>> names_;
};

value::Value rounded(double number) {
  constexpr double most = 1e11;  // below it millionths fit the 18 digits of a small number
  if (number < most) return value::Value::number(static_cast<std::int64_t>(number * 1e6 + 0.5), -6);
  return value::Value::integer(static_cast<std::int64_t>(std::min(number, 1e17)));
}

}  // namespace

CaseData plan_case_data(const graph::ProcessGraph& graph, const model::Definitions& definitions,
                        const std::vector<CaseVariable>& variables,
                        const std::vector<PlacedCondition>& conditions, Diagnostics& diagnostics) {
  return DataPlanner(graph, diagnostics).make(definitions, variables, conditions);
}

void draw(const PlannedVariable& variable, Random& random, value::Variables& to) {
  if (variable.choices.empty()) {
    to.set(variable.name, rounded(variable.number.draw(random)));
    return;
  }
  double left = random.unit() * variable.total;
  const CaseVariable::Choice* drawn = nullptr;
  for (const CaseVariable::Choice& each : variable.choices) {
    if (!(each.weight > 0)) continue;
    drawn = &each;  // the last possible one when rounding leaves a rest
    if (left < each.weight) break;
    left -= each.weight;
  }
  to.set(variable.name, drawn->value.get());
}

std::uint64_t stream_of(std::string_view name) {
  std::uint64_t hash = 0xcbf29ce484222325u;  // FNV-1a; Random mixes it
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return hash;
}

}  // namespace weir::simulate
