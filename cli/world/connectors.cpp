#include "cli/world/connectors.hpp"

#include "cli/world/connectors/shell.hpp"
#include "core/base/printable.hpp"

namespace weir::cli::world {

Connectors::Connectors() {
  types_.emplace("shell", std::make_unique<ShellConnector>());
}

execute::Connector* Connectors::find(std::string_view type) const {
  const auto found = types_.find(type);
  return found == types_.end() ? nullptr : found->second.get();
}

execute::Called Connectors::call(const execute::Call& call) {
  if (execute::Connector* connector = find(call.type)) return connector->call(call);
  return {
      false, "NO_CONNECTOR", "this version of weir cannot call '" + printable(call.type) + "' yet", {}, true};
}

}  // namespace weir::cli::world
