#include "core/dmn/boxes.hpp"

#include <algorithm>

#include "core/feel/check.hpp"
#include "core/feel/intervals.hpp"

namespace weir::dmn {

namespace {

using feel::Node;
using feel::NodeKind;

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first));
}

/// A variable, or an entry of one.
bool is_path(const Node& node) {
  return node.kind == NodeKind::global || (node.kind == NodeKind::path && is_path(*node.left));
}

const Type* type_of_path(const Node& node, TypeOf type_of, const void* where) {
  if (node.kind == NodeKind::global) return type_of(node.key, where);
  if (node.kind != NodeKind::path) return nullptr;
  const Type* whole = type_of_path(*node.left, type_of, where);
  if (whole == nullptr || whole->form != Type::Form::context) return nullptr;
  for (std::size_t i = 0; i < whole->names.size(); ++i)
    if (whole->names[i] == node.key) return whole->parts[i];
  return nullptr;
}

/// Columns of one input expression.
struct Column {
  std::vector<std::size_t> columns;
  const feel::Expression* expression = nullptr;
  bool opaque = false;  // nothing is known about its values
};

class Builder {
 public:
  Builder(const CompiledTable& table, TypeOf type_of, const void* where)
      : table_(table), type_of_(type_of), where_(where) {}
  Boxes run();

 private:
  void group_columns();
  void find_dependent();
  void build_input(const Column& column);
  std::uint32_t keep(Regions regions) {
    made_.sets.push_back(std::move(regions));
    return static_cast<std::uint32_t>(made_.sets.size() - 1);
  }

  const CompiledTable& table_;
  TypeOf type_of_;
  const void* where_;
  std::vector<Column> columns_;
  Boxes made_;
};

void Builder::group_columns() {
  std::unordered_map<std::string, std::size_t> known;
  for (std::size_t i = 0; i < table_.inputs.size(); ++i) {
    std::string label = trimmed(table_.source->inputs[i].expression.text.text);
    const auto [at, fresh] = known.try_emplace(label, columns_.size());
    if (fresh) {
      columns_.emplace_back().expression =
          table_.inputs[i].expression ? &*table_.inputs[i].expression : nullptr;
      made_.inputs.emplace_back().label = std::move(label);
    }
    columns_[at->second].columns.push_back(i);
  }
}

/// `x` and `x + 1` do not vary independently: of two such inputs the one that computes is not looked at.
void Builder::find_dependent() {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    Column& column = columns_[i];
    if (column.expression == nullptr) {
      column.opaque = true;
      continue;
    }
    if (is_path(column.expression->root())) continue;
    const auto names = column.expression->variables();
    for (std::size_t j = 0; j < columns_.size(); ++j) {
      if (j == i || columns_[j].expression == nullptr) continue;
      const auto others = columns_[j].expression->variables();
      column.opaque = column.opaque || std::find_first_of(names.begin(), names.end(), others.begin(),
                                                          others.end()) != names.end();
    }
  }
}

void Builder::build_input(const Column& column) {
  Boxes::Input& input = made_.inputs[static_cast<std::size_t>(&column - columns_.data())];
  bool opaque = column.opaque;
  Kind kind = Kind::null;
  // What the values are limited to.
  std::vector<feel::ValueSet> allowed;
  const auto limit = [&](const feel::Expression& tests) {
    if (feel::accepts_all(tests)) return;
    auto set = feel::value_set(tests, kind);
    if (set)
      allowed.push_back(std::move(*set));
    else
      opaque = true;
  };
  const auto limit_by_type = [&](const Type* type) {
    if (type == nullptr || type->form == Type::Form::any) return;
    if (type->form != Type::Form::simple) opaque = true;
    if (type->form == Type::Form::simple && kind == Kind::null) kind = type->kind;
    if (type->allowed) limit(*type->allowed);
  };
  for (const std::size_t c : column.columns) {
    limit_by_type(table_.inputs[c].type);
    if (table_.inputs[c].allowed) limit(*table_.inputs[c].allowed);
  }
  if (column.expression != nullptr) limit_by_type(type_of_path(column.expression->root(), type_of_, where_));

  std::unordered_map<std::uint32_t, std::optional<feel::ValueSet>> tests;  // by expression
  std::vector<const feel::ValueSet*> sets;
  for (const feel::ValueSet& each : allowed) sets.push_back(&each);
  for (std::size_t rule = 0; rule < table_.rules() && !opaque; ++rule)
    for (const std::size_t c : column.columns) {
      const std::uint32_t cell = table_.tests[rule * table_.inputs.size() + c];
      if (cell == CompiledTable::any || feel::accepts_all(table_.expressions[cell])) continue;
      const auto [at, fresh] = tests.try_emplace(cell);
      if (fresh) at->second = feel::value_set(table_.expressions[cell], kind);
    }
  for (const auto& [cell, set] : tests)
    if (set) sets.push_back(&*set);
  if (!opaque) opaque = !input.axis.build(kind, sets);
  if (opaque) tests.clear();
  input.domain = input.axis.all();
  if (!opaque)
    for (const feel::ValueSet& each : allowed) input.domain = intersection(input.domain, input.axis.of(each));

  const std::uint32_t everything = keep(input.domain);
  std::unordered_map<std::uint32_t, std::uint32_t> regions;  // by expression
  const auto at = static_cast<std::size_t>(&column - columns_.data());
  for (std::size_t rule = 0; rule < table_.rules(); ++rule) {
    std::uint32_t& to = made_.cells[rule * made_.inputs.size() + at];
    to = everything;
    for (const std::size_t c : column.columns) {
      const std::uint32_t cell = table_.tests[rule * table_.inputs.size() + c];
      if (cell == CompiledTable::any || feel::accepts_all(table_.expressions[cell])) continue;
      const auto found = tests.find(cell);
      if (found == tests.end() || !found->second) {
        made_.exact[rule] = false;
        continue;
      }
      const auto [known, fresh] = regions.try_emplace(cell);
      if (fresh) known->second = keep(intersection(input.domain, input.axis.of(*found->second)));
      to = to == everything ? known->second : keep(intersection(made_.sets[to], made_.sets[known->second]));
    }
  }
}

Boxes Builder::run() {
  group_columns();
  find_dependent();
  made_.cells.resize(table_.rules() * made_.inputs.size());
  made_.exact.assign(table_.rules(), true);
  for (const Column& column : columns_) build_input(column);
  return std::move(made_);
}

}  // namespace

std::string Boxes::describe(const std::vector<std::uint32_t>& regions) const {
  std::string text;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i].axis.size() == 1) continue;  // all values are alike
    if (!text.empty()) text += ", ";
    text += inputs[i].label + ' ' + inputs[i].axis.witness(regions[i]);
  }
  return text.empty() ? "any input" : text;
}

Boxes boxes_of(const CompiledTable& table, TypeOf type_of, const void* where) {
  return Builder(table, type_of, where).run();
}

}  // namespace weir::dmn
