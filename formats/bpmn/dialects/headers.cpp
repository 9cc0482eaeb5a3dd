// What workers are told beside the variables: taskHeaders of Camunda 8, properties of Camunda 7. Both are
// texts as they are written. Of two with one name the later one counts, as in the map that they are there.
#include <algorithm>

#include "formats/bpmn/dialects/dialects.hpp"

namespace weir::formats::bpmn::dialects {

using model::Document;
using model::ElementId;
using model::Namespace;

void fill_headers(const Document& document, model::FlowNode& node) {
  const ElementId extensions = document.child(node.element, model::ElementKind::extension_elements);
  if (extensions == ElementId::none) return;
  const auto put = [&](std::string_view name, std::string_view value) {
    std::vector<model::Header>& all = node.work.headers;
    const auto same =
        std::find_if(all.begin(), all.end(), [&](const model::Header& each) { return each.name == name; });
    if (same == all.end())
      all.push_back({name, value});
    else
      same->value = value;
  };
  const auto add = [&](Namespace ns, std::string_view list, std::string_view entry, std::string_view name) {
    const ElementId all = document.child(extensions, ns, list);
    if (all == ElementId::none) return;
    for (const ElementId each : model::children(document, all))
      if (document[each].ns == ns && document[each].name == entry && !document.value(each, name).empty())
        put(document.value(each, name), document.value(each, "value"));
  };
  add(Namespace::zeebe, "taskHeaders", "header", "key");
  add(Namespace::camunda, "properties", "property", "name");
}

}  // namespace weir::formats::bpmn::dialects
