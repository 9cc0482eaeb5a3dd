// Formats of texts are media types.
#include <algorithm>
#include <cstdint>

#include "core/lint/data_items.hpp"
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

namespace {

using model::ElementId;
using model::ElementKind;

/// type/subtype (RFC 6838), parameters allowed behind it.
bool is_media_type(std::string_view text) {
  const auto slash = text.find('/');
  return slash != std::string_view::npos && slash > 0 && slash + 1 < text.size() && text[slash + 1] != ';' &&
         text.substr(0, text.find(';')).find_first_of(" \t\n") == std::string_view::npos;
}

/// Names by which engines know a language all the same.
bool is_language_name(std::string_view text) {
  constexpr std::string_view names[] = {"javascript", "ecmascript", "js",   "graal.js", "nashorn", "groovy",
                                        "python",     "jython",     "ruby", "jruby",    "juel",    "feel",
                                        "kotlin",     "scala",      "lua",  "java",     "mvel",    "xpath",
                                        "beanshell",  "c#",         "perl", "php",      "plsql",   "sql"};
  return std::any_of(std::begin(names), std::end(names), [&](std::string_view name) {
    return std::equal(text.begin(), text.end(), name.begin(), name.end(),
                      [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
  });
}

}  // namespace

static void check(const Subject& subject, Report& report) {
  const model::Document& document = subject.model.document;
  for (std::uint32_t i = 0; i < document.elements.size(); ++i) {
    const auto id = static_cast<ElementId>(i);
    const model::Element& element = document[id];

    std::string_view attribute;
    if (element.kind == ElementKind::documentation || element.kind == ElementKind::text_annotation)
      attribute = "textFormat";
    else if (element.kind == ElementKind::script_task || element.kind == ElementKind::global_script_task)
      attribute = element.kind == ElementKind::script_task ? "scriptFormat" : "scriptLanguage";
    else
      continue;
    const std::string_view written = document.value(id, attribute);
    if (!written.empty() && !is_media_type(written) &&
        (attribute == "textFormat" || !is_language_name(written)) && strict_at(subject, id))
      report.add(document.place(id, attribute), document.value(id, "id"),
                 fmt::format("{} {} is no media type; write one such as {}", attribute, quoted(written),
                             attribute == "textFormat" ? "text/plain" : "text/javascript"));
  }
}

constinit const Rule media_type{
    .id = "media-type",
    .group = "constraints",
    .severity = Severity::error,
    .summary = "textFormat and scriptFormat must be media types, such as text/plain.",
    .explanation =
        "A program that shows a documentation or runs a script chooses how to do so by its format. A "
        "word that is no media type says nothing to it.\n\n"
        "Mend it by a media type (text/plain, text/html, application/javascript) or by removing the "
        "attribute of a documentation, which then is text/plain. Only plain BPMN with "
        "isExecutable=\"true\" is judged: engines with attributes of their own do not use BPMN's.\n\n"
        "BPMN 2.0.2, 8.3.3 and table 10.13 (script task); BPMNspector EXT.004, EXT.145.",
    .check = check,
};

}  // namespace weir::lint::rules
