// Methods are those of Java's String, List, Map and Joda's DateTime, functions those of Camunda and Flowable,
// as far as real files use them. juel_calls.cpp lists their names.
#include <algorithm>
#include <string>
#include <vector>

#include "core/feel/builtins/unicode.hpp"
#include "core/feel/juel_evaluation.hpp"
#include "core/value/print.hpp"

namespace weir::feel {

namespace {

std::string_view getter_property(std::string_view name, std::string& made) {
  const std::size_t prefix = name.starts_with("get") ? 3 : name.starts_with("is") ? 2 : 0;
  if (prefix == 0 || name.size() <= prefix || name[prefix] < 'A' || name[prefix] > 'Z') return {};
  made = name.substr(prefix);
  made[0] = static_cast<char>(made[0] - 'A' + 'a');
  return made;
}

}  // namespace

Value JuelEvaluation::method(const Node& node) {
  const std::string_view name = node.key.text();
  constexpr std::size_t most = 8;
  if (node.items.size() > most) return no_method(name, Value{}, node);
  Value on_stack[most];
  for (std::size_t i = 0; i < node.items.size(); ++i) on_stack[i] = evaluate(*node.items[i]);
  const std::span<const Value> arguments(on_stack, node.items.size());
  if (node.left == nullptr) return variable_function(name, arguments, node);
  const bool is_execution =
      node.left->kind == NodeKind::juel_variable &&
      (node.left->key.text() == "execution" || node.left->key.text() == "task") &&
      (evaluator_.scope() == nullptr || evaluator_.scope()->find(node.left->key) == nullptr);
  if (is_execution) return execution_method(name, arguments, node);
  if (node.left->kind == NodeKind::juel_variable && node.left->key.text() == "KieFunctions")
    return kie_function(name, arguments, node);
  const Value of = evaluate(*node.left);
  if (of.is_null()) {
    return evaluator_.fail(TroubleKind::null_operand, node, "method '{0:n}' of null is called",
                           Value::string(name));
  }
  if (arguments.size() == 1 && (name == "equals" || name == "compareTo")) {
    if (name == "equals")
      return Value::boolean(of.kind() == arguments[0].kind() && value::same(of, arguments[0]));
    const auto found = value::compare(of, arguments[0]);
    if (found) return Value::integer(*found < 0 ? -1 : *found > 0 ? 1 : 0);
  }
  if (arguments.empty()) {
    if (name == "toString") return text(value::to_text(of), node);
    // Camunda Spin: values of JSON nodes are plain values here
    if (name == "value" || name == "stringValue" || name == "numberValue" || name == "boolValue" ||
        name == "elements" || name == "booleanValue" || name == "intValue" || name == "longValue" ||
        name == "doubleValue")
      return of;
  }
  switch (of.kind()) {
    case Kind::string:
      return text_method(of, name, arguments, node);
    case Kind::list:
      return list_method(of, name, arguments, node);
    case Kind::context:
      return context_method(of, name, arguments, node);
    case Kind::date:
    case Kind::date_time:
      if (name == "toDate" || name.starts_with("plus") || name.starts_with("minus"))
        return temporal_method(of, name, arguments, node);
      [[fallthrough]];
    default: {
      std::string made;
      const std::string_view getter = arguments.empty() ? getter_property(name, made) : std::string_view{};
      if (!getter.empty()) return evaluator_.property(of, Key(evaluator_.arena().copy(getter)), node);
      return no_method(name, of, node);
    }
  }
}

Value JuelEvaluation::text_method(const Value& of, std::string_view name, std::span<const Value> arguments,
                                  const Node& node) {
  const std::string_view all = of.text();
  if (arguments.empty()) {
    if (name == "length") return Value::integer(static_cast<std::int64_t>(code_points(all)));
    if (name == "isEmpty") return Value::boolean(all.empty());
    if (name == "isBlank")
      return Value::boolean(all.find_first_not_of(" \t\r\n\f\v") == std::string_view::npos);
    if (name == "trim" || name == "strip") {
      const std::size_t first = all.find_first_not_of(" \t\r\n\f\v");
      if (first == std::string_view::npos) return Value::string("");
      return Value::string(all.substr(first, all.find_last_not_of(" \t\r\n\f\v") - first + 1));
    }
    if (name == "toLowerCase" || name == "toUpperCase") {
      std::string out;
      for (std::size_t at = 0; at < all.size();) {
        const std::uint32_t code = next_code_point(all, at);
        append_code_point(out, name == "toLowerCase" ? to_lower(code) : to_upper(code));
      }
      return text(out, node);
    }
    return no_method(name, of, node);
  }
  if (arguments.size() <= 2 && name == "substring") {
    const auto size = static_cast<std::int64_t>(code_points(all));
    const auto first = number(arguments[0]);
    const auto last = arguments.size() == 2 ? number(arguments[1]) : std::optional<Decimal>(Decimal{size});
    const auto from = first ? first->to_integer() : std::nullopt;
    const auto to = last ? last->to_integer() : std::nullopt;
    if (!from || !to || *from < 0 || *to > size || *from > *to)
      return evaluator_.fail(TroubleKind::index, node, "substring: {0} has no such part", of);
    const std::size_t begin = byte_offset(all, 0, static_cast<std::size_t>(*from));
    return Value::string(
        all.substr(begin, byte_offset(all, begin, static_cast<std::size_t>(*to - *from)) - begin));
  }
  const bool one_text = arguments.size() == 1 && arguments[0].is(Kind::string);
  const std::string_view other = one_text ? arguments[0].text() : std::string_view{};
  if (one_text) {
    if (name == "contains") return Value::boolean(all.find(other) != std::string_view::npos);
    if (name == "startsWith") return Value::boolean(all.starts_with(other));
    if (name == "endsWith") return Value::boolean(all.ends_with(other));
    if (name == "concat") return text(std::string(all) + std::string(other), node);
    if (name == "indexOf") {
      const std::size_t at = all.find(other);
      return Value::integer(
          at == std::string_view::npos ? -1 : static_cast<std::int64_t>(code_points(all.substr(0, at))));
    }
    if (name == "equalsIgnoreCase") {
      std::size_t i = 0;
      std::size_t k = 0;
      while (i < all.size() && k < other.size())
        if (to_lower(next_code_point(all, i)) != to_lower(next_code_point(other, k)))
          return Value::boolean(false);
      return Value::boolean(i == all.size() && k == other.size());
    }
  }
  return no_method(name, of, node);
}

Value JuelEvaluation::list_method(const Value& of, std::string_view name, std::span<const Value> arguments,
                                  const Node& node) {
  const auto items = of.items();
  const auto contains = [&](const Value& item) {
    return std::any_of(items.begin(), items.end(), [&](const Value& other) { return equal(item, other); });
  };
  if (arguments.empty()) {
    if (name == "size") return Value::integer(static_cast<std::int64_t>(items.size()));
    if (name == "isEmpty") return Value::boolean(items.empty());
  } else if (arguments.size() == 1) {
    if (name == "contains") return Value::boolean(contains(arguments[0]));
    if (name == "containsAll" && arguments[0].is(Kind::list)) {
      const auto wanted = arguments[0].items();
      return Value::boolean(std::all_of(wanted.begin(), wanted.end(), contains));
    }
    if (name == "indexOf") {
      const auto at = std::find_if(items.begin(), items.end(),
                                   [&](const Value& other) { return equal(arguments[0], other); });
      return Value::integer(at == items.end() ? -1 : at - items.begin());
    }
    if (name == "get" || name == "elementAt") {
      const auto position = number(arguments[0]);
      const auto whole = position ? position->to_integer() : std::nullopt;
      if (whole && *whole >= 0 && *whole < static_cast<std::int64_t>(items.size()))
        return items[static_cast<std::size_t>(*whole)];
      return evaluator_.fail(TroubleKind::index, node, "there is no item {0} in a list of {1}", arguments[0],
                             Value::integer(static_cast<std::int64_t>(items.size())));
    }
  }
  return no_method(name, of, node);
}

Value JuelEvaluation::context_method(const Value& of, std::string_view name, std::span<const Value> arguments,
                                     const Node& node) {
  if (arguments.empty()) {
    if (name == "size") return Value::integer(static_cast<std::int64_t>(of.entries().size()));
    if (name == "isEmpty") return Value::boolean(of.entries().empty());
    std::string made;
    const std::string_view getter = getter_property(name, made);
    if (!getter.empty()) {
      const Value* entry = of.find(Key(getter));
      if (entry != nullptr) return *entry;
      return evaluator_.fail(TroubleKind::no_entry, node, "the context has no entry '{0:n}'",
                             Value::string(getter, evaluator_.arena()));
    }
  } else if (arguments.size() == 1 && arguments[0].is(Kind::string)) {
    const Value* entry = of.find(Key(arguments[0].text()));
    if (name == "containsKey" || name == "hasProp" || name == "has") return Value::boolean(entry != nullptr);
    if (name == "get" || name == "prop") return entry != nullptr ? *entry : Value{};
  } else if (arguments.size() == 2 && name == "getOrDefault" && arguments[0].is(Kind::string)) {
    const Value* entry = of.find(Key(arguments[0].text()));
    return entry != nullptr ? *entry : arguments[1];
  }
  return no_method(name, of, node);
}

Value JuelEvaluation::execution_method(std::string_view name, std::span<const Value> arguments,
                                       const Node& node) {
  if (arguments.size() == 1 && arguments[0].is(Kind::string)) {
    const Value* found =
        evaluator_.scope() != nullptr ? evaluator_.scope()->find(Key(arguments[0].text())) : nullptr;
    if (name == "hasVariable" || name == "hasVariableLocal") return Value::boolean(found != nullptr);
    if (name == "getVariable" || name == "getVariableLocal" || name == "getVariableTyped")
      return found != nullptr ? *found : Value{};
  }
  return evaluator_.fail(TroubleKind::unsupported, node, "execution.{0:n}() cannot be called here",
                         Value::string(name));
}

/// jBPM's KieFunctions, which its modeler writes into conditions.
Value JuelEvaluation::kie_function(std::string_view name, std::span<const Value> arguments,
                                   const Node& node) {
  if (arguments.size() == 1) {
    const Value& of = arguments[0];
    if (name == "isNull") return Value::boolean(of.is_null());
    if (name == "isEmpty") return Value::boolean(of.is_null() || value::to_text(of).empty());
    if (name == "isTrue" || name == "isFalse") {
      if (of.is_null()) return Value::boolean(false);
      const Truth holds = truth(of, node);
      return holds ? Value::boolean(*holds == (name == "isTrue")) : Value{};
    }
  } else if (arguments.size() == 2) {
    const Value& one = arguments[0];
    const Value& other = arguments[1];
    if (name == "equalsTo") return Value::boolean(equal(one, other));
    if (one.is_null()) return Value::boolean(false);
    const std::string all = value::to_text(one), part = value::to_text(other);
    if (name == "contains") return Value::boolean(all.find(part) != std::string::npos);
    if (name == "startsWith") return Value::boolean(all.starts_with(part));
    if (name == "endsWith") return Value::boolean(all.ends_with(part));
    const auto found = order(one, other);
    if (name == "greaterThan") return Value::boolean(found && *found > 0);
    if (name == "greaterOrEqualThan") return Value::boolean(found && *found >= 0);
    if (name == "lessThan") return Value::boolean(found && *found < 0);
    if (name == "lessOrEqualThan") return Value::boolean(found && *found <= 0);
  } else if (arguments.size() == 3 && name == "between" && !arguments[0].is_null()) {
    const auto low = order(arguments[0], arguments[1]), high = order(arguments[0], arguments[2]);
    return Value::boolean(low && high && *low >= 0 && *high <= 0);
  }
  return evaluator_.fail(TroubleKind::unknown_function, node, "there is no function 'KieFunctions.{0:n}'",
                         Value::string(name));
}

/// Flowable's functions on collections: the second argument is one item or several, a text with commas too.
Value JuelEvaluation::collection_function(std::string_view name, std::span<const Value> arguments,
                                          const Node& node) {
  const std::string_view local = name.substr(std::string_view("collection:").size());
  const auto items = [&](const Value& of, std::vector<Value>& made) {
    if (of.is(Kind::list)) {
      made.assign(of.items().begin(), of.items().end());
    } else if (of.is(Kind::string)) {
      std::string_view rest = of.text();
      for (std::size_t comma = 0; comma != std::string_view::npos;) {
        comma = rest.find(',');
        made.push_back(Value::string(rest.substr(0, comma)));
        if (comma != std::string_view::npos) rest.remove_prefix(comma + 1);
      }
    } else {
      made.push_back(of);
    }
  };
  if (arguments[0].is_null()) return Value::boolean(local.starts_with("not"));
  std::vector<Value> all;
  std::vector<Value> wanted;
  items(arguments[0], all);
  items(arguments[1], wanted);
  const auto held = [&](const Value& each) {
    return std::any_of(all.begin(), all.end(), [&](const Value& item) { return equal(item, each); });
  };
  if (local == "contains") return Value::boolean(std::all_of(wanted.begin(), wanted.end(), held));
  if (local == "notContains") return Value::boolean(!std::all_of(wanted.begin(), wanted.end(), held));
  if (local == "containsAny") return Value::boolean(std::any_of(wanted.begin(), wanted.end(), held));
  if (local == "notContainsAny") return Value::boolean(std::none_of(wanted.begin(), wanted.end(), held));
  return evaluator_.fail(TroubleKind::unknown_function, node, "there is no function '{0:n}'",
                         Value::string(name));
}

/// Joda's methods of dates, which Flowable files call on dateTime(): plusDays(5), minusHours(1), toDate().
Value JuelEvaluation::temporal_method(const Value& of, std::string_view name,
                                      std::span<const Value> arguments, const Node& node) {
  if (name == "toDate" && arguments.empty()) return of;
  const bool plus = name.starts_with("plus");
  const auto count = arguments.size() == 1 ? number(arguments[0]) : std::nullopt;
  const auto whole = count ? count->to_integer() : std::nullopt;
  if ((!plus && !name.starts_with("minus")) || !whole) return no_method(name, of, node);
  const std::int64_t amount = whole.value_or(0);
  struct Unit {
    std::string_view name;
    const char* before;
    const char* after;
  };
  constexpr Unit units[] = {{"Years", "P", "Y"},   {"Months", "P", "M"}, {"Weeks", "P", "W"},
                            {"Days", "P", "D"},    {"Hours", "PT", "H"}, {"Minutes", "PT", "M"},
                            {"Seconds", "PT", "S"}};
  for (const Unit& unit : units) {
    if (name.substr(plus ? 4 : 5) != unit.name) continue;
    const bool back = plus == (amount < 0);
    const std::string digits = std::to_string(amount).substr(amount < 0 ? 1 : 0);
    const auto period = value::parse_period(unit.before + digits + unit.after);
    if (!period) break;
    const Value duration =
        period->has_years_months ? Value::duration(period->years_months) : Value::duration(period->days_time);
    return evaluator_.arithmetic(back ? Operator::subtract : Operator::add, of, duration, node);
  }
  return no_method(name, of, node);
}

/// Flowable's functions on variables, whose first argument is a variable's name or its value.
Value JuelEvaluation::variable_function(std::string_view name, std::span<const Value> arguments,
                                        const Node& node) {
  const auto resolved = [&](const Value& given) {
    if (!given.is(Kind::string) || evaluator_.scope() == nullptr) return given;
    const Value* found = evaluator_.scope()->find(Key(given.text()));
    return found != nullptr ? *found : Value{};
  };
  if (arguments.empty() && (name == "dateTime" || name == "now")) {
    if (!evaluator_.workspace().now)
      return evaluator_.fail(TroubleKind::unsupported, node, "the time is not known here");
    return Value::date_time(*evaluator_.workspace().now);
  }
  if (arguments.size() == 1 && (name == "S" || name == "JSON") && !arguments[0].is(Kind::string))
    return arguments[0];  // Camunda Spin: its nodes are plain values here
  if (name.starts_with("collection:") && arguments.size() == 2)
    return collection_function(name, arguments, node);
  std::string_view local = name;
  for (const std::string_view prefix : {"variables:", "vars:", "var:"})
    if (local.starts_with(prefix)) local.remove_prefix(prefix.size());
  if (local.size() != name.size() && !arguments.empty()) {
    // Written unquoted, the first argument is the variable itself.
    const Value first = node.items[0]->kind == NodeKind::literal ? resolved(arguments[0]) : arguments[0];
    if (arguments.size() == 1) {
      if (local == "get") return first;
      if (local == "exists") return Value::boolean(!first.is_null());
      if (local == "empty" || local == "isEmpty")
        return Value::boolean(first.is_null() || (first.is(Kind::string) && first.text().empty()) ||
                              (first.is(Kind::list) && first.items().empty()));
    } else if (arguments.size() == 2) {
      const Value& second = arguments[1];
      if (local == "getOrDefault") return first.is_null() ? second : first;
      if (local == "equals" || local == "eq") return Value::boolean(equal(first, second));
      if (local == "notEquals" || local == "ne") return Value::boolean(!equal(first, second));
      const auto found = order(first, second);
      const auto answer = [&](bool yes) { return Value::boolean(found.has_value() && yes); };
      if (local == "lowerThan" || local == "lessThan" || local == "lt") return answer(found && *found < 0);
      if (local == "lowerThanOrEquals" || local == "lessThanOrEquals" || local == "lte")
        return answer(found && *found <= 0);
      if (local == "greaterThan" || local == "gt") return answer(found && *found > 0);
      if (local == "greaterThanOrEquals" || local == "gte") return answer(found && *found >= 0);
    }
    if (local == "contains" || local == "containsAny") {
      const bool needs_all = local == "contains";
      const auto holds = [&](const Value& wanted) {
        if (first.is(Kind::string) && wanted.is(Kind::string))
          return first.text().find(wanted.text()) != std::string_view::npos;
        if (!first.is(Kind::list)) return false;
        return std::any_of(first.items().begin(), first.items().end(),
                           [&](const Value& item) { return equal(item, wanted); });
      };
      const auto wanted = arguments.subspan(1);
      return Value::boolean(needs_all ? std::all_of(wanted.begin(), wanted.end(), holds)
                                      : std::any_of(wanted.begin(), wanted.end(), holds));
    }
  }
  return evaluator_.fail(TroubleKind::unknown_function, node, "there is no function '{0:n}'",
                         Value::string(name));
}

}  // namespace weir::feel
