// scope  = count, then its token records in order
// record = one byte: phase, whether it has a child, counter 0..7; node; position of its flow among the node's
// incoming
//          flows + 1; for a live token per boundary event of its node 0, or 1 + counter when armed; then the
//          thrower of a compensation handler; then the kind and `remaining` of the child and the child scope
//          itself, when there is one. Instead of a flow a record of compensation has its place among the
//          records of its scope, and a compensation that a multi-instance activity throws its number
// Numbers are little-endian base 128, so small models cost about three bytes a token. Tokens are ordered by
// these fields as one integer; only tokens that are equal but for what they host are compared by their bytes.
#include "core/verify/canonical.hpp"

#include <algorithm>
#include <cstring>

namespace weir::verify {

using model::ElementKind;
using semantics::is_live;
using semantics::no_slot;
using semantics::Phase;
using semantics::ScopeKind;
using semantics::State;
using semantics::Token;

namespace {

inline void put(std::uint32_t value, std::vector<std::uint8_t>& out) {
  if (value < 0x80) {
    out.push_back(static_cast<std::uint8_t>(value));
    return;
  }
  while (value >= 0x80) {
    out.push_back(static_cast<std::uint8_t>(value | 0x80u));
    value >>= 7;
  }
  out.push_back(static_cast<std::uint8_t>(value));
}

std::uint32_t get(const std::uint8_t*& at) {
  std::uint32_t value = 0;
  for (unsigned shift = 0;; shift += 7) {
    const std::uint8_t byte = *at++;
    value |= static_cast<std::uint32_t>(byte & 0x7Fu) << shift;
    if (byte < 0x80) return value;
  }
}

bool is_armed_boundary(const graph::ProcessGraph& graph, const Token& token) {
  return token.phase == Phase::armed && graph[token.node].kind == model::ElementKind::boundary_event;
}

}  // namespace

bool Canonical::compensates_in_order(const graph::ProcessGraph& graph) {
  for (std::uint32_t i = 1; i < graph.nodes.size(); ++i) {
    const ElementKind kind = graph.nodes[i].kind;
    if (kind != ElementKind::end_event && kind != ElementKind::intermediate_throw_event) continue;
    for (const graph::Event& each : graph.definitions(NodeId{i}))
      if (each.trigger == graph::Trigger::cancel || each.trigger == graph::Trigger::compensation) return true;
  }
  return std::any_of(graph.throws.begin(), graph.throws.end(), [](const graph::ImplicitThrow& each) {
    return each.event.trigger == graph::Trigger::compensation;
  });
}

std::uint32_t Canonical::kept_count(const State& state, const Token& token) const {
  if (token.phase == Phase::armed) return std::min(token.count, repeats_);
  if (graph_[token.node].behavior == graph::Behavior::one && token.phase == Phase::hosting &&
      state.scopes[token.child].kind == ScopeKind::instances)
    return token.count;  // its event has been thrown
  const std::uint32_t maximum = graph_[token.node].loop_maximum;
  return maximum != 0 && maximum <= 3 ? token.count : 0;
}

void Canonical::encode(const State& state, std::vector<std::uint8_t>& out) {
  if (state.scopes.empty()) return;
  encode_scope(state, 0, out);
}

void Canonical::encode_scope(const State& state, std::uint32_t scope, std::vector<std::uint8_t>& out) {
  const std::size_t first = items_.size();
  std::uint32_t records = 0;  // newest first; their order is that of their compensation
  for (std::uint32_t at = state.scopes[scope].first; at != no_slot; at = state.tokens[at].next) {
    const Token& token = state.tokens[at];
    if (is_armed_boundary(graph_, token)) continue;
    const std::uint64_t flow = token.phase == Phase::record ? (ordered_ ? records++ : 0)
                               : throws_implicitly(token)   ? token.count
                               : token.flow == FlowId::none ? 0
                                                            : graph_.flow_position[index(token.flow)] + 1;
    const bool child =
        token.child != no_slot && (token.phase == Phase::hosting || token.phase == Phase::undoing ||
                                   token.phase == Phase::record || token.phase == Phase::testing);
    const std::uint64_t head = (static_cast<std::uint64_t>(token.phase) << 4) | (std::uint64_t{child} << 3) |
                               kept_count(state, token);
    items_.push_back({(std::uint64_t{index(token.node)} << 32) | (flow << 8) | head, at});
  }
  const std::size_t last = items_.size();
  put(static_cast<std::uint32_t>(last - first), out);
  // A decoded scope lists its tokens in falling order, so an insertion sort from behind is nearly free.
  if (last - first <= 64) {
    std::reverse(items_.begin() + static_cast<std::ptrdiff_t>(first), items_.end());
    for (std::size_t i = first + 1; i < last; ++i) {
      const Item item = items_[i];
      std::size_t j = i;
      for (; j > first && items_[j - 1].key > item.key; --j) items_[j] = items_[j - 1];
      items_[j] = item;
    }
  } else {
    std::sort(items_.begin() + static_cast<std::ptrdiff_t>(first), items_.end(),
              [](const Item& a, const Item& b) { return a.key < b.key; });
  }
  for (std::size_t i = first; i + 1 < last; ++i) {
    std::size_t end = i + 1;
    while (end < last && items_[end].key == items_[i].key) ++end;
    if (end - i > 1) order_equal(state, i, end);
    i = end - 1;
  }
  for (std::size_t i = first; i < last; ++i) encode_token(state, items_[i], out);
  items_.resize(first);
}

void Canonical::order_equal(const State& state, std::size_t first, std::size_t last) {
  const Token& token = state.tokens[items_[first].token];
  if ((items_[first].key & 8u) == 0 && graph_.boundary_ranges[index(token.node)].size() == 0) return;
  // Records go to the end of a shared buffer; `begin` of an item is kept beside it while they are compared.
  const std::size_t used = spare_.size();
  std::vector<std::uint8_t>& bytes = spare_;
  ranges_.clear();
  std::vector<Range> ranges = std::move(ranges_);
  for (std::size_t i = first; i < last; ++i) {
    const Item item = items_[i];
    std::vector<std::uint8_t> record = take_buffer();
    encode_token(state, item, record);
    ranges.push_back(
        {static_cast<std::uint32_t>(bytes.size()), static_cast<std::uint32_t>(record.size()), item});
    bytes.insert(bytes.end(), record.begin(), record.end());
    buffers_.push_back(std::move(record));
  }
  std::sort(ranges.begin(), ranges.end(), [&](const Range& a, const Range& b) {
    const int order = std::memcmp(bytes.data() + a.begin, bytes.data() + b.begin, std::min(a.size, b.size));
    return order != 0 ? order < 0 : a.size < b.size;
  });
  for (std::size_t i = first; i < last; ++i) items_[i] = ranges[i - first].item;
  bytes.resize(used);
  ranges_ = std::move(ranges);
}

std::vector<std::uint8_t> Canonical::take_buffer() {
  if (buffers_.empty()) return {};
  std::vector<std::uint8_t> buffer = std::move(buffers_.back());
  buffers_.pop_back();
  buffer.clear();
  return buffer;
}

void Canonical::encode_token(const State& state, const Item& item, std::vector<std::uint8_t>& out) {
  const Token& token = state.tokens[item.token];
  const std::uint64_t key = item.key;  // a copy: items_ may grow below
  const std::uint32_t slot = item.token;
  out.push_back(static_cast<std::uint8_t>(key & 0xFFu));
  put(index(token.node), out);
  put(static_cast<std::uint32_t>((key >> 8) & 0xFFFFFFu), out);
  if (is_live(token.phase))
    for (const NodeId boundary : graph_.boundary_events(token.node)) {
      std::uint32_t armed = 0;
      for (std::uint32_t at = state.scopes[token.scope].first; at != no_slot && armed == 0;
           at = state.tokens[at].next) {
        const Token& other = state.tokens[at];
        if (other.phase == Phase::armed && other.child == slot && other.node == boundary)
          armed = kept_count(state, other) + 1;
      }
      put(armed, out);
    }
  if (may_compensate(state, token)) {
    const std::uint32_t thrower = semantics::thrower_of(state, slot);
    put(thrower == no_slot ? 0 : index(state.tokens[thrower].node) + 1, out);
  }
  if ((key & 8u) == 0) return;
  const semantics::Scope& child = state.scopes[token.child];
  out.push_back(static_cast<std::uint8_t>(child.kind));
  put(child.remaining, out);
  encode_scope(state, token.child, out);
}

void Canonical::decode(std::span<const std::uint8_t> bytes, State& state) {
  state.clear();
  if (bytes.empty()) return;
  const std::uint8_t* at = bytes.data();
  const std::uint32_t root = state.put_scope(graph::process_node, no_slot, no_slot, ScopeKind::body);
  handlers_.clear();
  decode_scope(at, state, root);
  find_throwers(state);
  semantics::rebuild_joins(graph_, state);
}

/// A multi-instance activity's own compensation; its count says which.
bool Canonical::throws_implicitly(const Token& token) const {
  return token.phase == Phase::compensating && graph_[token.node].activity;
}

/// Whether somebody may wait for this token as a handler.
bool Canonical::may_compensate(const State& state, const Token& token) const {
  return token.phase == Phase::undoing || (is_live(token.phase) && graph_[token.node].for_compensation &&
                                           state.scopes[token.scope].kind != ScopeKind::instances);
}

void Canonical::find_throwers(State& state) const {
  if (handlers_.empty()) return;
  std::vector<bool> taken(state.tokens.size(), false);
  for (const auto& [handler, node] : handlers_)
    for (std::uint32_t at = 0; at < state.tokens.size(); ++at) {
      if (taken[at] || state.tokens[at].phase != Phase::compensating || state.tokens[at].node != node)
        continue;
      taken[at] = true;
      state.tokens[at].child = handler;
      break;
    }
}

void Canonical::order_records(State& state, std::uint32_t scope,
                              std::vector<std::pair<std::uint32_t, std::uint32_t>>& records) const {
  if (records.size() < 2) return;
  std::sort(records.begin(), records.end());
  // The records of the scope change places among themselves.
  std::vector<std::uint32_t> list;
  std::size_t next = 0;
  for (std::uint32_t at = state.scopes[scope].first; at != no_slot; at = state.tokens[at].next)
    list.push_back(state.tokens[at].phase == Phase::record ? records[next++].second : at);
  state.scopes[scope].first = list.front();
  for (std::size_t i = 0; i < list.size(); ++i) {
    state.tokens[list[i]].previous = i == 0 ? no_slot : list[i - 1];
    state.tokens[list[i]].next = i + 1 == list.size() ? no_slot : list[i + 1];
  }
}

void Canonical::decode_scope(const std::uint8_t*& at, State& state, std::uint32_t scope) {
  const std::uint32_t count = get(at);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> records;  // place, slot
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint8_t head = *at++;
    const auto phase = static_cast<Phase>(head >> 4);
    const NodeId node{get(at)};
    const std::uint32_t flow = get(at);
    const bool record = phase == Phase::record;
    const bool throws = phase == Phase::compensating && graph_[node].activity;
    const std::uint32_t token = state.put_token(
        scope, node, flow == 0 || record || throws ? FlowId::none : graph_.incoming(node)[flow - 1], phase);
    if (record) records.emplace_back(flow, token);
    state.tokens[token].count = throws ? flow : head & 7u;
    if (is_live(phase))
      for (const NodeId boundary : graph_.boundary_events(node)) {
        const std::uint32_t armed = get(at);
        if (armed == 0) continue;
        const std::uint32_t event = state.put_token(scope, boundary, FlowId::none, Phase::armed);
        state.tokens[event].child = token;
        state.tokens[event].count = armed - 1;
      }
    if (may_compensate(state, state.tokens[token]))
      if (const std::uint32_t thrower = get(at); thrower != 0)
        handlers_.emplace_back(token, NodeId{thrower - 1});
    if ((head & 8u) == 0) continue;
    const auto kind = static_cast<ScopeKind>(*at++);
    const std::uint32_t remaining = get(at);
    const std::uint32_t child = state.put_scope(node, scope, token, kind);
    state.scopes[child].remaining = remaining;
    state.tokens[token].child = child;
    decode_scope(at, state, child);
  }
  order_records(state, scope, records);
}

}  // namespace weir::verify
