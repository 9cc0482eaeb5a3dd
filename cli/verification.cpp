// A process that cannot run has no verdicts: verify would speak about another process than the author's.
#include "cli/verification.hpp"

#include "core/graph/compile.hpp"
#include "core/verify/findings.hpp"

namespace weir::cli {

VerifiedProcess verify_process(const model::Definitions& definitions, model::ProcessIndex process,
                               const verify::Options& options) {
  VerifiedProcess result;
  result.process = process;
  result.report.verdicts.fill(verify::Verdict::unknown);
  result.graph = graph::compile(definitions, process, result.problems);
  graph::report_unsupported(definitions, process, result.problems);
  if (result.problems.has_errors()) return result;
  if (options.certain_only && verify::is_speculative(result.graph)) return result;
  result.report = verify::answers(result.graph, options);
  verify::add_findings(definitions, result.graph, result.report, result.findings);
  return result;
}

}  // namespace weir::cli
