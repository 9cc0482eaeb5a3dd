// What a definition declares outside its steps, and what steps refer to by name.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "formats/toml/context.hpp"

namespace weir::formats::toml {

class Declarations : public Context {
 public:
  using Context::Context;

  /// Reads [vars], [types], [connections], [messages], [signals], [errors], [escalations] and [defaults].
  void read(const Value& root);
  /// Reads `lanes` of a process.
  void read_lanes(const Entry& lanes, model::ScopeIndex scope);

  /// The id of the message, signal, error or escalation that the language calls `name`. Made when it is not
  /// declared; reported when declared ones make that look like a mistake.
  std::string_view root(model::ElementKind kind, std::string_view name, Span span);
  void read_connections(const Entry& section);
  /// Checks the keys of `with`: for a connection, or for what its keys say when there is none.
  void check_parameters(const Entry& with, const model::Connection* connection);
  /// `timeout` of `with`, empty when it is not there or not known before the call.
  std::string_view timeout(const Value& with);
  /// The connection, or null after a report.
  const model::Connection* connection(std::string_view id, Span span);
  /// The lane of this name, or null after a report.
  model::Lane* lane(std::string_view id, Span span);
  model::Lane* find_lane(std::string_view id);
  /// `retry` of a step or of [defaults].
  model::Retry retry(const Entry& entry);

  model::Retry default_retry;
  std::string_view default_timeout;

 private:
  void read_variables(const Entry& section);
  void read_types(const Entry& section);
  model::Variable variable(const Entry& entry);
  void check_type(std::string_view type, Span span);
  void check_default(const model::Variable& variable, const Value& value);
  void read_messages(const Entry& section);
  void read_names(const Entry& section, model::ElementKind kind);
  /// Warns of calls that this version of weir does not make.
  void not_called(std::string_view type, Span span);
  void read_defaults(const Entry& section);
  model::RootElement& add_root(model::ElementKind kind, std::string_view name, Span span);

  std::map<std::pair<model::ElementKind, std::string_view>, std::string_view> roots_;
  std::map<model::ElementKind, std::vector<std::string_view>> declared_;
  std::unordered_map<std::string, int> root_ids_;  // how many names have given this id
  std::size_t guesses_ = 0;
  std::unordered_map<std::string_view, std::size_t> connections_, lanes_;  // name -> index in the model
  std::unordered_set<std::string_view> type_names_;
};

}  // namespace weir::formats::toml
