// Camunda 8: forms that stand in the process as JSON (zeebe:userTaskForm), which user tasks name by
// formKey="camunda-forms:bpmn:ID".
#include <array>
#include <set>
#include <unordered_map>
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

// Every task has its own copy of the fields of its form.
constexpr std::size_t most_fields = 1'000;     // of one form
constexpr std::size_t most_in_file = 200'000;  // fields and their values, of all tasks together

class Form {
 public:
  Form(Document& document, Span span, std::vector<FormField>& fields)
      : document_(document), span_(span), fields_(fields) {}

  void components(const Value& parent) {
    const Value* all = find(parent, "components");
    if (all == nullptr || !all->is(Kind::list)) return;
    for (const Value& each : all->items()) {
      if (fields_.size() >= most_fields) {
        whole_ = false;
        return;
      }
      if (!text(each, "key").empty()) component(each);
      components(each);  // of groups
    }
  }

  /// False: it is too large, and the rest of it is missing.
  [[nodiscard]] bool whole() const { return whole_; }
  /// Fields and the values that they allow.
  [[nodiscard]] std::size_t size() const { return size_; }

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
    size_ += 1 + field.values.size();
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
  std::size_t size_ = 0;
  bool whole_ = true;
};

/// What tasks copy.
struct Fields {
  ElementId form = ElementId::none;
  std::vector<FormField> all;
  std::size_t size = 0;
};

class Forms {
 public:
  explicit Forms(model::Definitions& model) : model_(model), document_(model.document) {
    for (const model::Process& process : model.processes) {
      const ElementId extensions = document_.child(process.element, ElementKind::extension_elements);
      if (extensions == ElementId::none) continue;
      for (const ElementId each : model::children(document_, extensions))
        if (document_[each].ns == Namespace::zeebe && document_[each].name == "userTaskForm")
          by_id_.try_emplace(document_.value(each, "id"), each);
    }
  }

  void fill(model::FlowNode& node) {
    const auto found = by_id_.find(node.work.form.substr(in_process.size()));
    if (found == by_id_.end()) return;
    const Fields& fields = read(found->second);
    if (fields.size > left_)
      return ignore(fields.form, "too many tasks of this file have forms as large as this one");
    left_ -= fields.size;
    node.work.fields.insert(node.work.fields.end(), fields.all.begin(), fields.all.end());
  }

 private:
  const Fields& read(ElementId id) {
    const auto [at, fresh] = read_.try_emplace(id);
    Fields& fields = at->second;
    if (!fresh) return fields;
    fields.form = id;
    const auto json = json::read(document_[id].text);
    if (!json) return fields;
    Form form(document_, document_[id].name_span, fields.all);
    form.components(json->get());
    fields.size = form.size();
    if (!form.whole()) ignore(id, "of its fields only the first 1000 are read");
    return fields;
  }

  void ignore(ElementId id, std::string_view why) {
    if (!ignored_.emplace(id, why).second) return;
    model::Ignored made;
    made.element = id;
    // The prefix and the local name stand next to each other in the text.
    const std::string_view prefix = document_[id].prefix, name = document_[id].name;
    made.name = prefix.empty() || prefix.end() + 1 != name.begin()
                    ? name
                    : std::string_view(prefix.data(), prefix.size() + 1 + name.size());
    made.why = why;
    made.span = document_[id].name_span;
    model_.ignored.push_back(made);
  }

  model::Definitions& model_;
  Document& document_;
  std::unordered_map<std::string_view, ElementId> by_id_;
  std::unordered_map<ElementId, Fields> read_;
  std::set<std::pair<ElementId, std::string_view>> ignored_;
  std::size_t left_ = most_in_file;
};

}  // namespace

void fill_embedded_forms(model::Definitions& model) {
  Forms forms(model);
  for (model::FlowNode& node : model.nodes)
    if (node.kind == ElementKind::user_task && node.work.form.starts_with(in_process)) forms.fill(node);
}

}  // namespace weir::formats::bpmn::dialects
