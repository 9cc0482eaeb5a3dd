// The connectors that this version has, as one.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "core/execute/world.hpp"

namespace weir::cli::world {

/// Hands each call to the connector of its type.
class Connectors : public execute::Connector {
 public:
  Connectors();
  /// Null for types that this version does not have.
  [[nodiscard]] execute::Connector* find(std::string_view type) const;
  /// Those without a connector fail with the code NO_CONNECTOR.
  execute::Called call(const execute::Call& call) override;

 private:
  std::map<std::string, std::unique_ptr<execute::Connector>, std::less<>> types_;
};

}  // namespace weir::cli::world
