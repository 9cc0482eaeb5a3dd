#include "core/data/mappings.hpp"

#include <algorithm>

#include <memory>
#include <vector>

#include "core/data/texts.hpp"

namespace weir::data {

using From = model::Mapping::From;
using value::OwnedValue;
using value::Value;

bool is_computed(const model::Definitions& definitions, const model::Mapping& mapping) {
  if (mapping.from == From::text)
    return definitions.dialect == model::Dialect::weir || is_expression(mapping.source);
  return mapping.from != From::data;
}

std::optional<OwnedValue> source_value(const model::Definitions& definitions, const model::Mapping& mapping,
                                       const value::Scope& scope, feel::Workspace& workspace,
                                       Diagnostics& diagnostics) {
  if (mapping.from == From::data) {
    Texts texts;
    workspace.reset();
    return OwnedValue(texts.parameter(mapping.data, scope, workspace, diagnostics));
  }
  if (mapping.from == From::variable) {
    const Value* found = scope.find(value::Key(mapping.source));
    return found == nullptr ? OwnedValue() : OwnedValue(*found);
  }
  if (!is_computed(definitions, mapping)) return OwnedValue(Value::string(mapping.source));
  feel::CompileOptions options;
  options.span = mapping.span;
  const std::optional<feel::Expression> expression =
      feel::compile_condition(mapping.source, mapping.language, options, diagnostics);
  if (!expression) return std::nullopt;
  return OwnedValue(feel::evaluate(*expression, scope, workspace));
}

value::Variables as_outputs(const model::FlowNode& event, const value::Variables& payload) {
  value::Variables out = payload;
  if (payload.size() != 1) return out;
  std::string_view only;
  for (const model::Mapping& each : event.outputs) {
    if (each.from != model::Mapping::From::variable) continue;
    if (!only.empty() && only != each.source) return out;
    only = each.source;
  }
  if (!only.empty() && payload.find(only) == nullptr) out.set(only, payload.entries()[0].value);
  return out;
}

Value at_path(const Value* before, std::string_view path, const Value& value, value::Arena& arena) {
  const std::size_t dot = path.find('.');
  const std::string_view name = path.substr(0, dot);
  const Value* inner =
      before != nullptr && before->is(value::Kind::context) ? before->find(value::Key(name)) : nullptr;
  const Value here =
      dot == std::string_view::npos ? value : at_path(inner, path.substr(dot + 1), value, arena);
  std::vector<value::Entry> entries;
  if (before != nullptr && before->is(value::Kind::context))
    for (const value::Entry& each : before->entries())
      if (each.key.text() != name) entries.push_back(each);
  entries.push_back({value::Key(name), here});
  auto* kept = arena.array<value::Entry>(entries.size());
  std::uninitialized_copy(entries.begin(), entries.end(), kept);
  return Value::context(std::span<const value::Entry>(kept, entries.size()));
}

value::Variables mapped(const model::Definitions& definitions, std::span<const model::Mapping> mappings,
                        const value::Scope& scope, feel::Workspace& workspace, Diagnostics& diagnostics) {
  value::Variables made;
  for (const model::Mapping& each : mappings) {
    const auto found = source_value(definitions, each, scope, workspace, diagnostics);
    if (!found || found->get().is_null()) continue;
    const std::size_t dot = each.target.find('.');
    const std::string_view name = each.target.substr(0, dot);
    made.set(name, dot == std::string_view::npos ? found->get()
                                                 : at_path(made.find(name), each.target.substr(dot + 1),
                                                           found->get(), workspace.arena));
  }
  return made;
}

Arrived::Arrived(const Value& payload) {
  constexpr std::string_view all = "body";
  if (payload.is(value::Kind::context)) entries_.assign(payload.entries().begin(), payload.entries().end());
  const value::Key body(all);
  if (std::none_of(entries_.begin(), entries_.end(),
                   [&](const value::Entry& each) { return each.key == body; }))
    entries_.push_back({body, payload});
}

std::optional<value::Variables> chosen(const model::Definitions& definitions, std::string_view message,
                                       const Value& payload, feel::Workspace& workspace,
                                       Diagnostics& diagnostics) {
  for (const model::RootElement& root : definitions.roots)
    if (root.kind == model::ElementKind::message && (root.name.empty() ? root.id : root.name) == message &&
        !root.message.assignments.empty())
      return mapped(definitions, root.message.assignments, Arrived(payload).scope(), workspace, diagnostics);
  return std::nullopt;
}

}  // namespace weir::data
