// Requirements on demand, each once; boxed expressions by a walk. Everything made lives in the workspace's
// arena: scopes too, since functions keep them.
#include <fmt/format.h>

#include <algorithm>

#include "core/dmn/run.hpp"
#include "core/feel/parser.hpp"
#include "core/value/print.hpp"

namespace weir::dmn {

namespace {

using value::Entry;
using Form = Boxed::Form;

constexpr std::size_t most_diagnostics = 200;
constexpr int deepest = 300;

std::string shortened(const Value& value) {
  std::string text = value.weight() < 100 ? value::to_literal(value)
                                          : "a large " + std::string(value::kind_name(value.kind()));
  if (text.size() > 80) text = std::string(value::kind_name(value.kind()));
  return text;
}

struct LogicFunction : value::NativeFunction {
  Run* run;
  const Logic* logic;  // form function
  const Scope* scope;
  const Type* result;
};

Value call_logic(const value::NativeFunction& self, std::span<const Value> arguments) {
  const auto& function = static_cast<const LogicFunction&>(self);
  Run& run = *function.run;
  const Logic& logic = *function.logic;
  if (logic.foreign) return run.fail("feel-unsupported", foreign_text(*logic.source), logic.source->span);
  value::Arena& arena = run.workspace.arena;
  auto* entries = arena.array<Entry>(arguments.size());
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Value given = run.typed(arguments[i], logic.types[i], logic.source->names[i].span, "argument");
    if (given.is_null() && !arguments[i].is_null()) return {};
    ::new (static_cast<void*>(entries + i)) Entry{logic.names[i], given};
  }
  const Scope* scope = arena.make(Scope{{entries, arguments.size()}, function.scope});
  const Value result = logic.parts.empty() ? Value{} : run.evaluate(logic.parts[0], *scope);
  return run.typed(run.typed(result, logic.type, logic.source->span, "result"), function.result,
                   logic.source->span, "result");
}

struct ServiceFunction : value::NativeFunction {
  Run* run;
  std::uint32_t index;
};

Value call_service(const value::NativeFunction& self, std::span<const Value> arguments) {
  const auto& function = static_cast<const ServiceFunction&>(self);
  const Run& outer = *function.run;
  const Compiled& service = outer.program.elements[function.index];
  static const Scope nothing;
  Run& inner = *::new (outer.workspace.arena.allocate(sizeof(Run), alignof(Run)))
                   Run(outer.program, &nothing, outer.workspace, outer.diagnostics, outer.explanation);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Compiled& parameter = outer.program.elements[service.parameters[i]];
    const Value given =
        inner.typed(arguments[i], parameter.type, parameter.source->variable.span, "argument");
    if (given.is_null() && !arguments[i].is_null()) return {};
    inner.preset(service.parameters[i], given);
  }
  return inner.service(service);
}

}  // namespace

Run::Run(const Inside& from, const Scope* given, feel::Workspace& room, Diagnostics& out, Explanation* why)
    : program(from), inputs(given), workspace(room), diagnostics(out), explanation(why) {
  memo_ = room.arena.array<Memo>(from.elements.size());
  for (std::size_t i = 0; i < from.elements.size(); ++i)
    ::new (static_cast<void*>(memo_ + i)) Memo{State::unknown, Value{}};
  std::size_t count = 0;
  for (const Scope* scope = given; scope != nullptr; scope = scope->outer) count += scope->entries.size();
  auto* entries = room.arena.array<Entry>(count);
  count = 0;
  for (const Scope* scope = given; scope != nullptr; scope = scope->outer)
    for (const Entry& entry : scope->entries) {
      const auto declared = std::any_of(from.declared.begin(), from.declared.end(),
                                        [&](const Key& key) { return key == entry.key; });
      if (!declared) ::new (static_cast<void*>(entries + count++)) Entry(entry);
    }
  free_.entries = {entries, count};
}

void Run::preset(std::uint32_t index, const Value& value) {
  memo_[index] = {State::known, value};
}

bool Run::step() {
  return ++workspace.nesting.steps <= workspace.limits.steps &&
         workspace.arena.used() <= workspace.limits.memory;
}

Value Run::fail(const char* code, std::string message, Span span) {
  if (diagnostics.size() >= most_diagnostics) return {};
  Diagnostic& made = diagnostics.warning(code, std::move(message), span,
                                         current != nullptr ? current->source->id : std::string{});
  made.group = "decisions";
  return {};
}

void Run::drain(const feel::Expression& expression, std::size_t before) {
  const feel::Place place{expression.span(), expression.text(), expression.element()};
  const auto troubles = workspace.troubles();
  for (std::size_t i = before; i < troubles.size() && diagnostics.size() < most_diagnostics; ++i) {
    Diagnostic& made = diagnostics.warning(
        std::string(feel::trouble_code(troubles[i].kind)), feel::trouble_text(troubles[i]),
        place.at(troubles[i].begin, troubles[i].end), expression.element());
    made.group = "feel";
  }
  workspace.drop_troubles_after(before);
}

Value Run::typed(const Value& value, const Type* type, Span span, std::string_view what) {
  if (type == nullptr || value.is_null() || (type->form == Type::Form::any && !type->allowed)) return value;
  if (type->form == Type::Form::simple && value.is(type->kind) && !type->allowed) return value;
  Value converted = value;
  switch (convert(converted, *type, workspace)) {
    case Fit::yes:
      return converted;
    case Fit::wrong_type:
      return fail("dmn-type-mismatch",
                  fmt::format("the {} {} is no '{}'", what, shortened(value), type->name), span);
    case Fit::not_allowed:
      return fail(
          "dmn-value-not-allowed",
          fmt::format("the {} {} is none of the values that '{}' allows", what, shortened(value), type->name),
          span);
  }
  return {};
}

Value Run::input(const Compiled& element) {
  const Value* given = inputs->find(element.name);
  if (given == nullptr) return {};
  const Value value = typed(*given, element.type, element.source->variable.span, "input");
  return value;
}

Value Run::function_of(std::uint32_t index) {
  const Compiled& from = program.elements[index];
  value::Function function;
  if (from.source->kind == Element::Kind::knowledge_model) {
    LogicFunction made{};
    made.call = call_logic;
    made.parameters = from.logic.names;
    made.run = this;
    made.logic = &from.logic;
    made.scope = scope_of(from);
    made.result =
        from.type != nullptr && from.type->form == Type::Form::function ? from.type->element : from.type;
    function.native = workspace.arena.make(made);
  } else {
    ServiceFunction made{};
    made.call = call_service;
    auto* parameters = workspace.arena.array<Key>(from.parameters.size());
    for (std::size_t i = 0; i < from.parameters.size(); ++i)
      ::new (static_cast<void*>(parameters + i)) Key(program.elements[from.parameters[i]].name);
    made.parameters = {parameters, from.parameters.size()};
    made.run = this;
    made.index = index;
    function.native = workspace.arena.make(made);
  }
  return Value::function(workspace.arena.make(function));
}

Value Run::element(std::uint32_t index) {
  Memo& memo = memo_[index];
  if (memo.state == State::known) return memo.value;
  const Compiled& from = program.elements[index];
  switch (from.source->kind) {
    case Element::Kind::input_data:
      memo = {State::known, input(from)};
      return memo.value;
    case Element::Kind::knowledge_model:
    case Element::Kind::decision_service: {
      // First the memo, then the scope: knowledge models may require themselves.
      auto* entry = workspace.arena.make(value::Function{});
      memo = {State::known, Value::function(entry)};
      *entry = function_of(index).function();
      return memo.value;
    }
    case Element::Kind::knowledge_source:
      return {};
    case Element::Kind::decision:
      break;
  }
  if (memo.state == State::open)
    return fail("dmn-cycle", fmt::format("'{}' requires its own value", from.source->name),
                from.source->span);
  if (++depth_ > deepest) {
    --depth_;
    return fail("feel-limit", "decisions require each other too deeply", from.source->span);
  }
  memo.state = State::open;
  const Compiled* const outer = current;
  const Scope& scope = *scope_of(from);
  current = &from;
  const Value value = typed(evaluate(from.logic, scope), from.type, from.source->variable.span, "result");
  current = outer;
  --depth_;
  memo = {State::known, value};
  return value;
}

const Scope* Run::scope_of(const Compiled& from) {
  value::Arena& arena = workspace.arena;
  auto* entries = arena.array<Entry>(2 * from.needs.size() + 1);
  Scope* scope = arena.make(Scope{{}, &free_});
  std::size_t count = 0;
  // A knowledge model may call itself without saying that it requires itself.
  if (from.source->kind == Element::Kind::knowledge_model) {
    const auto index = static_cast<std::uint32_t>(&from - program.elements.data());
    ::new (static_cast<void*>(entries + count++)) Entry{from.name, element(index)};
  }
  for (std::size_t i = 0; i < from.needs.size();) {
    const Key alias = from.needs[i].alias;
    if (alias.size == 0) {
      const std::uint32_t index = from.needs[i++].element;
      const Value value = element(index);
      ::new (static_cast<void*>(entries + count++)) Entry{program.elements[index].name, value};
      continue;
    }
    std::size_t end = i;
    while (end < from.needs.size() && from.needs[end].alias == alias) ++end;
    auto* inner = arena.array<Entry>(end - i);
    for (std::size_t k = i; k < end; ++k) {
      const std::uint32_t index = from.needs[k].element;
      const Value value = element(index);
      ::new (static_cast<void*>(inner + (k - i))) Entry{program.elements[index].name, value};
    }
    ::new (static_cast<void*>(entries + count++)) Entry{alias, Value::context({inner, end - i})};
    i = end;
  }
  // Behind what the specification names (7.3.1): Camunda knows results by the names of outputs.
  for (const Need& need : from.needs)
    if (const Key output = program.elements[need.element].output; output.size != 0 && need.alias.size == 0)
      ::new (static_cast<void*>(entries + count++)) Entry{output, element(need.element)};
  scope->entries = {entries, count};
  return scope;
}

Value Run::service(const Compiled& from) {
  current = &from;
  if (from.outputs.size() == 1) {
    const Value value = element(from.outputs[0]);
    const Type* type =
        from.type != nullptr && from.type->form == Type::Form::function ? from.type->element : from.type;
    return typed(value, type, from.source->variable.span, "result");
  }
  auto* entries = workspace.arena.array<Entry>(from.outputs.size());
  for (std::size_t i = 0; i < from.outputs.size(); ++i) {
    const Value value = element(from.outputs[i]);
    ::new (static_cast<void*>(entries + i)) Entry{program.elements[from.outputs[i]].name, value};
  }
  const Type* type =
      from.type != nullptr && from.type->form == Type::Form::function ? from.type->element : from.type;
  return typed(Value::context({entries, from.outputs.size()}), type, from.source->variable.span, "result");
}

Value Run::call(std::uint32_t index, const Scope& arguments) {
  const Compiled& from = program.elements[index];
  const Value function = element(index);
  std::vector<Value> given;
  for (const Key& name : from.logic.names) {
    const Value* found = arguments.find(name);
    given.push_back(found != nullptr ? *found : Value{});
  }
  current = &from;
  return call_logic(*function.function().native, given);
}

Value Run::evaluate(const Logic& logic, const Scope& scope) {
  Value value;
  switch (logic.form) {
    case Form::none:
      if (logic.source != nullptr && current != nullptr)
        return fail("dmn-no-logic", fmt::format("'{}' says not how it is decided", current->source->name),
                    logic.source->span);
      return {};
    case Form::literal:
      if (!logic.expression)
        return fail("dmn-no-logic", "there is no expression that could be evaluated", logic.source->span);
      value = expression(*logic.expression, scope);
      break;
    case Form::context:
      value = context(logic, scope);
      break;
    case Form::table:
      value = decision_table(*logic.table, scope);
      break;
    case Form::invocation:
      value = invocation(logic, scope);
      break;
    case Form::function: {
      LogicFunction made{};
      made.call = call_logic;
      made.parameters = logic.names;
      made.run = this;
      made.logic = &logic;
      made.scope = &scope;
      value::Function function;
      function.native = workspace.arena.make(made);
      return Value::function(workspace.arena.make(function));
    }
    case Form::relation:
      value = relation(logic, scope);
      break;
    case Form::list: {
      auto* items = workspace.arena.array<Value>(logic.parts.size());
      for (std::size_t i = 0; i < logic.parts.size(); ++i)
        ::new (static_cast<void*>(items + i)) Value(evaluate(logic.parts[i], scope));
      value = Value::list({items, logic.parts.size()});
      break;
    }
    case Form::conditional: {
      const Value condition = evaluate(logic.parts[0], scope);
      if (!condition.is(value::Kind::boolean) && !condition.is_null())
        fail("feel-type-mismatch",
             fmt::format("the condition must be a boolean, not {}", shortened(condition)),
             logic.source->span);
      value = evaluate(logic.parts[condition.is_true() ? 1 : 2], scope);
      break;
    }
    case Form::filter:
      value = filter(logic, scope);
      break;
    case Form::collect:
    case Form::some:
    case Form::every:
      value = loop(logic, scope);
      break;
  }
  if (value.weight() > Value::max_weight || value.depth() > Value::max_depth)
    return fail("feel-limit", "the value is too large", logic.source->span);
  return typed(value, logic.type, logic.source->span, "value");
}

Value Run::context(const Logic& logic, const Scope& scope) {
  value::Arena& arena = workspace.arena;
  auto* entries = arena.array<Entry>(logic.parts.size());
  Scope* inner = arena.make(Scope{{entries, 0}, &scope});
  for (std::size_t i = 0; i < logic.parts.size(); ++i) {
    const Value value =
        typed(evaluate(logic.parts[i], *inner), logic.types[i], logic.source->names[i].span, "entry");
    if (logic.names[i].size == 0) return value;
    ::new (static_cast<void*>(entries + inner->entries.size())) Entry{logic.names[i], value};
    inner->entries = {entries, inner->entries.size() + 1};
  }
  return Value::context(inner->entries);
}

Value Run::invocation(const Logic& logic, const Scope& scope) {
  const Logic& callee_logic = logic.parts[0];
  const Value callee = evaluate(callee_logic, scope);
  if (!callee.is(value::Kind::function))
    return fail("feel-unknown-function", fmt::format("{} cannot be invoked", shortened(callee)),
                callee_logic.source->span);
  const value::Function& function = callee.function();
  value::Arena& arena = workspace.arena;
  const std::size_t count = logic.names.size();
  std::span<const Key> parameters = logic.names;
  if (function.node != nullptr) parameters = function.node->names;
  if (function.native != nullptr) parameters = function.native->parameters;
  auto* arguments = arena.array<Value>(std::max(parameters.size(), count));
  for (std::size_t p = 0; p < parameters.size(); ++p) ::new (static_cast<void*>(arguments + p)) Value();
  for (std::size_t i = 0; i < count; ++i) {
    const auto at = std::find(parameters.begin(), parameters.end(), logic.names[i]);
    if (at == parameters.end())
      return fail("feel-arity", fmt::format("what is invoked has no parameter '{}'", logic.names[i].text()),
                  logic.source->names[i].span);
    const Value value =
        typed(evaluate(logic.parts[i + 1], scope), logic.types[i], logic.source->names[i].span, "argument");
    arguments[at - parameters.begin()] = value;
  }
  const std::span<const Value> given(arguments, parameters.size());
  if (callee_logic.expression) {
    const std::size_t before = workspace.trouble_count();
    feel::Evaluator evaluator(workspace, &scope, callee_logic.expression->text());
    const Value result = evaluator.call_function(callee, given, callee_logic.expression->root());
    if (workspace.trouble_count() != before) drain(*callee_logic.expression, before);
    return result;
  }
  if (function.native != nullptr) {
    if (++depth_ > deepest) {
      --depth_;
      return fail("feel-limit", "functions call each other too deeply", logic.source->span);
    }
    const Value result = function.native->call(*function.native, given);
    --depth_;
    return result;
  }
  return fail("feel-unsupported", "only names of functions can be invoked", logic.source->span);
}

namespace {
/// Items of a list or of a range of integers; a single value counts as a list of it.
bool domain(const Value& of, value::Arena& arena, std::span<const Value>& items, std::size_t most) {
  if (of.is(value::Kind::list)) {
    items = of.items();
    return true;
  }
  if (of.is(value::Kind::range)) {
    const value::Range& range = of.range();
    std::int64_t low = 0;
    std::int64_t high = 0;
    const auto whole = [](const Value& end, std::int64_t& to) {
      if (!end.is(value::Kind::number) || !end.is_small() || end.exponent() != 0) return false;
      to = end.coefficient();
      return true;
    };
    if (!whole(range.low, low) || !whole(range.high, high)) return false;
    if (!range.low_closed) ++low;
    if (!range.high_closed) --high;
    const std::uint64_t count =
        high < low ? 0 : static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low) + 1;
    if (count > most) return false;
    auto* made = arena.array<Value>(count);
    for (std::size_t i = 0; i < count; ++i)
      ::new (static_cast<void*>(made + i)) Value(Value::integer(low + static_cast<std::int64_t>(i)));
    items = {made, count};
    return true;
  }
  items = {arena.make(of), 1};
  return true;
}
}  // namespace

Value Run::loop(const Logic& logic, const Scope& scope) {
  value::Arena& arena = workspace.arena;
  const Value of = evaluate(logic.parts[0], scope);
  if (of.is_null()) return {};
  std::span<const Value> items;
  if (!domain(of, arena, items, workspace.limits.list_size))
    return fail("feel-type-mismatch", fmt::format("{} cannot be iterated over", shortened(of)),
                logic.parts[0].source->span);
  auto* results = arena.array<Value>(logic.form == Form::collect ? items.size() : 0);
  bool unknown = false;
  static const Key partial("partial");
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!step()) return fail("feel-limit", "the expression takes too many steps", logic.source->span);
    auto* entries = arena.array<Entry>(2);
    ::new (static_cast<void*>(entries)) Entry{logic.names[0], items[i]};
    if (logic.form == Form::collect)
      ::new (static_cast<void*>(entries + 1)) Entry{partial, Value::list({results, i}, 2, 1 + i)};
    const std::size_t count = logic.form == Form::collect ? 2 : 1;
    const Value value = evaluate(logic.parts[1], *arena.make(Scope{{entries, count}, &scope}));
    if (logic.form == Form::collect) {
      ::new (static_cast<void*>(results + i)) Value(value);
      continue;
    }
    if (!value.is(value::Kind::boolean)) {
      unknown = true;
      if (!value.is_null())
        return fail("feel-type-mismatch", fmt::format("satisfies needs a boolean, not {}", shortened(value)),
                    logic.parts[1].source->span);
    } else if (value.truth() == (logic.form == Form::some)) {
      return value;
    }
  }
  if (logic.form == Form::collect) return Value::list({results, items.size()});
  return unknown ? Value{} : Value::boolean(logic.form == Form::every);
}

Value Run::filter(const Logic& logic, const Scope& scope) {
  value::Arena& arena = workspace.arena;
  const Value of = evaluate(logic.parts[0], scope);
  if (of.is_null()) return {};
  std::span<const Value> items;
  if (of.is(value::Kind::list))
    items = of.items();
  else
    items = {arena.make(of), 1};
  auto* kept = arena.array<Value>(items.size());
  std::size_t count = 0;
  static const Key item_key("item");
  for (const Value& item : items) {
    if (!step()) return fail("feel-limit", "the expression takes too many steps", logic.source->span);
    auto* entry = arena.make(Entry{item_key, item});
    const Scope* inner = arena.make(Scope{{entry, 1}, &scope});
    if (item.is(value::Kind::context)) inner = arena.make(Scope{item.entries(), inner});
    const Value match = evaluate(logic.parts[1], *inner);
    if (match.is_true()) ::new (static_cast<void*>(kept + count++)) Value(item);
    if (!match.is(value::Kind::boolean))
      return fail("feel-type-mismatch", fmt::format("match needs a boolean, not {}", shortened(match)),
                  logic.parts[1].source->span);
  }
  return Value::list({kept, count});
}

Value Run::relation(const Logic& logic, const Scope& scope) {
  value::Arena& arena = workspace.arena;
  auto* rows = arena.array<Value>(logic.parts.size());
  for (std::size_t r = 0; r < logic.parts.size(); ++r) {
    const Logic& row = logic.parts[r];
    const std::size_t columns = std::min(logic.names.size(), row.parts.size());
    auto* entries = arena.array<Entry>(columns);
    for (std::size_t c = 0; c < columns; ++c)
      ::new (static_cast<void*>(entries + c))
          Entry{logic.names[c],
                typed(evaluate(row.parts[c], scope), logic.types[c], logic.source->names[c].span, "cell")};
    ::new (static_cast<void*>(rows + r)) Value(Value::context({entries, columns}));
  }
  return Value::list({rows, logic.parts.size()});
}

Value evaluate(Decision decision, const Scope& inputs, feel::Workspace& workspace, Diagnostics& diagnostics,
               Explanation* explanation) {
  if (!decision) return {};
  Run* run = ::new (workspace.arena.allocate(sizeof(Run), alignof(Run)))
      Run(*decision.program, &inputs, workspace, diagnostics, explanation);
  const Compiled& from = decision.program->elements[decision.index];
  switch (from.source->kind) {
    case Element::Kind::decision_service:
      for (const std::uint32_t parameter : from.parameters) {
        const Compiled& each = decision.program->elements[parameter];
        const Value* given = inputs.find(each.name);
        run->preset(parameter, given == nullptr
                                   ? Value{}
                                   : run->typed(*given, each.type, each.source->variable.span, "input"));
      }
      return run->service(from);
    case Element::Kind::knowledge_model:
      return run->call(decision.index, inputs);
    default:
      return run->element(decision.index);
  }
}

}  // namespace weir::dmn
