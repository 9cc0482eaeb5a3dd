// One pool, one process.
#include <unordered_map>

#include "core/lint/rules.hpp"

namespace weir::lint::rules {

static void check(const Subject& subject, Report& report) {
  const model::Document& document = subject.model.document;
  // Several collaborations of one file may show the same process: only pools of one collaboration compete.
  std::unordered_map<std::uint64_t, const model::Participant*> seen;
  for (const model::Participant& each : subject.model.participants) {
    if (each.process == model::ProcessIndex::none || each.element == model::ElementId::none) continue;
    const std::uint64_t key = std::uint64_t{index(each.process)} << 32 | index(document[each.element].parent);
    const auto [first, added] = seen.emplace(key, &each);
    if (added) continue;
    report
        .add(document.place(each.element, "processRef"), each.id,
             fmt::format("pools {} and {} share process {}",
                         quoted(first->second->name.empty() ? first->second->id : first->second->name),
                         quoted(each.name.empty() ? each.id : each.name), quoted(each.process_ref)))
        .notes.push_back(Note{"the first pool is here", first->second->span});
  }
}

constinit const Rule participant_process{
    .id = "participant-process",
    .group = "correctness",
    .severity = Severity::warning,
    .summary = "Two pools of a collaboration should not share one process.",
    .explanation =
        "A process belongs to one participant. When two pools refer to it, the messages between them are "
        "messages of the "
        "process with itself, and tools draw its elements in one pool or the other.\n\n"
        "Mend it by a process of its own for the second pool, or leave out its processRef (an empty "
        "pool).\n\n"
        "BPMN 2.0.2, 9.3 (pools and participants).",
    .check = check,
};

}  // namespace weir::lint::rules
