// The variables of one instance, beside its State. A frame belongs to a token: to the instances of a
// multi-instance activity, and to whatever gets local variables; everything else uses the frame around it,
// out to the process.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/work.hpp"
#include "core/semantics/state.hpp"
#include "core/value/owned.hpp"

namespace weir::data {

/// A variable that was set, or one item of it: of the token in a slot, no_slot = of the process.
struct Assigned {
  static constexpr std::uint32_t all = 0xffffffffu;
  std::uint32_t token = semantics::no_slot;
  std::uint32_t generation = 0;
  std::string name;
  bool fresh = false;  // it was not there before
  std::uint32_t item = all;
};

class Frames {
 public:
  /// Where sets are noted down; null: nobody wants to know.
  std::vector<Assigned>* assigned = nullptr;
  /// Somebody has asked what is visible since this was false: what follows may depend on variables.
  bool looked_at = false;

  /// Variables of the process that are null until they are set; the texts of the names must stay.
  void declare(std::span<const model::Variable> variables);
  /// What was found stands only for such a variable.
  [[nodiscard]] bool is_unset(const value::Value& found) const;

  /// Variables of the process.
  [[nodiscard]] value::Variables& root() { return root_.variables; }
  [[nodiscard]] const value::Variables& root() const { return root_.variables; }

  /// What an expression at this token sees, innermost first; declared variables stand in the outermost scope
  /// of their own. Valid until the next change.
  const value::Scope& visible(const semantics::State& state, std::uint32_t token);
  const value::Scope& visible_in_scope(const semantics::State& state, std::uint32_t scope);
  /// Sets a variable where it already exists, from the token outwards, else in the process.
  void assign(const semantics::State& state, std::uint32_t token, std::string_view name,
              const value::Value& value);
  /// The same without the token's own variables.
  void assign_around(const semantics::State& state, std::uint32_t token, std::string_view name,
                     const value::Value& value);
  /// Sets a variable of the token itself, which gets a frame of its own if it has none.
  void set_local(const semantics::State& state, std::uint32_t token, std::string_view name,
                 const value::Value& value);
  /// Replaces one item of a list that is a variable of the token itself; nothing happens without that item.
  void set_item(const semantics::State& state, std::uint32_t token, std::string_view name, std::uint32_t item,
                const value::Value& value);
  /// Sets a variable of the process.
  void set_root(std::string_view name, const value::Value& value);
  [[nodiscard]] bool has_frame(const semantics::State& state, std::uint32_t token) const;
  /// Where variables are seen from: the frame inside, and the one around it, the same when there is none of
  /// its own; {} = the process. Stays good when the token ends, until another one gets a frame in its slot.
  struct Place {
    std::uint32_t own = 0, around = 0;
  };
  [[nodiscard]] Place place(const semantics::State& state, std::uint32_t token) const {
    return {frame_of_token(state, token), frame_of_scope(state, state.tokens[token].scope)};
  }
  const value::Scope& visible(Place place) { return link(place.own); }
  /// As assign_around(token).
  void assign_around(Place place, std::string_view name, const value::Value& value) {
    assign_from(place.around, name, value);
  }
  /// Sets a variable of the inner frame.
  void set_local(Place place, std::string_view name, const value::Value& value);
  /// Variables of the inner frame.
  [[nodiscard]] const value::Variables& local(Place place) const { return frame(place.own).variables; }
  /// Variables of the token's own frame; it must have one.
  [[nodiscard]] const value::Variables& local(std::uint32_t token) const {
    return frame(by_token_[token]).variables;
  }
  /// Variables of the frame that a token has, or had and nobody has in its slot yet; null: none.
  [[nodiscard]] const value::Variables* left_by(semantics::TokenId token) const {
    const std::uint32_t found = token.slot < by_token_.size() ? by_token_[token.slot] : 0;
    return found != 0 && frame(found).generation == token.generation ? &frame(found).variables : nullptr;
  }
  /// A name that weir itself counts in the token's frame: others who assign to it mean a variable further
  /// out.
  void mark_counter(const semantics::State& state, std::uint32_t token, std::string_view name);
  /// After frames were set in any order: finds out again which one is around which.
  void relink(const semantics::State& state);

 private:
  struct Frame {
    value::Variables variables;
    value::Scope scope;
    std::uint32_t token = semantics::no_slot;
    std::uint32_t generation = 0;
    std::uint32_t outer = 0;
    std::vector<std::string_view> counters;  // the texts stay where they are, in the definition
  };
  [[nodiscard]] bool is_counter(std::uint32_t number, std::string_view name) const;
  void assign_from(std::uint32_t number, std::string_view name, const value::Value& value);
  std::uint32_t frame_of_token(const semantics::State& state, std::uint32_t token) const;
  std::uint32_t frame_of_scope(const semantics::State& state, std::uint32_t scope) const;
  const value::Scope& link(std::uint32_t number);

  [[nodiscard]] Frame& frame(std::size_t number) { return number == 0 ? root_ : *inner_[number - 1]; }
  [[nodiscard]] const Frame& frame(std::size_t number) const {
    return number == 0 ? root_ : *inner_[number - 1];
  }

  std::vector<value::Entry> declared_;
  value::Scope unset_;
  Frame root_;                                 // number 0
  std::vector<std::unique_ptr<Frame>> inner_;  // numbers from 1 on; they stay put: scopes point at each other
  std::vector<std::uint32_t> by_token_;        // token slot -> frame, 0 = none
};

}  // namespace weir::data
