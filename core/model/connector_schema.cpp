// One row for each type of connection. Types without a row (presets of services) are not checked.
#include "core/model/connector_schema.hpp"

#include <algorithm>
#include <array>

namespace weir::model {

namespace {

template <class... Keys>
constexpr auto keys(Keys... all) {
  return std::array<std::string_view, sizeof...(Keys)>{all...};
}

constexpr auto nothing = std::span<const std::string_view>{};
constexpr auto shell_connection = keys("cwd", "env", "timeout");
constexpr auto shell_actions = keys("shell");
constexpr auto shell_parameters = keys("shell", "stdin", "env", "cwd", "timeout");
constexpr auto http_actions = keys("get", "post", "put", "patch", "delete");
constexpr auto http_parameters = keys("get", "post", "put", "patch", "delete", "query", "headers", "body",
                                      "form", "idempotency", "ok", "timeout");
constexpr auto sql_actions = keys("sql");
constexpr auto sql_parameters = keys("sql", "params", "one", "timeout");
constexpr auto smtp_actions = keys("to");
constexpr auto smtp_parameters = keys("to", "cc", "bcc", "subject", "text", "html", "attach", "timeout");
constexpr auto publish_actions = keys("publish");
constexpr auto mqtt_parameters = keys("publish", "body", "qos", "retain", "timeout");
constexpr auto broker_parameters = keys("publish", "key", "body", "headers", "timeout");
constexpr auto file_actions = keys("read", "write", "append", "move", "list");
constexpr auto file_parameters =
    keys("read", "write", "append", "move", "list", "to", "format", "body", "timeout");

constexpr std::array schemas = {
    ConnectorSchema{"shell", true, shell_connection, shell_parameters, shell_actions},
    ConnectorSchema{"http", false, nothing, http_parameters, http_actions},
    ConnectorSchema{"sql", false, nothing, sql_parameters, sql_actions},
    ConnectorSchema{"mqtt", false, nothing, mqtt_parameters, publish_actions},
    ConnectorSchema{"amqp", false, nothing, broker_parameters, publish_actions},
    ConnectorSchema{"kafka", false, nothing, broker_parameters, publish_actions},
    ConnectorSchema{"file", false, nothing, file_parameters, file_actions},
    ConnectorSchema{"smtp", false, nothing, smtp_parameters, smtp_actions},
};

constexpr auto callable = keys("shell");

constexpr auto types = [] {
  std::array<std::string_view, schemas.size()> out;
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = schemas[i].type;
  return out;
}();

}  // namespace

const ConnectorSchema* connector_schema(std::string_view type) {
  const auto* found = std::find_if(schemas.begin(), schemas.end(),
                                   [&](const ConnectorSchema& each) { return each.type == type; });
  return found == schemas.end() ? nullptr : found;
}

bool is_callable(std::string_view type) {
  return std::find(callable.begin(), callable.end(), type) != callable.end();
}

std::span<const std::string_view> connector_types() {
  return types;
}

}  // namespace weir::model
