// Decision tables (DMN 1.5 section 8.2.8 to 8.2.11): which rules match, and what their hit policy makes of
// them.
#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "core/dmn/run.hpp"
#include "core/value/print.hpp"

namespace weir::dmn {

namespace {

using value::Entry;

/// Rule numbers in ascending order; few of them need no memory of the arena.
class Matches {
 public:
  explicit Matches(value::Arena& arena) : arena_(arena) {}
  void add(std::uint32_t rule) {
    if (size_ == capacity_) {
      if (rules_ == few_) {
        rules_ = arena_.array<std::uint32_t>(4 * capacity_);
        std::copy(few_, few_ + size_, rules_);
      } else {
        rules_ = arena_.grow(rules_, size_, 4 * capacity_);
      }
      capacity_ *= 4;
    }
    rules_[size_++] = rule;
  }
  [[nodiscard]] std::span<std::uint32_t> all() { return {rules_, size_}; }

 private:
  value::Arena& arena_;
  std::uint32_t few_[16];
  std::uint32_t* rules_ = few_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 16;
};

class TableRun {
 public:
  TableRun(Run& run, const CompiledTable& table, const Scope& scope)
      : run_(run), table_(table), scope_(scope), matches_(run.workspace.arena) {}
  Value result();

 private:
  bool read_inputs();
  void find_matches();
  void explain();
  [[nodiscard]] bool test(std::size_t rule, std::size_t column) {
    const std::uint32_t cell = table_.tests[rule * table_.inputs.size() + column];
    return cell == CompiledTable::any || test_cell(cell, column);
  }
  [[nodiscard]] bool test_cell(std::uint32_t cell, std::size_t column) {
    const feel::Expression& test = table_.expressions[cell];
    if (test.language() == feel::Language::juel) return juel_cell(test, column);
    return run_.expression(test, scope_, inputs_[column]).is_true();
  }
  /// Tests in JUEL have no `?`: the input is a variable, and the whole expression is true or not (Camunda 7).
  [[nodiscard]] bool juel_cell(const feel::Expression& test, std::size_t column) {
    const Entry input{table_.inputs[column].variable, inputs_[column]};
    return run_.expression(test, Scope{{&input, 1}, &scope_}).is_true();
  }
  /// Value of one output entry.
  Value entry(std::size_t rule, std::size_t output);
  Value output(std::size_t rule);
  Value combined(const Value* values);
  Value otherwise();
  Value aggregated(std::span<const Value> values);
  std::size_t rank(const Value& value, const CompiledTable::Output& output);
  Value list();
  bool sort_by_outputs();
  [[nodiscard]] std::string rule_name(std::uint32_t rule) const {
    const std::string& id = table_.source->rules[rule].id;
    return id.empty() ? fmt::format("rule {}", rule + 1) : fmt::format("rule {} ({})", rule + 1, id);
  }

  Run& run_;
  const CompiledTable& table_;
  const Scope& scope_;
  Value* inputs_ = nullptr;
  Matches matches_;
};

bool TableRun::read_inputs() {
  inputs_ = run_.workspace.arena.array<Value>(table_.inputs.size());
  for (std::size_t i = 0; i < table_.inputs.size(); ++i) {
    const CompiledTable::Input& input = table_.inputs[i];
    const Table::Input& source = table_.source->inputs[i];
    Value value = input.expression ? run_.expression(*input.expression, scope_) : Value{};
    if (input.type != nullptr) {
      const Value typed = run_.typed(value, input.type, source.expression.span, "input");
      if (typed.is_null() && !value.is_null()) return false;
      value = typed;
    }
    ::new (static_cast<void*>(inputs_ + i)) Value(value);
    if (!input.allowed || value.is_null()) continue;
    if (!run_.expression(*input.allowed, scope_, value).is_true()) {
      run_.fail("dmn-value-not-allowed",
                fmt::format("the input {} is none of the values that the column allows",
                            value.weight() < 20 ? value::to_literal(value) : "value"),
                source.values.span);
      return false;
    }
  }
  return true;
}

void TableRun::find_matches() {
  const std::size_t rules = table_.rules();
  const std::size_t columns = table_.inputs.size();
  const bool first_only = table_.source->hit_policy == HitPolicy::first;
  constexpr std::size_t most_columns = 32;
  if (table_.index.empty() || columns > most_columns) {
    for (std::size_t rule = 0; rule < rules; ++rule) {
      bool all = true;
      for (std::size_t c = 0; c < columns && all; ++c) all = test(rule, c);
      if (!all) continue;
      matches_.add(static_cast<std::uint32_t>(rule));
      if (first_only) return;
    }
    return;
  }
  const std::uint64_t* rows[most_columns];
  std::size_t row_count = 0;
  std::size_t first = 0, last = table_.index.words();
  std::uint32_t open_columns = 0;  // tests there must be evaluated, all or some
  for (std::size_t c = 0; c < columns; ++c) {
    const ColumnIndex& column = table_.index.column(c);
    const ColumnIndex::Row row = column.indexed() ? column.find(inputs_[c]) : ColumnIndex::Row{};
    if (row.bits == nullptr || column.has_maybe()) open_columns |= 1u << c;
    if (row.bits == nullptr) continue;
    rows[row_count++] = row.bits;
    first = std::max<std::size_t>(first, row.first);
    last = std::min<std::size_t>(last, row.last);
  }
  for (std::size_t w = first; w < last; ++w) {
    std::uint64_t bits = ~std::uint64_t{0};
    for (std::size_t i = 0; i < row_count; ++i) bits &= rows[i][w];
    if (w + 1 == table_.index.words() && rules % 64 != 0) bits &= (std::uint64_t{1} << (rules % 64)) - 1;
    for (; bits != 0; bits &= bits - 1) {
      const std::size_t rule = w * 64 + static_cast<std::size_t>(std::countr_zero(bits));
      bool all = true;
      for (std::uint32_t open = open_columns; open != 0 && all; open &= open - 1)
        all = test(rule, static_cast<std::size_t>(std::countr_zero(open)));
      if (!all) continue;
      matches_.add(static_cast<std::uint32_t>(rule));
      if (first_only) return;
    }
  }
}

void TableRun::explain() {
  Explanation::TableTrace& trace = run_.explanation->tables.emplace_back();
  trace.decision = run_.current != nullptr ? run_.current->source->name : std::string{};
  trace.table = table_.source;
  for (std::size_t i = 0; i < table_.inputs.size(); ++i) {
    const Table::Input& source = table_.source->inputs[i];
    trace.inputs.push_back(
        {source.expression.text.text, inputs_[i].weight() < 200 ? value::to_literal(inputs_[i]) : "..."});
  }
  if (run_.explanation->matches_only) {
    for (const std::uint32_t rule : matches_.all())
      trace.rules.push_back({table_.source->rules[rule].id, rule + std::size_t{1}, true, {}});
    return;
  }
  const std::size_t before = run_.diagnostics.size();
  for (std::size_t rule = 0; rule < table_.rules(); ++rule) {
    Explanation::Rule& made = trace.rules.emplace_back();
    made.id = table_.source->rules[rule].id;
    made.number = rule + 1;
    for (std::size_t c = 0; c < table_.inputs.size(); ++c)
      if (!test(rule, c)) made.failed.push_back(c);
    made.matched = made.failed.empty();
  }
  run_.diagnostics.list().resize(before);
}

Value TableRun::entry(std::size_t rule, std::size_t output) {
  const std::uint32_t cell = table_.entries[rule * table_.outputs.size() + output];
  if (cell == CompiledTable::any) return {};
  const CompiledTable::Output& to = table_.outputs[output];
  const Value value = run_.typed(run_.expression(table_.expressions[cell], scope_), to.type,
                                 table_.source->rules[rule].outputs[output].span, "output");
  if (to.allowed && !value.is_null() && !run_.expression(*to.allowed, scope_, value).is_true())
    return run_.fail("dmn-value-not-allowed", "the output is none of the values that the column allows",
                     table_.source->rules[rule].outputs[output].span);
  return value;
}

Value TableRun::combined(const Value* values) {
  auto* entries = run_.workspace.arena.array<Entry>(table_.outputs.size());
  for (std::size_t i = 0; i < table_.outputs.size(); ++i)
    ::new (static_cast<void*>(entries + i)) Entry{table_.outputs[i].name, values[i]};
  return Value::context({entries, table_.outputs.size()});
}

Value TableRun::output(std::size_t rule) {
  if (table_.outputs.size() == 1) return entry(rule, 0);
  auto* values = run_.workspace.arena.array<Value>(table_.outputs.size());
  for (std::size_t i = 0; i < table_.outputs.size(); ++i)
    ::new (static_cast<void*>(values + i)) Value(entry(rule, i));
  return combined(values);
}

Value TableRun::otherwise() {
  auto* values = run_.workspace.arena.array<Value>(table_.outputs.size());
  bool any = false;
  for (std::size_t i = 0; i < table_.outputs.size(); ++i) {
    const CompiledTable::Output& output = table_.outputs[i];
    any = any || output.default_entry.has_value();
    const Value value = output.default_entry ? run_.typed(run_.expression(*output.default_entry, scope_),
                                                          output.type, output.default_entry->span(), "output")
                                             : Value{};
    ::new (static_cast<void*>(values + i)) Value(value);
  }
  if (!any) {
    if (table_.source->hit_policy == HitPolicy::collect && table_.source->aggregation == Aggregation::count)
      return Value::integer(0);
    return run_.fail("dmn-no-rule", "no rule of the table matches, and it has no default output",
                     table_.source->hit_policy_span);
  }
  return table_.outputs.size() == 1 ? values[0] : combined(values);
}

/// Position in the list of output values; those that are not in it come last.
std::size_t TableRun::rank(const Value& value, const CompiledTable::Output& output) {
  for (std::size_t i = 0; i < output.order.size(); ++i)
    if (value::same(output.order[i], value, run_.workspace.zones)) return i;
  return output.order.size();
}

/// The most important output first; rules of one rank stay in their order.
bool TableRun::sort_by_outputs() {
  const auto rules = matches_.all();
  const std::size_t outputs = table_.outputs.size();
  std::vector<std::pair<std::vector<std::size_t>, std::uint32_t>> ranked;
  for (const std::uint32_t rule : rules) {
    auto& made = ranked.emplace_back();
    made.second = rule;
    for (std::size_t o = 0; o < outputs; ++o)
      made.first.push_back(table_.outputs[o].order.empty() ? 0 : rank(entry(rule, o), table_.outputs[o]));
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 0; i < rules.size(); ++i) rules[i] = ranked[i].second;
  return std::any_of(table_.outputs.begin(), table_.outputs.end(),
                     [](const CompiledTable::Output& output) { return !output.order.empty(); });
}

Value TableRun::aggregated(std::span<const Value> values) {
  const Aggregation how = table_.source->aggregation;
  if (how == Aggregation::count) return Value::integer(static_cast<std::int64_t>(values.size()));
  Value result = values[0];
  if (how == Aggregation::sum && !result.is(value::Kind::number))
    return run_.fail("feel-type-mismatch", "only numbers can be added up", table_.source->hit_policy_span);
  feel::Evaluator evaluator(run_.workspace, nullptr, {});
  static const feel::Node nowhere;
  for (const Value& value : values.subspan(1)) {
    if (how == Aggregation::sum) {
      const std::size_t before = run_.workspace.trouble_count();
      result = evaluator.arithmetic(feel::Operator::add, result, value, nowhere);
      run_.workspace.drop_troubles_after(before);
      if (result.is(value::Kind::number)) continue;
      return run_.fail("feel-type-mismatch", "only numbers can be added up", table_.source->hit_policy_span);
    }
    const auto order = value::compare(value, result, run_.workspace.zones);
    if (!order)
      return run_.fail("feel-type-mismatch", "the outputs have no order", table_.source->hit_policy_span);
    if (how == Aggregation::min ? *order < 0 : *order > 0) result = value;
  }
  return result;
}

Value TableRun::list() {
  const auto rules = matches_.all();
  auto* values = run_.workspace.arena.array<Value>(rules.size());
  for (std::size_t i = 0; i < rules.size(); ++i)
    ::new (static_cast<void*>(values + i)) Value(output(rules[i]));
  const std::span<const Value> all(values, rules.size());
  if (table_.source->hit_policy != HitPolicy::collect || table_.source->aggregation == Aggregation::none)
    return Value::list(all);
  if (table_.outputs.size() > 1 && table_.source->aggregation != Aggregation::count)
    return run_.fail("feel-type-mismatch", "a table with several outputs cannot be aggregated",
                     table_.source->hit_policy_span);
  return aggregated(all);
}

Value TableRun::result() {
  if (table_.outputs.empty())
    return run_.fail("dmn-no-logic", "the table has no output", table_.source->hit_policy_span);
  if (!read_inputs()) return {};
  const bool matches_only = run_.explanation != nullptr && run_.explanation->matches_only;
  if (run_.explanation != nullptr && !matches_only) explain();
  find_matches();
  if (matches_only) explain();
  const auto rules = matches_.all();
  if (rules.empty()) return otherwise();
  switch (table_.source->hit_policy) {
    case HitPolicy::unique:
      if (rules.size() > 1)
        return run_.fail("dmn-hit-policy",
                         fmt::format("{} and {} match both, but the hit policy is UNIQUE",
                                     rule_name(rules[0]), rule_name(rules[1])),
                         table_.source->rules[rules[1]].span);
      return output(rules[0]);
    case HitPolicy::any: {
      const Value first = output(rules[0]);
      for (const std::uint32_t rule : rules.subspan(1))
        if (!value::same(first, output(rule), run_.workspace.zones))
          return run_.fail(
              "dmn-hit-policy",
              fmt::format("{} and {} match both with different outputs, but the hit policy is ANY",
                          rule_name(rules[0]), rule_name(rule)),
              table_.source->rules[rule].span);
      return first;
    }
    case HitPolicy::first:
      return output(rules[0]);
    case HitPolicy::priority:
      if (rules.size() > 1 && !sort_by_outputs())
        return run_.fail("dmn-hit-policy",
                         "the hit policy is PRIORITY, but no output lists its values in order of priority",
                         table_.source->hit_policy_span);
      return output(rules[0]);
    case HitPolicy::output_order:
      if (rules.size() > 1 && !sort_by_outputs())
        return run_.fail("dmn-hit-policy",
                         "the hit policy is OUTPUT ORDER, but no output lists its values in their order",
                         table_.source->hit_policy_span);
      return list();
    case HitPolicy::rule_order:
    case HitPolicy::collect:
      return list();
  }
  return {};
}

}  // namespace

Value Run::decision_table(const CompiledTable& table, const Scope& scope) {
  return TableRun(*this, table, scope).result();
}

}  // namespace weir::dmn
