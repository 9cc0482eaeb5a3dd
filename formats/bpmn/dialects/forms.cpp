// Forms of user tasks and start events: fields that stand in the model (formData of Camunda 7, formProperty
// of Flowable and Activiti), and files of their own that are named there.
#include <array>
#include <utility>

#include "formats/bpmn/context.hpp"
#include "formats/bpmn/dialects/dialects.hpp"

namespace weir::formats::bpmn::dialects {

using model::Document;
using model::ElementId;
using model::ElementKind;
using model::FormField;
using model::Namespace;

namespace {

/// Types of a vendor -> types of a Variable; others are not checked.
std::string_view type_of(std::string_view written, bool dates_are_iso) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> types{{{"string", "string"},
                                                                                {"long", "integer"},
                                                                                {"integer", "integer"},
                                                                                {"int", "integer"},
                                                                                {"double", "number"},
                                                                                {"number", "number"},
                                                                                {"boolean", "boolean"},
                                                                                {"enum", "string"}}};
  for (const auto& [vendor, ours] : types)
    if (written == vendor) return ours;
  return written == "date" && dates_are_iso ? "date" : "";
}

void constrain(const Document& document, ElementId constraint, FormField& field) {
  const std::string_view name = document.value(constraint, "name");
  const std::string_view config = trim(document.value(constraint, "config"));
  if (name == "required") field.required = config != "false";
  if (name == "readonly") field.asked = config == "false";
  if (name == "min") field.minimum = config;
  if (name == "max") field.maximum = config;
  if (name == "minlength") field.shortest = config;
  if (name == "maxlength") field.longest = config;
}

FormField read(const Document& document, ElementId id) {
  const auto flag = [&](std::string_view name, bool otherwise) {
    const std::string_view value = trim(document.value(id, name));
    return value.empty() ? otherwise : value == "true";
  };
  const auto either = [&](std::string_view name, std::string_view other) {
    const std::string_view value = document.value(id, name);
    return value.empty() ? document.value(id, other) : value;
  };
  const bool property = document[id].name == "formProperty";
  FormField field;
  field.variable = property ? either("variable", "id") : document.value(id, "id");
  field.span = document.place(id, "id");
  field.asked = flag("writable", true);
  field.required = flag("required", false);
  field.label = either("label", "name");
  field.type = type_of(document.value(id, "type"), document.value(id, "datePattern").empty());
  field.default_value = either("defaultValue", "default");
  for (const ElementId child : model::children(document, id)) {
    if (document[child].ns != document[id].ns) continue;
    if (document[child].name == "value") field.values.push_back(document.value(child, "id"));
    if (document[child].name != "validation") continue;
    for (const ElementId each : model::children(document, child))
      if (document[each].name == "constraint") constrain(document, each, field);
  }
  return field;
}

void fill_reference(const Document& document, ElementId extensions, model::FlowNode& node) {
  model::FormReference& form = node.work.form_file;
  const auto camunda = [&](std::string_view name) {
    return document.attribute(node.element, Namespace::camunda, name);
  };
  const auto value = [&](std::string_view name) {
    const model::Attribute* found = camunda(name);
    return found == nullptr ? std::string_view() : trim(found->value);
  };
  constexpr std::string_view deployed = "camunda-forms:deployment:";
  if (const std::string_view key = value("formKey"); key.starts_with(deployed)) {
    form.file = key.substr(deployed.size());
    form.binding = "deployment";
    form.span = camunda("formKey")->value_span;
  } else if (const std::string_view id = value("formRef"); !id.empty()) {
    form = {{}, id, value("formRefBinding"), value("formRefVersion"), camunda("formRef")->value_span};
    node.work.form = id;
  }
  for (const Namespace ns : {Namespace::flowable, Namespace::activiti}) {
    const auto own = [&](std::string_view name) { return document.attribute(node.element, ns, name); };
    const model::Attribute *key = own("formKey"), *validation = own("formFieldValidation"),
                           *same = own("sameDeployment");
    constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    if (key == nullptr || key->value.empty() ||
        key->value.find_first_not_of(plain) != std::string_view::npos ||
        (validation != nullptr && trim(validation->value) == "false"))
      continue;
    const bool newest = same != nullptr && trim(same->value) == "false";
    form = {{}, key->value, newest ? "latest" : "deployment", {}, key->value_span};
  }
  if (extensions == ElementId::none) return;
  const ElementId zeebe = document.child(extensions, Namespace::zeebe, "formDefinition");
  const model::Attribute* id = zeebe == ElementId::none ? nullptr : document.attribute(zeebe, "formId");
  if (id != nullptr && !id->value.empty())
    form = {{}, trim(id->value), document.value(zeebe, "bindingType"), {}, id->value_span};
}

}  // namespace

void fill_form(const Document& document, model::FlowNode& node) {
  if (node.kind != ElementKind::user_task && node.kind != ElementKind::start_event) return;
  const ElementId extensions = document.child(node.element, ElementKind::extension_elements);
  fill_reference(document, extensions, node);
  if (extensions == ElementId::none) return;
  std::vector<FormField>& fields = node.work.fields;
  const auto add = [&](ElementId around, Namespace ns, std::string_view name) {
    for (const ElementId each : model::children(document, around))
      if (document[each].ns == ns && document[each].name == name) fields.push_back(read(document, each));
  };
  if (const ElementId form = document.child(extensions, Namespace::camunda, "formData");
      form != ElementId::none)
    add(form, Namespace::camunda, "formField");
  for (const Namespace ns : {Namespace::flowable, Namespace::activiti}) add(extensions, ns, "formProperty");
}

}  // namespace weir::formats::bpmn::dialects
