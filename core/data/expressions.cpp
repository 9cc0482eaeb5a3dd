// Timers of most files are plain ISO 8601 texts; only those that look like an expression are compiled.
#include "core/data/expressions.hpp"

#include "core/data/texts.hpp"
#include "core/data/timer_expression.hpp"

namespace weir::data {

using graph::ProcessGraph;
using model::Definitions;
using model::Expression;
using model::FlowNode;

namespace {

class Compiler {
 public:
  Compiler(const Definitions& definitions, Diagnostics& diagnostics)
      : definitions_(definitions), diagnostics_(diagnostics) {}

  std::optional<feel::Expression> condition(const Expression& written, std::string_view element) {
    if (!written.written || written.body.empty()) return std::nullopt;
    return compile(written.body, language(written), written.span, element);
  }

  std::optional<feel::Expression> compile(std::string_view body, std::string_view language, Span span,
                                          std::string_view element) {
    feel::CompileOptions options;
    options.span = span;
    options.element = element;
    return feel::compile_condition(body, language, options, diagnostics_);
  }

  [[nodiscard]] std::string_view language(const Expression& written) const {
    return written.language.empty() ? definitions_.expression_language : written.language;
  }

 private:
  const Definitions& definitions_;
  Diagnostics& diagnostics_;
};

}  // namespace

Expressions Expressions::compile(const Definitions& definitions, const ProcessGraph& graph,
                                 Diagnostics& diagnostics) {
  Expressions out;
  Compiler compiler(definitions, diagnostics);
  out.conditions_.resize(graph.flows.size());
  for (std::uint32_t i = 0; i < graph.flows.size(); ++i) {
    const model::SequenceFlow& flow = definitions[graph.flow_origin[i]];
    if (graph.flows[i].conditional) out.conditions_[i] = compiler.condition(flow.condition, flow.id);
  }
  const std::size_t count = graph.nodes.size();
  out.loop_conditions_.resize(count);
  out.cardinalities_.resize(count);
  out.collections_.resize(count);
  out.timers_.resize(graph.events.size());
  out.event_conditions_.resize(graph.events.size());
  for (const graph::Range range : graph.definition_ranges) out.first_definition_.push_back(range.begin);
  out.scripts_.resize(count);
  out.script_results_.resize(count);
  for (std::uint32_t i = 1; i < count; ++i) {
    const FlowNode& node = definitions[graph.origin[i]];
    if (node.is_sub_process() && !node.outputs.empty()) out.map_sub_processes_ = true;
    const bool throws = node.kind == model::ElementKind::intermediate_throw_event ||
                        node.kind == model::ElementKind::end_event;
    if (throws && node.has(model::ElementKind::message_event_definition) &&
        graph.nodes[i].parent != graph::process_node)
      out.map_sub_processes_ = true;
    if (node.has(model::ElementKind::compensate_event_definition)) out.map_sub_processes_ = true;
    out.loop_conditions_[i] =
        compiler.condition(node.kind == model::ElementKind::complex_gateway      ? node.activation_condition
                           : node.kind == model::ElementKind::ad_hoc_sub_process ? node.completion_condition
                                                                                 : node.loop.condition,
                           node.id);
    out.cardinalities_[i] = compiler.condition(node.loop.cardinality, node.id);
    if (!node.loop.collection.empty())
      out.collections_[i] = compiler.compile(node.loop.collection, {}, node.span, node.id);
    if (graph.nodes[i].complex_behaviors > 0)
      for (const model::BehaviorEvent& each : node.loop.behavior_events)
        out.behavior_conditions_[NodeId{i}].push_back(compiler.condition(each.condition, node.id));
    for (const model::LoopOutput& output : node.loop.outputs) {
      std::vector<Pool>& outputs = out.outputs_[NodeId{i}];
      Pool& pool = outputs.emplace_back();
      const std::span<const model::Mapping> parts =
          output.fields.empty() ? std::span(&output.list, 1) : std::span(output.fields);
      for (const model::Mapping& each : parts)
        pool.push_back(compiler.compile(each.source, {}, each.span, node.id));
    }
    const std::uint32_t first = graph.definition_ranges[i].begin;
    for (std::uint32_t k = 0; k < graph.definition_ranges[i].size(); ++k) {
      const model::EventDefinition& event = node.event_definitions[k];
      if (graph.events[first + k].trigger == graph::Trigger::conditional)
        out.event_conditions_[first + k] = compiler.condition(event.condition, node.id);
      if (graph.events[first + k].trigger != graph::Trigger::timer) continue;
      for (const Expression* each : {&event.time_date, &event.time_duration, &event.time_cycle})
        if (each->written && is_timer_expression(each->body, compiler.language(*each))) {
          out.timers_[first + k] = compiler.condition(*each, node.id);
          break;
        }
    }
    if (!node.script.empty()) {
      const bool is_feel = node.script.starts_with('=') || node.script_format == "feel" ||
                           node.script_format == "application/feel" || node.script_format == "text/feel";
      const bool is_juel = node.script_format == "juel" && is_expression(node.script);
      if (is_feel || is_juel)
        out.scripts_[i] = compiler.compile(node.script, is_feel ? "feel" : "juel", node.span, node.id);
      out.script_results_[i] = node.result_variable;
    }
  }
  return out;
}

Expressions::Expressions() = default;
Expressions::Expressions(Expressions&&) noexcept = default;
Expressions& Expressions::operator=(Expressions&&) noexcept = default;
Expressions::~Expressions() = default;

}  // namespace weir::data
