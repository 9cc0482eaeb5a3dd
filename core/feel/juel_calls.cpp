// The names that juel_methods.cpp answers to. Whether an object has a method is only known when it is there;
// what has none of these names can never be called.
#include <algorithm>
#include <array>

#include "core/feel/check.hpp"
#include "core/feel/juel.hpp"

namespace weir::feel {

namespace {

// Sorted.
constexpr auto methods = std::to_array<std::string_view>({
    "boolValue",
    "booleanValue",
    "compareTo",
    "concat",
    "contains",
    "containsAll",
    "containsKey",
    "doubleValue",
    "elementAt",
    "elements",
    "endsWith",
    "equals",
    "equalsIgnoreCase",
    "get",
    "getOrDefault",
    "getVariable",
    "getVariableLocal",
    "getVariableTyped",
    "has",
    "hasProp",
    "hasVariable",
    "hasVariableLocal",
    "indexOf",
    "intValue",
    "isBlank",
    "isEmpty",
    "length",
    "longValue",
    "minusDays",
    "minusHours",
    "minusMinutes",
    "minusMonths",
    "minusSeconds",
    "minusWeeks",
    "minusYears",
    "numberValue",
    "plusDays",
    "plusHours",
    "plusMinutes",
    "plusMonths",
    "plusSeconds",
    "plusWeeks",
    "plusYears",
    "prop",
    "size",
    "startsWith",
    "stringValue",
    "strip",
    "substring",
    "toDate",
    "toLowerCase",
    "toString",
    "toUpperCase",
    "trim",
    "value",
});
static_assert(std::is_sorted(methods.begin(), methods.end()));

constexpr auto variable_functions = std::to_array<std::string_view>({
    "contains",
    "containsAny",
    "empty",
    "eq",
    "equals",
    "exists",
    "get",
    "getOrDefault",
    "greaterThan",
    "greaterThanOrEquals",
    "gt",
    "gte",
    "isEmpty",
    "lessThan",
    "lessThanOrEquals",
    "lowerThan",
    "lowerThanOrEquals",
    "lt",
    "lte",
    "ne",
    "notEquals",
});
static_assert(std::is_sorted(variable_functions.begin(), variable_functions.end()));

constexpr auto functions = std::to_array<std::string_view>({
    "JSON",
    "S",
    "collection:contains",
    "collection:containsAny",
    "collection:notContains",
    "collection:notContainsAny",
    "dateTime",
    "now",
});
static_assert(std::is_sorted(functions.begin(), functions.end()));

// Of jBPM's KieFunctions. Sorted.
constexpr auto kie_functions = std::to_array<std::string_view>({
    "between",
    "contains",
    "endsWith",
    "equalsTo",
    "greaterOrEqualThan",
    "greaterThan",
    "isEmpty",
    "isFalse",
    "isNull",
    "isTrue",
    "lessOrEqualThan",
    "lessThan",
    "startsWith",
});
static_assert(std::is_sorted(kie_functions.begin(), kie_functions.end()));

template <class Names>
bool among(const Names& names, std::string_view name) {
  return std::binary_search(names.begin(), names.end(), name);
}

/// getX(), isX(): the entry x of a context.
bool is_getter(const Node& call) {
  const std::string_view name = call.key.text();
  const std::size_t prefix = name.starts_with("get") ? 3 : name.starts_with("is") ? 2 : 0;
  return call.items.empty() && prefix != 0 && name.size() > prefix && name[prefix] >= 'A' &&
         name[prefix] <= 'Z';
}

bool is_known(const Node& call) {
  std::string_view name = call.key.text();
  if (call.left != nullptr && call.left->kind == NodeKind::juel_variable &&
      call.left->key.text() == "KieFunctions")
    return among(kie_functions, name);
  if (call.left != nullptr) return among(methods, name) || is_getter(call);
  for (const std::string_view prefix : {"variables:", "vars:", "var:"})
    if (name.starts_with(prefix)) return among(variable_functions, name.substr(prefix.size()));
  return among(functions, name);
}

}  // namespace

std::vector<std::string_view> foreign_calls(const Node& root) {
  std::vector<std::string_view> found;
  const auto visit = [&](const Node& node) {
    if (node.kind != NodeKind::juel_method || is_known(node)) return;
    if (std::find(found.begin(), found.end(), node.key.text()) == found.end())
      found.push_back(node.key.text());
  };
  each_node(root, visit);
  return found;
}

}  // namespace weir::feel
