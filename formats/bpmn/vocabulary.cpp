// The table itself is core/model/element_kind.cpp; here stands which namespace may use which part of it.
// Names of diagram elements mean nothing in the BPMN namespace and the other way round.
#include "formats/bpmn/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

namespace weir::formats::bpmn {

using model::Category;
using model::ElementKind;
using model::Namespace;

ElementKind kind_of(Namespace ns, std::string_view local_name) {
  switch (ns) {
    case Namespace::bpmn: {
      const ElementKind kind = model::element_kind(local_name);
      return model::is(kind, Category::diagram) || kind == ElementKind::foreign ? ElementKind::unknown : kind;
    }
    case Namespace::bpmndi:
    case Namespace::dc:
    case Namespace::di: {
      const ElementKind kind = model::element_kind(local_name);
      return model::is(kind, Category::diagram) ? kind : ElementKind::foreign;
    }
    default:
      return ElementKind::foreign;
  }
}

namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Edits between two names, letters of either case being equal but for a final tie-break.
std::size_t distance(std::string_view one, std::string_view other) {
  std::vector<std::size_t> row(other.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= one.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t k = 1; k <= other.size(); ++k) {
      const std::size_t above = row[k];
      const std::size_t change = lower(one[i - 1]) == lower(other[k - 1]) ? 0 : 1;
      row[k] = std::min({above + 1, row[k - 1] + 1, diagonal + change});
      diagonal = above;
    }
  }
  return row[other.size()];
}

}  // namespace

std::string_view nearest_element(std::string_view local_name) {
  if (local_name.size() > 60) return {};
  std::string_view best;
  std::size_t least =
      local_name.size() / 4 + 2;  // a third of the letters wrong is no typing mistake any more
  for (std::size_t i = 0; i < model::element_kind_count; ++i) {
    const auto kind = static_cast<ElementKind>(i);
    if (kind == ElementKind::unknown || kind == ElementKind::foreign || model::is(kind, Category::diagram))
      continue;
    const std::size_t length = model::name(kind).size();
    const std::size_t longer =
        length > local_name.size() ? length - local_name.size() : local_name.size() - length;
    if (longer >= least) continue;
    const std::size_t edits = distance(local_name, model::name(kind));
    if (edits >= least) continue;
    least = edits;
    best = model::name(kind);
  }
  return best;
}

}  // namespace weir::formats::bpmn
