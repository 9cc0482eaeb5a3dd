// Camunda 8: forms that stand in the process as JSON (zeebe:userTaskForm), which user tasks name by
// formKey="camunda-forms:bpmn:ID".
#include <array>
#include <utility>

#include "core/value/print.hpp"
#include "formats/bpmn/context.hpp"
#include "formats/bpmn/dialects/dialects.hpp"
#include "formats/json/value.hpp"

namespace weir::formats::bpmn::dialects {

using model::Document;
using model::ElementId;
using model::ElementKind;
using model::FormField;
using model::Namespace;
using value::Kind;
using value::Value;

namespace {

constexpr std::string_view in_process = "camunda-forms:bpmn:";

class Form {
 public:
  Form(Document& document, Span span, std::vector<FormField>& fields)
      : document_(document), span_(span), fields_(fields) {}

  void components(const Value& parent) {
    const Value* all = find(parent, "components");
    if (all == nullptr || !all->is(Kind::list)) return;
    for (const Value& each : all->items()) {
      if (!text(each, "key").empty()) component(each);
      components(each);  // of groups
    }
  }

 private:
  static const Value* find(const Value& of, std::string_view name) {
    return of.is(Kind::context) ? of.find(value::Key(name)) : nullptr;
  }
  std::string_view text(const Value& of, std::string_view name) {
    const Value* found = find(of, name);
    if (found == nullptr || found->is_null() || found->is(Kind::list) || found->is(Kind::context)) return {};
    return document_.extra.emplace_back(value::to_text(*found));
  }
  static bool flag(const Value& of, std::string_view name) {
    const Value* found = find(of, name);
    return found != nullptr && found->is_true();
  }

  void component(const Value& each) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> types{{{"textfield", "string"},
                                                                                  {"textarea", "string"},
                                                                                  {"number", "number"},
                                                                                  {"checkbox", "boolean"},
                                                                                  {"select", ""},
                                                                                  {"radio", ""}}};
    FormField field;
    field.variable = text(each, "key");
    field.span = span_;
    field.asked = !flag(each, "disabled") && !flag(each, "readonly");
    field.label = text(each, "label");
    field.default_value = text(each, "defaultValue");
    const std::string_view type = text(each, "type");
    for (const auto& [theirs, ours] : types)
      if (type == theirs) field.type = ours;
    if (const Value* values = find(each, "values"); values != nullptr && values->is(Kind::list))
      for (const Value& one : values->items())
        if (const std::string_view value = text(one, "value"); !value.empty()) field.values.push_back(value);
    if (const Value* validate = find(each, "validate")) {
      field.required = flag(*validate, "required");
      field.minimum = text(*validate, "min");
      field.maximum = text(*validate, "max");
      field.shortest = text(*validate, "minLength");
      field.longest = text(*validate, "maxLength");
    }
    fields_.push_back(std::move(field));
  }

  Document& document_;
  Span span_;
  std::vector<FormField>& fields_;
};

}  // namespace

void fill_embedded_forms(model::Definitions& model) {
  Document& document = model.document;
  for (model::FlowNode& node : model.nodes) {
    if (node.kind != ElementKind::user_task || !node.work.form.starts_with(in_process)) continue;
    const std::string_view id = node.work.form.substr(in_process.size());
    for (const model::Process& process : model.processes) {
      const ElementId extensions = document.child(process.element, ElementKind::extension_elements);
      if (extensions == ElementId::none) continue;
      for (const ElementId each : model::children(document, extensions)) {
        if (document[each].ns != Namespace::zeebe || document[each].name != "userTaskForm" ||
            document.value(each, "id") != id)
          continue;
        if (const auto form = json::read(document[each].text))
          Form(document, document[each].name_span, node.work.fields).components(form->get());
      }
    }
  }
}

}  // namespace weir::formats::bpmn::dialects
