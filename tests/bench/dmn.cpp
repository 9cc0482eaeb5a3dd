// Nanoseconds per evaluation of decision tables with 1,000 and 10,000 rules, for inputs that hit different
// rules; and milliseconds to compile and to check each.
//   bench_dmn [milliseconds per table, 200]
#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>

#include "core/dmn/coverage.hpp"
#include "core/dmn/program.hpp"

using namespace weir;

namespace {

/// Nanoseconds of this process: other programs on the machine do not count.
double processor_time() {
  return static_cast<double>(std::clock()) * (1e9 / CLOCKS_PER_SEC);
}

dmn::Boxed literal(std::string text) {
  dmn::Boxed made;
  made.form = dmn::Boxed::Form::literal;
  made.text = {std::move(text), {}, true};
  return made;
}

dmn::Text cell(std::string text) {
  return {std::move(text), {}, true};
}

constexpr const char* kinds[] = {"travel", "hardware", "software", "food", "rent"};

/// Bands of amounts, five categories, and a test that does not tell much: as tables of tariffs are.
dmn::Definitions tariff(std::size_t rules) {
  dmn::Definitions made;
  made.uri = "urn:bench";
  const auto add_input = [&](const char* name, const char* type) {
    dmn::Element element;
    element.kind = dmn::Element::Kind::input_data;
    element.id = element.name = name;
    element.variable = {name, type, {}};
    made.elements.push_back(std::move(element));
  };
  add_input("amount", "number");
  add_input("category", "string");
  add_input("age", "number");
  dmn::Element decision;
  decision.id = decision.name = "tariff";
  decision.variable = {"tariff", "number", {}};
  for (const char* input : {"amount", "category", "age"})
    decision.requirements.push_back({dmn::Reference::Kind::input, std::string("#") + input, {}});
  decision.logic.form = dmn::Boxed::Form::table;
  decision.logic.table = std::make_unique<dmn::Table>();
  dmn::Table& table = *decision.logic.table;
  for (const char* input : {"amount", "category", "age"}) {
    auto& column = table.inputs.emplace_back();
    column.expression = literal(input);
  }
  table.outputs.emplace_back();
  for (std::size_t i = 0; i < rules; ++i) {
    auto& rule = table.rules.emplace_back();
    const std::size_t band = i / 10;
    rule.inputs = {cell(fmt::format("[{}..{})", band * 10, band * 10 + 10)),
                   cell(fmt::format("\"{}\"", kinds[i % 5])), cell(i / 5 % 2 == 0 ? "< 18" : ">= 18")};
    rule.outputs = {cell(fmt::format("{}", i))};
  }
  made.elements.push_back(std::move(decision));
  return made;
}

void measure(std::size_t rules, double milliseconds) {
  const dmn::Definitions definitions = tariff(rules);
  const dmn::Definitions* const all[] = {&definitions};
  Diagnostics found;
  double begin = processor_time();
  const dmn::Program program = dmn::compile(all, found);
  const double compiled = processor_time() - begin;
  begin = processor_time();
  dmn::check_tables(program, found);
  const double checked = processor_time() - begin;
  const dmn::Decision decision = program.find("tariff");
  Diagnostics troubles;
  feel::Workspace workspace;
  double best = 1e300;
  std::size_t batch = 64;
  std::size_t at = 0;
  std::int64_t sum = 0;
  const double until = processor_time() + milliseconds * 1e6;
  while (processor_time() < until) {
    begin = processor_time();
    for (std::size_t i = 0; i < batch; ++i) {
      at = (at + 7919) % rules;
      const value::Entry inputs[] = {
          {value::Key("amount"), value::Value::integer(static_cast<std::int64_t>(at))},
          {value::Key("category"), value::Value::string(kinds[at % 5])},
          {value::Key("age"), value::Value::integer(at % 2 == 0 ? 12 : 40)}};
      workspace.reset();
      const value::Value value = dmn::evaluate(decision, {inputs}, workspace, troubles);
      if (value.is(value::Kind::number)) sum += value.coefficient();
    }
    const double spent = processor_time() - begin;
    if (spent < 1e6)
      batch *= 2;
    else
      best = std::min(best, spent / static_cast<double>(batch));
  }
  if (sum == 0 || !troubles.empty()) fmt::print("something is wrong with the table\n");
  fmt::print(
      "{:>6} rules{:>10.1f} ns per evaluation{:>10.1f} ms to compile{:>10.1f} ms to check ({} findings)\n",
      rules, best, compiled / 1e6, checked / 1e6, found.size());
}

}  // namespace

int main(int count, char** arguments) {
  const double milliseconds = count > 1 ? std::atof(arguments[1]) : 200;
  for (const std::size_t rules : {10u, 100u, 1000u, 10000u}) measure(rules, milliseconds);
  return 0;
}
