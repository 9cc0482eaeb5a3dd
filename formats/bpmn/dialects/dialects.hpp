// Vendors' attributes and extension elements -> fields of the model. One table per vendor; a new attribute is
// a row in it. What has no row stays in the document, where rules and connectors find it by namespace and
// name.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/model/definitions.hpp"

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
  priority,
  form,
  job_type,
  bean  // job type: what ${...} calls, without its arguments
};

struct Row {
  model::Namespace ns;
  Field field;
  std::string_view extension;  // element inside extensionElements that holds the attribute; empty = the
                               // attribute stands on the BPMN element itself, in the vendor's namespace
  std::string_view attribute;
};

/// Elements that each assign one variable at the border of an activity.
struct MappingRow {
  model::Namespace ns;
  std::string_view extension;  // element inside extensionElements
  std::string_view element;    // one of these for each assignment
  std::string_view target;     // attributes; an empty source = the text of the element
  std::string_view source;
  bool input;
};

extern const std::span<const MappingRow> mapping_rows;
extern const std::span<const Row> camunda7_rows;
extern const std::span<const Row> flowable_rows;  // and Activiti, its ancestor
extern const std::span<const Row> zeebe_rows;

/// Fills the vendors' fields of a node whose own fields and loop are set; what the specification's own
/// attributes say is never overwritten.
void fill(const model::Document& document, model::FlowNode& node);

/// The decision that a business rule task, or Flowable's service task of type dmn, asks (decisions.cpp).
void fill_decision(const model::Document& document, model::FlowNode& node);

/// Camunda 7, Flowable and Activiti: failedJobRetryTimeCycle; Camunda 8: retries of taskDefinition
/// (retries.cpp).
void fill_retry(const model::Document& document, model::FlowNode& node);

/// What Camunda 8 and Flowable collect from the instances of a multi-instance activity (loops.cpp).
void fill_loop(const model::Document& document, model::FlowNode& node);

/// The engine a file was written for: by modeler:executionPlatform, else by the vendor namespace it uses
/// most, else by one it declares, else by exporter and target namespace.
model::Dialect detect(const model::Definitions& model);

}  // namespace weir::formats::bpmn::dialects
