#include "core/lint/known_decisions.hpp"

namespace weir::lint {

void KnownDecisions::add(std::string_view file, const dmn::Definitions& definitions) {
  using Kind = dmn::Element::Kind;
  files.emplace_back(file);
  for (const dmn::Element& each : definitions.elements)
    if (each.kind == Kind::decision || each.kind == Kind::decision_service)
      decisions.push_back({std::string(file), each.id, each.name});
}

void KnownDecisions::add(const KnownDecisions& others) {
  files.insert(files.end(), others.files.begin(), others.files.end());
  decisions.insert(decisions.end(), others.decisions.begin(), others.decisions.end());
}

}  // namespace weir::lint
