// startQuantity and completionQuantity are positive numbers.
#include <algorithm>

#include "core/lint/rules.hpp"

namespace weir::lint::rules {

namespace {

bool positive(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }) &&
         text.find_first_not_of('0') != std::string_view::npos && text.size() < 10;
}

}  // namespace

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if ((node.start_quantity.empty() && node.completion_quantity.empty()) || !subject.executable(node.scope))
      continue;
    const auto check_one = [&](std::string_view attribute, std::string_view text) {
      if (!text.empty() && !positive(text))
        report.at(node, subject.model.document.place(node.element, attribute),
                  fmt::format("{} of {} is {}, not a whole number of at least 1", attribute, quoted(node),
                              quoted(text)));
    };
    check_one("startQuantity", node.start_quantity);
    check_one("completionQuantity", node.completion_quantity);
  }
}

constinit const Rule quantity{
    .id = "quantity",
    .group = "correctness",
    .severity = Severity::error,
    .summary =
        "In an executable process, startQuantity and completionQuantity must be whole numbers of at least 1.",
    .explanation =
        "startQuantity says how many tokens an activity waits for before it begins, completionQuantity how "
        "many it "
        "produces. With less than one it would begin without a token, or swallow it.\n\n"
        "Mend it by a number of at least 1, or remove the attribute (the default is 1).\n\n"
        "BPMN 2.0.2, 10.3.2 (table 10.3) and 13.3.2; BPMNspector EXT.037, EXT.038.",
    .check = check,
};

}  // namespace weir::lint::rules
