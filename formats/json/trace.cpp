// Whole outputs of weir can be given as a trace too: the steps are looked for where they stand.
#include "formats/json/trace.hpp"

#include <fmt/format.h>

#include "formats/json/value.hpp"

namespace weir::formats::json {

using value::Kind;
using value::Value;

void write_trace(Writer& json, std::span<const TraceStep> steps) {
  json.begin_array();
  for (const TraceStep& step : steps) {
    json.begin_object().key("scope").string(step.scope).key("element").string(step.element);
    json.key("ask").string(step.ask).key("answer").string(step.answer).end_object();
  }
  json.end_array();
}

Result<std::vector<TraceStep>> read_trace(std::string_view text) {
  const Result<value::OwnedValue> json = read(text);
  if (!json) return json.error();
  Value list = json->get();
  if (list.is(Kind::context))
    for (const char* name : {"steps", "trace", "witness"})
      if (const Value* found = list.find(value::Key(name))) {
        list = *found;
        break;
      }
  if (!list.is(Kind::list)) return Error{"this is no weir.trace/1: an array of steps is missing"};

  std::vector<TraceStep> steps;
  for (const Value& item : list.items()) {
    const auto where = [&] { return fmt::format("step {} of the trace", steps.size() + 1); };
    if (!item.is(Kind::context)) return Error{where() + " is no object"};
    TraceStep step;
    const std::pair<const char*, std::string*> fields[] = {
        {"scope", &step.scope}, {"element", &step.element}, {"ask", &step.ask}, {"answer", &step.answer}};
    for (const auto& [name, field] : fields) {
      const Value* found = item.find(value::Key(name));
      if (found == nullptr || !found->is(Kind::string))
        return Error{fmt::format("{} has no text \"{}\"", where(), name)};
      *field = found->text();
    }
    steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace weir::formats::json
