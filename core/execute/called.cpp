#include "core/execute/called.hpp"

#include <fmt/format.h>

#include "core/data/declared.hpp"
#include "core/data/mappings.hpp"
#include "core/value/print.hpp"

namespace weir::execute {

namespace {

void copy(const model::Definitions& definitions, const std::vector<model::Mapping>& mappings,
          const value::Scope& scope, value::Variables& out, feel::Workspace& workspace, Diagnostics& notes,
          bool local = true) {
  for (const model::Mapping& each : mappings) {
    if (each.local && !local) continue;
    if (const auto value = data::source_value(definitions, each, scope, workspace, notes))
      out.set(each.target, value->get());
  }
}

/// The inner one of each name. The outermost scope has only what is declared and was never set.
value::Variables flat(const value::Scope& visible) {
  value::Variables out;
  for (const value::Scope* scope = &visible; scope->outer != nullptr; scope = scope->outer)
    for (const value::Entry& each : scope->entries)
      if (out.find(each.key.text()) == nullptr) out.set(each.key.text(), each.value);
  return out;
}

}  // namespace

value::Variables seen(Instance& instance, const Wait& wait) {
  return flat(instance.data.visible(instance.state, wait.token.slot));
}

value::Variables given(const model::Definitions& caller, const model::CalledProcess& call,
                       const value::Scope& visible, std::span<const value::Entry> own,
                       feel::Workspace& workspace, Diagnostics& notes) {
  value::Variables out;
  if (call.all_in) {
    out = flat(visible);
  } else if (call.local_in) {
    for (const value::Entry& each : own) out.set(each.key.text(), each.value);
  }
  copy(caller, call.in, visible, out, workspace, notes);
  return out;
}

value::Variables given(Instance& caller, const Wait& wait, feel::Workspace& workspace, Diagnostics& notes) {
  const semantics::Question question = caller.question(wait);
  const std::uint32_t token = question.token.slot;
  const value::Scope& visible = caller.data.visible(caller.state, token);
  const data::Frames& frames = caller.data.frames();
  return given(
      *caller.deployed->definitions, caller.written(question.node).call, visible,
      frames.has_frame(caller.state, token) ? frames.local(token).entries() : std::span<const value::Entry>(),
      workspace, notes);
}

Result<value::Variables> as_called(const model::Definitions& called, std::string_view process,
                                   value::Variables variables, bool complete, feel::Workspace& workspace) {
  if (called.dialect != model::Dialect::weir) return variables;
  data::add_defaults(called, variables, workspace);
  for (const model::Variable& each : called.variables)
    if (const value::Value* found = variables.find(each.name);
        complete && each.required && (found == nullptr || found->is_null()))
      return Error{fmt::format("process '{}' needs '{}'{}, and is called without it", process, each.name,
                               each.label.empty() ? "" : fmt::format(" ({})", each.label))};
  std::vector<std::string_view> unknown;  // where what is required may be missing
  for (const model::Variable& each : called.variables)
    if (const value::Value* found = variables.find(each.name);
        !complete && found != nullptr && found->is_null() && variables.erase(each.name))
      unknown.push_back(each.name);
  Result<value::Variables> typed = data::declared(called, variables, false, workspace);
  if (!typed) return Error{fmt::format("process '{}' is called wrongly: {}", process, typed.error().message)};
  for (const std::string_view each : unknown) typed->set(each, {});
  return typed;
}

static std::string text(Instance& caller, const Wait& wait, std::string_view data_text,
                        feel::Workspace& workspace, Diagnostics& notes) {
  model::Mapping mapping;
  mapping.source = data_text;
  const value::Scope& scope = caller.data.visible(caller.state, caller.question(wait).token.slot);
  const auto found = data::source_value(*caller.deployed->definitions, mapping, scope, workspace, notes);
  return !found || found->get().is_null() ? std::string() : value::to_text(found->get());
}

std::string call_key(Instance& caller, const Wait& wait, feel::Workspace& workspace, Diagnostics& notes) {
  const std::string_view written = caller.written(caller.question(wait).node).call.business_key;
  if (written.find("processBusinessKey") != std::string_view::npos) return caller.key;
  return written.empty() ? std::string() : text(caller, wait, written, workspace, notes);
}

std::string call_version(Instance& caller, const Wait& wait, feel::Workspace& workspace, Diagnostics& notes) {
  return text(caller, wait, caller.written(caller.question(wait).node).call.version, workspace, notes);
}

value::Variables returned(const value::Variables& all, const model::Definitions& caller,
                          const model::FlowNode& activity, feel::Workspace& workspace, Diagnostics& notes) {
  const model::CalledProcess& call = activity.call;
  // Output mappings of the activity choose out of all there is.
  value::Variables out = call.all_out || !activity.outputs.empty() ? all : value::Variables();
  const value::Scope scope{all.entries(), nullptr};
  copy(caller, call.out, scope, out, workspace, notes, !activity.outputs.empty());
  return out;
}

value::Variables returned_around(const value::Variables& all, const model::Definitions& caller,
                                 const model::FlowNode& activity, feel::Workspace& workspace,
                                 Diagnostics& notes) {
  const model::Dialect dialect = caller.dialect;
  value::Variables out;
  if (activity.outputs.empty() ||
      (dialect != model::Dialect::camunda7 && dialect != model::Dialect::flowable &&
       dialect != model::Dialect::activiti))
    return out;
  if (activity.call.all_out) out = all;
  copy(caller, activity.call.out, {all.entries(), nullptr}, out, workspace, notes, false);
  return out;
}

}  // namespace weir::execute
