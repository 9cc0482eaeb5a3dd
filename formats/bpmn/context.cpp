// Small readers of attribute values that every step needs.
#include "formats/bpmn/context.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "formats/xml_characters.hpp"

namespace weir::formats::bpmn {

namespace {
/// Of one code in one file; more than anybody reads, and few enough to cost nothing.
constexpr std::size_t most_findings = 1000;
}  // namespace

using model::ElementId;
using model::ScopeIndex;

std::string_view trim(std::string_view text) {
  while (!text.empty() && has_class(text.front(), XmlCharacters::blank)) text.remove_prefix(1);
  while (!text.empty() && has_class(text.back(), XmlCharacters::blank)) text.remove_suffix(1);
  return text;
}

std::string_view reference_name(std::string_view written) {
  const std::string_view text = trim(written);
  for (const char c : text)
    if (!has_class(c, XmlCharacters::name | XmlCharacters::high)) return text;
  return model::local_part(text);
}

ScopeIndex Context::container(ElementId id) const {
  const ElementId parent = element(id).parent;
  if (parent == ElementId::none) return ScopeIndex::none;
  const ScopeIndex scope = scope_inside[index(parent)];
  if (scope == ScopeIndex::none || model[scope].element != parent) return ScopeIndex::none;
  return scope;
}

std::string_view Context::trimmed_value(ElementId id, std::string_view name) const {
  return trim(document.value(id, name));
}

bool Context::boolean(ElementId id, std::string_view name, bool otherwise) const {
  const std::string_view value = trimmed_value(id, name);
  if (value == "true" || value == "1") return true;
  if (value == "false" || value == "0") return false;
  return otherwise;
}

model::Expression Context::expression(ElementId id) const {
  const model::Element& from = element(id);
  model::Expression made;
  made.body = from.text;
  made.language = trimmed_value(id, "language");
  made.span = from.text_span.known() ? from.text_span : from.name_span;
  made.written = true;
  const model::Attribute* type = document.attribute(id, model::Namespace::xsi, "type");
  made.formal = type == nullptr || model::local_part(trim(type->value)) == "tFormalExpression";
  return made;
}

ElementId Context::find(std::string_view reference) const {
  auto found = model.by_id.find(reference);
  if (found == model.by_id.end() && reference.find(':') != std::string_view::npos)
    found = model.by_id.find(model::local_part(reference));
  return found == model.by_id.end() ? ElementId::none : found->second;
}

bool Context::admit(std::string_view code, Severity severity, std::string_view group, Span span) {
  auto found =
      std::find_if(counts_.begin(), counts_.end(), [&](const Count& each) { return each.code == code; });
  if (found == counts_.end()) found = counts_.insert(counts_.end(), {code, group, severity, {}, 0});
  if (++found->seen <= most_findings) return true;
  if (!found->first_omitted.known()) found->first_omitted = span;
  return false;
}

void Context::report_omitted() {
  for (const Count& each : counts_)
    if (each.seen > most_findings)
      add(each.severity, each.code, each.group, each.first_omitted,
          fmt::format("{} more findings of this kind from here on are not listed", each.seen - most_findings),
          {});
}

Diagnostic& Context::add(Severity severity, std::string_view code, std::string_view group, Span span,
                         std::string message, std::string_view element) {
  Diagnostic made;
  made.severity = severity;
  made.code = code;
  made.group = group;
  made.message = std::move(message);
  made.span = span;
  made.element = element;
  return diagnostics.add(std::move(made));
}

}  // namespace weir::formats::bpmn
