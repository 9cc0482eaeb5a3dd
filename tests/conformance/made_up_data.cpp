#include "tests/conformance/made_up_data.hpp"

#include <algorithm>
#include <array>

#include "core/data/texts.hpp"
#include "core/feel/builtins.hpp"
#include "core/feel/expression.hpp"
#include "core/model/expressions.hpp"
#include "core/value/compare.hpp"

namespace weir::conformance {

using feel::Node;
using feel::NodeKind;
using feel::Operator;
using value::Kind;
using value::Value;

namespace {

bool among(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

MadeUpData::MadeUpData(const model::Definitions& definitions) {
  const auto compiled = [&](const model::Expression& written, Use use) {
    Diagnostics ignored;
    const auto expression = feel::compile_condition(written.body, written.language, {}, ignored);
    if (expression) learn(expression->root(), use);
  };
  model::for_each_expression(definitions.document, [&](const model::ExpressionPlace& each) {
    const model::ElementKind kind = definitions.document[each.element].kind;
    const Use use = kind == model::ElementKind::time_date          ? Use::date
                    : kind == model::ElementKind::time_duration    ? Use::duration
                    : kind == model::ElementKind::time_cycle       ? Use::cycle
                    : kind == model::ElementKind::loop_cardinality ? Use::number
                    : each.role.ends_with("condition")             ? Use::condition
                                                                   : Use::any;
    if (each.sort == model::ExpressionPlace::Sort::formal ||
        feel::choose_language(each.expression.body, {}).guessed == false)
      compiled(each.expression, use);
  });
  const auto named = [&](std::string_view text, Use use) {
    if (data::is_expression(text)) compiled({.body = text}, use);
  };
  for (const model::FlowNode& node : definitions.nodes) {
    named(node.work.human_performer, Use::text);
    for (const auto* all : {&node.work.potential_users, &node.work.potential_groups})
      for (const std::string_view each : *all) named(each, Use::text);
    named(node.work.due_date, Use::date);
    if (node.loop.collection.empty()) continue;
    model::Expression written;
    written.body = node.loop.collection;
    Diagnostics ignored;
    const auto expression = feel::compile_condition(written.body, {}, {}, ignored);
    if (!expression) continue;
    learn(expression->root(), Use::list);
    if (Shape* shape = place(expression->root())) shape->element = node.loop.element_variable;
  }
}

MadeUpData::Shape* MadeUpData::place(const Node& node) {
  const auto member = [&](const Node& of, std::string_view name) -> Shape* {
    Shape* shape = place(of);
    return shape == nullptr ? nullptr : &shape->members[std::string(name)];
  };
  const auto first_text = [&]() -> std::string_view {
    return !node.items.empty() && node.items[0]->kind == NodeKind::literal &&
                   node.items[0]->value.is(Kind::string)
               ? node.items[0]->value.text()
               : std::string_view{};
  };
  switch (node.kind) {
    case NodeKind::global:
    case NodeKind::juel_variable:
      if (among(node.key.text(), {"execution", "task", "loopCounter", "nrOfInstances", "nrOfActiveInstances",
                                  "nrOfCompletedInstances"}))
        return nullptr;
      return &variables_[std::string(node.key.text())];
    case NodeKind::path:
    case NodeKind::juel_property:
      return member(*node.left, node.key.text());
    case NodeKind::juel_index:
      if (node.right->kind == NodeKind::literal && node.right->value.is(Kind::string))
        return member(*node.left, node.right->value.text());
      return nullptr;
    case NodeKind::juel_method: {
      const std::string_view name = node.key.text();
      if (node.left == nullptr) return nullptr;
      if (among(name, {"getVariable", "getVariableLocal"}) && !first_text().empty())
        return &variables_[std::string(first_text())];
      if (among(name, {"get", "prop"}) && !first_text().empty()) return member(*node.left, first_text());
      const std::size_t prefix = name.starts_with("get") ? 3 : name.starts_with("is") ? 2 : 0;
      if (node.items.empty() && prefix != 0 && name.size() > prefix && name[prefix] >= 'A' &&
          name[prefix] <= 'Z' && name != "isEmpty") {
        std::string property(name.substr(prefix));
        property[0] = static_cast<char>(property[0] - 'A' + 'a');
        return member(*node.left, property);
      }
      if (node.items.empty() && among(name, {"value", "stringValue", "numberValue", "boolValue", "toString",
                                             "booleanValue", "intValue", "longValue", "doubleValue"}))
        return place(*node.left);
      return nullptr;
    }
    default:
      return nullptr;
  }
}

void MadeUpData::add(Shape& shape, const Value& value) {
  const bool known = std::any_of(shape.values.begin(), shape.values.end(),
                                 [&](const auto& each) { return value::same(each.get(), value); });
  if (!known && !value.is_null()) shape.values.emplace_back(value);
}

void MadeUpData::add_use(Shape& shape, Use use) {
  switch (use) {
    case Use::any:
      break;
    case Use::condition:
      add(shape, Value::boolean(true));
      add(shape, Value::boolean(false));
      break;
    case Use::number:
      for (const std::int64_t number : {2, 1, 3}) add(shape, Value::integer(number));
      break;
    case Use::text:
      add(shape, Value::string("some text"));
      break;
    case Use::list:
      shape.is_list = true;
      break;
    case Use::date:
      add(shape, Value::string("2026-11-26T09:00:00Z"));
      break;
    case Use::duration:
      add(shape, Value::string("PT1H"));
      break;
    case Use::cycle:
      add(shape, Value::string("R2/PT1H"));
      break;
  }
}

void MadeUpData::learn_comparison(const Node& left, Operator op, const Node& right) {
  Shape* const one = place(left);
  Shape* const other = place(right);
  if (one == nullptr && other == nullptr) {
    const bool of_numbers = left.kind == NodeKind::literal
                                ? left.value.is(Kind::number)
                                : right.kind == NodeKind::literal && right.value.is(Kind::number);
    learn(left, of_numbers ? Use::number : Use::any);
    learn(right, of_numbers ? Use::number : Use::any);
    return;
  }
  const auto against = [&](Shape& shape, const Node& what) {
    if (what.kind != NodeKind::literal) {
      add_use(shape, Use::number);
      return learn(what, Use::number);
    }
    const Value& literal = what.value;
    if (literal.is(Kind::boolean)) {
      add_use(shape, Use::condition);
    } else if (literal.is(Kind::number)) {
      value::Arena arena;
      const value::Decimal number = literal.decimal();
      add(shape, literal);
      if (const auto whole = number.to_integer()) {
        add(shape, Value::integer(*whole + 1));
        add(shape, Value::integer(*whole - 1));
      } else {
        add(shape, Value::integer(0));
        add(shape, Value::integer(1'000'000));
      }
    } else if (literal.is(Kind::string)) {
      add(shape, literal);
      add(shape, Value::string("something else"));
    } else if (!literal.is_null()) {
      add(shape, literal);
    } else if (op == Operator::equal || op == Operator::not_equal) {
      add_use(shape, Use::text);
    }
  };
  if (one != nullptr) against(*one, right);
  if (other != nullptr) against(*other, left);
}

void MadeUpData::learn_call(const Node& node) {
  const bool juel = node.kind == NodeKind::juel_method;
  const std::string_view name = juel ? node.key.text() : node.builtin->name;
  Shape* subject = nullptr;
  if (juel && node.left != nullptr) subject = place(*node.left);
  if (!juel && !node.items.empty()) subject = place(*node.items[0]);
  if (subject != nullptr) {
    if (among(name, {"contains", "containsAll", "equals", "equalsIgnoreCase", "startsWith", "endsWith",
                     "starts with", "ends with", "matches", "indexOf", "compareTo"}))
      for (std::size_t i = juel ? 0 : 1; i < node.items.size(); ++i)
        if (node.items[i]->kind == NodeKind::literal) {
          add(*subject, node.items[i]->value);
          add(*subject, Value::string("something else"));
        }
    if (among(name, {"count", "sum", "min", "max", "mean", "list contains", "append", "concatenate",
                     "index of", "size", "sort", "all", "any"}))
      subject->is_list = true;
    if (name == "not") add_use(*subject, Use::condition);
    if (among(name, {"string length", "upper case", "lower case", "length", "substring", "isEmpty"}))
      add_use(*subject, Use::text);
    if (among(name, {"date and time", "date"})) add_use(*subject, Use::date);
    if (name == "duration") add_use(*subject, Use::duration);
  } else if (juel && node.left != nullptr) {
    learn(*node.left, Use::any);
  }
  for (const Node* item : node.items) learn(*item, name == "not" ? Use::condition : Use::any);
}

void MadeUpData::learn(const Node& node, Use use) {
  if (Shape* shape = place(node)) return add_use(*shape, use);
  const auto both = [&](Use each) {
    if (node.left != nullptr) learn(*node.left, each);
    if (node.right != nullptr) learn(*node.right, each);
  };
  switch (node.kind) {
    case NodeKind::comparison:
    case NodeKind::juel_comparison:
      return learn_comparison(*node.left, node.op, *node.right);
    case NodeKind::logic_and:
    case NodeKind::logic_or:
    case NodeKind::juel_and:
    case NodeKind::juel_or:
    case NodeKind::juel_not:
      both(Use::condition);
      for (const Node* item : node.items) learn(*item, Use::condition);
      return;
    case NodeKind::arithmetic:
    case NodeKind::juel_arithmetic:
    case NodeKind::negate:
      return both(Use::number);
    case NodeKind::juel_empty:
      return both(Use::text);
    case NodeKind::choice:
    case NodeKind::juel_choice:
      learn(*node.left, Use::condition);
      if (node.right != nullptr) learn(*node.right, use);
      for (const Node* item : node.items) learn(*item, use);
      return;
    case NodeKind::between:
      learn_comparison(*node.left, Operator::less, *node.items[0]);
      return learn_comparison(*node.left, Operator::less, *node.items[1]);
    case NodeKind::in:
      for (const Node* test : node.items)
        if (test->right != nullptr) learn_comparison(*node.left, Operator::equal, *test->right);
      return;
    case NodeKind::filter:
      return both(Use::list);
    case NodeKind::loop:
      for (const Node* item : node.items) learn(*item, Use::list);
      return both(node.quantifier == feel::Quantifier::collect ? Use::any : Use::condition);
    case NodeKind::call:
    case NodeKind::juel_method:
      return learn_call(node);
    default:
      both(Use::any);
      for (const Node* item : node.items) learn(*item, Use::any);
  }
}

Value MadeUpData::draw(const Shape& shape, Random& random, value::Arena& arena, int depth) const {
  if (depth > 5) return Value::integer(1);
  if (shape.is_list) {
    constexpr std::array sizes{2u, 3u, 1u, 2u};
    const std::size_t size = sizes[random.below(sizes.size())];
    Value* items = arena.array<Value>(size);
    const auto element = variables_.find(shape.element);
    for (std::size_t i = 0; i < size; ++i)
      ::new (&items[i]) Value(element == variables_.end() ? !shape.values.empty()
                                                                ? shape.values[i % shape.values.size()].get()
                                                                : Value::integer(static_cast<std::int64_t>(i))
                                                          : draw(element->second, random, arena, depth + 1));
    return Value::list(std::span<const Value>(items, size));
  }
  if (!shape.members.empty()) {
    auto* entries = arena.array<value::Entry>(shape.members.size());
    std::size_t i = 0;
    for (const auto& [name, member] : shape.members)
      ::new (&entries[i++]) value::Entry{value::Key(name), draw(member, random, arena, depth + 1)};
    return Value::context(std::span<const value::Entry>(entries, shape.members.size()));
  }
  if (!shape.values.empty())
    return shape.values[random.below(static_cast<std::uint32_t>(shape.values.size()))].get();
  constexpr std::array texts{"some text", "a", "something else"};
  return Value::string(texts[random.below(texts.size())]);
}

Value MadeUpData::one(std::string_view name, Random& random, value::Arena& arena) const {
  const auto found = variables_.find(name);
  return found == variables_.end() ? Value::string("some text") : draw(found->second, random, arena, 0);
}

value::Variables MadeUpData::some(Random& random, std::uint32_t percent) const {
  value::Arena arena;
  value::Variables made;
  for (const auto& [name, shape] : variables_)
    if (random.chance(percent)) made.set(name, draw(shape, random, arena, 0));
  return made;
}

}  // namespace weir::conformance
