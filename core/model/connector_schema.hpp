// Which keys the connectors know: checked by readers and lint, used where connectors are called.
#pragma once

#include <span>
#include <string_view>

namespace weir::model {

struct ConnectorSchema {
  std::string_view type;
  bool closed = false;                           // `connection` lists all keys of a connection
  std::span<const std::string_view> connection;  // keys of [connections] besides the type
  std::span<const std::string_view> parameters;  // keys of `with`
  /// One of them must be there: it says what is done. Also how a call without a connection is recognised.
  std::span<const std::string_view> actions;
};

/// Schema of a type of connection, or null for types that are not known here.
const ConnectorSchema* connector_schema(std::string_view type);
/// Whether this version of weir makes calls of this type; others are for definitions to read and check.
bool is_callable(std::string_view type);
/// All types that have a schema; to find the type of a call without connection, look for actions in this
/// order.
std::span<const std::string_view> connector_types();

}  // namespace weir::model
