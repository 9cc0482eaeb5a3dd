// What the steps of the reader share. The steps run in this order, each over the whole document:
//   collect (structure.cpp)   elements -> typed arrays, in document order
//   fill    (nodes.cpp ...)   attributes and children of each typed struct; called by collect
//   resolve (resolve.cpp)     references -> indexes, once every target is known
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/model/definitions.hpp"

namespace weir::formats::bpmn {

struct Context {
  Context(model::Definitions& definitions, Diagnostics& out)
      : model(definitions), document(definitions.document), diagnostics(out) {}

  model::Definitions& model;
  const model::Document& document;
  Diagnostics& diagnostics;

  /// For each element the scope its content stands in: its own when it is a process or sub-process.
  std::vector<model::ScopeIndex> scope_inside;
  /// For each element whether anything may stand in it: extension elements, documentation, foreign elements
  /// and all that is inside them.
  std::vector<bool> open_inside;
  /// eventDefinitionRef of events, resolved when all root definitions are known: position among the inline
  /// ones.
  struct DefinitionReference {
    model::NodeIndex node;
    std::size_t position;
    model::ElementId element;
  };
  std::vector<DefinitionReference> definition_references;
  std::unordered_map<std::string_view, model::FlowIndex> flow_by_id;

  [[nodiscard]] const model::Element& element(model::ElementId id) const { return document[id]; }
  /// The scope whose direct child an element is, none when it stands somewhere else.
  [[nodiscard]] model::ScopeIndex container(model::ElementId id) const;
  /// Value of an attribute without namespace, blanks at both ends removed.
  [[nodiscard]] std::string_view trimmed_value(model::ElementId id, std::string_view name) const;
  /// xsd:boolean attribute; anything that is no boolean leaves the default.
  [[nodiscard]] bool boolean(model::ElementId id, std::string_view name, bool otherwise) const;
  /// Span of the id attribute's value, else of the element's name.
  [[nodiscard]] Span id_place(model::ElementId id) const { return document.place(id, "id"); }
  /// An expression from the text of an element.
  [[nodiscard]] model::Expression expression(model::ElementId id) const;
  /// First element with this id, also when the reference carries a prefix; none when there is none.
  [[nodiscard]] model::ElementId find(std::string_view reference) const;
  /// Reports a finding and returns true, or returns false when there are too many of this code already;
  /// `message` is only called when it is reported, `extend` may add notes and fixes.
  template <class Message, class Extend>
  void report(Severity severity, std::string_view code, std::string_view group, Span span,
              std::string_view element, Message message, Extend extend) {
    if (!admit(code, severity, group, span)) return;
    extend(add(severity, code, group, span, message(), element));
  }
  template <class Message>
  void report(Severity severity, std::string_view code, std::string_view group, Span span,
              std::string_view element, Message message) {
    report(severity, code, group, span, element, message, [](Diagnostic&) {});
  }
  /// Says how many findings were not listed; call once at the end.
  void report_omitted();

 private:
  struct Count {
    std::string_view code, group;
    Severity severity;
    Span first_omitted;
    std::size_t seen;
  };
  bool admit(std::string_view code, Severity severity, std::string_view group, Span span);
  Diagnostic& add(Severity severity, std::string_view code, std::string_view group, Span span,
                  std::string message, std::string_view element);
  std::vector<Count> counts_;
};

/// Blanks of XML at both ends removed.
std::string_view trim(std::string_view text);
/// Local part of a QName reference; an expression such as ${a:b} or =x is returned as it is.
std::string_view reference_name(std::string_view written);

void collect(Context& context);
/// A flow node whose kind, element and scope are set.
void fill_node(Context& context, model::NodeIndex node);
/// The event definition of an element of kind *EventDefinition.
model::EventDefinition event_definition(const Context& context, model::ElementId id);
/// Loop characteristics of an activity.
model::Loop loop(const Context& context, model::ElementId id);
void fill_flow(Context& context, model::SequenceFlow& flow);
model::Participant participant(const Context& context, model::ElementId id);
model::MessageFlow message_flow(const Context& context, model::ElementId id);
model::Association association(const Context& context, model::ElementId id);
model::Lane lane(const Context& context, model::ElementId id);
model::Diagram diagram(const Context& context, model::ElementId id);
void resolve(Context& context);
/// Call activities that call a global task become that task.
void perform_global_tasks(Context& context);
/// Where multi-instance activities get their items from and where their results go.
void resolve_loop_data(Context& context);
/// Warns about references to root elements that do not exist or are of another kind.
void check_references(Context& context);

}  // namespace weir::formats::bpmn
