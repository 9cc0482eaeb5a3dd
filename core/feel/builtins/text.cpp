// Text functions (DMN 1.5 table 73). Positions count code points; texts of ASCII bytes only, which is found
// out by looking, take the short way.
#include <algorithm>
#include <string>

#include "core/feel/builtins/arguments.hpp"
#include "core/feel/builtins/functions.hpp"
#include "core/feel/builtins/unicode.hpp"

namespace weir::feel::functions {

Value substring(const Call& call) {
  const Value* text = argument(call, 0, Kind::string);
  if (text == nullptr) return refuse(call, 0);
  const auto start = integer_argument(call, 1);
  if (!start || *start == 0) return refuse(call, 1);
  const std::string_view all = text->text();
  const auto size = static_cast<std::int64_t>(code_points(all));
  std::int64_t first = *start > 0 ? *start - 1 : size + *start;
  if (first < 0 || first >= size) {
    if (*start < 0) first = std::max<std::int64_t>(first, 0);
    if (first >= size) return Value::string("");
  }
  std::int64_t length = size - first;
  if (call.size() > 2) {
    const auto wanted = integer_argument(call, 2);
    if (!wanted || *wanted < 1) return refuse(call, 2);
    length = std::min(length, *wanted);
  }
  const std::size_t begin = byte_offset(all, 0, static_cast<std::size_t>(first));
  const std::size_t end = byte_offset(all, begin, static_cast<std::size_t>(length));
  return part_value(all.substr(begin, end - begin));
}

Value string_length(const Call& call) {
  const Value* text = argument(call, 0, Kind::string);
  return text != nullptr ? Value::integer(static_cast<std::int64_t>(code_points(text->text())))
                         : refuse(call, 0);
}

namespace {

Value with_case(const Call& call, std::uint32_t (*convert)(std::uint32_t)) {
  const Value* text = argument(call, 0, Kind::string);
  if (text == nullptr) return refuse(call, 0);
  std::string out;
  const std::string_view all = text->text();
  out.reserve(all.size());
  for (std::size_t at = 0; at < all.size();) append_code_point(out, convert(next_code_point(all, at)));
  return text_value(call, out);
}

/// Both arguments as texts.
struct Pair {
  const Value* text;
  const Value* match;
};

Pair pair(const Call& call) {
  return {argument(call, 0, Kind::string), argument(call, 1, Kind::string)};
}

Value refuse_pair(const Call& call, const Pair& given_pair) {
  return refuse(call, given_pair.text == nullptr ? 0 : 1);
}

}  // namespace

Value upper_case(const Call& call) {
  return with_case(call, to_upper);
}
Value lower_case(const Call& call) {
  return with_case(call, to_lower);
}

Value substring_before(const Call& call) {
  const Pair in = pair(call);
  if (in.text == nullptr || in.match == nullptr) return refuse_pair(call, in);
  const std::size_t at = in.text->text().find(in.match->text());
  return part_value(at == std::string_view::npos ? std::string_view{} : in.text->text().substr(0, at));
}

Value substring_after(const Call& call) {
  const Pair in = pair(call);
  if (in.text == nullptr || in.match == nullptr) return refuse_pair(call, in);
  const std::size_t at = in.text->text().find(in.match->text());
  return part_value(at == std::string_view::npos ? std::string_view{}
                                                 : in.text->text().substr(at + in.match->text().size()));
}

Value contains(const Call& call) {
  const Pair in = pair(call);
  if (in.text == nullptr || in.match == nullptr) return refuse_pair(call, in);
  return Value::boolean(in.text->text().find(in.match->text()) != std::string_view::npos);
}

Value starts_with(const Call& call) {
  const Pair in = pair(call);
  if (in.text == nullptr || in.match == nullptr) return refuse_pair(call, in);
  return Value::boolean(in.text->text().starts_with(in.match->text()));
}

Value ends_with(const Call& call) {
  const Pair in = pair(call);
  if (in.text == nullptr || in.match == nullptr) return refuse_pair(call, in);
  return Value::boolean(in.text->text().ends_with(in.match->text()));
}

Value string_join(const Call& call) {
  const auto items = list_argument(call, 0);
  if (!items) return refuse(call, 0);
  std::string_view delimiter;
  if (call.size() > 1 && !call[1].is_null()) {
    const Value* text = argument(call, 1, Kind::string);
    if (text == nullptr) return refuse(call, 1);
    delimiter = text->text();
  }
  std::string out;
  if (call.size() > 2 && argument(call, 2, Kind::string) != nullptr)
    out = argument(call, 2, Kind::string)->text();
  bool first = true;
  for (const Value& item : *items) {
    if (item.is_null()) continue;
    if (!item.is(Kind::string)) return refuse(call, item);
    if (!first) out += delimiter;
    first = false;
    out += item.text();
    if (out.size() > call.evaluator.workspace().limits.text_size) break;  // text_value refuses it
  }
  if (call.size() > 3 && argument(call, 3, Kind::string) != nullptr)
    out += argument(call, 3, Kind::string)->text();
  return text_value(call, out);
}

namespace {
std::string_view trimmed(std::string_view text) {
  const auto space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  while (!text.empty() && space(text.front())) text.remove_prefix(1);
  while (!text.empty() && space(text.back())) text.remove_suffix(1);
  return text;
}
}  // namespace

Value trim(const Call& call) {
  const Value* text = argument(call, 0, Kind::string);
  return text != nullptr ? part_value(trimmed(text->text())) : refuse(call, 0);
}

Value is_blank(const Call& call) {
  const Value* text = argument(call, 0, Kind::string);
  return text != nullptr ? Value::boolean(trimmed(text->text()).empty()) : refuse(call, 0);
}

}  // namespace weir::feel::functions
