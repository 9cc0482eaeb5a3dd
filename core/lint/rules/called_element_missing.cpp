// What a call activity calls: nothing, something that is a path, or a process that does not exist.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

namespace {

bool looks_like_a_path(std::string_view text) {
  return text.find_first_of("/\\") != std::string_view::npos;
}

}  // namespace

static void check(const Subject& subject, Report& report) {
  const model::Document& document = subject.model.document;
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (node.kind != model::ElementKind::call_activity || !subject.executable(node.scope)) continue;
    const Span span = document.place(node.element, "calledElement");
    const std::string_view called = node.called_element;
    if (called.empty()) {
      if (!has_vendor_parts(document, node.element))
        report.at(node, span, fmt::format("call activity {} does not say what it calls", quoted(node)));
    } else if (is_expression(called)) {
      continue;
    } else if (looks_like_a_path(called)) {
      report.at(node, span,
                fmt::format("call activity {} calls {}: a process is called by its id, not by a path",
                            quoted(node), quoted(called)));
    } else if (subject.known_processes && !subject.known_processes->contains(called)) {
      report.at(node, span,
                fmt::format("call activity {} calls {}, but there is no process with this id", quoted(node),
                            quoted(called)));
    }
  }
}

constinit const Rule called_element_missing{
    .id = "called-element-missing",
    .group = "references",
    .severity = Severity::error,
    .summary = "In an executable process, a call activity must call a process that exists.",
    .explanation =
        "calledElement names the process to run. When it is empty, or no process of this id is found in the "
        "files that "
        "belong together (those named, else all below the nearest weir.toml, else those in the same folder), "
        "the "
        "instance fails when it gets there.\n\n"
        "Mend it by correcting the id, or name the file of the called process too. An id is never a path: "
        "weir does not "
        "open files because a model tells it to.\n\n"
        "BPMN 2.0.2, 10.3.6 (call activity).",
    .check = check,
};

}  // namespace weir::lint::rules
