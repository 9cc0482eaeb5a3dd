// One walk. "Did you mean" compares edit distances without regard to case; a third of the letters may differ.
#include "core/feel/check.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "core/feel/builtins.hpp"

namespace weir::feel {

namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

std::size_t distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> row(right.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < left.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t k = 0; k < right.size(); ++k) {
      const std::size_t changed = diagonal + (lower(left[i]) == lower(right[k]) ? 0 : 1);
      diagonal = row[k + 1];
      row[k + 1] = std::min({changed, row[k] + 1, row[k + 1] + 1});
    }
  }
  return row.back();
}

std::string arity_text(std::string_view name) {
  std::string text;
  for (const Builtin& row : find_builtins(name)) {
    if (!text.empty()) text += " or ";
    text += fmt::format("{}({})", name, row.parameters);
  }
  return text;
}

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
        if (node.builtin->probing && !node.items.empty()) probed_ = node.items[0];
        if ((node.flags & negated) != 0)
          report(Severity::error, "feel-arity", node,
                 fmt::format("'{}' is called with other parameters than it has: {}", node.builtin->name,
                             arity_text(node.builtin->name)));
        break;
      case NodeKind::invoke:
        if (node.left->kind == NodeKind::global) function(node);
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
    const std::string_view close = nearest(wanted, candidates);
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
    if (is_known(wanted)) return;
    std::vector<std::string_view> candidates;
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

std::string_view nearest(std::string_view name, std::span<const std::string_view> candidates) {
  if (name.size() > 60) return {};
  std::string_view best;
  std::size_t best_distance = name.size() / 3 + 1;
  for (const std::string_view candidate : candidates) {
    if (candidate.size() > name.size() + best_distance || candidate == name) continue;
    const std::size_t here = distance(name, candidate);
    if (here >= best_distance) continue;
    best = candidate;
    best_distance = here;
  }
  return best;
}

void check(const Node& root, const CheckOptions& options, Diagnostics& diagnostics) {
  Checker checker(options, diagnostics);
  each_node(root, checker);
}

}  // namespace weir::feel
