// A call activity whose calledElement is a global task of the same file (10.3.6) is performed as that task:
// it becomes one, with its own name, flows, loop and data, and with the work of what it calls.
#include <iterator>
#include <utility>

#include "formats/bpmn/context.hpp"

namespace weir::formats::bpmn {

using model::ElementId;
using model::ElementKind;

namespace {

/// unknown: it is no global task.
ElementKind task_of(ElementKind global) {
  switch (global) {
    case ElementKind::global_task:
      return ElementKind::task;
    case ElementKind::global_user_task:
      return ElementKind::user_task;
    case ElementKind::global_manual_task:
      return ElementKind::manual_task;
    case ElementKind::global_script_task:
      return ElementKind::script_task;
    case ElementKind::global_business_rule_task:
      return ElementKind::business_rule_task;
    default:
      return ElementKind::unknown;
  }
}

/// What the call says is around what the task says: into it first, out of it last.
void join(model::FlowNode& node, model::FlowNode& call, model::FlowNode& task) {
  const auto add = [](std::vector<model::Mapping>& to, std::vector<model::Mapping>& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  };
  for (std::vector<model::Mapping>* each : {&call.inputs, &call.call.in, &task.inputs})
    add(node.inputs, *each);
  for (std::vector<model::Mapping>* each : {&task.outputs, &call.call.out, &call.outputs})
    add(node.outputs, *each);
}

}  // namespace

void perform_global_tasks(Context& context) {
  for (std::size_t i = 0; i < context.model.nodes.size(); ++i) {
    model::FlowNode& node = context.model.nodes[i];
    if (node.kind != ElementKind::call_activity || node.called_element.empty()) continue;
    const ElementId global = context.find(node.called_element);
    const ElementKind kind =
        global == ElementId::none ? ElementKind::unknown : task_of(context.element(global).kind);
    if (kind == ElementKind::unknown) continue;
    model::FlowNode call = std::exchange(node, {});
    node.kind = kind;
    node.element = global;
    fill_node(context, static_cast<model::NodeIndex>(i));
    model::FlowNode task = std::move(node);
    node = call;
    node.kind = kind;
    if (node.name.empty()) node.name = context.document.value(global, "name");
    node.script = task.script;
    node.script_format = task.script_format;
    node.result_variable = call.result_variable.empty() ? task.result_variable : call.result_variable;
    node.work = std::move(task.work);
    if (!node.work.retry.written) node.work.retry = std::move(call.work.retry);
    node.call = {};
    node.inputs.clear();
    node.outputs.clear();
    join(node, call, task);
  }
}

}  // namespace weir::formats::bpmn
