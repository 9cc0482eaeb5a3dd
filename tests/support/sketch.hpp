// Processes in a few lines of text, for tests:
//
//   start s
//   task a
//   boundary t on a timer non-interrupting
//   sub p
//     start ps
//     end pe
//     ps > pe
//   end e
//   s > a > p > e
//   t > e
//
// One line = one node (kind, id, words) or a chain of flows. Indentation by two blanks = inside the
// sub-process above. Kinds: start end task user service receive call catch throw boundary xor and or complex
// event-gateway sub event-sub transaction adhoc. Words: timer message signal:X error:X escalation:X
// conditional terminate cancel compensation link:X | non-interrupting | loop loop-before max:N | mi
// mi-sequential until none:WORD one:WORD complex:WORD (behavior, WORD as signal:X, or "signal" alone) | undo
// (isForCompensation) | instantiate | parallel (eventGatewayType) | no-wait (waitForCompletion). After a
// flow's target: [if] = has a condition, [default]. `a ~> b` is an association. A flow's id is
// "source>target", with "#2" for a second one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/graph/process_graph.hpp"
#include "core/model/definitions.hpp"

namespace weir::test {

struct SketchNode {
  std::string id;
  std::string kind;     // as in the text
  std::string trigger;  // timer, message, signal, error, ... or empty
  std::string code;     // X of signal:X
  int parent = -1;      // index of the sub-process, -1 = the process
  int host = -1;        // boundary events
  bool interrupting = true;
  std::string loop;  // loop, loop-before, mi, mi-sequential or empty
  bool until = false;
  int maximum = 0;
  std::vector<std::pair<std::string, std::string>> behaviors;  // "one", "signal:X"
  bool undo = false;
  bool instantiate = false;
  bool parallel = false;
  bool waits = true;
};

struct SketchFlow {
  std::string id;
  int source = -1;
  int target = -1;
  bool conditional = false;
  bool is_default = false;
};

struct Sketch {
  std::vector<SketchNode> nodes;  // document order
  std::vector<SketchFlow> flows;
  std::vector<std::pair<int, int>> associations;
};

/// Stops the test with a message when the text is wrong.
Sketch parse_sketch(std::string_view text);
/// The same as a model with one process "p"; no XML behind it.
model::Definitions definitions_of(const Sketch& sketch);
/// Compiled; stops the test when compile() reports anything.
graph::ProcessGraph graph_of(const Sketch& sketch);
inline graph::ProcessGraph graph_of(std::string_view text) {
  return graph_of(parse_sketch(text));
}

}  // namespace weir::test
