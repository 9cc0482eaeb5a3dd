// Nanoseconds per evaluation of the eleven expressions that FEEL engines are compared with
// (saig0/feel-scala-jmh), compiled once, with their geometric mean; then larger ones, and compiling.
//   bench_feel [milliseconds per expression, 200]
#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <ctime>

#include "core/feel/expression.hpp"
#include "core/value/print.hpp"

using namespace weir;

namespace {

struct Measured {
  const char* name;
  const char* expression;
  const char* context;
};

constexpr Measured standard[] = {
    {"comparison", "x = 21", "{x: 21}"},
    {"interval", "x between 10 and 30", "{x: 21}"},
    {"interval of date-times",
     "x between date and time(\"2021-01-01T00:00:00\") and date and time(\"2021-06-01T00:00:00\")",
     "{x: date and time(\"2021-04-01T00:00:00\")}"},
    {"path", "order.tracking.id", "{order: {tracking: {id: \"tracking\"}}}"},
    {"filter", "order[type = \"priority\"]", "{order: [{type: \"priority\"}]}"},
    {"index", "[1,2,3][2]", "{}"},
    {"projection", "{x:1,y:2,z:3}.x", "{}"},
    {"for", "for order in orders return order.id", "{orders: [{id: 1}]}"},
    {"context literal", "{x:1,y:2,z:3}", "{}"},
    {"list literal", "[1,2,3]", "{}"},
    {"call", "contains(x,\"camunda\")", "{x: \"Hello camunda\"}"},
};

constexpr const char* orders = "{orders: for i in 1..10 return {price: i * 10, qty: i}}";

constexpr Measured larger[] = {
    {"if", "if amount > 1000 and status = \"gold\" then amount * 0.9 else amount",
     "{amount: 1500, status: \"gold\"}"},
    {"sum of products", "sum(for o in orders return o.price * o.qty)", orders},
    {"filter of 10", "orders[price > 10 and qty < 5]", orders},
    {"some of 10", "some o in orders satisfies o.price > 90", orders},
    {"date + duration", "d + duration(\"P1Y\")", "{d: date(\"2024-02-29\")}"},
    {"matches", "matches(email, \"^[a-z0-9._%+\\-]+@[a-z0-9.\\-]+\\.[a-z]+$\")",
     "{email: \"someone@example.org\"}"},
    {"long names", "applicant.monthly income * 12 / loan amount >= 0.3",
     "{applicant: {monthly income: 3000}, loan amount: 100000}"},
    {"for 1..100", "for i in 1..n return i * i", "{n: 100}"},
    {"count of 10000", "count(for i in 1..n return i*1.5)", "{n: 10000}"},
    {"fib(15)", "{fib: function(n) if n < 2 then n else fib(n-1) + fib(n-2), r: fib(m)}.r", "{m: 15}"},
    {"sort 10", "sort(l, function(x,y) x < y)", "{l: [5,3,8,1,9,2,7,4,6,10]}"},
};

/// Nanoseconds of this process: other programs on the machine do not count.
double processor_time() {
  return static_cast<double>(std::clock()) * (1e9 / CLOCKS_PER_SEC);
}

double nanoseconds(const Measured& each, double milliseconds) {
  Diagnostics found;
  feel::Workspace data;
  const auto context_expression = feel::compile(each.context, feel::Language::feel, {}, found);
  const value::Value context = feel::evaluate(*context_expression, {}, data);
  const std::string_view names[] = {"monthly income", "loan amount"};
  feel::CompileOptions options;
  options.names = names;
  const auto expression = feel::compile(each.expression, feel::Language::feel, options, found);
  if (!expression || !found.empty()) {
    fmt::print("{} does not compile\n", each.name);
    return 0;
  }
  feel::Workspace workspace;
  const value::Scope variables{context.entries()};
  double best = 1e300;
  const double until = processor_time() + milliseconds * 1e6;
  std::size_t batch = 1;
  std::size_t kinds = 0;
  while (processor_time() < until) {
    const double begin = processor_time();
    for (std::size_t i = 0; i < batch; ++i)
      kinds += static_cast<std::size_t>(feel::evaluate(*expression, variables, workspace).kind());
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
  double logarithms = 0;
  for (const Measured& each : standard) {
    const double time = nanoseconds(each, milliseconds);
    logarithms += std::log(time);
    fmt::print("{:<24}{:>12.1f} ns\n", each.name, time);
  }
  fmt::print("{:<24}{:>12.1f} ns\n\n", "geometric mean", std::exp(logarithms / std::size(standard)));
  for (const Measured& each : larger)
    fmt::print("{:<24}{:>12.1f} ns\n", each.name, nanoseconds(each, milliseconds));
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
