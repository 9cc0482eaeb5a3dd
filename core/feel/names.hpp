// Which names are known where: names may contain spaces and operators, so that the text alone does not say
// where a name ends (DMN 1.5 section 10.3.1.2). The longest known name wins.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/feel/syntax.hpp"

namespace weir::feel {

/// Names of more than one token ("loan amount", "pre-risk"), found by their first word.
class LongNames {
 public:
  /// Ignores single words.
  void add(std::string_view name);
  /// The longest known name whose tokens stand at `offset`; white space between tokens is free. Empty when
  /// none; else `end` is where it ends.
  [[nodiscard]] std::string_view match(std::string_view source, std::uint32_t offset,
                                       std::uint32_t& end) const;
  [[nodiscard]] bool empty() const { return by_first_word_.empty(); }

 private:
  std::unordered_map<std::string_view, std::vector<std::string_view>> by_first_word_;
};

/// True when the tokens of `name` stand at `offset`; `end` is then where they end.
bool stands_at(std::string_view name, std::string_view source, std::uint32_t offset, std::uint32_t& end);

/// What a name stands for, in the parser.
struct Bound {
  enum class Sort : std::uint8_t { none, local, filter_item };
  Sort sort = Sort::none;
  std::uint32_t slot = 0;
};

/// The names an expression binds itself, innermost last, by function.
class LexicalScopes {
 public:
  /// A function body begins: slots count from 0 again.
  void open_function();
  /// Returns the slots a call needs; `captures` receives what the body takes from outside.
  std::uint32_t close_function(std::vector<Binding>& captures);
  /// Marks where names may be dropped to later.
  [[nodiscard]] std::size_t mark() const { return names_.size(); }
  void drop_to(std::size_t mark);
  /// Binds a name to a new slot.
  std::uint32_t bind(std::string_view name);
  /// The item of a filter: all its entries may be names. Its slot.
  std::uint32_t bind_filter_item();
  /// Enclosing filters that must be asked first, innermost first, then what the name is bound to.
  struct Resolved {
    std::vector<std::uint32_t> filter_items;
    Bound bound;
  };
  Resolved resolve(std::string_view name);
  /// The longest bound name of several words at this offset.
  [[nodiscard]] std::string_view match(std::string_view source, std::uint32_t offset,
                                       std::uint32_t& end) const;

 private:
  struct Name {
    std::string_view name;  // empty: filter item
    std::uint32_t slot = 0;
  };
  struct Function {
    std::size_t first_name = 0;
    std::uint32_t slots = 0;
    std::vector<Binding> captures;
  };
  std::uint32_t slot_in(std::size_t function, std::size_t name);
  std::vector<Name> names_;
  std::vector<Function> functions_{1};
};

}  // namespace weir::feel
