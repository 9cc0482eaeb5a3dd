// The compiled form, shared by compile.cpp, evaluate.cpp and table.cpp.
#pragma once

#include <deque>
#include <unordered_map>

#include "core/dmn/program.hpp"
#include "core/dmn/table_index.hpp"
#include "core/dmn/type.hpp"

namespace weir::dmn {

struct CompiledTable;

/// A boxed expression; what the parts mean: Boxed.
struct Logic {
  Boxed::Form form = Boxed::Form::none;
  const Type* type = nullptr;  // null: any
  std::optional<feel::Expression> expression;
  std::vector<Key> names;
  std::vector<const Type*> types;  // of names, may be null
  std::vector<Logic> parts;
  std::unique_ptr<CompiledTable> table;
  const Boxed* source = nullptr;
  bool foreign = false;  // a function that is not in FEEL
};

struct CompiledTable {
  static constexpr std::uint32_t any = 0xffffffffu;
  struct Input {
    std::optional<feel::Expression> expression;
    Key variable;  // what tests in JUEL call the input
    const Type* type = nullptr;
    std::optional<feel::Expression> allowed;
  };
  struct Output {
    Key name;
    const Type* type = nullptr;
    std::optional<feel::Expression> allowed;
    std::vector<Value> order;  // outputValues, most important first
    std::optional<feel::Expression> order_list;
    std::optional<feel::Expression> default_entry;
  };
  const Table* source = nullptr;
  std::vector<Input> inputs;
  std::vector<Output> outputs;
  std::deque<feel::Expression> expressions;  // each text once
  std::vector<std::uint32_t> tests;          // rule-major: expression, or any
  std::vector<std::uint32_t> entries;        // rule-major: expression, or any for an empty one
  TableIndex index;
  std::string element;  // for diagnostics
  [[nodiscard]] std::size_t rules() const { return source->rules.size(); }
};

/// What an expression may see of another element.
struct Need {
  std::uint32_t element = 0;
  Key alias;  // name of the import it comes through, empty for none
};

struct Compiled {
  const Element* source = nullptr;
  const Definitions* file = nullptr;
  Key name;
  Key output;  // of a table with one output and no variable: engines call the result so; empty = no such name
  const Type* type = nullptr;
  Logic logic;
  std::vector<Need> needs;
  std::vector<std::uint32_t> outputs, parameters;  // decision services
  std::size_t aliases = 0;                         // different import names among the needs
  bool any_alias = false;
};

/// Why a function in Java or PMML has no value, and what to do instead.
std::string foreign_text(const Boxed& function);

struct Inside {
  std::vector<Compiled> elements;
  std::deque<Type> types;
  std::deque<feel::Type> feel_types;  // the same for `instance of`
  value::Arena names;
  std::unordered_map<std::string_view, std::uint32_t> by_name, by_id;
  std::vector<Key> declared;  // names of all elements of the first file, sorted by hash
  bool complete = true;
};

}  // namespace weir::dmn
