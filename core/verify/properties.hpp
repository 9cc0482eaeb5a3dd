// What verify decides, and the words for it. Every verdict is about one process seen from outside as
// "anything may happen that the model admits": each branch, each error, each event, 0, 1 or 2 instances.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/graph/process_graph.hpp"

namespace weir::verify {

enum class Verdict : std::uint8_t { holds, violated, unknown };
/// "holds", "violated", "unknown".
std::string_view verdict_name(Verdict verdict);

enum class Property : std::uint8_t {
  safe,                // no flow ever holds two tokens of one instance
  no_deadlock,         // no reachable marking has tokens and nothing that can happen
  option_to_complete,  // from every reachable state the end can be reached
  proper_completion,   // no end event of the process happens twice in one instance
  no_dead_element,     // every node can be reached
  bounded,             // no place collects tokens without limit
};
inline constexpr std::size_t property_count = 6;

struct PropertyFacts {
  Property property;
  std::string_view id;          // "option-to-complete", as in weir.verify/1
  std::string_view rule;        // id of the lint rule a violation is reported as
  std::string_view definition;  // one sentence
};
const PropertyFacts& facts(Property property);
const std::array<PropertyFacts, property_count>& all_properties();

/// How a violation comes about: a shortest path through the law, replayable by `weir run --trace`.
struct Witness {
  std::vector<TraceStep> steps;
  std::vector<std::string> marking;  // where the tokens are at its end (semantics::marking)
  NodeId node = NodeId::none;        // where to point: the join that waits, the node behind a double flow
  FlowId flow = FlowId::none;        // the flow with two tokens
};

struct Report {
  std::array<Verdict, property_count> verdicts{};
  std::array<Witness, property_count> witnesses;  // filled where violated (not for no_dead_element)
  std::vector<NodeId> dead;                       // nodes that cannot be reached
  std::uint64_t states = 0;
  std::uint64_t edges = 0;
  std::size_t bytes = 0;  // memory of the stored states
  bool complete = false;  // everything was explored

  [[nodiscard]] Verdict operator[](Property property) const {
    return verdicts[static_cast<std::size_t>(property)];
  }
  /// option-to-complete and proper-completion and no-dead-element.
  [[nodiscard]] Verdict sound() const;
};

}  // namespace weir::verify
