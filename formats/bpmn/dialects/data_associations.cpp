// Data inputs and outputs of activities, and of events with messages (10.4.2): associations copy variables in
// and out, transform them or assign values to them. jBPM says nearly everything in this way, also who does a
// task. Other engines than jBPM do not look at those of events, so they mean something only where the
// specification itself or a worker does.
#include <unordered_map>

#include "formats/bpmn/context.hpp"
#include "formats/bpmn/dialects/dialects.hpp"

namespace weir::formats::bpmn::dialects {

using model::Dialect;
using model::Document;
using model::ElementId;
using model::ElementKind;
using model::Mapping;

namespace {

class Reader {
 public:
  Reader(const Context& context, model::FlowNode& node)
      : context_(context), document_(context.document), node_(node) {}

  void run() {
    const ElementId around =
        node_.is_event() ? node_.element : document_.child(node_.element, ElementKind::io_specification);
    if (around == ElementId::none) return;
    for (const ElementId each : model::children(document_, around))
      if (const ElementKind kind = document_[each].kind;
          kind == ElementKind::data_input || kind == ElementKind::data_output)
        own_.emplace(document_.value(each, "id"), name(each));
    const std::size_t inputs = node_.inputs.size(), outputs = node_.outputs.size();
    for (const ElementId each : model::children(document_, node_.element)) {
      if (document_[each].kind == ElementKind::data_input_association) association(each, true);
      if (document_[each].kind == ElementKind::data_output_association) association(each, false);
    }
    if (node_.kind != ElementKind::call_activity) return;
    if (node_.inputs.size() != inputs) node_.call.all_in = false, node_.call.local_in = true;
    if (node_.outputs.size() != outputs) node_.call.all_out = false;
  }

 private:
  std::string_view name(ElementId id) const {
    const std::string_view written = trim(document_.value(id, "name"));
    return written.empty() ? trim(document_.value(id, "id")) : written;
  }

  /// The variable that a property, a data object or a reference to one is; empty when it is nothing of these.
  std::string_view variable(std::string_view reference) const {
    const ElementId found = context_.find(reference);
    if (found == ElementId::none) return {};
    switch (document_[found].kind) {
      case ElementKind::data_object_reference: {
        const ElementId object = context_.find(reference_name(document_.value(found, "dataObjectRef")));
        return name(object != ElementId::none && !document_.value(object, "name").empty() ? object : found);
      }
      case ElementKind::property:  // engines of this dialect know it by its id
        return context_.model.dialect == Dialect::jbpm ? trim(document_.value(found, "id")) : name(found);
      case ElementKind::data_object:
      case ElementKind::data_store_reference:
      case ElementKind::data_input:
      case ElementKind::data_output:
        return name(found);
      default:
        return {};
    }
  }

  std::string_view own(std::string_view reference) const {
    const auto found = own_.find(reference_name(reference));
    return found == own_.end() ? std::string_view() : found->second;
  }

  std::string_view end(std::string_view reference) const {
    const std::string_view mine = own(reference);
    return mine.empty() ? variable(reference_name(reference)) : mine;
  }

  void association(ElementId id, bool input) {
    const auto child_text = [&](ElementKind kind) {
      const ElementId child = document_.child(id, kind);
      return child == ElementId::none ? std::string_view() : document_[child].text;
    };
    const std::string_view source = child_text(ElementKind::source_ref);
    const std::string_view target = end(child_text(ElementKind::target_ref));
    bool assigned = false;
    for (const ElementId each : model::children(document_, id))
      if (document_[each].kind == ElementKind::assignment) {
        assign(each, target, input);
        assigned = true;
      }
    if (assigned || target.empty() || own(input ? child_text(ElementKind::target_ref) : source).empty())
      return;
    Mapping made;
    made.target = target;
    if (const ElementId transformation = document_.child(id, ElementKind::transformation);
        transformation != ElementId::none) {
      set_expression(made, transformation);
    } else if (const std::string_view from = end(source); !from.empty()) {
      made.source = from;
      made.from = Mapping::From::variable;
      made.span = document_[document_.child(id, ElementKind::source_ref)].text_span;
    } else {
      return;
    }
    add(made, input);
  }

  /// from -> to. Engines take a `from` that looks like no expression for a text; the specification has
  /// nothing but expressions.
  void assign(ElementId assignment, std::string_view target, bool input) {
    const ElementId from = document_.child(assignment, ElementKind::from);
    const ElementId to = document_.child(assignment, ElementKind::to);
    if (from == ElementId::none || document_[from].text.empty()) return;
    Mapping made;
    made.target = target;
    if (to != ElementId::none)
      if (const std::string_view named = end(document_[to].text); !named.empty()) made.target = named;
    if (made.target.empty()) return;
    if (const std::string_view mine = own(document_[from].text); !mine.empty()) {
      made.source = mine;
      made.from = Mapping::From::variable;
      made.span = document_[from].text_span;
    } else if (context_.model.dialect == Dialect::omg) {
      set_expression(made, from);
    } else {
      made.source = document_[from].text;
      made.span = document_[from].text_span;
    }
    add(made, input);
  }

  void set_expression(Mapping& made, ElementId id) const {
    const model::Expression expression = context_.expression(id);
    made.from = Mapping::From::expression;
    made.source = expression.body;
    made.span = expression.span;
    made.language = expression.language.empty() ? context_.model.expression_language : expression.language;
  }

  void add(const Mapping& made, bool input) {
    if (!input) return node_.outputs.push_back(made);
    model::Work& work = node_.work;
    const bool people = node_.kind == ElementKind::user_task && context_.model.dialect == Dialect::jbpm &&
                        made.from == Mapping::From::text;
    if (people && made.target == "GroupId")
      work.potential_groups.push_back(made.source);
    else if (people && made.target == "ActorId")
      work.potential_users.push_back(made.source);
    else if (people && made.target == "Priority" && work.priority.empty())
      work.priority = made.source;
    node_.inputs.push_back(made);
  }

  const Context& context_;
  const Document& document_;
  model::FlowNode& node_;
  std::unordered_map<std::string_view, std::string_view> own_;  // data inputs and outputs: id -> name
};

}  // namespace

void fill_data(Context& context) {
  const bool of_events = context.model.dialect == Dialect::omg || context.model.dialect == Dialect::jbpm;
  for (model::FlowNode& node : context.model.nodes)
    if ((node.is_activity() && !node.is_sub_process()) || node.sends_by_worker() ||
        (of_events && node.is_event() && node.has(ElementKind::message_event_definition)))
      Reader(context, node).run();
}

}  // namespace weir::formats::bpmn::dialects
