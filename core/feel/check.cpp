// One walk over the tree.
#include "core/feel/check.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/base/did_you_mean.hpp"
#include "core/feel/builtins.hpp"

namespace weir::feel {

namespace {

std::string arity_text(std::string_view name) {
  std::string text;
  for (const Builtin& row : find_builtins(name)) {
    if (!text.empty()) text += " or ";
    text += fmt::format("{}({})", name, row.parameters);
  }
  return text;
}

}  // namespace

std::string_view external_language(const Node& function) {
  const auto language = [](const Key& key) -> std::string_view {
    return key.text() == "java" ? "Java" : key.text() == "pmml" ? "PMML" : "";
  };
  std::string_view found;
  if (function.right != nullptr && function.right->kind == NodeKind::context) {
    for (const Key& key : function.right->names)
      if (found.empty()) found = language(key);
  } else if (function.right != nullptr && function.right->kind == NodeKind::literal &&
             function.right->value.is(Kind::context)) {  // folded
    for (const Entry& entry : function.right->value.entries())
      if (found.empty()) found = language(entry.key);
  }
  return found.empty() ? "another language" : found;
}

namespace {

class Checker {
 public:
  Checker(const CheckOptions& options, Diagnostics& diagnostics)
      : options_(options), diagnostics_(diagnostics) {}

  void operator()(const Node& node) {
    switch (node.kind) {
      case NodeKind::global:
      case NodeKind::juel_variable:
        name(node);
        break;
      case NodeKind::call:
        if (std::string missing = missing_builtin(node.builtin->name, options_.platform); !missing.empty())
          report(Severity::warning, "feel-engine-version", node, std::move(missing));
        if (node.builtin->probing && !node.items.empty()) probed_ = node.items[0];
        if ((node.flags & negated) != 0)
          report(Severity::error, "feel-arity", node,
                 fmt::format("'{}' is called with other parameters than it has: {}", node.builtin->name,
                             arity_text(node.builtin->name)));
        break;
      case NodeKind::invoke:
        if (node.left->kind == NodeKind::global) function(node);
        break;
      case NodeKind::function:
        if ((node.flags & external) != 0)
          report(Severity::warning, "feel-unsupported", node,
                 fmt::format("the function is in {}, which cannot run here, so its calls are null: write its "
                             "body in FEEL, or hand its result in as an input",
                             external_language(node)));
        break;
      case NodeKind::filter:
        if (node.right->kind == NodeKind::literal && node.right->value.is(Kind::number) &&
            node.right->value.decimal().is_zero())
          report(Severity::warning, "feel-index-zero", *node.right,
                 "lists are counted from 1: item 0 is always null");
        break;
      default:
        break;
    }
  }

 private:
  Diagnostic& report(Severity severity, std::string code, const Node& node, std::string message) {
    Diagnostic made;
    made.severity = severity;
    made.code = std::move(code);
    made.group = "feel";
    made.message = std::move(message);
    made.span = options_.place.at(node.begin, node.end);
    made.element = options_.place.element;
    return diagnostics_.add(std::move(made));
  }

  [[nodiscard]] bool is_known(std::string_view wanted) const {
    return std::find(options_.names.begin(), options_.names.end(), wanted) != options_.names.end();
  }

  /// The name at the start of what `is defined` or `get or else` asks about.
  [[nodiscard]] bool is_probed(const Node& node) const {
    const Node* at = probed_;
    while (at != nullptr && at != &node && (at->kind == NodeKind::path || at->kind == NodeKind::filter))
      at = at->left;
    return at == &node;
  }

  void suggest(Diagnostic& made, std::string_view wanted, std::span<const std::string_view> candidates) {
    const std::string_view close = did_you_mean(wanted, candidates);
    if (close.empty()) return;
    made.message += fmt::format("; did you mean '{}'?", close);
    if (made.span.known() && made.span.end - made.span.begin == wanted.size())
      made.fixes.push_back({fmt::format("write '{}'", close), made.span, std::string(close)});
  }

  void name(const Node& node) {
    const std::string_view wanted = node.key.text();
    if (invoked_ == &node || is_probed(node) || !options_.names_complete || is_known(wanted)) return;
    if (node.kind == NodeKind::global && !find_builtins(wanted).empty()) return;
    if (node.kind == NodeKind::juel_variable &&
        ((node.flags & maybe_missing) != 0 || wanted == "execution" || wanted == "task"))
      return;
    Diagnostic& made = report(Severity::warning, "feel-unknown-variable", node,
                              fmt::format("there is no variable '{}'", wanted));
    suggest(made, wanted, options_.names);
  }

  void function(const Node& node) {
    invoked_ = node.left;
    const std::string_view wanted = node.left->key.text();
    // A variable that holds a function cannot be excluded unless all names are known.
    if (is_known(wanted) || std::binary_search(options_.functions.begin(), options_.functions.end(), wanted))
      return;
    if (const CamundaVersion since = only_in_camunda(wanted); since.known()) {
      report(Severity::warning, "feel-unknown-function", *node.left,
             fmt::format("'{}' of Camunda {}.{} cannot be computed here: its value is null", wanted,
                         since.major, since.minor));
      std::string missing = missing_builtin(wanted, options_.platform);
      if (!missing.empty()) report(Severity::warning, "feel-engine-version", *node.left, std::move(missing));
      return;
    }
    std::vector<std::string_view> candidates(options_.functions.begin(), options_.functions.end());
    for (const Builtin& row : builtins()) candidates.push_back(row.name);
    Diagnostic& made =
        report(options_.names_complete ? Severity::error : Severity::warning, "feel-unknown-function",
               *node.left, fmt::format("there is no function '{}'", wanted));
    suggest(made, wanted, candidates);
  }

  const CheckOptions& options_;
  Diagnostics& diagnostics_;
  const Node* invoked_ = nullptr;
  const Node* probed_ = nullptr;
};

}  // namespace

void check(const Node& root, const CheckOptions& options, Diagnostics& diagnostics) {
  Checker checker(options, diagnostics);
  each_node(root, checker);
}

}  // namespace weir::feel
