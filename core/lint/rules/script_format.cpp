// A script in no language.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

/// Several words and nothing else. A single word is the name of a script, and what has signs between the
/// words is a program in the language that some engine takes for granted.
static bool is_prose(std::string_view text) {
  bool blank = false;
  for (const char c : text) {
    const bool letter =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80u) != 0;
    if (!letter && c != ' ' && c != '.' && c != ',') return false;
    blank = blank || c == ' ';
  }
  return blank;
}

static void check(const Subject& subject, Report& report) {
  for (const model::FlowNode& node : subject.flow_nodes()) {
    if (node.kind != model::ElementKind::script_task || !subject.strict(node.scope)) continue;
    if (node.script.empty() || !node.script_format.empty()) continue;
    report.when(is_prose(node.script))
        .at(node, node.span,
            fmt::format("script task {} does not say in which language its script is written", quoted(node)));
  }
}

constinit const Rule script_format{
    .id = "script-format",
    .group = "constraints",
    .severity = Severity::error,
    .tolerated = Severity::warning,
    .summary = "In an executable process, a script must have a scriptFormat.",
    .explanation =
        "A script without a format can be run only by an engine that takes its language for granted: which "
        "language it is written in is said by scriptFormat, as a media type. Where the script is a sentence, "
        "no engine can; the rest is only warned of.\n\n"
        "Mend it by scriptFormat=\"text/x-groovy\" or whatever the language is. Only plain BPMN with "
        "isExecutable=\"true\" is judged: engines with attributes of their own do not use BPMN's.\n\n"
        "BPMN 2.0.2, table 10.13 (script task); BPMNspector EXT.053.",
    .check = check,
};

}  // namespace weir::lint::rules
