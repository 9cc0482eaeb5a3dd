// What a DMN file says, as plain structs named as in the specification (DMN 1.5 chapters 6 to 8 and 10).
// Texts are kept as written, with their spans; compile.hpp turns them into what can be evaluated.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/span.hpp"

namespace weir::dmn {

/// A piece of FEEL (or text) and where it stands.
struct Text {
  std::string text;
  Span span;
  bool written = false;  // the element was there
  std::string language;  // expressionLanguage, empty when nothing says it
};

/// A name with the type that it is said to have.
struct Named {
  std::string name;
  std::string type;  // typeRef as written, empty when there is none
  Span span;
  friend bool operator==(const Named&, const Named&) = default;
};

enum class HitPolicy : std::uint8_t { unique, any, priority, first, rule_order, output_order, collect };
enum class Aggregation : std::uint8_t { none, sum, count, min, max };

struct Table;

/// An expression of any kind (section 7.3 and 10.2.1). What `names` and `parts` hold depends on the form.
struct Boxed {
  enum class Form : std::uint8_t {
    none,         // nothing written
    literal,      // text, language
    context,      // names[i] = parts[i]; no name: the result
    table,        // table
    invocation,   // parts[0] is called, names[i] is bound to parts[i + 1]
    function,     // names are the parameters, parts[0] the body, language the kind (FEEL, Java, PMML)
    relation,     // names are the columns, parts the rows (lists)
    list,         // parts
    conditional,  // if parts[0] then parts[1] else parts[2]
    filter,       // parts[0] [ parts[1] ]
    collect,      // for names[0] in parts[0] return parts[1]
    some,         // some names[0] in parts[0] satisfies parts[1]
    every,
  };
  Form form = Form::none;
  std::string id;
  std::string type;
  std::string language;
  Span span;
  Text text;
  std::vector<Named> names;
  std::vector<Boxed> parts;
  std::unique_ptr<Table> table;
};

/// A decision table (section 8.3).
struct Table {
  struct Input {
    std::string id, label;
    std::string variable;  // camunda:inputVariable, what tests in JUEL call the input
    Boxed expression;
    Text values;  // inputValues
  };
  struct Output {
    std::string id;
    Named name;
    Text values;         // outputValues, in the order of their priority
    Text default_entry;  // defaultOutputEntry
  };
  struct Rule {
    std::string id;
    Span span;
    std::vector<Text> inputs, outputs;
  };
  HitPolicy hit_policy = HitPolicy::unique;
  Aggregation aggregation = Aggregation::none;
  Span hit_policy_span;
  std::vector<Input> inputs;
  std::vector<Output> outputs;
  std::vector<Rule> rules;
};

/// A type (section 7.3.2).
struct ItemDefinition {
  Named name;  // and typeRef
  bool collection = false;
  Text allowed;     // allowedValues: of the items when it is a collection
  Text constraint;  // typeConstraint: of the value as a whole
  std::vector<ItemDefinition> components;
  bool function = false;  // functionItem: components are the parameters, `output` the result
  std::string output;
};

/// A reference to an element of this or another file.
struct Reference {
  enum class Kind : std::uint8_t { input, decision, knowledge, authority };
  Kind kind = Kind::input;
  std::string href;
  Span span;
};

/// Anything of a requirement graph.
struct Element {
  enum class Kind : std::uint8_t {
    input_data,
    decision,
    knowledge_model,
    decision_service,
    knowledge_source
  };
  Kind kind = Kind::decision;
  std::string id, name;
  Named variable;           // its name is that of the element (section 7.3.1)
  std::string result_name;  // name of the variable as written: engines call the result so
  Span span;
  Boxed logic;
  std::vector<Reference> requirements;
  // Decision services.
  std::vector<Reference> outputs, encapsulated, input_decisions, input_data;
};

struct Import {
  std::string name, uri, location;
  Span span;
};

/// One file.
struct Definitions {
  // In the .cpp file: else every file that has one compiles all of this again.
  Definitions();
  Definitions(Definitions&&) noexcept;
  Definitions& operator=(Definitions&&) noexcept;
  ~Definitions();

  FileId file = FileId::none;
  std::string id, name, uri;  // uri: attribute `namespace`
  std::string expression_language;
  std::string execution_platform, execution_platform_version;  // of the modeler
  std::vector<Import> imports;
  std::vector<ItemDefinition> items;
  std::vector<Element> elements;
};

}  // namespace weir::dmn
