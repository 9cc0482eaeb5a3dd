// Nanoseconds per evaluation of the eleven expressions that FEEL engines are compared with
// (saig0/feel-scala-jmh), compiled once, with their geometric mean; then larger ones, and compiling. "As
// written" computes everything at every evaluation, as those engines do; "folded" is how weir runs them: what
// has no variables was computed when the expression was compiled. Variables change from one evaluation to the
// next.
//   bench_feel [milliseconds per expression, 200]
#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <vector>

#include "core/feel/expression.hpp"
#include "core/value/print.hpp"

using namespace weir;

namespace {

struct Measured {
  const char* name;
  const char* expression;
  /// Variables; evaluations take them in turn, so that nothing can be remembered from the last one.
  std::vector<const char*> contexts;
};

const Measured standard[] = {
    {"comparison", "x = 21", {"{x: 21}", "{x: 22}"}},
    {"interval", "x between 10 and 30", {"{x: 21}", "{x: 5}", "{x: 31}"}},
    {"interval of date-times",
     "x between date and time(\"2021-01-01T00:00:00\") and date and time(\"2021-06-01T00:00:00\")",
     {"{x: date and time(\"2021-04-01T00:00:00\")}", "{x: date and time(\"2021-07-01T00:00:00\")}"}},
    {"path",
     "order.tracking.id",
     {"{order: {tracking: {id: \"tracking\"}}}", "{order: {tracking: {id: \"other\"}}}"}},
    {"filter",
     "order[type = \"priority\"]",
     {"{order: [{type: \"priority\"}]}", "{order: [{type: \"normal\"}]}"}},
    {"index", "[1,2,3][2]", {"{}"}},
    {"projection", "{x:1,y:2,z:3}.x", {"{}"}},
    {"for", "for order in orders return order.id", {"{orders: [{id: 1}]}", "{orders: [{id: 2}]}"}},
    {"context literal", "{x:1,y:2,z:3}", {"{}"}},
    {"list literal", "[1,2,3]", {"{}"}},
    {"call", "contains(x,\"camunda\")", {"{x: \"Hello camunda\"}", "{x: \"Hello world\"}"}},
};

constexpr const char* orders = "{orders: for i in 1..10 return {price: i * 10, qty: i}}";

const Measured larger[] = {
    {"if",
     "if amount > 1000 and status = \"gold\" then amount * 0.9 else amount",
     {"{amount: 1500, status: \"gold\"}", "{amount: 500, status: \"gold\"}",
      "{amount: 1200, status: \"new\"}"}},
    {"sum of products", "sum(for o in orders return o.price * o.qty)", {orders}},
    {"filter of 10", "orders[price > 10 and qty < 5]", {orders}},
    {"some of 10", "some o in orders satisfies o.price > 90", {orders}},
    {"date + duration", "d + duration(\"P1Y\")", {"{d: date(\"2024-02-29\")}", "{d: date(\"2023-12-31\")}"}},
    {"matches",
     "matches(email, \"^[a-z0-9._%+\\-]+@[a-z0-9.\\-]+\\.[a-z]+$\")",
     {"{email: \"someone@example.org\"}", "{email: \"no address\"}"}},
    {"long names",
     "applicant.monthly income * 12 / loan amount >= 0.3",
     {"{applicant: {monthly income: 3000}, loan amount: 100000}",
      "{applicant: {monthly income: 1000}, loan amount: 90000}"}},
    {"for 1..100", "for i in 1..n return i * i", {"{n: 100}"}},
    {"count of 10000", "count(for i in 1..n return i*1.5)", {"{n: 10000}"}},
    {"fib(15)", "{fib: function(n) if n < 2 then n else fib(n-1) + fib(n-2), r: fib(m)}.r", {"{m: 15}"}},
    {"sort 10",
     "sort(l, function(x,y) x < y)",
     {"{l: [5,3,8,1,9,2,7,4,6,10]}", "{l: [10,9,8,7,6,5,4,3,2,1]}"}},
};

/// Nanoseconds of this process: other programs on the machine do not count.
double processor_time() {
  return static_cast<double>(std::clock()) * (1e9 / CLOCKS_PER_SEC);
}

double nanoseconds(const Measured& each, double milliseconds, bool fold) {
  Diagnostics found;
  std::vector<feel::Workspace> data(each.contexts.size());
  std::vector<feel::Expression> expressions;  // what the values of the variables may point into
  std::vector<value::Scope> variables;
  expressions.reserve(each.contexts.size());
  for (std::size_t i = 0; i < each.contexts.size(); ++i) {
    expressions.push_back(*feel::compile(each.contexts[i], feel::Language::feel, {}, found));
    variables.push_back({feel::evaluate(expressions.back(), {}, data[i]).entries()});
  }
  const std::string_view names[] = {"monthly income", "loan amount"};
  feel::CompileOptions options;
  options.names = names;
  options.fold = fold;
  const auto expression = feel::compile(each.expression, feel::Language::feel, options, found);
  if (!expression || !found.empty()) {
    fmt::print("{} does not compile\n", each.name);
    return 0;
  }
  feel::Workspace workspace;
  double best = 1e300;
  const double until = processor_time() + milliseconds * 1e6;
  std::size_t batch = 1;
  std::size_t kinds = 0;
  std::size_t turn = 0;
  while (processor_time() < until) {
    const double begin = processor_time();
    for (std::size_t i = 0; i < batch; ++i) {
      kinds += static_cast<std::size_t>(feel::evaluate(*expression, variables[turn], workspace).kind());
      if (++turn == variables.size()) turn = 0;
    }
    const double spent = processor_time() - begin;
    if (spent < 1e6) {
      batch *= 2;
    } else {
      best = std::min(best, spent / static_cast<double>(batch));
    }
  }
  if (kinds == 0 || workspace.trouble_count() != 0) fmt::print("{} has troubles\n", each.name);
  return best;
}

}  // namespace

int main(int count, char** arguments) {
  const double milliseconds = count > 1 ? std::atof(arguments[1]) : 200;
  fmt::print("{:<24}{:>12}{:>12}  ns per evaluation\n", "", "as written", "folded");
  double written = 0;
  double folded = 0;
  for (const Measured& each : standard) {
    const double whole = nanoseconds(each, milliseconds, false);
    const double rest = nanoseconds(each, milliseconds, true);
    written += std::log(whole);
    folded += std::log(rest);
    fmt::print("{:<24}{:>12.1f}{:>12.1f}  {}\n", each.name, whole, rest, each.expression);
  }
  const auto mean = [](double sum) { return std::exp(sum / static_cast<double>(std::size(standard))); };
  fmt::print("{:<24}{:>12.1f}{:>12.1f}\n\n", "geometric mean", mean(written), mean(folded));
  for (const Measured& each : larger)
    fmt::print("{:<24}{:>12.1f}{:>12.1f}  {}\n", each.name, nanoseconds(each, milliseconds, false),
               nanoseconds(each, milliseconds, true), each.expression);
  fmt::print("\n");
  for (const Measured& each : standard) {
    Diagnostics found;
    const double begin = processor_time();
    constexpr int times = 2000;
    std::size_t compiled = 0;
    for (int i = 0; i < times; ++i)
      compiled += feel::compile(each.expression, feel::Language::feel, {}, found).has_value() ? 1 : 0;
    const double spent = processor_time() - begin;
    fmt::print("compile {:<24}{:>8.0f} ns ({})\n", each.name, spent / times, compiled);
  }
  return 0;
}
