#include "core/data/texts.hpp"

#include "core/value/print.hpp"

namespace weir::data {

using value::Value;

bool is_expression(std::string_view data_text) {
  return data_text.starts_with('=') || data_text.find("${") != std::string_view::npos ||
         data_text.find("#{") != std::string_view::npos;
}

std::size_t hole_end(std::string_view text, std::size_t at) {
  for (std::size_t open = 0; at < text.size(); ++at) {
    if (text[at] == '"') {
      for (++at; at < text.size() && text[at] != '"'; ++at)
        if (text[at] == '\\') ++at;
    } else if (text[at] == '{') {
      ++open;
    } else if (text[at] == '}' && open-- == 0) {
      return at;
    }
  }
  return std::string_view::npos;
}

Value Texts::text(std::string_view data_text, const value::Scope& scope, feel::Workspace& workspace,
                  Diagnostics& diagnostics, Span span) {
  if (!is_expression(data_text)) return Value::string(data_text);
  return expression(data_text, scope, workspace, diagnostics, span);
}

Value Texts::expression(std::string_view data_text, const value::Scope& scope, feel::Workspace& workspace,
                        Diagnostics& diagnostics, Span span) {
  auto found = compiled_.find(data_text.data());
  if (found == compiled_.end() || found->second.text().size() > data_text.size()) {
    feel::CompileOptions options;
    options.span = span;
    auto compiled = feel::compile_condition(data_text, {}, options, diagnostics);
    if (!compiled) return {};
    found = compiled_.insert_or_assign(data_text.data(), std::move(*compiled)).first;
  }
  const std::size_t troubles = workspace.trouble_count();
  const Value value = feel::evaluate_further(found->second, scope, workspace);
  if (workspace.trouble_count() != troubles) feel::report(found->second, workspace, diagnostics);
  return value;
}

std::string Texts::filled(std::string_view written, bool feel, const value::Scope& scope,
                          feel::Workspace& workspace) {
  Diagnostics troubles;
  const auto add = [&](std::string_view expression, std::string& out) {
    workspace.reset();
    const Value value = this->expression(expression, scope, workspace, troubles);
    if (value.is_null() || !troubles.list().empty()) return false;
    out += value::to_text(value);
    return true;
  };
  std::string out;
  if (!feel) return add(written, out) ? out : std::string(written);
  for (std::size_t at = 0; at < written.size();) {
    const std::size_t dollar = written.find("${", at);
    out += written.substr(at, std::min(dollar, written.size()) - at);
    if (dollar == std::string_view::npos) break;
    if (dollar > at && written[dollar - 1] == '$') {
      out += '{';
      at = dollar + 2;
      continue;
    }
    const std::size_t end = hole_end(written, dollar + 2);
    if (end == std::string_view::npos || !add(written.substr(dollar + 2, end - dollar - 2), out))
      return std::string(written);
    at = end + 1;
  }
  return out;
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
