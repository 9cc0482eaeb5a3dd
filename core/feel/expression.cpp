// compile() copies the text into the expression's arena, parses, checks, and replaces every part without
// variables by its value: what is computed then is never computed again. A part that has troubles is left as
// it is, so that they are reported where and when they occur.
#include "core/feel/expression.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "core/feel/check.hpp"
#include "core/feel/evaluator.hpp"
#include "core/feel/juel.hpp"
#include "core/feel/parser.hpp"

namespace weir::feel {

namespace {

class Folder {
 public:
  explicit Folder(Arena& arena, std::string_view text) : arena_(arena), text_(text), workspace_(limits()) {}

  void fold(const Node& node) {
    // Nodes are const for evaluation only; here they still belong to their maker.
    if (node.left != nullptr) fold(*node.left);
    if (node.right != nullptr) fold(*node.right);
    for (const Node* item : node.items) fold(*item);
    if (!foldable(node)) return;
    workspace_.reset();
    Evaluator evaluator(workspace_, nullptr, text_);
    std::uint32_t slots = node.slot;  // contexts write their entries to slots
    for (const Binding& binding : node.bindings) slots = std::max(slots, binding.to);
    const Value value = evaluator.run(node, slots + 1);
    if (workspace_.trouble_count() != 0 || value.is(Kind::function)) return;
    auto& folded = const_cast<Node&>(node);
    folded.kind = NodeKind::literal;
    folded.height = 1;
    folded.left = nullptr;
    folded.right = nullptr;
    folded.items = {};
    folded.value = value::deep_copy(value, arena_);
  }

 private:
  static Limits limits() {
    Limits small;
    small.steps = 10'000;
    small.memory = 1u << 20;
    small.list_size = 10'000;
    small.text_size = 1u << 18;
    return small;
  }

  static bool is_literal(const Node* node) { return node == nullptr || node->kind == NodeKind::literal; }

  static bool foldable(const Node& node) {
    switch (node.kind) {
      case NodeKind::call:
        if (!node.builtin->pure || (node.flags & negated) != 0) return false;
        break;
      case NodeKind::range:
        if ((node.flags & bare_range) != 0) return false;
        break;
      case NodeKind::negate:
      case NodeKind::arithmetic:
      case NodeKind::comparison:
      case NodeKind::logic_and:
      case NodeKind::logic_or:
      case NodeKind::between:
      case NodeKind::choice:
      case NodeKind::list:
      case NodeKind::context:
      case NodeKind::path:
      case NodeKind::instance_of:
      case NodeKind::juel_arithmetic:
      case NodeKind::juel_comparison:
      case NodeKind::juel_and:
      case NodeKind::juel_or:
      case NodeKind::juel_not:
      case NodeKind::juel_empty:
      case NodeKind::juel_choice:
      case NodeKind::juel_index:
      case NodeKind::concatenation:
        break;
      case NodeKind::filter:  // only an index: the item's slot is not written then
        if (node.right->kind != NodeKind::literal || !node.right->value.is(Kind::number)) return false;
        break;
      default:
        return false;
    }
    if (!is_literal(node.left) || !is_literal(node.right) ||
        !std::all_of(node.items.begin(), node.items.end(), is_literal))
      return false;
    return node.kind == NodeKind::list || node.kind == NodeKind::context || !needs_zones(node);
  }

  /// What is computed from a moment in a named zone needs the rules of the zone, which are only known later.
  static bool needs_zones(const Node& node) {
    const auto zoned = [](const Node* child) { return child != nullptr && has_named_zone(child->value); };
    return zoned(node.left) || zoned(node.right) || std::any_of(node.items.begin(), node.items.end(), zoned);
  }

  static bool has_named_zone(const Value& value) {
    switch (value.kind()) {
      case Kind::time:
        return value.time().zone.is_named();
      case Kind::date_time:
        return value.date_time().zone.is_named();
      case Kind::range:
        return has_named_zone(value.range().low) || has_named_zone(value.range().high);
      case Kind::list:
        return std::any_of(value.items().begin(), value.items().end(), has_named_zone);
      case Kind::context:
        return std::any_of(value.entries().begin(), value.entries().end(),
                           [](const Entry& entry) { return has_named_zone(entry.value); });
      default:
        return false;
    }
  }

  Arena& arena_;
  std::string_view text_;
  Workspace workspace_;
};

Diagnostic& refuse(Diagnostics& diagnostics, const CompileOptions& options, std::string code,
                   std::string message) {
  Diagnostic& made =
      diagnostics.warning(std::move(code), std::move(message), options.span, std::string(options.element));
  made.group = "feel";
  return made;
}

bool contains_ignoring_case(std::string_view text, std::string_view lower_part) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::search(text.begin(), text.end(), lower_part.begin(), lower_part.end(),
                     [&](char left, char right) { return lower(left) == right; }) != text.end();
}

}  // namespace

std::string_view language_name(Language language) {
  switch (language) {
    case Language::feel:
      return "FEEL";
    case Language::unary_tests:
      return "FEEL unary tests";
    case Language::juel:
      return "JUEL";
    case Language::static_text:
      return "text";
    case Language::script:
      return "a script";
    case Language::foreign:
      break;
  }
  return "another language";
}

const Value* Expression::constant() const {
  return root_->kind == NodeKind::literal ? &root_->value : nullptr;
}

std::vector<std::string_view> Expression::variables() const {
  std::vector<std::string_view> names;
  const auto visit = [&](const Node& node) {
    if (node.kind != NodeKind::global && node.kind != NodeKind::juel_variable) return;
    if (std::find(names.begin(), names.end(), node.key.text()) == names.end())
      names.push_back(node.key.text());
  };
  each_node(*root_, visit);
  return names;
}

std::optional<Expression> compile(std::string_view text, Language language, const CompileOptions& options,
                                  Diagnostics& diagnostics) {
  constexpr std::size_t longest = 4u << 20;
  if (text.size() > longest) {
    refuse(diagnostics, options, "feel-limit", "the expression is longer than 4 MiB");
    return std::nullopt;
  }
  Expression expression;
  expression.language_ = language;
  expression.span_ = options.span;
  expression.element_ = options.element;
  expression.text_ = expression.arena_.copy(text);
  const Place place{options.span, expression.text_, expression.element_};
  Parsed parsed;
  switch (language) {
    case Language::feel:
    case Language::unary_tests: {
      ParseOptions parse_options;
      parse_options.names = options.names;
      parse_options.types = options.types;
      parse_options.place = place;
      parse_options.unary_tests = language == Language::unary_tests;
      parsed = parse(expression.text_, parse_options, expression.arena_, diagnostics);
      break;
    }
    case Language::juel:
      parsed = parse_juel(expression.text_, place, expression.arena_, diagnostics);
      break;
    case Language::script:
      parsed = parse_script(expression.text_, place, expression.arena_, diagnostics);
      break;
    case Language::static_text: {
      Node node;
      node.value = Value::string(expression.text_);
      node.end = static_cast<std::uint32_t>(text.size());
      parsed.root = expression.arena_.make(node);
      break;
    }
    case Language::foreign:
      refuse(diagnostics, options, "expression-language",
             "the expression is in a language that cannot be evaluated here");
      break;
  }
  if (parsed.root == nullptr) return std::nullopt;
  check(*parsed.root, {options.names, options.functions, options.names_complete, options.platform, place},
        diagnostics);
  if (options.fold) Folder(expression.arena_, expression.text_).fold(*parsed.root);
  expression.root_ = parsed.root;
  expression.frame_size_ = parsed.frame_size;
  return expression;
}

Choice choose_language(std::string_view text, std::string_view attribute) {
  std::size_t begin = 0;
  while (begin < text.size() && (text[begin] == ' ' || (text[begin] >= '\t' && text[begin] <= '\r'))) ++begin;
  if (begin < text.size() && text[begin] == '=' && text.substr(begin, 2) != "==")
    return {Language::feel, begin + 1, false};
  if (looks_like_juel(text)) return {Language::juel, 0, false};
  if (contains_ignoring_case(attribute, "feel")) return {Language::feel, 0, false};
  for (const std::string_view foreign :
       {"xpath", "groovy", "javascript", "java", "mvel", "python", "xquery", "sparql"})
    if (contains_ignoring_case(attribute, foreign)) return {Language::foreign, 0, false};
  return {Language::feel, 0, true};
}

std::optional<Expression> compile_condition(std::string_view text, std::string_view language_attribute,
                                            const CompileOptions& options, Diagnostics& diagnostics) {
  const Choice choice = choose_language(text, language_attribute);
  CompileOptions inner = options;
  if (options.span.known() && options.span.end - options.span.begin == text.size())
    inner.span.begin += static_cast<std::uint32_t>(choice.begin);
  const bool xpath = contains_ignoring_case(language_attribute, "xpath");
  const bool returns = choice.guessed && text.substr(choice.begin).starts_with("return ");
  if ((choice.language == Language::foreign && !xpath) || returns) {
    Diagnostics tried;
    auto expression = compile(text, Language::script, inner, tried);
    if (expression && !tried.has_errors() && foreign_calls(expression->root()).empty()) return expression;
  }
  if (choice.language == Language::foreign && xpath) {
    Diagnostics tried;
    auto expression = compile(text, Language::feel, inner, tried);
    if (expression && tried.empty()) return expression;
  }
  if (choice.language == Language::foreign) {
    refuse(diagnostics, options, "expression-language",
           fmt::format("a condition in {} cannot be evaluated here: use FEEL (= ...) or JUEL (${{...}})",
                       language_attribute));
    return std::nullopt;
  }
  if (!choice.guessed) return compile(text.substr(choice.begin), choice.language, inner, diagnostics);
  // XPath is the default of the specification and hardly ever meant; what parses as FEEL is taken as such.
  Diagnostics tried;
  auto expression = compile(text, Language::feel, inner, tried);
  // "Amount ok?" is one unknown name to FEEL, but a label to its author.
  const bool label = expression && expression->root().kind == NodeKind::global &&
                     expression->root().key.text().find(' ') != std::string_view::npos &&
                     std::find(options.names.begin(), options.names.end(), expression->root().key.text()) ==
                         options.names.end();
  if (expression && !label) {
    for (Diagnostic& each : tried.list()) diagnostics.add(std::move(each));
    return expression;
  }
  Diagnostic& made = refuse(diagnostics, options, "expression-text",
                            "the condition is plain text, not an expression that can be evaluated");
  for (const Diagnostic& each : tried.list())
    made.notes.push_back({"read as FEEL: " + each.message, each.span});
  return std::nullopt;
}

Value evaluate_further(const Expression& expression, const Scope& variables, Workspace& workspace,
                       const Value& input) {
  const Node& root = expression.root();
  if (root.kind == NodeKind::literal) return root.value;
  Evaluator evaluator(workspace, &variables, expression.text());
  const Value result = evaluator.run(root, expression.frame_size(), {&input, 1});
  workspace.nesting.steps = evaluator.steps();
  return result;
}

Value evaluate(const Expression& expression, const Scope& variables, Workspace& workspace,
               const Value& input) {
  workspace.reset();
  return evaluate_further(expression, variables, workspace, input);
}

std::optional<bool> condition(const Expression& expression, const Scope& variables, Workspace& workspace) {
  const Value value = evaluate(expression, variables, workspace);
  if (value.is(Kind::boolean)) return value.truth();
  if (expression.language() == Language::juel && value.is(Kind::string) &&
      (value.text() == "true" || value.text() == "false"))
    return value.text() == "true";
  if (!value.is_null())
    workspace.add_trouble({TroubleKind::type_mismatch, "a condition must be a boolean, {0} is a {0:t}", 0,
                           static_cast<std::uint32_t>(expression.text().size()), value, Value{}});
  return std::nullopt;
}

void report(const Expression& expression, const Workspace& workspace, Diagnostics& diagnostics) {
  const Place place{expression.span(), expression.text(), expression.element()};
  for (const Trouble& trouble : workspace.troubles()) {
    Diagnostic& made = diagnostics.warning(std::string(trouble_code(trouble.kind)), trouble_text(trouble),
                                           place.at(trouble.begin, trouble.end), expression.element());
    made.group = "feel";
  }
}

}  // namespace weir::feel
