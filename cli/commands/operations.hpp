// The operations of `weir batch`: one JSON object each.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cli/session.hpp"
#include "core/feel/workspace.hpp"

namespace weir::cli {

class Operations {
 public:
  /// `user`: who does what does not say it itself.
  Operations(Session& session, std::string user) : session_(session), user_(std::move(user)) {}

  /// Does one, between begin() and commit() of the runtime. A key that the operation does not have is an
  /// error, as everything else that is wrong; then nothing has happened.
  Result<execute::Standing> operate(std::string_view line);

 private:
  struct Asked;
  Result<execute::Standing> start(const Asked& asked);
  Result<execute::Standing> complete(const Asked& asked);
  Result<execute::Standing> fail(const Asked& asked);
  Result<execute::Standing> message(const Asked& asked);
  Result<execute::Standing> conditions(const Asked& asked);
  Result<execute::Standing> move(const Asked& asked);
  Result<execute::Standing> migrate(const Asked& asked);
  Result<execute::Standing> other(const Asked& asked);
  struct Operation;
  static const std::vector<Operation>& table();
  static std::vector<std::string_view> names();
  Result<const Session::Process*> process(const std::string& file, const std::string& id);

  Session& session_;
  std::string user_;
  feel::Workspace workspace_;
  value::Arena arena_;  // of the operation
  std::map<std::pair<std::string, std::string>, Session::Process> processes_;
};

}  // namespace weir::cli
