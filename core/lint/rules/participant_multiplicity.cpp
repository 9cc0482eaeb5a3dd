// How many instances of a participant there are.
#include <charconv>
#include <cstdint>
#include <optional>

#include "core/lint/rules.hpp"

namespace weir::lint::rules {

namespace {

using model::ElementId;
using model::ElementKind;

/// Nothing when the text is no number: that is for others to report.
std::optional<int> number(std::string_view text, int otherwise) {
  if (text.empty()) return otherwise;
  int value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

static void check(const Subject& subject, Report& report) {
  const model::Document& document = subject.model.document;
  for (std::uint32_t i = 0; i < document.elements.size(); ++i) {
    const auto id = static_cast<ElementId>(i);
    const model::Element& element = document[id];

    if (element.kind != ElementKind::participant_multiplicity) continue;
    const auto minimum = number(document.value(id, "minimum"), 0);
    const auto maximum = number(document.value(id, "maximum"), 1);
    const std::string_view owner =
        element.parent == ElementId::none ? std::string_view() : document.value(element.parent, "id");
    const auto wrong = [&](std::string_view attribute, std::string text) {
      report.add(document.place(id, attribute), owner,
                 fmt::format("participant {}: {}", quoted(owner), text));
    };
    if (minimum && *minimum < 0) wrong("minimum", fmt::format("minimum {} is negative", *minimum));
    if (maximum && *maximum < 1) wrong("maximum", fmt::format("maximum {} is less than 1", *maximum));
    if (minimum && maximum && *minimum >= 0 && *maximum >= 1 && *maximum < *minimum)
      wrong("maximum", fmt::format("maximum {} is less than minimum {}", *maximum, *minimum));
  }
}

constinit const Rule participant_multiplicity{
    .id = "participant-multiplicity",
    .group = "constraints",
    .severity = Severity::error,
    .summary =
        "The multiplicity of a participant must not be negative, and its maximum at least 1 and the "
        "minimum.",
    .explanation =
        "minimum and maximum say how many of its kind take part, as three suppliers that are asked "
        "for an offer. Fewer than none or fewer than the minimum cannot be.\n\n"
        "Mend it by a minimum of at least 0 and a maximum of at least 1 that is not less than the "
        "minimum. What is not written is 0 and 1.\n\n"
        "BPMN 2.0.2, table 9.6 (participant multiplicity); BPMNspector EXT.029, EXT.030.",
    .check = check,
};

}  // namespace weir::lint::rules
