#include "cli/filters.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/did_you_mean.hpp"

namespace weir::cli {

std::optional<ExitCode> refuse_unknown(Session& session, const RuntimeOptions& options) {
  std::optional<ExitCode> code;
  if (!options.instance.empty())
    if (const auto found = session.runtime().load(options.instance); !found)
      code = session.refuse(found.error());
  if (!code && !options.process.empty()) {
    const Result<std::vector<std::string>> known = session.store().processes();
    if (!known)
      code = session.refuse(known.error());
    else if (std::find(known->begin(), known->end(), options.process) == known->end())
      code = session.refuse(ExitCode::not_found, fmt::format("no process '{}' is deployed{}", options.process,
                                                             did_you_mean_text(options.process, *known)));
  }
  if (code) session.runtime().abandon();
  return code;
}

}  // namespace weir::cli
