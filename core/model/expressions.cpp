// One walk over the document. Vendors have too many attributes for a table of all of them, and most of them
// take expressions; so there is a table of what does not.
#include "core/model/expressions.hpp"

#include <algorithm>
#include <array>

namespace weir::model {

namespace {

using Sort = ExpressionPlace::Sort;

struct Role {
  ElementKind kind;
  std::string_view role;
  Sort sort = Sort::formal;
};

constexpr auto roles = std::to_array<Role>({
    {ElementKind::condition_expression, "condition"},
    {ElementKind::condition, "condition"},
    {ElementKind::activation_condition, "activation condition"},
    {ElementKind::completion_condition, "completion condition"},
    {ElementKind::loop_condition, "loop condition"},
    {ElementKind::loop_cardinality, "loop cardinality"},
    {ElementKind::time_date, "timer"},
    {ElementKind::time_duration, "timer"},
    {ElementKind::time_cycle, "timer"},
    {ElementKind::from, "assignment", Sort::mapping},
    {ElementKind::to, "target of an assignment", Sort::mapping},
    {ElementKind::transformation, "transformation"},
    {ElementKind::message_path, "correlation"},
    {ElementKind::data_path, "correlation"},
    {ElementKind::formal_expression, "resource", Sort::mapping},
    {ElementKind::expression, "resource", Sort::mapping},
});

/// Texts of vendors that are shown or kept as they are, whatever they look like.
bool is_plain(const Element& element) {
  constexpr auto names = std::to_array<std::string_view>(
      {"property", "header", "userTaskForm", "string", "text", "documentation", "versionTag"});
  return std::find(names.begin(), names.end(), element.name) != names.end();
}

bool is_vendor(Namespace ns) {
  return ns == Namespace::camunda || ns == Namespace::zeebe || ns == Namespace::flowable ||
         ns == Namespace::activiti || ns == Namespace::drools;
}

/// Attributes of BPMN that engines read as expressions although the specification has no such thing.
bool may_be_expression(ElementKind kind, std::string_view attribute) {
  if (attribute == "id" || attribute == "textFormat") return false;
  if (attribute != "name") return true;
  return kind == ElementKind::message || kind == ElementKind::signal || kind == ElementKind::error ||
         kind == ElementKind::escalation;
}

class Walk {
 public:
  Walk(const Document& document, const std::function<void(const ExpressionPlace&)>& visit)
      : document_(document), visit_(visit) {}

  void element(ElementId id) {
    const Element& from = document_[id];
    if (from.ns == Namespace::bpmn)
      bpmn(id, from);
    else if (is_vendor(from.ns))
      vendor(id, from);
    for (std::uint32_t i = 0; i < from.attribute_count; ++i) attribute(id, from, i);
  }

 private:
  void bpmn(ElementId id, const Element& from) {
    if (from.kind == ElementKind::script)
      return text(Sort::script, "script", id, document_.value(from.parent, "scriptFormat"));
    const bool extension = from.parent != ElementId::none && !is_bpmn(from.parent);
    for (const Role& each : roles)
      if (each.kind == from.kind && !extension)
        text(each.sort, each.role, id, document_.value(id, "language"));
    if (from.kind == ElementKind::loop_data_input_ref && looks_like_expression(from.text, Namespace::camunda))
      text(Sort::vendor, "collection", id, {});
  }

  void vendor(ElementId id, const Element& from) {
    if (from.name == "script" && from.ns != Namespace::zeebe)
      return text(Sort::script, "script", id, document_.value(id, "scriptFormat"));
    if (from.name == "inputParameter" || from.name == "outputParameter") {
      if (from.first_child == ElementId::none)
        text(Sort::mapping, from.name == "inputParameter" ? "input mapping" : "output mapping", id, {});
      return;
    }
    if (!is_plain(from) && looks_like_expression(from.text, from.ns)) text(Sort::vendor, from.name, id, {});
  }

  void attribute(ElementId id, const Element& from, std::uint32_t position) {
    const Attribute& each = document_.attributes[from.first_attribute + position];
    const bool own = each.ns == Namespace::empty;
    const Namespace ns = own ? from.ns : each.ns;
    const bool mapping = from.ns == Namespace::zeebe && own && each.name == "source" &&
                         (from.name == "input" || from.name == "output");
    ExpressionPlace place;
    if (mapping) {
      place.sort = Sort::mapping;
      place.role = from.name == "input" ? "input mapping" : "output mapping";
    } else {
      if (!is_vendor(ns) && !(ns == Namespace::bpmn && may_be_expression(from.kind, each.name))) return;
      if (own && ns != Namespace::bpmn && is_plain(from)) return;
      // FEEL in BPMN's own attributes is Camunda 8's.
      if (!looks_like_expression(each.value, ns) &&
          !(ns == Namespace::bpmn && from.kind != ElementKind::definitions && each.name != "name" &&
            looks_like_expression(each.value, Namespace::zeebe)))
        return;
      place.sort = Sort::vendor;
      place.role = each.name;
    }
    place.expression.body = each.value;
    place.expression.span = each.value_span;
    report(place, id);
  }

  void text(Sort sort, std::string_view role, ElementId id, std::string_view language) {
    const Element& from = document_[id];
    ExpressionPlace place;
    place.sort = sort;
    place.role = role;
    place.expression.body = from.text;
    place.expression.language = language;
    place.expression.span = from.text_span.known() ? from.text_span : from.name_span;
    report(place, id);
  }

  void report(ExpressionPlace& place, ElementId id) {
    if (place.expression.body.empty()) return;
    place.expression.written = true;
    place.element = id;
    place.owner = id;
    while (place.owner != ElementId::none &&
           (!is_bpmn(place.owner) || document_.attribute(place.owner, "id") == nullptr ||
            is(document_[place.owner].kind, Category::part) ||
            is(document_[place.owner].kind, Category::event_definition)))
      place.owner = document_[place.owner].parent;
    visit_(place);
  }

  [[nodiscard]] bool is_bpmn(ElementId id) const { return document_[id].ns == Namespace::bpmn; }

  const Document& document_;
  const std::function<void(const ExpressionPlace&)>& visit_;
};

}  // namespace

bool looks_like_expression(std::string_view text, Namespace vendor) {
  if (vendor == Namespace::zeebe) return text.starts_with('=');
  return text.find("${") != std::string_view::npos || text.find("#{") != std::string_view::npos;
}

void for_each_expression(const Document& document, const std::function<void(const ExpressionPlace&)>& visit) {
  Walk walk(document, visit);
  for (std::uint32_t i = 0; i < document.elements.size(); ++i) walk.element(ElementId{i});
}

}  // namespace weir::model
