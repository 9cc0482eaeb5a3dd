// Comparison and text of boards. Everything is compared member by member; two boards are the same state
// exactly when they are equal here.
#include "tests/reference/board.hpp"

#include <algorithm>

namespace weir::reference {

namespace {

template <class T>
std::strong_ordering compare_lists(const std::vector<T>& a, const std::vector<T>& b) {
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i)
    if (const auto by = a[i] <=> b[i]; by != 0) return by;
  return a.size() <=> b.size();
}

std::strong_ordering compare_maps(const std::map<int, int>& a, const std::map<int, int>& b) {
  return a < b   ? std::strong_ordering::less
         : b < a ? std::strong_ordering::greater
                 : std::strong_ordering::equal;
}

const char* word(At at) {
  switch (at) {
    case At::flow:
      return "flow ";
    case At::start:
      return "start ";
    case At::node:
      return "node ";
    case At::exit:
      return "exit ";
    case At::count:
      return "count ";
    case At::test:
      return "test ";
  }
  return "?";
}

void write_places(const test::Sketch& sketch, const Scope& scope, std::string path,
                  std::vector<std::string>& out) {
  if (!scope.instances)
    path += scope.container < 0 ? "p" : "/" + sketch.nodes[static_cast<std::size_t>(scope.container)].id;
  for (const Token& token : scope.tokens) {
    const auto id = static_cast<std::size_t>(token.id);
    out.push_back(path + ":" + word(token.at) +
                  (token.at == At::flow ? sketch.flows[id].id : sketch.nodes[id].id));
    for (const Scope& inner : token.inside) write_places(sketch, inner, path, out);
  }
}

bool scope_is_safe(const Scope& scope) {
  std::set<int> marked;
  for (const Token& token : scope.tokens) {
    if (token.at == At::flow && !marked.insert(token.id).second) return false;
    for (const Scope& inner : token.inside)
      if (!scope_is_safe(inner)) return false;
  }
  return true;
}

}  // namespace

std::strong_ordering operator<=>(const Token& a, const Token& b) {
  if (const auto by = a.at <=> b.at; by != 0) return by;
  if (const auto by = a.id <=> b.id; by != 0) return by;
  if (const auto by = a.rounds <=> b.rounds; by != 0) return by;
  if (const auto by = compare_maps(a.armed, b.armed); by != 0) return by;
  return compare_lists(a.inside, b.inside);
}

std::strong_ordering operator<=>(const Scope& a, const Scope& b) {
  if (const auto by = a.container <=> b.container; by != 0) return by;
  if (const auto by = a.instances <=> b.instances; by != 0) return by;
  if (const auto by = a.waiting <=> b.waiting; by != 0) return by;
  if (const auto by = compare_maps(a.armed, b.armed); by != 0) return by;
  return compare_lists(a.tokens, b.tokens);
}

std::strong_ordering operator<=>(const Board& a, const Board& b) {
  if (const auto by = a.ended <=> b.ended; by != 0) return by;
  return a.process <=> b.process;
}

void sort_tokens(Scope& scope) {
  for (Token& token : scope.tokens)
    for (Scope& inner : token.inside) sort_tokens(inner);
  std::sort(scope.tokens.begin(), scope.tokens.end(),
            [](const Token& a, const Token& b) { return (a <=> b) < 0; });
}

std::vector<std::string> marking(const test::Sketch& sketch, const Board& board) {
  std::vector<std::string> out;
  write_places(sketch, board.process, "", out);
  std::sort(out.begin(), out.end());
  return out;
}

bool is_safe(const Board& board) {
  return scope_is_safe(board.process);
}

}  // namespace weir::reference
