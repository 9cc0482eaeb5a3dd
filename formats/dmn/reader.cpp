// The document as the BPMN reader builds it (elements with byte-exact spans), then a walk over it. Elements
// of other namespaces than the root's are tools' own and skipped.
#include "formats/dmn/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "formats/bpmn/document_builder.hpp"
#include "formats/excerpt.hpp"
#include "formats/known_namespaces.hpp"

namespace weir::formats::dmn {

namespace {

using model::ElementId;
using weir::dmn::Boxed;
using weir::dmn::Definitions;
using weir::dmn::ItemDefinition;
using weir::dmn::Named;
using weir::dmn::Reference;
using weir::dmn::Table;
using weir::dmn::Text;
using Form = Boxed::Form;

constexpr auto forms = std::to_array<std::pair<std::string_view, Form>>({
    {"literalExpression", Form::literal},
    {"context", Form::context},
    {"decisionTable", Form::table},
    {"invocation", Form::invocation},
    {"functionDefinition", Form::function},
    {"relation", Form::relation},
    {"list", Form::list},
    {"conditional", Form::conditional},
    {"filter", Form::filter},
    {"for", Form::collect},
    {"some", Form::some},
    {"every", Form::every},
});

class Reader {
 public:
  Reader(const model::Document& document, Definitions& into, Diagnostics& diagnostics)
      : document_(document), into_(into), diagnostics_(diagnostics) {}

  void read_root();

 private:
  [[nodiscard]] std::string_view name(ElementId id) const { return document_[id].name; }
  [[nodiscard]] bool is(ElementId id, std::string_view wanted) const {
    return document_[id].name == wanted &&
           document_[id].namespace_uri == document_[ElementId{0}].namespace_uri;
  }
  [[nodiscard]] ElementId child(ElementId id, std::string_view wanted) const {
    for (const ElementId each : model::children(document_, id))
      if (is(each, wanted)) return each;
    return ElementId::none;
  }
  [[nodiscard]] std::string value(ElementId id, std::string_view attribute) const {
    std::string_view text = document_.value(id, attribute);
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
    return std::string(text);
  }
  void complain(Span span, std::string message, Severity severity = Severity::error) {
    Diagnostic made;
    made.severity = severity;
    made.code = "dmn-schema";
    made.group = "schema";
    made.message = std::move(message);
    made.span = span;
    diagnostics_.add(std::move(made));
  }
  Text text_of(ElementId id) const;
  /// The text inside <text> of a child.
  Text text_child(ElementId id, std::string_view wanted) const;
  Named named(ElementId id) const;
  Boxed boxed(ElementId id, Form form);
  /// The first expression among the children.
  Boxed expression_in(ElementId id);
  Boxed expression_below(ElementId id, std::string_view wrapper);
  std::unique_ptr<Table> table(ElementId id);
  ItemDefinition item(ElementId id, int depth);
  Reference reference(ElementId id, Reference::Kind kind) const;
  void requirement(ElementId id, std::vector<Reference>& into);
  void element(ElementId id, weir::dmn::Element::Kind kind);

  const model::Document& document_;
  Definitions& into_;
  Diagnostics& diagnostics_;
};

Text Reader::text_of(ElementId id) const {
  if (id == ElementId::none) return {};
  const model::Element& from = document_[id];
  return {std::string(from.text), from.text_span.known() ? from.text_span : from.name_span, true};
}

Text Reader::text_child(ElementId id, std::string_view wanted) const {
  const ElementId holder = child(id, wanted);
  if (holder == ElementId::none) return {};
  const ElementId text = child(holder, "text");
  if (text != ElementId::none) return text_of(text);
  return text_of(holder);
}

Named Reader::named(ElementId id) const {
  return {value(id, "name"), value(id, "typeRef"), document_.place(id, "name")};
}

Boxed Reader::expression_in(ElementId id) {
  for (const ElementId each : model::children(document_, id)) {
    if (document_[each].namespace_uri != document_[ElementId{0}].namespace_uri) continue;
    for (const auto& [tag, form] : forms)
      if (name(each) == tag) return boxed(each, form);
  }
  Boxed nothing;
  nothing.span = document_[id].name_span;
  return nothing;
}

Boxed Reader::expression_below(ElementId id, std::string_view wrapper) {
  const ElementId holder = child(id, wrapper);
  if (holder != ElementId::none) return expression_in(holder);
  complain(document_[id].name_span, fmt::format("<{}> needs a <{}>", excerpt(name(id)), wrapper));
  return {};
}

Boxed Reader::boxed(ElementId id, Form form) {
  Boxed made;
  made.form = form;
  made.id = value(id, "id");
  made.type = value(id, "typeRef");
  made.span = document_[id].name_span;
  switch (form) {
    case Form::literal:
      made.language = value(id, "expressionLanguage");
      made.text = text_of(child(id, "text"));
      made.text.language = made.language;
      if (!made.text.span.known()) made.text.span = made.span;
      if (!made.text.written && child(id, "importedValues") != ElementId::none)
        complain(made.span, "values of other files than DMN's (importedValues) are not read");
      break;
    case Form::context:
      for (const ElementId entry : model::children(document_, id)) {
        if (!is(entry, "contextEntry")) continue;
        const ElementId variable = child(entry, "variable");
        made.names.push_back(variable == ElementId::none ? Named{{}, {}, document_[entry].name_span}
                                                         : named(variable));
        made.parts.push_back(expression_in(entry));
      }
      break;
    case Form::table:
      made.table = table(id);
      break;
    case Form::invocation:
      made.parts.push_back(expression_in(id));
      for (const ElementId binding : model::children(document_, id)) {
        if (!is(binding, "binding")) continue;
        const ElementId parameter = child(binding, "parameter");
        if (parameter == ElementId::none) {
          complain(document_[binding].name_span, "a <binding> needs a <parameter>");
          continue;
        }
        made.names.push_back(named(parameter));
        made.parts.push_back(expression_in(binding));
      }
      break;
    case Form::function:
      made.language = value(id, "kind");
      for (const ElementId parameter : model::children(document_, id))
        if (is(parameter, "formalParameter")) made.names.push_back(named(parameter));
      made.parts.push_back(expression_in(id));
      break;
    case Form::relation:
      for (const ElementId each : model::children(document_, id)) {
        if (is(each, "column")) made.names.push_back(named(each));
        if (is(each, "row")) made.parts.push_back(boxed(each, Form::list));
      }
      for (const Boxed& row : made.parts)
        if (row.parts.size() != made.names.size())
          complain(row.span, fmt::format("the row has {} cells, the relation {} columns", row.parts.size(),
                                         made.names.size()));
      break;
    case Form::list:
      for (const ElementId each : model::children(document_, id))
        for (const auto& [tag, inner] : forms)
          if (is(each, tag)) made.parts.push_back(boxed(each, inner));
      break;
    case Form::conditional:
      for (const char* part : {"if", "then", "else"}) made.parts.push_back(expression_below(id, part));
      break;
    case Form::filter:
      for (const char* part : {"in", "match"}) made.parts.push_back(expression_below(id, part));
      break;
    case Form::collect:
    case Form::some:
    case Form::every:
      made.names.push_back({value(id, "iteratorVariable"), {}, document_.place(id, "iteratorVariable")});
      made.parts.push_back(expression_below(id, "in"));
      made.parts.push_back(expression_below(id, form == Form::collect ? "return" : "satisfies"));
      break;
    case Form::none:
      break;
  }
  return made;
}

std::unique_ptr<Table> Reader::table(ElementId id) {
  using weir::dmn::Aggregation;
  using weir::dmn::HitPolicy;
  constexpr auto policies = std::to_array<std::pair<std::string_view, HitPolicy>>({
      {"", HitPolicy::unique},
      {"UNIQUE", HitPolicy::unique},
      {"ANY", HitPolicy::any},
      {"PRIORITY", HitPolicy::priority},
      {"FIRST", HitPolicy::first},
      {"RULE ORDER", HitPolicy::rule_order},
      {"OUTPUT ORDER", HitPolicy::output_order},
      {"COLLECT", HitPolicy::collect},
  });
  constexpr auto aggregations = std::to_array<std::pair<std::string_view, Aggregation>>({
      {"", Aggregation::none},
      {"SUM", Aggregation::sum},
      {"COUNT", Aggregation::count},
      {"MIN", Aggregation::min},
      {"MAX", Aggregation::max},
  });
  auto made = std::make_unique<Table>();
  const auto choose = [&](const char* attribute, const auto& known, auto& result) {
    const std::string written = value(id, attribute);
    for (const auto& [word, meaning] : known)
      if (word == written) {
        result = meaning;
        return;
      }
    complain(document_.place(id, attribute), fmt::format("'{}' is no {}", excerpt(written), attribute));
  };
  made->hit_policy_span = document_.place(id, "hitPolicy");
  choose("hitPolicy", policies, made->hit_policy);
  choose("aggregation", aggregations, made->aggregation);
  for (const ElementId each : model::children(document_, id)) {
    if (is(each, "input")) {
      Table::Input& input = made->inputs.emplace_back();
      input.id = value(each, "id");
      input.label = value(each, "label");
      if (const auto* variable = document_.attribute(each, model::Namespace::camunda, "inputVariable"))
        input.variable = variable->value;
      input.values = text_child(each, "inputValues");
      const ElementId expression = child(each, "inputExpression");
      if (expression == ElementId::none) {
        complain(document_[each].name_span, "an <input> needs an <inputExpression>");
        continue;
      }
      input.expression = boxed(expression, Form::literal);
    } else if (is(each, "output")) {
      Table::Output& output = made->outputs.emplace_back();
      output.id = value(each, "id");
      output.name = named(each);
      output.values = text_child(each, "outputValues");
      output.default_entry = text_child(each, "defaultOutputEntry");
    } else if (is(each, "rule")) {
      Table::Rule& rule = made->rules.emplace_back();
      rule.id = value(each, "id");
      rule.span = document_[each].name_span;
      for (const ElementId entry : model::children(document_, each)) {
        const bool input = is(entry, "inputEntry");
        if (!input && !is(entry, "outputEntry")) continue;
        Text text = text_of(child(entry, "text"));
        if (!text.span.known()) text.span = document_[entry].name_span;
        text.language = value(entry, "expressionLanguage");
        (input ? rule.inputs : rule.outputs).push_back(std::move(text));
      }
    }
  }
  for (const Table::Rule& rule : made->rules) {
    if (rule.inputs.size() != made->inputs.size())
      complain(rule.span, fmt::format("the rule has {} input entries, the table {} inputs",
                                      rule.inputs.size(), made->inputs.size()));
    if (rule.outputs.size() != made->outputs.size())
      complain(rule.span, fmt::format("the rule has {} output entries, the table {} outputs",
                                      rule.outputs.size(), made->outputs.size()));
  }
  return made;
}

ItemDefinition Reader::item(ElementId id, int depth) {
  ItemDefinition made;
  made.name = named(id);
  const std::string_view collection = document_.value(id, "isCollection");
  made.collection = collection == "true" || collection == "1";
  made.allowed = text_child(id, "allowedValues");
  made.constraint = text_child(id, "typeConstraint");
  if (const ElementId type = child(id, "typeRef"); type != ElementId::none)
    made.name.type = std::string(document_[type].text);
  constexpr int deepest = 100;
  for (const ElementId each : model::children(document_, id)) {
    if (is(each, "itemComponent") && depth < deepest) made.components.push_back(item(each, depth + 1));
    if (!is(each, "functionItem")) continue;
    made.function = true;
    made.output = value(each, "outputTypeRef");
    for (const ElementId parameter : model::children(document_, each))
      if (is(parameter, "parameters")) made.components.emplace_back().name = named(parameter);
  }
  return made;
}

Reference Reader::reference(ElementId id, Reference::Kind kind) const {
  return {kind, value(id, "href"), document_.place(id, "href")};
}

void Reader::requirement(ElementId id, std::vector<Reference>& into) {
  using Kind = Reference::Kind;
  constexpr auto kinds = std::to_array<std::pair<std::string_view, Kind>>({
      {"requiredInput", Kind::input},
      {"requiredDecision", Kind::decision},
      {"requiredKnowledge", Kind::knowledge},
      {"requiredAuthority", Kind::authority},
  });
  const bool authority = name(id) == "authorityRequirement";
  bool found = false;
  for (const ElementId each : model::children(document_, id))
    for (const auto& [tag, kind] : kinds)
      if (is(each, tag)) {
        into.push_back(reference(each, authority ? Kind::authority : kind));
        found = true;
      }
  if (!found)
    complain(document_[id].name_span, fmt::format("the {} says not what is required", excerpt(name(id))),
             Severity::warning);
}

void Reader::element(ElementId id, weir::dmn::Element::Kind kind) {
  using Kind = weir::dmn::Element::Kind;
  weir::dmn::Element made;
  made.kind = kind;
  made.id = value(id, "id");
  made.name = value(id, "name");
  made.span = document_.place(id, "id");
  made.variable = {made.name, {}, made.span};
  for (const ElementId each : model::children(document_, id)) {
    if (is(each, "variable")) {
      made.result_name = value(each, "name");
      made.variable.type = value(each, "typeRef");
      made.variable.span = document_.place(each, "typeRef");
    }
    const std::string_view tag = name(each);
    if (is(each, "informationRequirement") || is(each, "knowledgeRequirement") ||
        is(each, "authorityRequirement"))
      requirement(each, made.requirements);
    if (is(each, "outputDecision")) made.outputs.push_back(reference(each, Reference::Kind::decision));
    if (is(each, "encapsulatedDecision"))
      made.encapsulated.push_back(reference(each, Reference::Kind::decision));
    if (is(each, "inputDecision")) made.input_decisions.push_back(reference(each, Reference::Kind::decision));
    if (is(each, "inputData")) made.input_data.push_back(reference(each, Reference::Kind::input));
    if (kind == Kind::knowledge_model && tag == "encapsulatedLogic" && is(each, tag))
      made.logic = boxed(each, Form::function);
  }
  if (kind == Kind::decision) made.logic = expression_in(id);
  // DMN 1.1 has the logic of knowledge models directly inside.
  if (kind == Kind::knowledge_model && made.logic.form == Form::none) {
    made.logic = boxed(id, Form::function);
    made.logic.type.clear();
  }
  if (made.name.empty() && kind != Kind::knowledge_source) {
    complain(document_.place(id, "name"), fmt::format("the {} needs a name", excerpt(name(id))),
             Severity::warning);
    made.name = made.variable.name = made.id;
  }
  into_.elements.push_back(std::move(made));
}

void Reader::read_root() {
  using Kind = weir::dmn::Element::Kind;
  constexpr auto kinds = std::to_array<std::pair<std::string_view, Kind>>({
      {"inputData", Kind::input_data},
      {"decision", Kind::decision},
      {"businessKnowledgeModel", Kind::knowledge_model},
      {"decisionService", Kind::decision_service},
      {"knowledgeSource", Kind::knowledge_source},
  });
  constexpr ElementId root{0};
  into_.file = document_.file;
  into_.id = value(root, "id");
  into_.name = value(root, "name");
  into_.uri = value(root, "namespace");
  into_.expression_language = value(root, "expressionLanguage");
  const auto of_modeler = [&](std::string_view attribute, std::string& to) {
    if (const auto* found = document_.attribute(root, model::Namespace::modeler, attribute))
      to = found->value;
  };
  of_modeler("executionPlatform", into_.execution_platform);
  of_modeler("executionPlatformVersion", into_.execution_platform_version);
  for (const ElementId each : model::children(document_, root)) {
    if (is(each, "import"))
      into_.imports.push_back({value(each, "name"), value(each, "namespace"), value(each, "locationURI"),
                               document_.place(each, "namespace")});
    if (is(each, "itemDefinition")) into_.items.push_back(item(each, 0));
    for (const auto& [tag, kind] : kinds)
      if (is(each, tag)) element(each, kind);
  }
}

}  // namespace

bool read(std::string_view text, FileId file, const XmlFacts& facts, Definitions& definitions,
          Diagnostics& diagnostics) {
  model::Document document;
  if (!bpmn::build_document(text, file, facts, bpmn_namespace, document, diagnostics)) return false;
  Reader(document, definitions, diagnostics).read_root();
  return true;
}

}  // namespace weir::formats::dmn
