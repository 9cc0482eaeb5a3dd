// Timers with a date or a duration happen once per activation, cycles as often as they like.
#include <fmt/format.h>

#include "core/graph/compile.hpp"
#include "core/verify/answers.hpp"
#include "formats/read.hpp"
#include "tests/support/catch.hpp"

using namespace weir;

namespace {

/// A task with a non-interrupting timer, or a process with a non-interrupting event sub-process.
std::string boundary(std::string_view timer) {
  return fmt::format(R"(<startEvent id="s"/><task id="a"/><endEvent id="e"/><endEvent id="reminded"/>
    <boundaryEvent id="t" attachedToRef="a" cancelActivity="false"><timerEventDefinition>{}</timerEventDefinition></boundaryEvent>
    <sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="e"/>
    <sequenceFlow id="f3" sourceRef="t" targetRef="reminded"/>)",
                     timer);
}

verify::Report report(std::string_view content) {
  SourceMap sources;
  Diagnostics diagnostics;
  const std::string xml = fmt::format(
      R"(<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"><process id="p">{}</process></definitions>)",
      content);
  const formats::ReadResult read = formats::read("p.bpmn", xml, sources, diagnostics);
  REQUIRE(read.has_model);
  const graph::ProcessGraph graph = graph::compile(read.definitions, model::ProcessIndex{0}, diagnostics);
  REQUIRE_FALSE(diagnostics.has_errors());
  return verify::answers(graph);
}

using verify::Property;
using verify::Verdict;

}  // namespace

TEST_CASE("a non-interrupting timer with a date or duration happens once, one with a cycle again") {
  for (const char* once : {"<timeDuration>P2D</timeDuration>", "<timeDate>2030-01-01T00:00:00Z</timeDate>"}) {
    CAPTURE(once);
    CHECK(report(boundary(once))[Property::safe] == Verdict::holds);
    CHECK(report(boundary(once))[Property::proper_completion] == Verdict::holds);
    CHECK(report(boundary(once))[Property::no_dead_element] == Verdict::holds);
  }
  CHECK(report(boundary("<timeCycle>R/P2D</timeCycle>"))[Property::proper_completion] == Verdict::violated);
  CHECK(report(boundary(""))[Property::proper_completion] == Verdict::violated);
}

TEST_CASE("so does the timer of a non-interrupting event sub-process") {
  const auto process = [](std::string_view timer) {
    return fmt::format(R"(<startEvent id="s"/><task id="a"/><endEvent id="e"/>
      <sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="e"/>
      <subProcess id="h" triggeredByEvent="true">
        <startEvent id="t" isInterrupting="false"><timerEventDefinition>{}</timerEventDefinition></startEvent>
        <endEvent id="he"/><sequenceFlow id="f3" sourceRef="t" targetRef="he"/>
      </subProcess>)",
                       timer);
  };
  const verify::Report once = report(process("<timeDuration>P2D</timeDuration>"));
  const verify::Report again = report(process("<timeCycle>R/P2D</timeCycle>"));
  CHECK(once.sound() == Verdict::holds);
  CHECK(again.sound() == Verdict::holds);
  CHECK(once.states < again.states);
}
