// Workers, messages and people bring variables that no file speaks of, so an unknown name alone is no
// mistake; one that is nearly a known name is.
#include "core/lint/handlers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <vector>

#include "core/feel/expression.hpp"

namespace weir::lint {

namespace {

constexpr std::array<std::string_view, 3> results{"stdout", "stderr", "exit"};

class Names {
 public:
  explicit Names(const model::Definitions& definitions) {
    for (const model::Variable& each : definitions.variables) add(each.name);
    for (const model::RootElement& each : definitions.roots) add_targets(each.message.assignments);
    for (const model::FlowNode& each : definitions.nodes) add_node(each);
    for (const model::SequenceFlow& each : definitions.flows) {
      Diagnostics ignored;
      if (each.condition.empty()) continue;
      const auto condition =
          feel::compile_condition(each.condition.body, each.condition.language, {}, ignored);
      if (!condition) continue;
      for (const std::string_view name : condition->variables()) kept_.emplace(name);
    }
    for (const std::string& each : kept_) add(each);
  }

  /// Of the variables, with what connectors give when it is asked for.
  [[nodiscard]] std::vector<std::string_view> all(bool with_results) const {
    std::vector<std::string_view> out(names_.begin(), names_.end());
    if (with_results) out.insert(out.end(), results.begin(), results.end());
    return out;
  }
  void add_targets(const std::vector<model::Mapping>& mappings) {
    for (const model::Mapping& each : mappings) add(each.target);
  }

 private:
  void add(std::string_view name) {
    name = name.substr(0, name.find('.'));
    if (!name.empty()) names_.insert(name);
  }
  void add_node(const model::FlowNode& node) {
    for (const auto* mappings : {&node.inputs, &node.outputs, &node.work.assignments, &node.call.out})
      add_targets(*mappings);
    for (const model::FormField& each : node.work.fields) add(each.variable);
    for (const model::LoopOutput& each : node.loop.outputs) add(each.list.target);
    for (const std::string_view each :
         {node.result_variable, node.loop.element_variable, node.loop.index_variable})
      add(each);
  }

  std::set<std::string> kept_;
  std::set<std::string_view> names_;
};

}  // namespace

void check_handlers(const model::Definitions& definitions, std::span<const HandlerText> texts,
                    Diagnostics& diagnostics) {
  const auto works = [&](const HandlerText& text) {
    return std::any_of(definitions.nodes.begin(), definitions.nodes.end(), [&](const model::FlowNode& node) {
      return node.is_activity() && (node.work.job_type == text.job_type || node.id == text.job_type);
    });
  };
  if (std::none_of(texts.begin(), texts.end(), works)) return;
  const Names names(definitions);
  for (const HandlerText& text : texts) {
    if (!works(text)) continue;
    const std::vector<std::string_view> known = names.all(text.sees_results);
    feel::CompileOptions options;
    options.names = known;
    options.names_complete = true;
    options.span = text.span;
    Diagnostics found;
    if (!feel::compile(text.feel, feel::Language::feel, options, found)) continue;  // reported already
    for (Diagnostic& each : found.list())
      if (each.code == "feel-unknown-variable" && !each.fixes.empty()) {
        each.group = "expressions";
        diagnostics.add(std::move(each));
      }
  }
}

}  // namespace weir::lint
