#include "core/dmn/coverage.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/dmn/coverage_search.hpp"
#include "core/value/compare.hpp"

namespace weir::dmn {

namespace {

class TableCheck {
 public:
  TableCheck(const CompiledTable& table, Boxes boxes, const CoverageLimits& limits, Diagnostics& out)
      : table_(table),
        from_(*table.source),
        boxes_(std::move(boxes)),
        limits_(limits),
        work_(limits.work),
        out_(out),
        reported_(table.rules(), false) {}
  void run();

 private:
  void find_unreachable();
  void find_meetings();
  void find_gaps(CoverageSearch& search);
  void find_shadowed(CoverageSearch& search);
  bool meet(std::size_t first, std::size_t second, std::vector<std::uint32_t>& where) const;
  enum class Outputs : std::uint8_t { same, different, unknown };
  [[nodiscard]] Outputs compare_outputs(std::size_t first, std::size_t second) const;
  [[nodiscard]] bool same_tests(std::size_t first, std::size_t second) const;
  /// PRIORITY: smaller ranks count first; empty when a rule's depends on variables.
  [[nodiscard]] std::vector<std::optional<std::vector<std::size_t>>> ranks() const;
  [[nodiscard]] std::string name(std::size_t rule) const {
    const std::string& id = from_.rules[rule].id;
    return id.empty() ? fmt::format("rule {}", rule + 1) : fmt::format("rule {} ({})", rule + 1, id);
  }
  Diagnostic& report(Severity severity, const char* code, std::string message, Span span) {
    Diagnostic& made = severity == Severity::error
                           ? out_.error(code, std::move(message), span, table_.element)
                           : out_.warning(code, std::move(message), span, table_.element);
    made.severity = severity;
    made.group = "decisions";
    return made;
  }
  void not_checked(std::string_view what) {
    report(Severity::info, "dmn-not-checked", fmt::format("the table is too large to look for {}", what),
           from_.hit_policy_span);
  }

  const CompiledTable& table_;
  const Table& from_;
  Boxes boxes_;
  const CoverageLimits& limits_;
  std::uint64_t work_;
  Diagnostics& out_;
  std::vector<bool> reported_;  // rules that never count: said already
};

/// Boxes without a place: tests that contradict each other, or values that are not allowed.
void TableCheck::find_unreachable() {
  for (std::size_t rule = 0; rule < table_.rules(); ++rule)
    for (std::size_t i = 0; i < boxes_.inputs.size() && !reported_[rule]; ++i) {
      if (!boxes_.cell(rule, i).empty()) continue;
      reported_[rule] = true;
      report(
          Severity::warning, "dmn-unreachable-rule",
          fmt::format("{} never matches: no value of {} passes its test", name(rule), boxes_.inputs[i].label),
          from_.rules[rule].span);
    }
}

bool TableCheck::meet(std::size_t first, std::size_t second, std::vector<std::uint32_t>& where) const {
  for (std::size_t i = 0; i < boxes_.inputs.size(); ++i) {
    const Regions& left = boxes_.cell(first, i);
    const Regions& right = boxes_.cell(second, i);
    bool found = false;
    for (std::size_t l = 0, r = 0; l < left.size() && r < right.size() && !found;) {
      const std::uint32_t from = std::max(left[l].first, right[r].first);
      found = from <= std::min(left[l].second, right[r].second);
      where[i] = from;
      left[l].second < right[r].second ? ++l : ++r;
    }
    if (!found) return false;
  }
  return true;
}

TableCheck::Outputs TableCheck::compare_outputs(std::size_t first, std::size_t second) const {
  const std::size_t outputs = table_.outputs.size();
  Outputs answer = Outputs::same;
  for (std::size_t o = 0; o < outputs; ++o) {
    const std::uint32_t left = table_.entries[first * outputs + o];
    const std::uint32_t right = table_.entries[second * outputs + o];
    if (left == right) continue;
    static const Value nothing;
    const Value* a = left == CompiledTable::any ? &nothing : table_.expressions[left].constant();
    const Value* b = right == CompiledTable::any ? &nothing : table_.expressions[right].constant();
    if (a == nullptr || b == nullptr) {
      answer = Outputs::unknown;
      continue;
    }
    const std::optional<bool> equal = value::equal(*a, *b);
    if (equal && !*equal) return Outputs::different;
    if (!equal) answer = Outputs::unknown;
  }
  return answer;
}

bool TableCheck::same_tests(std::size_t first, std::size_t second) const {
  const std::size_t inputs = table_.inputs.size();
  return std::equal(table_.tests.begin() + static_cast<std::ptrdiff_t>(first * inputs),
                    table_.tests.begin() + static_cast<std::ptrdiff_t>((first + 1) * inputs),
                    table_.tests.begin() + static_cast<std::ptrdiff_t>(second * inputs));
}

/// Pairs of rules: overlaps where the hit policy forbids them, else rules that say the same.
void TableCheck::find_meetings() {
  const HitPolicy policy = from_.hit_policy;
  const std::size_t rules = table_.rules();
  if (rules * (rules - 1) / 2 > limits_.pairs) return not_checked("rules that overlap or stand there twice");
  const bool exclusive = policy == HitPolicy::unique || policy == HitPolicy::any;
  std::vector<std::uint32_t> where(boxes_.inputs.size());
  std::size_t found = 0;
  for (std::size_t second = 1; second < rules; ++second)
    for (std::size_t first = 0; first < second; ++first) {
      const bool exact = boxes_.exact[first] && boxes_.exact[second];
      const bool meeting = exclusive && exact && meet(first, second, where);
      // Tests that are not known are the same all the same when they are written alike.
      const bool twin = !meeting || policy == HitPolicy::any ? same_tests(first, second) : false;
      if (!meeting && !twin) continue;
      const Outputs outputs = compare_outputs(first, second);
      if (meeting && (policy == HitPolicy::unique || outputs == Outputs::different)) {
        Diagnostic& made =
            report(Severity::error, "dmn-overlap",
                   fmt::format("{} and {} match both{}, but the hit policy is {}: {}", name(first),
                               name(second), policy == HitPolicy::any ? " with different outputs" : "",
                               policy == HitPolicy::any ? "ANY" : "UNIQUE", boxes_.describe(where)),
                   from_.rules[second].span);
        made.notes.push_back({name(first), from_.rules[first].span});
      } else if (twin && !reported_[second] && outputs == Outputs::same) {
        reported_[second] = true;
        Diagnostic& made = report(Severity::warning, "dmn-duplicate-rule",
                                  fmt::format("{} says the same as {}", name(second), name(first)),
                                  from_.rules[second].span);
        made.notes.push_back({name(first), from_.rules[first].span});
      } else {
        continue;
      }
      if (++found < limits_.pairs_reported) continue;
      out_.list().back().notes.push_back({"further rules of this table were not compared", {}});
      return;
    }
}

void TableCheck::find_gaps(CoverageSearch& search) {
  std::vector<const Regions*> box;
  for (const Boxes::Input& input : boxes_.inputs) box.push_back(&input.domain);
  Bits all((table_.rules() + 63) / 64, 0);
  for (std::size_t rule = 0; rule < table_.rules(); ++rule) all[rule / 64] |= std::uint64_t{1} << rule % 64;
  std::size_t found = 0;
  const auto answer = search.search(box, all, [&](const std::vector<std::uint32_t>& where) {
    report(Severity::warning, "dmn-gap", fmt::format("no rule matches {}", boxes_.describe(where)),
           from_.hit_policy_span);
    return ++found < limits_.gaps;
  });
  if (answer == CoverageSearch::Answer::unknown) not_checked("inputs that no rule matches");
}

std::vector<std::optional<std::vector<std::size_t>>> TableCheck::ranks() const {
  std::vector<std::optional<std::vector<std::size_t>>> made(table_.rules());
  const std::size_t outputs = table_.outputs.size();
  for (std::size_t rule = 0; rule < table_.rules(); ++rule) {
    std::vector<std::size_t> rank;
    bool known = true;
    for (std::size_t o = 0; o < outputs && known; ++o) {
      const std::vector<Value>& order = table_.outputs[o].order;
      if (order.empty()) continue;
      const std::uint32_t cell = table_.entries[rule * outputs + o];
      const Value* value = cell == CompiledTable::any ? nullptr : table_.expressions[cell].constant();
      known = value != nullptr;
      if (!known) break;
      const auto at = std::find_if(order.begin(), order.end(),
                                   [&](const Value& each) { return value::same(each, *value); });
      rank.push_back(static_cast<std::size_t>(at - order.begin()));
    }
    if (known && !rank.empty()) made[rule] = std::move(rank);
  }
  return made;
}

/// Rules whose whole box is taken by rules that count before them.
void TableCheck::find_shadowed(CoverageSearch& search) {
  const bool by_rank = from_.hit_policy == HitPolicy::priority;
  const auto ranked = by_rank ? ranks() : std::vector<std::optional<std::vector<std::size_t>>>{};
  if (table_.rules() * (table_.rules() - 1) / 2 > limits_.pairs) return not_checked("rules that never count");
  std::vector<std::uint32_t> where(boxes_.inputs.size());
  for (std::size_t rule = 0; rule < table_.rules(); ++rule) {
    if (reported_[rule]) continue;
    if (by_rank && !ranked[rule]) continue;
    Bits stronger((table_.rules() + 63) / 64, 0);
    std::vector<std::size_t> list;
    for (std::size_t other = 0; other < (by_rank ? table_.rules() : rule); ++other) {
      if (other == rule || !boxes_.exact[other]) continue;
      if (by_rank && (!ranked[other] || *ranked[other] > *ranked[rule] ||
                      (*ranked[other] == *ranked[rule] && other > rule)))
        continue;
      if (!meet(other, rule, where)) continue;
      stronger[other / 64] |= std::uint64_t{1} << other % 64;
      list.push_back(other);
    }
    if (list.empty()) continue;
    std::vector<const Regions*> box;
    for (std::size_t i = 0; i < boxes_.inputs.size(); ++i) box.push_back(&boxes_.cell(rule, i));
    const auto answer = search.search(box, stronger, [](const auto&) { return false; });
    if (answer == CoverageSearch::Answer::unknown) return not_checked("rules that never count");
    if (answer == CoverageSearch::Answer::uncovered) continue;
    reported_[rule] = true;
    std::string names;
    constexpr std::size_t few = 3;
    for (std::size_t i = 0; i < std::min(list.size(), few); ++i)
      names += (i == 0 ? "" : ", ") + name(list[i]);
    if (list.size() > few) names += " ...";
    report(Severity::warning, "dmn-shadowed-rule",
           fmt::format("{} never counts: where it matches, {} {} already", name(rule), names,
                       list.size() == 1 ? "does" : "do"),
           from_.rules[rule].span);
  }
}

void TableCheck::run() {
  const HitPolicy policy = from_.hit_policy;
  if (table_.rules() == 0 || boxes_.inputs.empty()) return;
  find_unreachable();
  const bool ordered = policy == HitPolicy::first || policy == HitPolicy::priority;
  const bool single = ordered || policy == HitPolicy::unique || policy == HitPolicy::any;
  const bool has_default = std::any_of(table_.outputs.begin(), table_.outputs.end(),
                                       [](const auto& output) { return output.default_entry.has_value(); });
  if (single) {
    CoverageSearch search(boxes_, table_.rules(), limits_.memory, work_);
    if (!search.possible()) {
      if (!has_default || ordered) not_checked("inputs that no rule matches");
    } else {
      if (ordered) find_shadowed(search);
      if (!has_default) find_gaps(search);
    }
  }
  find_meetings();
}

/// The tables inside of one element, with the names that are bound around them.
class ElementCheck {
 public:
  ElementCheck(const Inside& program, const Compiled& element, const CoverageLimits& limits, Diagnostics& out)
      : program_(program), element_(element), limits_(limits), out_(out) {}
  void visit(const Logic& logic) {
    if (logic.table) TableCheck(*logic.table, boxes_of(*logic.table, type_of, this), limits_, out_).run();
    const std::size_t before = bound_.size();
    for (std::size_t i = 0; i < logic.names.size(); ++i) bound_.emplace_back(logic.names[i], logic.types[i]);
    for (const Logic& part : logic.parts) visit(part);
    bound_.resize(before);
  }

 private:
  static const Type* type_of(const Key& name, const void* where) {
    const auto& self = *static_cast<const ElementCheck*>(where);
    for (std::size_t i = self.bound_.size(); i-- > 0;)
      if (self.bound_[i].first == name) return self.bound_[i].second;
    for (const Need& need : self.element_.needs)
      if (need.alias.size == 0 && self.program_.elements[need.element].name == name)
        return self.program_.elements[need.element].type;
    return nullptr;
  }

  const Inside& program_;
  const Compiled& element_;
  const CoverageLimits& limits_;
  Diagnostics& out_;
  std::vector<std::pair<Key, const Type*>> bound_;
};

}  // namespace

void check_tables(const Program& program, Diagnostics& diagnostics, const CoverageLimits& limits) {
  for (const Element::Kind kind : {Element::Kind::decision, Element::Kind::knowledge_model})
    for (const Decision each : program.all(kind)) {
      const Compiled& element = each.program->elements[each.index];
      ElementCheck(*each.program, element, limits, diagnostics).visit(element.logic);
    }
}

}  // namespace weir::dmn
