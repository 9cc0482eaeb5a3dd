// What an engine would do and weir does not.
#include <algorithm>

#include "core/lint/rules.hpp"

namespace weir::lint::rules {

/// The nearest element around it that has an id.
static std::string_view owner(const model::Document& document, model::ElementId element) {
  for (; element != model::ElementId::none; element = document[element].parent)
    if (const std::string_view id = document.value(element, "id"); !id.empty()) return id;
  return {};
}

static void check(const Subject& subject, Report& report) {
  const auto runs = [](const model::Process& process) { return process.executable; };
  if (std::none_of(subject.model.processes.begin(), subject.model.processes.end(), runs)) return;
  for (const model::Ignored& each : subject.model.ignored)
    report.add(each.span, owner(subject.model.document, each.element),
               each.why.empty()
                   ? fmt::format("{} {} is not known to weir: it is ignored",
                                 each.is_attribute ? "attribute" : "element", quoted(each.name))
                   : fmt::format("{} {} is ignored: {}", each.is_attribute ? "attribute" : "element",
                                 quoted(each.name), each.why));
}

constinit const Rule ignored_attribute{
    .id = "ignored-attribute",
    .group = "dialects",
    .severity = Severity::info,
    .summary = "In an executable process, weir does what each attribute and extension element says.",
    .explanation =
        "Vendors add attributes and extension elements to BPMN. weir does what the common ones say; what it "
        "does not know it leaves aside, so that the process may run in another way here than in the engine "
        "it was written for. Each name is reported once in a file, where it stands first.\n\n"
        "Mend it where the process depends on it, by what weir does know, such as a handler in weir.toml "
        "instead of a listener; else leave it. What only a model editor or a user interface reads is not "
        "reported.",
    .check = check,
};

}  // namespace weir::lint::rules
