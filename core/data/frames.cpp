// A frame is found through the token's slot and known to be current by the generation; a frame whose token is
// gone is reused by the next token in its slot.
#include "core/data/frames.hpp"

#include <algorithm>

namespace weir::data {

using semantics::no_slot;
using semantics::State;

void Frames::declare(std::span<const model::Variable> variables) {
  for (const model::Variable& each : variables) declared_.push_back({value::Key(each.name), {}});
}

bool Frames::is_unset(const value::Value& found) const {
  return std::any_of(declared_.begin(), declared_.end(),
                     [&](const value::Entry& each) { return &each.value == &found; });
}

bool Frames::has_frame(const State& state, std::uint32_t token) const {
  if (token >= by_token_.size() || by_token_[token] == 0) return false;
  return frame(by_token_[token]).generation == state.tokens[token].generation;
}

std::uint32_t Frames::frame_of_token(const State& state, std::uint32_t token) const {
  if (has_frame(state, token)) return by_token_[token];
  return frame_of_scope(state, state.tokens[token].scope);
}

std::uint32_t Frames::frame_of_scope(const State& state, std::uint32_t scope) const {
  for (std::uint32_t at = scope; at != no_slot;) {
    const std::uint32_t host = state.scopes[at].host;
    if (host == no_slot) return 0;
    if (has_frame(state, host)) return by_token_[host];
    at = state.tokens[host].scope;
  }
  return 0;
}

const value::Scope& Frames::link(std::uint32_t number) {
  looked_at = true;
  unset_ = {declared_, nullptr};
  // Entries may have moved since the last look, so the chain is linked anew; it is as long as frames nest.
  for (std::uint32_t at = number;;) {
    Frame& each = frame(at);
    each.scope.entries = each.variables.entries();
    each.scope.outer = at == 0 ? &unset_ : &frame(each.outer).scope;
    if (at == 0) break;
    at = each.outer;
  }
  return frame(number).scope;
}

const value::Scope& Frames::visible(const State& state, std::uint32_t token) {
  return link(frame_of_token(state, token));
}

const value::Scope& Frames::visible_in_scope(const State& state, std::uint32_t scope) {
  return link(frame_of_scope(state, scope));
}

void Frames::assign(const State& state, std::uint32_t token, std::string_view name,
                    const value::Value& value) {
  assign_from(frame_of_token(state, token), name, value);
}

void Frames::assign_around(const State& state, std::uint32_t token, std::string_view name,
                           const value::Value& value) {
  assign_from(frame_of_scope(state, state.tokens[token].scope), name, value);
}

void Frames::assign_from(std::uint32_t number, std::string_view name, const value::Value& value) {
  for (std::uint32_t at = number; at != 0; at = frame(at).outer)
    if (frame(at).variables.find(name) != nullptr && !is_counter(at, name)) {
      frame(at).variables.set(name, value);
      if (assigned != nullptr)
        assigned->push_back({frame(at).token, frame(at).generation, std::string(name), false, Assigned::all});
      return;
    }
  set_root(name, value);
}

bool Frames::is_counter(std::uint32_t number, std::string_view name) const {
  const std::vector<std::string_view>& counters = frame(number).counters;
  return std::find(counters.begin(), counters.end(), name) != counters.end();
}

void Frames::mark_counter(const State& state, std::uint32_t token, std::string_view name) {
  if (has_frame(state, token) && !is_counter(by_token_[token], name))
    frame(by_token_[token]).counters.push_back(name);
}

void Frames::set_local(Place place, std::string_view name, const value::Value& value) {
  if (place.own == 0) return set_root(name, value);
  Frame& inner = frame(place.own);
  const bool fresh = inner.variables.set(name, value);
  if (assigned != nullptr)
    assigned->push_back({inner.token, inner.generation, std::string(name), fresh, Assigned::all});
}

void Frames::set_item(const State& state, std::uint32_t token, std::string_view name, std::uint32_t item,
                      const value::Value& value) {
  if (!has_frame(state, token) || !frame(by_token_[token]).variables.set_item(name, item, value)) return;
  if (assigned != nullptr)
    assigned->push_back({token, state.tokens[token].generation, std::string(name), false, item});
}

void Frames::set_root(std::string_view name, const value::Value& value) {
  const bool fresh = frame(0).variables.set(name, value);
  if (assigned != nullptr) assigned->push_back({no_slot, 0, std::string(name), fresh, Assigned::all});
}

void Frames::relink(const State& state) {
  for (std::size_t at = 1; at <= inner_.size(); ++at)
    if (const std::uint32_t token = frame(at).token;
        token < state.tokens.size() && has_frame(state, token) && by_token_[token] == at)
      frame(at).outer = frame_of_scope(state, state.tokens[token].scope);
}

void Frames::set_local(const State& state, std::uint32_t token, std::string_view name,
                       const value::Value& value) {
  if (!has_frame(state, token)) {
    if (token >= by_token_.size()) by_token_.resize(token + 1, 0);
    if (by_token_[token] == 0) {
      inner_.push_back(std::make_unique<Frame>());
      by_token_[token] = static_cast<std::uint32_t>(inner_.size());
    }
    Frame& fresh = frame(by_token_[token]);
    fresh.variables.clear();
    fresh.counters.clear();
    fresh.token = token;
    fresh.generation = state.tokens[token].generation;
    fresh.outer = frame_of_scope(state, state.tokens[token].scope);
  }
  const bool fresh = frame(by_token_[token]).variables.set(name, value);
  if (assigned != nullptr)
    assigned->push_back({token, state.tokens[token].generation, std::string(name), fresh, Assigned::all});
}

}  // namespace weir::data
