// What BPMN's own data say: items, inputs and outputs, and what messages carry (BPMN 2.0.2, 10.4 and 8.4.10).
#pragma once

#include <string_view>
#include <vector>

#include "core/lint/rule.hpp"

namespace weir::lint {

/// The element a reference names (a prefix is ignored when it helps), none when the file has none.
model::ElementId referred(const Subject& subject, std::string_view reference);
/// The text of the first child of a kind, empty when there is none.
std::string_view child_text(const model::Document& document, model::ElementId id, model::ElementKind kind);
/// The process around an element is meant to run and is plain BPMN; outside of processes: the file is plain.
bool strict_at(const Subject& subject, model::ElementId id);

/// The item definition of a data element, a message, a signal, an error or an escalation.
struct Item {
  bool named = false;
  model::ElementId definition = model::ElementId::none;  // none: not in this file
};
Item item_of(const Subject& subject, model::ElementId id);
/// Both definitions are in this file, and they are neither the same one nor of the same structure.
bool differ(const Subject& subject, const Item& one, const Item& other);
/// isCollection of an item definition or data element.
bool is_collection(const model::Document& document, model::ElementId id);

/// An ioSpecification, or the inputs and outputs an event has by itself.
struct InputOutput {
  model::ElementId element = model::ElementId::none;  // none: there is no specification
  std::vector<model::ElementId> inputs, outputs, input_sets, output_sets;
};
InputOutput input_output(const model::Document& document, model::ElementId owner);

}  // namespace weir::lint
