// What workers are told beside the variables: taskHeaders of Camunda 8, properties of Camunda 7. Both are
// texts as they are written.
#include "formats/bpmn/dialects/dialects.hpp"

namespace weir::formats::bpmn::dialects {

using model::Document;
using model::ElementId;
using model::Namespace;

void fill_headers(const Document& document, model::FlowNode& node) {
  const ElementId extensions = document.child(node.element, model::ElementKind::extension_elements);
  if (extensions == ElementId::none) return;
  const auto add = [&](Namespace ns, std::string_view list, std::string_view entry, std::string_view name) {
    const ElementId all = document.child(extensions, ns, list);
    if (all == ElementId::none) return;
    for (const ElementId each : model::children(document, all))
      if (document[each].ns == ns && document[each].name == entry && !document.value(each, name).empty())
        node.work.headers.push_back({document.value(each, name), document.value(each, "value")});
  };
  add(Namespace::zeebe, "taskHeaders", "header", "key");
  add(Namespace::camunda, "properties", "property", "name");
}

}  // namespace weir::formats::bpmn::dialects
