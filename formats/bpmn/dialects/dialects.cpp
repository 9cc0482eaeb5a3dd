// Applies the tables and tells which vendor a file belongs to. Files often declare several vendors'
// namespaces, left over from conversions; what they use decides.
#include "formats/bpmn/dialects/dialects.hpp"

#include <array>
#include <string>

#include "core/feel/expression.hpp"
#include "core/feel/juel.hpp"
#include "formats/bpmn/context.hpp"
#include "formats/known_namespaces.hpp"

namespace weir::formats::bpmn::dialects {

using model::Dialect;
using model::Document;
using model::ElementId;
using model::ElementKind;
using model::Namespace;

namespace {

std::string_view find(const Document& document, ElementId id, const Row& row) {
  if (row.extension.empty()) {
    const model::Attribute* found = document.attribute(id, row.ns, row.attribute);
    return found ? found->value : std::string_view{};
  }
  const ElementId extensions = document.child(id, ElementKind::extension_elements);
  if (extensions == ElementId::none) return {};
  return document.value(document.child(extensions, row.ns, row.extension), row.attribute);
}

void set(std::string_view& field, const Document& document, ElementId element, const Row& row) {
  if (field.empty() && element != ElementId::none) field = find(document, element, row);
}

/// "a, b" as its parts; one expression stays whole, commas and all.
void set_list(std::vector<std::string_view>& field, const Document& document, ElementId element,
              const Row& row) {
  std::string_view rest = trim(find(document, element, row));
  if (!field.empty() || rest.empty()) return;
  if (rest.starts_with('=')) return field.push_back(rest);
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= rest.size(); ++i) {
    if (i < rest.size() && rest[i] == '{') ++depth;
    if (i < rest.size() && rest[i] == '}') --depth;
    if (i < rest.size() && (rest[i] != ',' || depth > 0)) continue;
    if (const std::string_view part = trim(rest.substr(begin, i - begin)); !part.empty())
      field.push_back(part);
    begin = i + 1;
  }
}

/// "${shipping.book(order)}" -> "shipping.book"
std::string_view called(std::string_view expression) {
  expression = trim(expression);
  if (expression.starts_with("${") || expression.starts_with("#{")) expression.remove_prefix(2);
  return trim(expression.substr(0, expression.find_first_of("({}")));
}

/// Whether the expression calls nothing but what weir has.
bool can_evaluate(std::string_view expression) {
  Diagnostics found;
  if (!feel::looks_like_juel(expression)) return false;
  const auto compiled = feel::compile_condition(expression, {}, {}, found);
  return compiled && !found.has_errors() && feel::foreign_calls(compiled->root()).empty();
}

bool throws(const model::FlowNode& node) {
  return node.kind == ElementKind::intermediate_throw_event || node.kind == ElementKind::end_event;
}

/// Who does the work.
void apply_work(const Document& document, ElementId element, const Row& row, model::FlowNode& node) {
  model::Work& work = node.work;
  const bool user = node.kind == ElementKind::user_task;
  const bool job = node.kind == ElementKind::service_task || node.kind == ElementKind::send_task ||
                   node.kind == ElementKind::business_rule_task || node.kind == ElementKind::script_task ||
                   throws(node);
  switch (row.field) {
    case Field::assignee:
      if (user) set(work.human_performer, document, element, row);
      break;
    case Field::candidate_users:
      if (user) set_list(work.potential_users, document, element, row);
      break;
    case Field::candidate_groups:
      if (user) set_list(work.potential_groups, document, element, row);
      break;
    case Field::due_date:
      if (user) set(work.due_date, document, element, row);
      break;
    case Field::follow_up_date:
      if (user) set(work.follow_up_date, document, element, row);
      break;
    case Field::priority:
      if (user) set(work.priority, document, element, row);
      break;
    case Field::form:
      if (user || node.kind == ElementKind::start_event) set(work.form, document, element, row);
      break;
    case Field::job_type:
      if (job) set(work.job_type, document, element, row);
      break;
    case Field::work_item:
      if (job || node.kind == ElementKind::task) set(work.job_type, document, element, row);
      break;
    case Field::expression:
      if (const std::string_view text = find(document, element, row);
          job && work.job_type.empty() && !throws(node) && node.kind != ElementKind::script_task &&
          can_evaluate(text)) {
        node.script = text;
        node.script_format = "juel";
        break;
      }
      [[fallthrough]];
    case Field::bean:
      if (job && work.job_type.empty()) work.job_type = called(find(document, element, row));
      break;
    default:
      break;
  }
}

void apply(const Document& document, const Row& row, model::FlowNode& node) {
  const bool multi_instance = node.loop.kind == model::Loop::Kind::multi_instance;
  switch (row.field) {
    case Field::called_element:
      if (node.kind == ElementKind::call_activity) set(node.called_element, document, node.element, row);
      break;
    case Field::loop_collection:
      if (multi_instance) set(node.loop.collection, document, node.loop.element, row);
      break;
    case Field::loop_element_variable:
      if (multi_instance) set(node.loop.element_variable, document, node.loop.element, row);
      break;
    case Field::loop_index_variable:
      if (multi_instance) set(node.loop.index_variable, document, node.loop.element, row);
      break;
    case Field::script:
      if (node.kind == ElementKind::script_task) set(node.script, document, node.element, row);
      break;
    case Field::result_variable:
      set(node.result_variable, document, node.element, row);
      break;
    default:
      apply_work(document, node.element, row, node);
      break;
  }
}

struct Vendor {
  Namespace ns;
  Dialect dialect;
};
constexpr std::array vendors{
    Vendor{Namespace::zeebe, Dialect::camunda8},    Vendor{Namespace::camunda, Dialect::camunda7},
    Vendor{Namespace::flowable, Dialect::flowable}, Vendor{Namespace::activiti, Dialect::activiti},
    Vendor{Namespace::drools, Dialect::jbpm},       Vendor{Namespace::weir, Dialect::weir},
};

std::array<std::size_t, vendors.size()> uses(const Document& document) {
  std::array<std::size_t, vendors.size()> counts{};
  const auto count = [&](Namespace ns) {
    for (std::size_t i = 0; i < vendors.size(); ++i) counts[i] += vendors[i].ns == ns ? 1 : 0;
  };
  for (const model::Attribute& each : document.attributes)
    if (each.ns >= Namespace::camunda) count(each.ns);
  for (const model::Element& each : document.elements)
    if (each.ns >= Namespace::camunda) count(each.ns);
  return counts;
}

Dialect by_words(std::string_view text) {
  struct Word {
    std::string_view word;
    Dialect dialect;
  };
  constexpr std::array words{
      Word{"flowable", Dialect::flowable}, Word{"activiti", Dialect::activiti}, Word{"jbpm", Dialect::jbpm},
      Word{"jboss", Dialect::jbpm},        Word{"drools", Dialect::jbpm},       Word{"kogito", Dialect::jbpm},
      Word{"zeebe", Dialect::camunda8},
  };
  std::string lower(text.substr(0, 200));
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  for (const Word& each : words)
    if (lower.find(each.word) != std::string::npos) return each.dialect;
  return Dialect::omg;
}

/// A worker that sends the message of a throw or end event. Camunda 7 and its relatives write it at the event
/// definition, Camunda 8 at the event.
void fill_sending(const Document& document, model::FlowNode& node) {
  if (!throws(node) || node.event_definitions.size() != 1) return;
  const model::EventDefinition& event = node.event_definitions[0];
  if (event.kind != ElementKind::message_event_definition || event.element == ElementId::none) return;
  for (const std::span<const Row> rows : {camunda7_rows, flowable_rows})
    for (const Row& row : rows) {
      if (row.field == Field::job_type || row.field == Field::bean || row.field == Field::expression)
        apply_work(document, event.element, row, node);
      if (row.field == Field::result_variable) set(node.result_variable, document, event.element, row);
    }
  for (const Row& row : zeebe_rows)
    if (row.field == Field::job_type) apply_work(document, node.element, row, node);
  if (const ElementId inside = document.child(event.element, ElementKind::extension_elements);
      inside != ElementId::none)
    fill_connector(document, inside, node);
  if (!node.sends_by_worker()) return;
  fill_retry(document, node);
  fill_headers(document, node);
}

}  // namespace

bool begins_process(const Document& document, const model::FlowNode& node) {
  return node.kind == ElementKind::start_event && node.element != ElementId::none &&
         document[document[node.element].parent].kind == ElementKind::process;
}

void fill(const Document& document, Dialect dialect, model::FlowNode& node) {
  fill_event_variables(document, node);
  if (begins_process(document, node)) {
    for (const std::span<const Row> rows : {camunda7_rows, flowable_rows, zeebe_rows})
      for (const Row& row : rows)
        if (row.field == Field::form) apply_work(document, node.element, row, node);
    for (const Namespace ns : {Namespace::camunda, Namespace::flowable, Namespace::activiti})
      if (const model::Attribute* found = document.attribute(node.element, ns, "initiator"))
        node.initiator = trim(found->value);
    fill_form(document, node);
  }
  if (node.is_activity()) {
    for (const std::span<const Row> rows : {camunda7_rows, flowable_rows, zeebe_rows, jbpm_rows})
      for (const Row& row : rows) apply(document, row, node);
    fill_decision(document, node);
    fill_retry(document, node);
    fill_loop(document, node);
    fill_call(document, dialect, node);
    fill_form(document, node);
    fill_people(document, dialect, node);
    fill_headers(document, node);
  }
  fill_parameters(document, node);
  fill_sending(document, node);
}

void fill_process(const Document& document, model::Process& process) {
  for (const Namespace ns : {Namespace::camunda, Namespace::drools}) {
    const std::string_view name = ns == Namespace::drools ? "version" : "versionTag";
    if (const model::Attribute* found = document.attribute(process.element, ns, name))
      process.version = found->value;
  }
  const ElementId extensions = document.child(process.element, ElementKind::extension_elements);
  if (extensions == ElementId::none) return;
  if (const ElementId tag = document.child(extensions, Namespace::zeebe, "versionTag");
      tag != ElementId::none)
    process.version = document.value(tag, "value");
}

Dialect detect(const model::Definitions& model) {
  const Document& document = model.document;
  if (document.empty()) return Dialect::omg;
  if (model.execution_platform == "Camunda Cloud") return Dialect::camunda8;
  if (model.execution_platform == "Camunda Platform") return Dialect::camunda7;

  const auto counts = uses(document);
  std::size_t best = 0;
  for (std::size_t i = 1; i < counts.size(); ++i)
    if (counts[i] > counts[best]) best = i;
  if (counts[best] > 0) return vendors[best].dialect;

  // Trisotech declares drools everywhere; only the type and expression languages tell that jBPM was meant.
  const bool java = document.value(ElementId{0}, "typeLanguage").find("java") != std::string_view::npos ||
                    model.expression_language.find("mvel") != std::string_view::npos;
  const model::Element& root = document.elements[0];
  for (const Vendor& vendor : vendors) {
    if (vendor.ns == Namespace::drools && !java) continue;
    for (std::uint32_t i = 0; i < root.attribute_count; ++i) {
      const model::Attribute& each = document.attributes[root.first_attribute + i];
      if (each.prefix == "xmlns" && known_namespace(each.value) == vendor.ns) return vendor.dialect;
    }
  }
  const Dialect exporter = by_words(document.value(ElementId{0}, "exporter"));
  return exporter != Dialect::omg ? exporter : by_words(model.target_namespace);
}

}  // namespace weir::formats::bpmn::dialects
