// A process that cannot run has no verdicts: verify would speak about another process than the author's.
#include "cli/verification.hpp"

#include <algorithm>

#include "core/graph/compile.hpp"
#include "core/verify/answers.hpp"
#include "core/verify/findings.hpp"

namespace weir::cli {

VerifiedProcess verify_process(const model::Definitions& definitions, model::ProcessIndex process,
                               std::uint64_t limit_states) {
  VerifiedProcess result;
  result.process = process;
  result.report.verdicts.fill(verify::Verdict::unknown);
  result.graph = graph::compile(definitions, process, result.problems);
  graph::report_unsupported(definitions, process, result.problems);
  if (result.problems.has_errors()) return result;
  verify::Options options;
  options.limit_states = static_cast<std::uint32_t>(std::min<std::uint64_t>(limit_states, 0xfffffff0u));
  result.report = verify::answers(result.graph, options);
  verify::add_findings(definitions, result.graph, result.report, result.findings);
  return result;
}

}  // namespace weir::cli
