// Imports that point outside of the project.
#include "core/lint/rules.hpp"

namespace weir::lint::rules {

namespace {

/// Begins with "scheme:".
bool has_scheme(std::string_view location) {
  const auto end =
      location.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-");
  return end != std::string_view::npos && end > 1 && location[end] == ':';
}

bool leaves_the_folder(std::string_view location) {
  return location.starts_with('/') || location.starts_with('\\') || location.starts_with("..") ||
         (location.size() > 1 && location[1] == ':');  // a drive
}

}  // namespace

static void check(const Subject& subject, Report& report) {
  const model::Document& document = subject.model.document;
  if (document.empty()) return;
  for (const model::ElementId child : model::children(document, model::ElementId{0})) {
    if (document[child].kind != model::ElementKind::import_) continue;
    const std::string_view location = document.value(child, "location");
    if (has_scheme(location) || leaves_the_folder(location))
      report.add(
          document.place(child, "location"), {},
          fmt::format("import of {} is not followed: weir opens no files or addresses that a model names",
                      quoted(location)));
  }
}

constinit const Rule import_location{
    .id = "import-location",
    .group = "references",
    .severity = Severity::info,
    .summary = "Imports should be files of the same project.",
    .explanation =
        "The file imports definitions from a network address or from outside of its folder. weir never opens "
        "what a "
        "model names, so that a model cannot read your files or call a server; whatever refers to these "
        "definitions "
        "remains unchecked.\n\n"
        "Mend it by keeping a copy beside the model and importing it by its name.\n\n"
        "BPMN 2.0.2, 8.2.2 (import).",
    .check = check,
};

}  // namespace weir::lint::rules
