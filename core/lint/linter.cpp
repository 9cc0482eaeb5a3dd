// Rules are rows; a Selection says for each row whether it counts and how severe it is. Suppressions are
// found by place, not by id: the element a finding points into is the last one whose start tag begins before
// the finding, so that elements without an id and duplicated ids are handled like all others.
#include "core/lint/linter.hpp"

#include <algorithm>
#include <optional>
#include <tuple>
#include <unordered_map>

#include "core/base/did_you_mean.hpp"
#include "core/lint/rules.hpp"

namespace weir::lint {

using model::ElementId;

namespace {

constexpr std::size_t rule_count = std::size(all_rules);

const std::unordered_map<std::string_view, std::size_t>& rows_by_id() {
  static const auto rows = [] {
    std::unordered_map<std::string_view, std::size_t> made;
    for (std::size_t row = 0; row < rule_count; ++row) made.emplace(all_rules[row]->id, row);
    return made;
  }();
  return rows;
}

std::optional<std::size_t> row_of(std::string_view id) {
  const auto found = rows_by_id().find(id);
  return found == rows_by_id().end() ? std::nullopt : std::optional(found->second);
}

/// Calls `use(row)` for each rule a name stands for; false when it stands for none.
template <class Use>
bool for_each_named(std::string_view name, Use use) {
  bool known = name == "all" || name == "default";
  for (std::size_t row = 0; row < rule_count; ++row) {
    const Rule& rule = *all_rules[row];
    if (name != "all" && !(name == "default" && rule.by_default) && name != rule.id && name != rule.group)
      continue;
    use(row);
    known = true;
  }
  return known;
}

Error unknown_name(std::string_view name) {
  return {"there is no rule or group " + quoted(name) + near_rule_names(name)};
}

}  // namespace

Selection::Selection() : enabled_(rule_count), overrides_(rule_count, -1) {
  for (std::size_t row = 0; row < rule_count; ++row) enabled_[row] = all_rules[row]->by_default;
}

Severity Selection::severity(std::size_t row) const {
  return overridden(row) ? static_cast<Severity>(overrides_[row]) : all_rules[row]->severity;
}

Severity Selection::tolerated(std::size_t row) const {
  return overridden(row) ? severity(row) : all_rules[row]->tolerated.value_or(severity(row));
}

Result<Selection> select(const Options& options) {
  Selection made;
  if (!options.select.empty()) std::fill(made.enabled_.begin(), made.enabled_.end(), false);
  for (const std::string& name : options.select)
    if (!for_each_named(name, [&](std::size_t row) { made.enabled_[row] = true; })) return unknown_name(name);
  for (const std::string& name : options.ignore)
    if (!for_each_named(name, [&](std::size_t row) { made.enabled_[row] = false; }))
      return unknown_name(name);
  for (const auto& [name, severity] : options.severities) {
    const auto value = static_cast<std::int8_t>(severity);
    if (!for_each_named(name, [&](std::size_t row) { made.overrides_[row] = value; }))
      return unknown_name(name);
  }
  return made;
}

const Rule* find_rule(std::string_view id) {
  const auto row = row_of(id);
  return row ? all_rules[*row] : nullptr;
}

std::string near_rule_names(std::string_view word) {
  std::vector<std::string_view> names{"all", "default"};
  for (const Rule* rule : all_rules) {
    names.push_back(rule->id);
    names.push_back(rule->group);
  }
  return did_you_mean_text(word, names);
}

void run_rules(const Subject& subject, const Selection& selection, Diagnostics& diagnostics) {
  for (std::size_t row = 0; row < rule_count; ++row) {
    const Rule& rule = *all_rules[row];
    if (!rule.check || !selection.enabled(row)) continue;
    Report report(rule, subject, selection.severity(row), selection.tolerated(row), diagnostics);
    rule.check(subject, report);
  }
}

namespace {

/// One rule name in one weir:ignore attribute.
struct Suppression {
  ElementId element;
  std::string_view rule;
  Span span;
  bool used = false;
};

std::vector<Suppression> suppressions(const model::Document& document) {
  std::vector<Suppression> found;
  for (std::size_t i = 0; i < document.elements.size(); ++i) {
    const auto id = static_cast<ElementId>(i);
    const model::Element& element = document[id];
    for (std::uint32_t k = 0; k < element.attribute_count; ++k) {
      const model::Attribute& attribute = document.attributes[element.first_attribute + k];
      if (attribute.ns != model::Namespace::weir || attribute.name != "ignore") continue;
      const std::string_view value = attribute.value;
      constexpr std::string_view separators = " ,\t\r\n";
      for (std::size_t at = value.find_first_not_of(separators); at != std::string_view::npos;) {
        const std::size_t end = std::min(value.find_first_of(separators, at), value.size());
        found.push_back({id, value.substr(at, end - at), attribute.value_span});
        at = value.find_first_not_of(separators, end);
      }
    }
  }
  return found;
}

/// The element a finding points into.
ElementId element_at(const model::Definitions& model, const Diagnostic& diagnostic) {
  const model::Document& document = model.document;
  if (!diagnostic.span.known()) {
    const auto found = model.by_id.find(diagnostic.element);
    return found == model.by_id.end() ? ElementId::none : found->second;
  }
  const auto after = std::upper_bound(
      document.elements.begin(), document.elements.end(), diagnostic.span.begin,
      [](std::uint32_t offset, const model::Element& element) { return offset < element.tag.begin; });
  if (after == document.elements.begin()) return ElementId::none;
  return static_cast<ElementId>(after - document.elements.begin() - 1);
}

/// Marks what covers the finding as used; true when something does.
bool suppress(const model::Definitions& model, const Diagnostic& diagnostic, std::vector<Suppression>& all) {
  bool covered = false;
  for (ElementId at = element_at(model, diagnostic); at != ElementId::none; at = model.document[at].parent) {
    const auto first = std::lower_bound(
        all.begin(), all.end(), at, [](const Suppression& each, ElementId id) { return each.element < id; });
    for (auto each = first; each != all.end() && each->element == at; ++each) {
      if (each->rule != diagnostic.code) continue;
      each->used = true;
      covered = true;
    }
  }
  return covered;
}

void report_suppressions(const Subject& subject, const Selection& selection, std::vector<Suppression>& all,
                         Diagnostics& diagnostics) {
  const auto report = [&](const Rule& rule, const Suppression& each, std::string message) {
    const std::size_t row = *row_of(rule.id);
    if (!selection.enabled(row)) return;
    Report out(rule, subject, selection.severity(row), selection.tolerated(row), diagnostics);
    out.add(each.span, subject.model.document.value(each.element, "id"), std::move(message));
  };
  std::size_t suggestions = 0;  // they cost more than the rest; a hostile file has thousands of such names
  for (const Suppression& each : all) {
    const auto row = row_of(each.rule);
    if (!row)
      report(
          rules::unknown_rule, each,
          "there is no rule " + quoted(each.rule) + (suggestions++ < 100 ? near_rule_names(each.rule) : ""));
    else if (!each.used && selection.enabled(*row) && all_rules[*row]->check)
      report(rules::unused_suppression, each, quoted(each.rule) + " suppresses nothing here");
  }
}

/// Applies the selection to findings that did not come from run_rules().
void apply(const Selection& selection, Diagnostics& diagnostics) {
  std::erase_if(diagnostics.list(), [&](Diagnostic& each) {
    const auto row = row_of(each.code);
    if (!row) return false;
    each.group = all_rules[*row]->group;
    if (selection.overridden(*row)) each.severity = selection.severity(*row);
    return !selection.enabled(*row);
  });
}

void sort_by_place(std::vector<Diagnostic>& list) {
  const auto key = [](const Diagnostic& each) {
    return std::tie(each.span.file, each.span.begin, each.span.end, each.code, each.message, each.element);
  };
  std::stable_sort(list.begin(), list.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
  list.erase(std::unique(list.begin(), list.end(),
                         [&](const Diagnostic& a, const Diagnostic& b) { return key(a) == key(b); }),
             list.end());
}

}  // namespace

void settle(const Subject& subject, const Selection& selection, Diagnostics& diagnostics) {
  apply(selection, diagnostics);
  std::vector<Suppression> all = suppressions(subject.model.document);
  if (!all.empty()) {
    std::erase_if(diagnostics.list(),
                  [&](const Diagnostic& each) { return suppress(subject.model, each, all); });
    report_suppressions(subject, selection, all, diagnostics);
  }
  sort_by_place(diagnostics.list());
}

void settle(const Selection& selection, Diagnostics& diagnostics) {
  apply(selection, diagnostics);
  sort_by_place(diagnostics.list());
}

void lint(const Subject& subject, const Selection& selection, Diagnostics& diagnostics) {
  run_rules(subject, selection, diagnostics);
  settle(subject, selection, diagnostics);
}

}  // namespace weir::lint
