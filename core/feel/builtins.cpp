// The table. A new function is a function in builtins/*.cpp and its rows here.
#include "core/feel/builtins.hpp"

#include <algorithm>
#include <array>

#include "core/feel/builtins/functions.hpp"
#include "core/feel/lexer.hpp"
#include "core/feel/names.hpp"

namespace weir::feel {

namespace {

namespace f = functions;

constexpr bool impure = false;
constexpr bool extension = true;
constexpr bool probing = true;

// Sorted by name (byte order); checked at compile time below.
constexpr auto table = std::to_array<Builtin>({
    {"abs", "n", f::absolute},
    {"after", "point1, point2", f::after},
    {"after", "point, range", f::after},
    {"after", "range, point", f::after},
    {"after", "range1, range2", f::after},
    {"all", "list", f::all},
    {"all", "b...", f::all},
    {"any", "list", f::any},
    {"any", "b...", f::any},
    {"append", "list, item...", f::append},
    {"assert", "value, condition, cause?", f::assert_that, true, extension},
    {"before", "point1, point2", f::before},
    {"before", "point, range", f::before},
    {"before", "range, point", f::before},
    {"before", "range1, range2", f::before},
    {"ceiling", "n, scale?", f::ceiling},
    {"coincides", "point1, point2", f::coincides},
    {"coincides", "range1, range2", f::coincides},
    {"concatenate", "list...", f::concatenate},
    {"contains", "string, match", f::contains},
    {"context", "entries", f::context_of},
    {"context merge", "contexts", f::context_merge},
    {"context merge", "context...", f::context_merge, true, extension},
    {"context put", "context, key, value", f::context_put},
    {"context put", "context, keys, value", f::context_put},
    {"count", "list", f::count},
    {"date", "from", f::date_from},
    {"date", "year, month, day", f::date_of_parts},
    {"date and time", "from", f::date_and_time_from},
    {"date and time", "date, time", f::date_and_time_of},
    {"date and time", "year, month, day, hour, minute, second, offset?", f::date_and_time_of_parts},
    {"date and time", "year, month, day, hour, minute, second, timezone", f::date_and_time_of_parts},
    {"day of week", "date", f::day_of_week},
    {"day of year", "date", f::day_of_year},
    {"decimal", "n, scale", f::decimal},
    {"distinct values", "list", f::distinct_values},
    {"duplicate values", "list", f::duplicate_values, true, extension},
    {"duration", "from", f::duration_from},
    {"during", "point, range", f::during},
    {"during", "range1, range2", f::during},
    {"ends with", "string, match", f::ends_with},
    {"even", "number", f::even},
    {"exp", "number", f::exponential},
    {"extract", "string, pattern", f::extract, true, extension},
    {"finished by", "range, point", f::finished_by},
    {"finished by", "range1, range2", f::finished_by},
    {"finishes", "point, range", f::finishes},
    {"finishes", "range1, range2", f::finishes},
    {"flatten", "list", f::flatten},
    {"floor", "n, scale?", f::floor},
    {"from base64", "value", f::from_base64, true, extension},
    {"from json", "value", f::from_json, true, extension},
    {"fromAi", "value, description?, type?, schema?, options?", f::from_ai, true, extension},
    {"get entries", "m", f::get_entries},
    {"get entries", "context", f::get_entries, true, extension},
    {"get or else", "value, default", f::get_or_else, true, extension, probing},
    {"get value", "m, key", f::get_value},
    {"get value", "context, key", f::get_value, true, extension},
    {"get value", "context, keys", f::get_value, true, extension},
    {"includes", "range, point", f::includes},
    {"includes", "range1, range2", f::includes},
    {"index of", "list, match", f::index_of},
    {"insert before", "list, position, newItem", f::insert_before},
    {"is", "value1?, value2?", f::is},
    {"is blank", "string", f::is_blank, true, extension},
    {"is defined", "value", f::is_defined, true, extension, probing},
    {"is empty", "list", f::is_empty, true, extension},
    {"last day of month", "date", f::last_day_of_month, true, extension},
    {"list contains", "list, element", f::list_contains},
    {"list replace", "list, position, newItem", f::list_replace},
    {"list replace", "list, match, newItem", f::list_replace},
    {"log", "number", f::logarithm},
    {"lower case", "string", f::lower_case},
    {"matches", "input, pattern, flags?", f::matches},
    {"max", "list", f::maximum},
    {"max", "c...", f::maximum},
    {"mean", "list", f::mean},
    {"mean", "n...", f::mean},
    {"median", "list", f::median},
    {"median", "n...", f::median},
    {"meets", "range1, range2", f::meets},
    {"met by", "range1, range2", f::met_by},
    {"min", "list", f::minimum},
    {"min", "c...", f::minimum},
    {"mode", "list", f::mode},
    {"mode", "n...", f::mode},
    {"modulo", "dividend, divisor", f::modulo},
    {"month of year", "date", f::month_of_year},
    {"not", "negand", f::not_of},
    {"now", "", f::now, impure},
    {"number", "from, grouping separator, decimal separator", f::number_of},
    {"number", "from", f::number_of, true, extension},
    {"number", "from, grouping separator", f::number_of, true, extension},
    {"odd", "number", f::odd},
    {"overlaps", "range1, range2", f::overlaps},
    {"overlaps after", "range1, range2", f::overlaps_after},
    {"overlaps before", "range1, range2", f::overlaps_before},
    {"partition", "list, size", f::partition, true, extension},
    {"product", "list", f::product},
    {"product", "n...", f::product},
    {"random number", "", f::random_number, impure, extension},
    {"range", "from", f::range_from},
    {"remove", "list, position", f::remove},
    {"replace", "input, pattern, replacement, flags?", f::replace},
    {"reverse", "list", f::reverse},
    {"round down", "n, scale", f::round_down},
    {"round half down", "n, scale", f::round_half_down},
    {"round half up", "n, scale", f::round_half_up},
    {"round up", "n, scale", f::round_up},
    {"sort", "list, precedes?", f::sort},
    {"split", "string, delimiter, flags?", f::split},
    {"sqrt", "number", f::square_root},
    {"started by", "range, point", f::started_by},
    {"started by", "range1, range2", f::started_by},
    {"starts", "point, range", f::starts},
    {"starts", "range1, range2", f::starts},
    {"starts with", "string, match", f::starts_with},
    {"stddev", "list", f::standard_deviation},
    {"stddev", "n...", f::standard_deviation},
    {"string", "from", f::string_of},
    {"string join", "list, delimiter?", f::string_join},
    {"string join", "list, delimiter, prefix, suffix", f::string_join, true, extension},
    {"string length", "string", f::string_length},
    {"sublist", "list, start position, length?", f::sublist},
    {"substring", "string, start position, length?", f::substring},
    {"substring after", "string, match", f::substring_after},
    {"substring before", "string, match", f::substring_before},
    {"sum", "list", f::sum},
    {"sum", "n...", f::sum},
    {"time", "from", f::time_from},
    {"time", "hour, minute, second, offset?", f::time_of_parts},
    {"to base64", "value", f::to_base64, true, extension},
    {"to json", "value", f::to_json, true, extension},
    {"today", "", f::today, impure},
    {"trim", "string", f::trim, true, extension},
    {"union", "list...", f::union_of},
    {"upper case", "string", f::upper_case},
    {"uuid", "", f::uuid, impure, extension},
    {"week of year", "date", f::week_of_year},
    {"years and months duration", "from, to", f::years_and_months_between},
});

static_assert(std::is_sorted(table.begin(), table.end(), [](const Builtin& left, const Builtin& right) {
  return left.name < right.name;
}));

/// Calls `visit(name, index)` for each parameter; stops when it returns true.
template <class Visit>
void each_parameter(const Builtin& builtin, Visit visit) {
  std::string_view rest = builtin.parameters;
  for (std::size_t index = 0; !rest.empty(); ++index) {
    const std::size_t comma = rest.find(", ");
    if (visit(rest.substr(0, comma), index)) return;
    rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 2);
  }
}

}  // namespace

std::span<const Builtin> builtins() {
  return table;
}

std::span<const Builtin> find_builtins(std::string_view name) {
  const auto [first, last] =
      std::equal_range(table.begin(), table.end(), Builtin{name, {}},
                       [](const Builtin& left, const Builtin& right) { return left.name < right.name; });
  return {first, last};
}

std::string_view match_builtin(std::string_view source, std::uint32_t offset, std::uint32_t& end) {
  const std::string_view first = next_token(source, offset).text;
  auto at = std::lower_bound(table.begin(), table.end(), first,
                             [](const Builtin& row, std::string_view word) { return row.name < word; });
  std::string_view best;
  for (; at != table.end() && at->name.starts_with(first); ++at) {
    std::uint32_t here = 0;
    if (at->name.size() <= first.size() || at->name[first.size()] != ' ' || at->name.size() <= best.size())
      continue;
    if (!stands_at(at->name, source, offset, here)) continue;
    best = at->name;
    end = here;
  }
  return best;
}

Arity arity(const Builtin& builtin) {
  Arity result;
  each_parameter(builtin, [&](std::string_view parameter, std::size_t) {
    ++result.most;
    if (parameter.ends_with("...")) result.variadic = true;
    if (!parameter.ends_with('?')) ++result.least;
    return false;
  });
  return result;
}

std::size_t parameter_index(const Builtin& builtin, std::string_view name) {
  std::size_t found = std::string_view::npos;
  each_parameter(builtin, [&](std::string_view parameter, std::size_t index) {
    if (parameter.ends_with("...")) return false;  // only given by position
    if (parameter.ends_with('?')) parameter.remove_suffix(1);
    if (parameter == name) found = index;
    return found != std::string_view::npos;
  });
  return found;
}

}  // namespace weir::feel
