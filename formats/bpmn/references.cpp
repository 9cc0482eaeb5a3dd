// References by which model elements name root elements: messageRef, errorRef ... A reference into another
// namespace (xsd:string, an imported file) is not ours to judge, nor is an expression of a vendor.
#include <fmt/format.h>

#include <array>
#include <unordered_set>

#include "formats/bpmn/context.hpp"
#include "formats/excerpt.hpp"
#include "formats/xml_characters.hpp"

namespace weir::formats::bpmn {

using model::Category;
using model::ElementId;
using model::ElementKind;

namespace {

struct AttributeRow {
  std::string_view attribute;
  ElementKind target;
};
constexpr std::array attribute_rows{
    AttributeRow{"messageRef", ElementKind::message},
    AttributeRow{"signalRef", ElementKind::signal},
    AttributeRow{"errorRef", ElementKind::error},
    AttributeRow{"escalationRef", ElementKind::escalation},
    AttributeRow{"operationRef", ElementKind::operation},
    AttributeRow{"processRef", ElementKind::process},
    AttributeRow{"dataObjectRef", ElementKind::data_object},
    AttributeRow{"dataStoreRef", ElementKind::data_store},
    AttributeRow{"categoryValueRef", ElementKind::category_value},
    AttributeRow{"correlationPropertyRef", ElementKind::correlation_property},
    AttributeRow{"itemSubjectRef", ElementKind::item_definition},
    AttributeRow{"itemRef", ElementKind::item_definition},
};

struct ElementRow {
  ElementKind element;  // whose text is the reference
  ElementKind target;
};
constexpr std::array element_rows{
    ElementRow{ElementKind::error_ref, ElementKind::error},
    ElementRow{ElementKind::operation_ref, ElementKind::operation},
    ElementRow{ElementKind::in_message_ref, ElementKind::message},
    ElementRow{ElementKind::out_message_ref, ElementKind::message},
    ElementRow{ElementKind::interface_ref, ElementKind::interface},
    ElementRow{ElementKind::supported_interface_ref, ElementKind::interface},
    ElementRow{ElementKind::correlation_property_ref, ElementKind::correlation_property},
    ElementRow{ElementKind::resource_ref, ElementKind::resource},
    ElementRow{ElementKind::data_input_refs, ElementKind::data_input},
    ElementRow{ElementKind::optional_input_refs, ElementKind::data_input},
    ElementRow{ElementKind::while_executing_input_refs, ElementKind::data_input},
    ElementRow{ElementKind::data_output_refs, ElementKind::data_output},
    ElementRow{ElementKind::optional_output_refs, ElementKind::data_output},
    ElementRow{ElementKind::while_executing_output_refs, ElementKind::data_output},
    ElementRow{ElementKind::input_set_refs, ElementKind::input_set},
    ElementRow{ElementKind::output_set_refs, ElementKind::output_set},
    ElementRow{ElementKind::event_definition_ref, ElementKind::unknown},  // any event definition
};

class References {
 public:
  explicit References(Context& context) : context_(context) {
    const model::Document& document = context.document;
    for (const ElementId child : model::children(document, ElementId{0}))
      if (document[child].kind == ElementKind::import_) imports_ = true;
    for (std::uint32_t i = 0; i < document.elements[0].attribute_count; ++i) {
      const model::Attribute& each = document.attributes[document.elements[0].first_attribute + i];
      if (each.prefix == "xmlns" && each.value == context.model.target_namespace)
        own_prefixes_.insert(each.name);
    }
  }

  void check(ElementId id) {
    const model::Element& element = context_.element(id);
    if (element.ns != model::Namespace::bpmn) return;
    for (const ElementRow& row : element_rows)
      if (row.element == element.kind && (plain() || !of_sets(row.target)))
        check(id, element.text, element.text_span.known() ? element.text_span : element.name_span,
              element.name, row.target);
    for (std::uint32_t i = 0; i < element.attribute_count; ++i) {
      const model::Attribute& each = context_.document.attributes[element.first_attribute + i];
      if (each.ns != model::Namespace::empty || !each.name.ends_with("Ref")) continue;
      for (const AttributeRow& row : attribute_rows)
        if (row.attribute == each.name) check(id, trim(each.value), each.value_span, each.name, row.target);
    }
  }

 private:
  /// Written for no engine.
  [[nodiscard]] bool plain() const { return context_.model.dialect == model::Dialect::omg; }
  /// Engines do not read the sets of inputs and outputs, and their tools write what they like.
  static bool of_sets(ElementKind target) {
    return target == ElementKind::data_input || target == ElementKind::data_output ||
           target == ElementKind::input_set || target == ElementKind::output_set;
  }

  void check(ElementId id, std::string_view reference, Span span, std::string_view role, ElementKind target) {
    if (reference.empty()) return;
    const ElementId found = context_.find(reference);
    const bool any_definition = target == ElementKind::unknown;
    const auto wanted = [&] {
      return any_definition ? std::string("event definition") : std::string(model::words(target));
    };
    if (found != ElementId::none) {
      const ElementKind kind = context_.element(found).kind;
      if (any_definition ? model::is(kind, Category::event_definition) : kind == target) return;
      // Engines read some of these references as names of their own.
      report(plain() ? Severity::error : Severity::warning, id, span, [&] {
        return fmt::format("{} names '{}', which is no {} but a <{}>", role, excerpt(reference), wanted(),
                           excerpt(context_.element(found).name));
      });
      return;
    }
    if (imports_ || !ours(reference)) return;
    report(Severity::warning, id, span, [&] {
      return fmt::format("{} names '{}', but the file has no {} with this id", role, excerpt(reference),
                         wanted());
    });
  }

  /// Whether the reference can only mean something in this file.
  [[nodiscard]] bool ours(std::string_view reference) const {
    for (const char c : reference)
      if (!has_class(c, XmlCharacters::name | XmlCharacters::high)) return false;
    const auto colon = reference.find(':');
    if (colon == std::string_view::npos) return true;
    return own_prefixes_.contains(reference.substr(0, colon));
  }

  template <class Message>
  void report(Severity severity, ElementId id, Span span, Message message) {
    context_.report(severity, "unresolved-reference", "references", span, {}, message,
                    [&](Diagnostic& made) { made.element = owner(id); });
  }

  /// Id of the nearest element that people know by its id: the event, not its definition.
  [[nodiscard]] std::string owner(ElementId id) const {
    for (; id != ElementId::none; id = context_.element(id).parent) {
      const std::string_view value = context_.trimmed_value(id, "id");
      if (!value.empty() && !model::is(context_.element(id).kind, Category::event_definition))
        return std::string(value);
    }
    return {};
  }

  Context& context_;
  bool imports_ = false;
  std::unordered_set<std::string_view> own_prefixes_;  // bound to the target namespace by the root
};

}  // namespace

void check_references(Context& context) {
  if (context.document.empty()) return;
  References references(context);
  for (std::size_t i = 0; i < context.document.elements.size(); ++i)
    references.check(static_cast<ElementId>(i));
}

}  // namespace weir::formats::bpmn
