// Camunda 8: forms that stand in the process as JSON (zeebe:userTaskForm), which user tasks and start events
// name by formKey="camunda-forms:bpmn:ID".
#include <set>
#include <unordered_map>
#include <utility>

#include "formats/bpmn/context.hpp"
#include "formats/bpmn/dialects/dialects.hpp"
#include "formats/forms/reader.hpp"
#include "formats/json/value.hpp"

namespace weir::formats::bpmn::dialects {

using model::Document;
using model::ElementId;
using model::ElementKind;
using model::FormField;
using model::Namespace;

namespace {

constexpr std::string_view in_process = "camunda-forms:bpmn:";

// Every task has its own copy of the fields of its form.
constexpr std::size_t most_in_file = 200'000;  // fields and their values, of all tasks together

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
    const forms::Fields read =
        forms::read_components(json->get(), document_[id].name_span, document_.extra, fields.all);
    fields.size = read.size;
    if (!read.whole) ignore(id, "of its fields only the first 1000 are read");
    for (const std::string& each : read.problems) ignore(id, document_.extra.emplace_back(each));
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
    if (node.work.form.starts_with(in_process)) forms.fill(node);
}

}  // namespace weir::formats::bpmn::dialects
