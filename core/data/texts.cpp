#include "core/data/texts.hpp"

namespace weir::data {

using value::Value;

bool is_expression(std::string_view data_text) {
  return data_text.starts_with('=') || data_text.find("${") != std::string_view::npos ||
         data_text.find("#{") != std::string_view::npos;
}

Value Texts::text(std::string_view data_text, const value::Scope& scope, feel::Workspace& workspace,
                  Diagnostics& diagnostics, Span span) {
  if (!is_expression(data_text)) return Value::string(data_text);
  return expression(data_text, scope, workspace, diagnostics, span);
}

Value Texts::expression(std::string_view data_text, const value::Scope& scope, feel::Workspace& workspace,
                        Diagnostics& diagnostics, Span span) {
  auto found = compiled_.find(data_text.data());
  if (found == compiled_.end() || (found->second && found->second->text().size() > data_text.size())) {
    feel::CompileOptions options;
    options.span = span;
    found =
        compiled_
            .insert_or_assign(data_text.data(), feel::compile_condition(data_text, {}, options, diagnostics))
            .first;
  }
  if (!found->second) return {};
  const std::size_t troubles = workspace.trouble_count();
  const Value value = feel::evaluate_further(*found->second, scope, workspace);
  if (workspace.trouble_count() != troubles) feel::report(*found->second, workspace, diagnostics);
  return value;
}

Value Texts::parameter(const model::Parameter& parameter, const value::Scope& scope,
                       feel::Workspace& workspace, Diagnostics& diagnostics) {
  using Kind = model::Parameter::Kind;
  switch (parameter.kind) {
    case Kind::none:
      return {};
    case Kind::text:
      return text(parameter.text, scope, workspace, diagnostics, parameter.span);
    case Kind::number:
      if (const auto number = value::Decimal::parse(parameter.text))
        return Value::number(*number, workspace.arena);
      return {};
    case Kind::boolean:
      return Value::boolean(parameter.text == "true");
    case Kind::temporal:
      if (const auto moment = value::parse_date_time(parameter.text)) return Value::date_time(*moment);
      if (const auto date = value::parse_date(parameter.text)) return Value::date(*date);
      if (const auto time = value::parse_time(parameter.text)) return Value::time(*time);
      return Value::string(parameter.text);
    case Kind::list: {
      Value* items = workspace.arena.array<Value>(parameter.items.size());
      for (std::size_t i = 0; i < parameter.items.size(); ++i)
        ::new (&items[i]) Value(this->parameter(parameter.items[i], scope, workspace, diagnostics));
      return Value::list(std::span<const Value>(items, parameter.items.size()));
    }
    case Kind::table: {
      auto* entries = workspace.arena.array<value::Entry>(parameter.items.size());
      for (std::size_t i = 0; i < parameter.items.size(); ++i)
        ::new (&entries[i]) value::Entry{value::Key(parameter.items[i].key),
                                         this->parameter(parameter.items[i], scope, workspace, diagnostics)};
      return Value::context(std::span<const value::Entry>(entries, parameter.items.size()));
    }
  }
  return {};
}

}  // namespace weir::data
