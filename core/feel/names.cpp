// Names are compared token by token, so that "loan  amount" and "a - b" match however they are spaced. A name
// bound outside of the current function is captured: every function in between gets a slot for it.
#include "core/feel/names.hpp"

#include <algorithm>

#include "core/feel/lexer.hpp"

namespace weir::feel {

bool stands_at(std::string_view name, std::string_view source, std::uint32_t offset, std::uint32_t& end) {
  std::uint32_t in_name = 0;
  std::uint32_t in_source = offset;
  for (;;) {
    const Token wanted = next_token(name, in_name);
    if (wanted.kind == TokenKind::end) break;
    Token found = next_token(source, in_source);
    if (found.text != wanted.text) return false;
    in_name = wanted.end;
    in_source = found.end;
  }
  end = in_source;
  return in_source > offset;
}

void LongNames::add(std::string_view name) {
  const Token first = next_token(name, 0);
  if (first.kind == TokenKind::end || next_token(name, first.end).kind == TokenKind::end) return;
  auto& names = by_first_word_[first.text];
  const auto longer = [](std::string_view left, std::string_view right) {
    return left.size() > right.size();
  };
  if (std::find(names.begin(), names.end(), name) == names.end())
    names.insert(std::upper_bound(names.begin(), names.end(), name, longer), name);
}

std::string_view LongNames::match(std::string_view source, std::uint32_t offset, std::uint32_t& end) const {
  if (empty()) return {};
  const auto found = by_first_word_.find(next_token(source, offset).text);
  if (found == by_first_word_.end()) return {};
  for (const std::string_view name : found->second)
    if (stands_at(name, source, offset, end)) return name;
  return {};
}

void LexicalScopes::open_function() {
  functions_.push_back({names_.size(), 0, {}});
}

std::uint32_t LexicalScopes::close_function(std::vector<Binding>& captures) {
  Function& function = functions_.back();
  captures = std::move(function.captures);
  const std::uint32_t slots = function.slots;
  if (functions_.size() > 1) {
    names_.resize(function.first_name);
    functions_.pop_back();
  }
  return slots;
}

void LexicalScopes::drop_to(std::size_t mark) {
  names_.resize(mark);
}

std::uint32_t LexicalScopes::bind(std::string_view name) {
  names_.push_back({name, functions_.back().slots});
  return functions_.back().slots++;
}

std::uint32_t LexicalScopes::bind_filter_item() {
  return bind({});
}

std::uint32_t LexicalScopes::slot_in(std::size_t function, std::size_t name) {
  if (name >= functions_[function].first_name) return names_[name].slot;
  const std::uint32_t outside = slot_in(function - 1, name);
  for (const Binding& capture : functions_[function].captures)
    if (capture.from == outside) return capture.to;
  const std::uint32_t slot = functions_[function].slots++;
  functions_[function].captures.push_back({outside, slot});
  return slot;
}

LexicalScopes::Resolved LexicalScopes::resolve(std::string_view name) {
  Resolved resolved;
  const std::size_t function = functions_.size() - 1;
  for (std::size_t i = names_.size(); i-- > 0;) {
    if (names_[i].name.empty()) {
      resolved.filter_items.push_back(slot_in(function, i));
      if (name == "item") {  // also asked for an entry of that name first, as all names are
        resolved.bound = {Bound::Sort::filter_item, resolved.filter_items.back()};
        return resolved;
      }
    } else if (names_[i].name == name) {
      resolved.bound = {Bound::Sort::local, slot_in(function, i)};
      return resolved;
    }
  }
  return resolved;
}

std::string_view LexicalScopes::match(std::string_view source, std::uint32_t offset,
                                      std::uint32_t& end) const {
  std::string_view best;
  for (const Name& each : names_) {
    std::uint32_t here = 0;
    if (each.name.size() <= best.size() || !stands_at(each.name, source, offset, here)) continue;
    if (next_token(each.name, 0).end == each.name.size()) continue;  // one word
    best = each.name;
    end = here;
  }
  return best;
}

}  // namespace weir::feel
