// BPMN's own resource roles (10.3.1): potentialOwner and humanPerformer with an expression. Engines agree on
// "user(eva), group(board)"; a bare name is a group for potentialOwner (a user in jBPM), else a user.
#include "formats/bpmn/context.hpp"
#include "formats/bpmn/dialects/dialects.hpp"

namespace weir::formats::bpmn::dialects {

using model::Dialect;
using model::Document;
using model::ElementId;
using model::ElementKind;

namespace {

std::string_view assigned(const Document& document, ElementId role) {
  const ElementId assignment = document.child(role, ElementKind::resource_assignment_expression);
  if (assignment == ElementId::none) return {};
  for (const ElementId each : model::children(document, assignment)) return trim(document[each].text);
  return {};
}

/// Calls f(kind, name) for each part; kind is "user", "group" or empty.
template <class F>
void each_part(std::string_view text, F f) {
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && (text[i] == '(' || text[i] == '{')) ++depth;
    if (i < text.size() && (text[i] == ')' || text[i] == '}')) --depth;
    if (i < text.size() && (text[i] != ',' || depth > 0)) continue;
    const std::string_view part = trim(text.substr(begin, i - begin));
    begin = i + 1;
    if (part.empty()) continue;
    const std::size_t open = part.find('(');
    const std::string_view kind = open == std::string_view::npos ? std::string_view() : part.substr(0, open);
    if ((kind == "user" || kind == "group") && part.ends_with(')'))
      f(kind, trim(part.substr(open + 1, part.size() - open - 2)));
    else
      f(std::string_view(), part);
  }
}

}  // namespace

void fill_people(const Document& document, Dialect dialect, model::FlowNode& node) {
  if (node.kind != ElementKind::user_task) return;
  model::Work& work = node.work;
  const bool said = !work.potential_users.empty() || !work.potential_groups.empty();
  for (const ElementId role : model::children(document, node.element)) {
    const ElementKind kind = document[role].kind;
    const std::string_view text = assigned(document, role);
    if (kind == ElementKind::human_performer && work.human_performer.empty())
      each_part(text, [&](std::string_view, std::string_view name) {
        if (work.human_performer.empty()) work.human_performer = name;
      });
    if (kind == ElementKind::potential_owner && !said)
      each_part(text, [&](std::string_view sort, std::string_view name) {
        const bool user = sort == "user" || (sort.empty() && dialect == Dialect::jbpm);
        (user ? work.potential_users : work.potential_groups).push_back(name);
      });
  }
}

}  // namespace weir::formats::bpmn::dialects
