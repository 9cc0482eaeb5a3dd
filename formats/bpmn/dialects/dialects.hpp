// Vendors' attributes and extension elements -> fields of the model. One table per vendor; a new attribute is
// a row in it. What has no row stays in the document, where rules and connectors find it by namespace and
// name.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/model/definitions.hpp"

namespace weir::formats::bpmn {
struct Context;
}

namespace weir::formats::bpmn::dialects {

/// Fields of the model that vendors fill.
enum class Field : std::uint8_t {
  called_element,
  loop_collection,
  loop_element_variable,
  loop_index_variable,
  script,
  result_variable,
  assignee,
  candidate_users,
  candidate_groups,
  due_date,
  follow_up_date,
  priority,
  form,
  job_type,
  work_item,  // job type, also of a task of no particular kind
  bean,       // job type: what ${...} calls, without its arguments
  expression  // what ${...} gives is the result of a task; the same as bean when it calls what only Java can
};

struct Row {
  model::Namespace ns;
  Field field;
  std::string_view extension;  // element inside extensionElements that holds the attribute; empty = the
                               // attribute stands on the BPMN element itself, in the vendor's namespace
  std::string_view attribute;
};

extern const std::span<const Row> camunda7_rows;
extern const std::span<const Row> flowable_rows;  // and Activiti, its ancestor
extern const std::span<const Row> zeebe_rows;
extern const std::span<const Row> jbpm_rows;

/// Fills the vendors' fields of a node whose own fields, events and loop are set; what the specification's
/// own attributes say is never overwritten.
void fill(const model::Document& document, model::Dialect dialect, model::FlowNode& node);
/// Its version tag.
void fill_process(const model::Document& document, model::Process& process);

// Parts of fill(), each in a file of its name.
void fill_parameters(const model::Document& document, model::FlowNode& node);
/// The connector in these extension elements, with its parameters.
void fill_connector(const model::Document& document, model::ElementId extensions, model::FlowNode& node);
void fill_headers(const model::Document& document, model::FlowNode& node);
/// A target with more parts than anybody reads (a.b.c has three); such a parameter is not used.
bool is_too_deep(std::string_view target);
void fill_call(const model::Document& document, model::Dialect dialect, model::FlowNode& node);
/// The none, message, ... start event of a process, not of a sub-process.
bool begins_process(const model::Document& document, const model::FlowNode& node);
/// Of user tasks and start events of processes.
void fill_form(const model::Document& document, model::FlowNode& node);
void fill_people(const model::Document& document, model::Dialect dialect, model::FlowNode& node);
/// errors.cpp
void fill_event_variables(const model::Document& document, model::FlowNode& node);
void fill_error(const model::Document& document, model::RootElement& root);

/// The decision that a business rule task, or Flowable's service task of type dmn, asks (decisions.cpp).
void fill_decision(const model::Document& document, model::FlowNode& node);

/// Camunda 7, Flowable and Activiti: failedJobRetryTimeCycle; Camunda 8: retries of taskDefinition
/// (retries.cpp).
void fill_retry(const model::Document& document, model::FlowNode& node);

/// What Camunda 8 and Flowable collect from the instances of a multi-instance activity (loops.cpp).
void fill_loop(const model::Document& document, model::FlowNode& node);

/// Data inputs and outputs of all activities; needs the ids of the whole file (data_associations.cpp).
void fill_data(Context& context);

/// Fields of forms that stand in the file beside the tasks that use them (zeebe_forms.cpp). Lists forms that
/// are too large among what is ignored, so list_ignored() comes after it.
void fill_embedded_forms(model::Definitions& model);

/// Lists what vendors say in executable processes and nothing here reads (ignored.cpp).
void list_ignored(model::Definitions& model);

/// The engine a file was written for: by modeler:executionPlatform, else by the vendor namespace it uses
/// most, else by one it declares, else by exporter and target namespace.
model::Dialect detect(const model::Definitions& model);

}  // namespace weir::formats::bpmn::dialects
