#include "core/dmn/results.hpp"

namespace weir::dmn {

namespace {

const Table* table_of(Decision decision) {
  const Element& from = element(decision);
  return from.logic.form == Boxed::Form::table ? from.logic.table.get() : nullptr;
}

/// Several outputs are a context already.
bool has_names(Decision decision) {
  const Table* table = table_of(decision);
  if (table != nullptr) return table->outputs.size() > 1 && table->aggregation == Aggregation::none;
  const Element& from = element(decision);
  return from.kind == Element::Kind::decision_service && from.outputs.size() > 1;
}

std::string_view output_name(Decision decision) {
  const Table* table = table_of(decision);
  if (table != nullptr && table->outputs.size() == 1 && !table->outputs[0].name.name.empty())
    return table->outputs[0].name.name;
  const Element& from = element(decision);
  return from.result_name.empty() ? from.name : from.result_name;
}

}  // namespace

bool gives_list(Decision decision) {
  const Table* table = table_of(decision);
  if (table == nullptr) return false;
  return table->hit_policy == HitPolicy::rule_order || table->hit_policy == HitPolicy::output_order ||
         (table->hit_policy == HitPolicy::collect && table->aggregation == Aggregation::none);
}

Value rows(Decision decision, const Value& result, bool nothing, value::Arena& arena) {
  if (nothing && result.is_null()) return Value::list({});
  const auto row = [&](const Value& value) {
    if (has_names(decision)) return value;
    auto* entry = arena.array<value::Entry>(1);
    ::new (static_cast<void*>(entry)) value::Entry{Key(output_name(decision)), value};
    return Value::context({entry, 1});
  };
  const bool several = gives_list(decision) && result.is(value::Kind::list);
  const std::span<const Value> results = several ? result.items() : std::span<const Value>(&result, 1);
  auto* made = arena.array<Value>(results.size());
  for (std::size_t i = 0; i < results.size(); ++i)
    ::new (static_cast<void*>(made + i)) Value(row(results[i]));
  return Value::list({made, results.size()});
}

}  // namespace weir::dmn
