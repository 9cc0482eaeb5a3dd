// scope  = count, then its token records sorted bytewise
// record = phase, node, flow + 1, count, for a live token per boundary event of its node 0 or 1 + count
//          when armed; then the child's kind and remaining, and the child scope itself, when the token hosts
//          one
// Numbers are little-endian base 128, so small models cost a few bytes a token.
#include "core/verify/canonical.hpp"

#include <algorithm>
#include <cstring>

namespace weir::verify {

using semantics::is_live;
using semantics::no_slot;
using semantics::Phase;
using semantics::ScopeKind;
using semantics::State;
using semantics::Token;

namespace {

void put(std::uint32_t value, std::vector<std::uint8_t>& out) {
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

std::uint32_t kept_count(const graph::ProcessGraph& graph, const Token& token) {
  if (token.phase == Phase::armed) return std::min(token.count, repeat_cap);
  const std::uint32_t maximum = graph[token.node].loop_maximum;
  return maximum != 0 && maximum <= 3 ? token.count : 0;
}

}  // namespace

void Canonical::encode(const State& state, std::vector<std::uint8_t>& out) {
  if (state.scopes.empty()) return;
  encode_scope(state, 0, out);
}

void Canonical::encode_scope(const State& state, std::uint32_t scope, std::vector<std::uint8_t>& out) {
  const std::size_t first_item = items_.size();
  std::uint32_t count = 0;
  for (std::uint32_t at = state.scopes[scope].first; at != no_slot; at = state.tokens[at].next)
    if (!is_armed_boundary(graph_, state.tokens[at])) ++count;
  put(count, out);
  const auto begin_all = static_cast<std::uint32_t>(out.size());
  for (std::uint32_t at = state.scopes[scope].first; at != no_slot; at = state.tokens[at].next) {
    if (is_armed_boundary(graph_, state.tokens[at])) continue;
    const auto begin = static_cast<std::uint32_t>(out.size());
    encode_token(state, at, out);
    items_.emplace_back(begin, static_cast<std::uint32_t>(out.size()));
  }
  const auto less = [&](const auto& a, const auto& b) {
    const std::size_t length_a = a.second - a.first;
    const std::size_t length_b = b.second - b.first;
    const int order = std::memcmp(out.data() + a.first, out.data() + b.first, std::min(length_a, length_b));
    return order != 0 ? order < 0 : length_a < length_b;
  };
  const auto items = items_.begin() + static_cast<std::ptrdiff_t>(first_item);
  if (count > 1 && !std::is_sorted(items, items_.end(), less)) {
    std::sort(items, items_.end(), less);
    sorted_.clear();
    for (auto item = items; item != items_.end(); ++item)
      sorted_.insert(sorted_.end(), out.begin() + item->first, out.begin() + item->second);
    std::copy(sorted_.begin(), sorted_.end(), out.begin() + begin_all);
  }
  items_.resize(first_item);
}

void Canonical::encode_token(const State& state, std::uint32_t slot, std::vector<std::uint8_t>& out) {
  const Token& token = state.tokens[slot];
  out.push_back(static_cast<std::uint8_t>(token.phase));
  put(index(token.node), out);
  put(token.flow == FlowId::none ? 0 : index(token.flow) + 1, out);
  put(kept_count(graph_, token), out);
  if (is_live(token.phase))
    for (const NodeId boundary : graph_.boundary_events(token.node)) {
      std::uint32_t armed = 0;
      for (std::uint32_t at = state.scopes[token.scope].first; at != no_slot && armed == 0;
           at = state.tokens[at].next) {
        const Token& other = state.tokens[at];
        if (other.phase == Phase::armed && other.child == slot && other.node == boundary)
          armed = kept_count(graph_, other) + 1;
      }
      put(armed, out);
    }
  const bool has_child =
      token.child != no_slot && (token.phase == Phase::hosting || token.phase == Phase::record);
  if (!has_child) {
    out.push_back(0);
    return;
  }
  out.push_back(static_cast<std::uint8_t>(state.scopes[token.child].kind));
  put(state.scopes[token.child].remaining, out);
  encode_scope(state, token.child, out);
}

void Canonical::decode(std::span<const std::uint8_t> bytes, State& state) {
  state.clear();
  if (bytes.empty()) return;
  const std::uint8_t* at = bytes.data();
  const std::uint32_t root = state.put_scope(graph::process_node, no_slot, no_slot, ScopeKind::body);
  decode_scope(at, state, root);
  semantics::rebuild_joins(graph_, state);
}

void Canonical::decode_scope(const std::uint8_t*& at, State& state, std::uint32_t scope) {
  const std::uint32_t count = get(at);
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto phase = static_cast<Phase>(*at++);
    const NodeId node{get(at)};
    const std::uint32_t flow = get(at);
    const std::uint32_t token =
        state.put_token(scope, node, flow == 0 ? FlowId::none : FlowId{flow - 1}, phase);
    state.tokens[token].count = get(at);
    if (is_live(phase))
      for (const NodeId boundary : graph_.boundary_events(node)) {
        const std::uint32_t armed = get(at);
        if (armed == 0) continue;
        const std::uint32_t event = state.put_token(scope, boundary, FlowId::none, Phase::armed);
        state.tokens[event].child = token;
        state.tokens[event].count = armed - 1;
      }
    const auto kind = static_cast<ScopeKind>(*at++);
    if (kind == ScopeKind::free) continue;
    const std::uint32_t remaining = get(at);
    const std::uint32_t child = state.put_scope(node, scope, token, kind);
    state.scopes[child].remaining = remaining;
    state.tokens[token].child = child;
    decode_scope(at, state, child);
  }
}

}  // namespace weir::verify
