// What vendors say and nothing here reads. The tables say what is read, or means nothing for how a process
// runs: pictures, templates of modelers, save points (weir writes down every step).
#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "formats/bpmn/context.hpp"
#include "formats/bpmn/dialects/dialects.hpp"

namespace weir::formats::bpmn::dialects {

using model::Attribute;
using model::Document;
using model::Element;
using model::ElementId;
using model::ElementKind;
using model::Namespace;

namespace {

/// Where a vendor's attribute or extension element stands.
enum Place : unsigned {
  process = 1,
  job = 2,  // what connectors and workers do
  script = 4,
  rule = 8,
  user = 16,
  call = 32,
  task = 64,  // of no particular kind
  loop = 128,
  catching = 256,  // error and escalation events
  error = 512,
  message = 1024,
  event = 2048,
  association = 4096,
  other = 8192,
  start = 16384,    // event of a process
  worked = 32768,   // event whose message a worker sends
  sending = 65536,  // ... and the definition of the event
  condition = 131072,
  telling = 262144,  // event that sends its message itself
  activity = job | script | rule | user | call | task | other,
  anywhere = ~0u
};

unsigned place_of(const Document& document, ElementId id) {
  const ElementKind kind = document[id].kind;
  switch (kind) {
    case ElementKind::start_event:
      return event | (document[document[id].parent].kind == ElementKind::process ? start : 0u);
    case ElementKind::process:
      return process;
    case ElementKind::service_task:
    case ElementKind::send_task:
      return job;
    case ElementKind::business_rule_task:
    case ElementKind::global_business_rule_task:
      return rule;
    case ElementKind::script_task:
    case ElementKind::global_script_task:
      return script;
    case ElementKind::user_task:
    case ElementKind::global_user_task:
      return user;
    case ElementKind::call_activity:
      return call;
    case ElementKind::task:
    case ElementKind::global_task:
      return task;
    case ElementKind::multi_instance_loop_characteristics:
      return loop;
    case ElementKind::error_event_definition:
    case ElementKind::escalation_event_definition:
      return catching;
    case ElementKind::error:
      return error;
    case ElementKind::message:
      return message;
    case ElementKind::association:
      return association;
    case ElementKind::conditional_event_definition:
      return condition;
    default:
      return model::is(kind, model::Category::event) ? event : other;
  }
}

struct Known {
  unsigned places;
  std::string_view names;  // with blanks around each
};

// Attributes on elements of BPMN.
constexpr std::array camunda_attributes{
    Known{anywhere,
          " modelerTemplate modelerTemplateVersion asyncBefore asyncAfter async exclusive diagramRelationId "
          "formKey "},
    Known{process, " versionTag historyTimeToLive isStartableInTasklist "},
    Known{job | rule | script | sending, " class delegateExpression expression topic type resultVariable "},
    Known{rule,
          " decisionRef decisionRefBinding decisionRefVersion decisionRefVersionTag mapDecisionResult "},
    Known{user, " assignee candidateUsers candidateGroups dueDate followUpDate priority "},
    Known{user | start, " formRef formRefBinding formRefVersion "},
    Known{start, " initiator "},
    Known{condition, " variableName variableEvents "},
    Known{call, " calledElementBinding calledElementVersion calledElementVersionTag "},
    Known{loop, " collection elementVariable "},
    Known{catching, " errorCodeVariable errorMessageVariable escalationCodeVariable "},
    Known{error, " errorMessage "},
};
constexpr std::array flowable_attributes{
    Known{anywhere, " async asyncLeave exclusive formKey formFieldValidation "},
    Known{process, " isStartableInTasklist "},
    Known{job | rule | script | sending, " class delegateExpression expression topic type resultVariable "},
    Known{user, " assignee candidateUsers candidateGroups dueDate priority "},
    Known{start, " initiator "},
    Known{user | start | call, " sameDeployment "},
    Known{call, " inheritVariables businessKey inheritBusinessKey "},
    Known{loop, " collection elementVariable elementIndexVariable "},
    Known{catching, " errorVariableName "},
    Known{error, " errorMessage "},
};
constexpr std::array zeebe_attributes{
    Known{anywhere, " modelerTemplate modelerTemplateVersion modelerTemplateIcon "},
};
constexpr std::array drools_attributes{
    Known{anywhere,
          " packageName selectable color bgcolor bordercolor fontcolor fontsize dtype displayName boundaryca "
          "dockerinfo dg msgref erefname esccode datype actrefname scriptFormat "},
    Known{process, " version adHoc "},
    Known{task | job | user, " taskName "},
    Known{job, " serviceimplementation serviceinterface serviceoperation "},
    Known{association, " type "},
};

/// What is so anyway.
struct Usual {
  Namespace ns;
  std::string_view attribute, value;
};
constexpr std::array usual{
    Usual{Namespace::drools, "priority", "1"},
    Usual{Namespace::drools, "waitForCompletion", "true"},
    Usual{Namespace::drools, "independent", "false"},
};

// Extension elements; of a known one everything inside is known too, unless `unread` names it.
constexpr std::array camunda_elements{
    Known{anywhere, " properties "},
    Known{activity | event, " inputOutput "},
    Known{job | rule | sending, " connector "},
    Known{job | rule | worked, " failedJobRetryTimeCycle "},
    Known{user | start, " formData "},
    Known{call, " in out "},
};
constexpr std::array flowable_elements{
    Known{anywhere, " work-form-field-validation task-candidates-type initiator-can-complete "},
    Known{job | rule | script | worked, " failedJobRetryTimeCycle "},
    Known{user | start, " formProperty "},
    Known{call, " in out "},
    Known{loop, " variableAggregation "},
};
constexpr std::array zeebe_elements{
    Known{anywhere, " properties "},
    Known{process, " versionTag userTaskForm "},
    Known{message, " subscription "},
    Known{condition, " conditionalFilter "},
    Known{activity | event, " ioMapping "},
    Known{job | rule | script | worked, " taskDefinition "},
    Known{job | rule | script | user | worked, " taskHeaders "},
    Known{script, " script "},
    Known{rule, " calledDecision "},
    Known{user, " assignmentDefinition taskSchedule priorityDefinition userTask "},
    Known{user | start, " formDefinition "},
    Known{call, " calledElement "},
    Known{loop, " loopCharacteristics "},
};
constexpr std::array drools_elements{
    Known{anywhere, " metaData metadata import ProcessAnalysisData "},
};

/// Parts of known extension elements that are not read.
struct Unread {
  Namespace ns;
  std::string_view element, attribute;
};
constexpr std::array unread{
    Unread{Namespace::camunda, "script", "resource"},
    Unread{Namespace::camunda, "formData", "businessKey"},
    Unread{Namespace::camunda, "formField", "datePattern"},
    Unread{Namespace::flowable, "variableAggregation", "delegateExpression"},
    Unread{Namespace::flowable, "variableAggregation", "createOverviewVariable"},
    Unread{Namespace::flowable, "variableAggregation", "storeAsTransientVariable"},
    Unread{Namespace::zeebe, "formDefinition", "versionTag"},
};

struct Vendor {
  Namespace ns;
  std::span<const Known> attributes, elements;
};
constexpr std::array vendors{
    Vendor{Namespace::camunda, camunda_attributes, camunda_elements},
    Vendor{Namespace::zeebe, zeebe_attributes, zeebe_elements},
    Vendor{Namespace::flowable, flowable_attributes, flowable_elements},
    Vendor{Namespace::activiti, flowable_attributes, flowable_elements},
    Vendor{Namespace::drools, drools_attributes, drools_elements},
};

const Vendor* vendor_of(Namespace ns) {
  for (const Vendor& each : vendors)
    if (each.ns == ns) return &each;
  return nullptr;
}

bool is_known(std::span<const Known> table, unsigned place, std::string_view name) {
  const std::string word = " " + std::string(name) + " ";
  return std::any_of(table.begin(), table.end(), [&](const Known& each) {
    return (each.places & place) != 0 && each.names.find(word) != std::string_view::npos;
  });
}

bool is_usual(const Attribute& attribute) {
  return std::any_of(usual.begin(), usual.end(), [&](const Usual& each) {
    return each.ns == attribute.ns && each.attribute == attribute.name && each.value == attribute.value;
  });
}

class Walk {
 public:
  explicit Walk(model::Definitions& model) : model_(model), document_(model.document), out_(model.ignored) {
    for (const model::FlowNode& each : model.nodes) {
      if ((each.kind == ElementKind::intermediate_throw_event || each.kind == ElementKind::end_event) &&
          each.has(ElementKind::message_event_definition))
        telling_.insert(each.element);
      if (!each.sends_by_worker()) continue;
      worked_.insert(each.element);
      sending_.insert(each.event_definitions[0].element);
    }
  }

  void run() {
    if (document_.empty()) return;
    for (const ElementId each : model::children(document_, ElementId{0})) {
      if (document_[each].kind == ElementKind::process) {
        const std::string_view runs = trim(document_.value(each, "isExecutable"));
        if (runs != "true" && runs != "1") continue;
      }
      element(each);
    }
    for (const model::MessageFlow& each : model_.message_flows)
      if (worked_.contains(each.source) && each.target != ElementId::none)
        add(each.element, document_[each.element].prefix, "messageFlow", false,
            "the message is what the worker of its event sends, and nothing goes this way by itself",
            each.span);
  }

 private:
  void element(ElementId id) {
    const Element& at = document_[id];
    if (at.ns != Namespace::bpmn) return;  // diagrams, pieces of other languages
    const unsigned place = place_of(document_, id) | (worked_.contains(id) ? worked : 0u) |
                           (sending_.contains(id) ? sending : 0u) | (telling_.contains(id) ? telling : 0u);
    for (std::uint32_t i = 0; i < at.attribute_count; ++i) {
      const Attribute& each = document_.attributes[at.first_attribute + i];
      const Vendor* vendor = vendor_of(each.ns);
      if (vendor != nullptr && !each.value.empty() && !is_usual(each) &&
          !is_known(vendor->attributes, place, each.name))
        add(id, each.prefix, each.name, true, {}, each.name_span);
      if (each.ns == Namespace::camunda && each.name == "historyTimeToLive" && !each.value.empty() &&
          !is_number(each.value) && !each.value.starts_with('P'))
        add(id, each.prefix, each.name, true, "it is neither a number of days nor a duration",
            each.value_span);
      if (each.ns == Namespace::camunda && each.name == "formRef" && is_computed(each.value))
        add(id, each.prefix, each.name, true, computed_form, each.value_span);
    }
    for (const ElementId child : model::children(document_, id)) {
      if (document_[child].kind == ElementKind::extension_elements)
        for (const ElementId each : model::children(document_, child)) extension(each, place);
      else
        element(child);
    }
  }

  void extension(ElementId id, unsigned place) {
    const Element& at = document_[id];
    const Vendor* vendor = vendor_of(at.ns);
    if (vendor == nullptr) return;
    if (!is_known(vendor->elements, place, at.name) && !is_field_of_decision(id))
      return add(id, at.prefix, at.name, false, {}, at.name_span);
    inside(id);
    value(id);
    for (const ElementId each : model::children(document_, id)) target(each);
    if ((place & event) == 0 || (place & (worked | telling)) != 0) return;
    for (const ElementId each : model::children(document_, id))
      if (document_[each].name == "input" || document_[each].name == "inputParameter")
        add(each, at.prefix, document_[each].name, false, "only events with messages hand something out",
            document_[each].name_span);
  }

  void inside(ElementId id) {
    const Element& at = document_[id];
    for (const Unread& each : unread)
      if (each.ns == at.ns && each.element == at.name)
        if (const Attribute* found = document_.attribute(id, each.attribute))
          add(id, at.prefix.empty() ? at.name : at.prefix, found->name, true, {}, found->name_span);
    for (const ElementId child : model::children(document_, id))
      if (document_[child].ns == at.ns) inside(child);
  }

  static constexpr std::string_view computed_form = "a form is known by its id, not by an expression";
  static bool is_computed(std::string_view text) {
    return trim(text).starts_with('=') || text.find("${") != std::string_view::npos ||
           text.find("#{") != std::string_view::npos;
  }

  /// Values that are known to exist and cannot be used.
  void value(ElementId id) {
    const Element& at = document_[id];
    if (at.ns == Namespace::zeebe && at.name == "taskDefinition") {
      const Attribute* retries = document_.attribute(id, "retries");
      if (retries != nullptr && !is_number(trim(retries->value)))
        add(id, at.prefix, "retries", true, "only a number of attempts is known before the job exists",
            retries->value_span);
    }
    if (at.ns == Namespace::zeebe && at.name == "formDefinition")
      if (const Attribute* form = document_.attribute(id, "formId");
          form != nullptr && is_computed(form->value))
        add(id, at.prefix, "formId", true, computed_form, form->value_span);
    if (at.name == "failedJobRetryTimeCycle") {
      const std::string_view text = trim(at.text);
      const bool cycle = text.starts_with('R') && text.find('/') != std::string_view::npos;
      if (!text.empty() && !text.starts_with('P') && !cycle)
        add(id, at.prefix, at.name, false, "it is neither R3/PT5M nor a list of durations", at.text_span);
    }
  }

  void target(ElementId id) {
    for (const std::string_view name : {"target", "name"})
      if (const Attribute* found = document_.attribute(id, name);
          found != nullptr && is_too_deep(found->value) && is_parameter(document_[id].name))
        add(id, document_[id].prefix, document_[id].name, false, "its target has more than 50 parts",
            found->value_span);
  }

  static bool is_parameter(std::string_view name) {
    return name == "input" || name == "output" || name == "inputParameter" || name == "outputParameter";
  }

  static bool is_number(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  }

  /// Flowable and Activiti: fields of a service task of type dmn.
  bool is_field_of_decision(ElementId id) const {
    const Element& at = document_[id];
    if (at.name != "field" || (at.ns != Namespace::flowable && at.ns != Namespace::activiti)) return false;
    const Attribute* type = document_.attribute(document_[at.parent].parent, at.ns, "type");
    return type != nullptr && type->value == "dmn";
  }

  void add(ElementId id, std::string_view prefix, std::string_view name, bool is_attribute,
           std::string_view why, Span span) {
    const Element& at = document_[id];
    const std::string_view vendor = is_attribute && at.ns != Namespace::bpmn ? at.name : prefix;
    if (!seen_
             .insert((is_attribute ? "@" : "<") + std::string(vendor) + ":" + std::string(name) +
                     std::string(why))
             .second)
      return;
    model::Ignored made;
    made.element = id;
    // The prefix and the local name stand next to each other in the text.
    made.name = prefix.empty() || prefix.end() + 1 != name.begin()
                    ? name
                    : std::string_view(prefix.data(), prefix.size() + 1 + name.size());
    made.is_attribute = is_attribute;
    made.why = why;
    made.span = span;
    out_.push_back(made);
  }

  const model::Definitions& model_;
  const Document& document_;
  std::set<ElementId> worked_, sending_, telling_;
  std::vector<model::Ignored>& out_;
  std::set<std::string> seen_;
};

}  // namespace

void list_ignored(model::Definitions& model) {
  Walk(model).run();
}

}  // namespace weir::formats::bpmn::dialects
