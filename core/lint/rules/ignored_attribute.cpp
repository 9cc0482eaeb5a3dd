// What an engine would do and weir does not.
#include <algorithm>
#include <iterator>
#include <set>

#include "core/base/did_you_mean.hpp"
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

/// All attributes of BPMN20.xsd and Semantic.xsd, sorted.
static constexpr std::string_view bpmn_attributes[] = {"activityRef",
                                                       "associationDirection",
                                                       "attachedToRef",
                                                       "behavior",
                                                       "calledChoreographyRef",
                                                       "calledCollaborationRef",
                                                       "calledElement",
                                                       "cancelActivity",
                                                       "cancelRemainingInstances",
                                                       "capacity",
                                                       "categoryValueRef",
                                                       "completionQuantity",
                                                       "correlationKeyRef",
                                                       "correlationPropertyRef",
                                                       "dataObjectRef",
                                                       "dataStoreRef",
                                                       "default",
                                                       "definition",
                                                       "definitionalCollaborationRef",
                                                       "direction",
                                                       "errorCode",
                                                       "errorRef",
                                                       "escalationCode",
                                                       "escalationRef",
                                                       "evaluatesToTypeRef",
                                                       "eventGatewayType",
                                                       "exporter",
                                                       "exporterVersion",
                                                       "expressionLanguage",
                                                       "gatewayDirection",
                                                       "id",
                                                       "implementation",
                                                       "implementationRef",
                                                       "importType",
                                                       "initiatingParticipantRef",
                                                       "innerConversationNodeRef",
                                                       "innerMessageFlowRef",
                                                       "inputDataRef",
                                                       "instantiate",
                                                       "isClosed",
                                                       "isCollection",
                                                       "isExecutable",
                                                       "isForCompensation",
                                                       "isImmediate",
                                                       "isInterrupting",
                                                       "isRequired",
                                                       "isSequential",
                                                       "isUnlimited",
                                                       "itemKind",
                                                       "itemRef",
                                                       "itemSubjectRef",
                                                       "language",
                                                       "location",
                                                       "loopMaximum",
                                                       "loopType",
                                                       "maximum",
                                                       "messageRef",
                                                       "method",
                                                       "minimum",
                                                       "mustUnderstand",
                                                       "name",
                                                       "namespace",
                                                       "noneBehaviorEventRef",
                                                       "oneBehaviorEventRef",
                                                       "operationRef",
                                                       "ordering",
                                                       "outerConversationNodeRef",
                                                       "outerMessageFlowRef",
                                                       "outputDataRef",
                                                       "parallelMultiple",
                                                       "parameterRef",
                                                       "partitionElementRef",
                                                       "processRef",
                                                       "processType",
                                                       "scriptFormat",
                                                       "scriptLanguage",
                                                       "signalRef",
                                                       "sourceRef",
                                                       "startQuantity",
                                                       "structureRef",
                                                       "targetNamespace",
                                                       "targetRef",
                                                       "testBefore",
                                                       "textFormat",
                                                       "triggeredByEvent",
                                                       "type",
                                                       "typeLanguage",
                                                       "value",
                                                       "waitForCompletion"};
static_assert(std::is_sorted(std::begin(bpmn_attributes), std::end(bpmn_attributes)));

/// The nearest element around it that has an id.
static std::string_view owner(const model::Document& document, model::ElementId element) {
  for (; element != model::ElementId::none; element = document[element].parent)
    if (const std::string_view id = document.value(element, "id"); !id.empty()) return id;
  return {};
}

/// Without a prefix an attribute is BPMN's own, or misspelt.
static void check_own(const model::Definitions& model, model::ElementId id,
                      std::set<std::string_view>& reported, Report& report) {
  const model::Document& document = model.document;
  const model::Element& at = document[id];
  if (at.ns != model::Namespace::bpmn || at.kind == model::ElementKind::unknown ||
      model::is(at.kind, model::Category::diagram))
    return;
  const auto only_drawn = [&](const model::Process& each) { return each.element == id && !each.executable; };
  if (at.kind == model::ElementKind::process &&
      std::any_of(model.processes.begin(), model.processes.end(), only_drawn))
    return;
  for (std::uint32_t i = 0; i < at.attribute_count; ++i) {
    const model::Attribute& each = document.attributes[at.first_attribute + i];
    if (each.ns != model::Namespace::empty || !each.prefix.empty() || each.name == "xmlns" ||
        std::binary_search(std::begin(bpmn_attributes), std::end(bpmn_attributes), each.name) ||
        !reported.insert(each.name).second)
      continue;
    report.add(each.name_span, owner(document, id),
               fmt::format("attribute {} is not known to BPMN: it is ignored{}", quoted(each.name),
                           did_you_mean_text(each.name, bpmn_attributes)));
  }
  for (const model::ElementId child : model::children(document, id))
    if (document[child].kind != model::ElementKind::extension_elements)
      check_own(model, child, reported, report);
}

static void check(const Subject& subject, Report& report) {
  const auto runs = [](const model::Process& process) { return process.executable; };
  if (std::none_of(subject.model.processes.begin(), subject.model.processes.end(), runs)) return;
  for (const model::Ignored& each : subject.model.ignored)
    report.add(each.span, owner(subject.model.document, each.element),
               each.why.empty()
                   ? fmt::format("{} {} is not known to weir: it is ignored",
                                 each.is_attribute ? "attribute" : "element", quoted(each.name))
                   : fmt::format("{} {} is ignored: {}", each.is_attribute ? "attribute" : "element",
                                 quoted(each.name), each.why));
  std::set<std::string_view> reported;
  if (!subject.model.document.empty()) check_own(subject.model, model::ElementId{0}, reported, report);
}

constinit const Rule ignored_attribute{
    .id = "ignored-attribute",
    .group = "dialects",
    .severity = Severity::info,
    .summary = "In an executable process, weir does what each attribute and extension element says.",
    .explanation =
        "Vendors add attributes and extension elements to BPMN. weir does what the common ones say; what it "
        "does not know it leaves aside, so that the process may run in another way here than in the engine "
        "it was written for. An attribute without a prefix that BPMN does not have is misspelt, or its "
        "prefix is missing; nothing reads it. Each name is reported once in a file, where it stands "
        "first.\n\n"
        "Mend it where the process depends on it, by what weir does know, such as a handler in weir.toml "
        "instead of a listener; else leave it. What only a model editor or a user interface reads is not "
        "reported.",
    .check = check,
};

}  // namespace weir::lint::rules
