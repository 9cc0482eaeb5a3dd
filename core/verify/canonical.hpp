// A State as bytes that are equal exactly when the states behave alike: slots, list order and generations are
// gone, tokens of a scope are sorted, counters are capped where verify caps them (events that repeat: 2,
// loops without a small maximum: 0).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/semantics/semantics.hpp"

namespace weir::verify {

class Canonical {
 public:
  Canonical(const graph::ProcessGraph& graph, std::uint32_t repeats)
      : graph_(graph), repeats_(repeats), ordered_(compensates_in_order(graph)) {}

  /// Appends the bytes of `state` to `out`; nothing for an empty (ended) state.
  void encode(const semantics::State& state, std::vector<std::uint8_t>& out);
  /// Rebuilds a state in canonical slot order. `bytes` must come from encode().
  void decode(std::span<const std::uint8_t> bytes, semantics::State& state);

 private:
  struct Item {
    std::uint64_t key = 0;  // orders tokens of a scope, except those with equal keys and children
    std::uint32_t token = 0;
  };
  void encode_scope(const semantics::State& state, std::uint32_t scope, std::vector<std::uint8_t>& out);
  void encode_token(const semantics::State& state, const Item& item, std::vector<std::uint8_t>& out);
  void order_equal(const semantics::State& state, std::size_t first, std::size_t last);
  void decode_scope(const std::uint8_t*& at, semantics::State& state, std::uint32_t scope);

  static bool compensates_in_order(const graph::ProcessGraph& graph);
  [[nodiscard]] std::uint32_t kept_count(const semantics::State& state, const semantics::Token& token) const;
  [[nodiscard]] bool throws_implicitly(const semantics::Token& token) const;
  [[nodiscard]] bool may_compensate(const semantics::State& state, const semantics::Token& token) const;
  void find_throwers(semantics::State& state) const;
  void order_records(semantics::State& state, std::uint32_t scope,
                     std::vector<std::pair<std::uint32_t, std::uint32_t>>& records) const;

  const graph::ProcessGraph& graph_;
  const std::uint32_t repeats_;  // cap for counters of events that repeat, at most 6
  const bool ordered_;           // something compensates more than one activity: their order is kept
  std::vector<std::pair<std::uint32_t, NodeId>>
      handlers_;  // of the state that is decoded, and their throwers
  struct Range {
    std::uint32_t begin = 0;
    std::uint32_t size = 0;
    Item item;
  };
  std::vector<std::uint8_t> take_buffer();

  std::vector<Item> items_;  // a stack, shared by the recursion
  // Reused by order_equal(), so that nothing is allocated once warm.
  std::vector<std::uint8_t> spare_;
  std::vector<Range> ranges_;
  std::vector<std::vector<std::uint8_t>> buffers_;
};

}  // namespace weir::verify
