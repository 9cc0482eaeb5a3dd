// What can be said about an expression before it runs.
#pragma once

#include <string_view>

#include "core/feel/parser.hpp"
#include "core/feel/platform.hpp"

namespace weir::feel {

struct CheckOptions {
  std::span<const std::string_view> names;
  std::span<const std::string_view> functions;  // sorted
  bool names_complete = false;
  CamundaVersion platform;
  Place place;
};

/// Unknown functions and parameters, wrong numbers of arguments; unknown names when all are known.
void check(const Node& root, const CheckOptions& options, Diagnostics& diagnostics);

/// "Java", "PMML" or "another language": what the body of an external function is written in.
std::string_view external_language(const Node& function);

/// Calls `visit(node)` for every node, parents first.
template <class Visit>
void each_node(const Node& node, Visit& visit) {
  visit(node);
  if (node.left != nullptr) each_node(*node.left, visit);
  if (node.right != nullptr) each_node(*node.right, visit);
  for (const Node* item : node.items) each_node(*item, visit);
}

}  // namespace weir::feel
