// How often failed work is tried again, and when.
#include <algorithm>
#include <charconv>

#include "formats/bpmn/context.hpp"
#include "formats/bpmn/dialects/dialects.hpp"

namespace weir::formats::bpmn::dialects {

using model::Document;
using model::ElementId;
using model::ElementKind;
using model::Namespace;

namespace {

std::uint32_t number(std::string_view digits) {
  std::uint32_t read = 0;
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), read);
  return problem == std::errc{} && end == digits.data() + digits.size() ? read : 0;
}

/// Attempts in all -> further ones.
void try_again(model::Retry& retry, std::uint32_t attempts) {
  if (attempts == 0) return;
  retry.written = true;
  retry.jitter = false;
  retry.times = attempts - 1;
}

/// "R5/PT5M": five attempts; "PT1M,PT5M": one after a minute and one more after five.
void read_cycle(std::string_view text, model::Retry& retry) {
  text = trim(text);
  if (const std::size_t slash = text.find('/'); text.starts_with('R') && slash != std::string_view::npos) {
    try_again(retry, number(text.substr(1, slash - 1)));
    retry.wait = text.substr(slash + 1);
    return;
  }
  if (!text.starts_with('P')) return;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    retry.waits.push_back(trim(text.substr(at, end - at)));
    at = end + 1;
  }
  try_again(retry, static_cast<std::uint32_t>(retry.waits.size()) + 1);
}

}  // namespace

void fill_retry(const Document& document, model::FlowNode& node) {
  const ElementId extensions = document.child(node.element, ElementKind::extension_elements);
  if (extensions == ElementId::none || node.work.retry.written) return;
  for (const Namespace ns : {Namespace::camunda, Namespace::flowable, Namespace::activiti})
    if (const ElementId cycle = document.child(extensions, ns, "failedJobRetryTimeCycle");
        cycle != ElementId::none) {
      node.work.retry.span = document[cycle].text_span;
      return read_cycle(document[cycle].text, node.work.retry);
    }
  const ElementId definition = document.child(extensions, Namespace::zeebe, "taskDefinition");
  if (definition != ElementId::none)
    try_again(node.work.retry, number(trim(document.value(definition, "retries"))));
}

}  // namespace weir::formats::bpmn::dialects
