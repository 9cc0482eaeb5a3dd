// matches, replace, split, extract: functions on regular expressions (DMN 1.5 table 73; F&O 3.1 section 5.6).
#include <string>

#include "core/feel/builtins/arguments.hpp"
#include "core/feel/builtins/functions.hpp"
#include "core/feel/builtins/unicode.hpp"
#include "core/feel/regex.hpp"

namespace weir::feel::functions {

namespace {

/// The compiled pattern; null, with a trouble, when it is wrong.
Regex* compiled(const Call& call, std::string_view pattern, std::size_t flags_index) {
  std::string_view flags;
  if (given(call, flags_index)) {
    const Value* text = argument(call, flags_index, Kind::string);
    if (text == nullptr) {
      refuse(call, flags_index);
      return nullptr;
    }
    flags = text->text();
  }
  std::string error;
  Regex* regex = call.evaluator.workspace().regexes.find(pattern, flags, error);
  if (regex == nullptr)
    call.evaluator.fail(TroubleKind::argument, call.node, "the pattern {0} is wrong: {1:n}", call[1],
                        Value::string(error, call.evaluator.arena()));
  return regex;
}

Value too_long(const Call& call) {
  return call.evaluator.fail(TroubleKind::limit, call.node, "the pattern {0} takes too many steps", call[1]);
}

/// Appends the replacement of one match. False when it refers wrongly.
bool append_replacement(std::string& out, std::string_view replacement, std::string_view text,
                        const Regex& regex, bool literal) {
  if (literal) {
    out += replacement;
    return true;
  }
  for (std::size_t i = 0; i < replacement.size(); ++i) {
    const char c = replacement[i];
    if (c == '\\') {
      if (i + 1 == replacement.size() || (replacement[i + 1] != '\\' && replacement[i + 1] != '$'))
        return false;
      out += replacement[++i];
    } else if (c == '$') {
      if (i + 1 == replacement.size() || replacement[i + 1] < '0' || replacement[i + 1] > '9') return false;
      auto number = static_cast<std::size_t>(replacement[++i] - '0');
      while (i + 1 < replacement.size() && replacement[i + 1] >= '0' && replacement[i + 1] <= '9') {
        const std::size_t longer = number * 10 + static_cast<std::size_t>(replacement[i + 1] - '0');
        if (longer > regex.group_count()) break;
        number = longer;
        ++i;
      }
      if (number > regex.group_count()) continue;  // no such group: nothing
      const RegexGroup& group = regex.groups()[number];
      if (group.matched) out += text.substr(group.begin, group.end - group.begin);
    } else {
      out += c;
    }
  }
  return true;
}

}  // namespace

Value matches(const Call& call) {
  const Value* text = argument(call, 0, Kind::string);
  const Value* pattern = argument(call, 1, Kind::string);
  if (text == nullptr || pattern == nullptr) return refuse(call, text == nullptr ? 0 : 1);
  Regex* regex = compiled(call, pattern->text(), 2);
  if (regex == nullptr) return Value{};
  const Regex::Outcome found = regex->search(text->text(), 0);
  return found == Regex::Outcome::limit ? too_long(call) : Value::boolean(found == Regex::Outcome::match);
}

Value replace(const Call& call) {
  const Value* text = argument(call, 0, Kind::string);
  const Value* pattern = argument(call, 1, Kind::string);
  const Value* replacement = argument(call, 2, Kind::string);
  if (text == nullptr || pattern == nullptr || replacement == nullptr)
    return refuse(call, text == nullptr ? 0 : pattern == nullptr ? 1 : 2);
  Regex* regex = compiled(call, pattern->text(), 3);
  if (regex == nullptr) return Value{};
  const Value* flags = argument(call, 3, Kind::string);
  const bool literal = flags != nullptr && flags->text().find('q') != std::string_view::npos;
  const std::string_view all = text->text();
  std::string out;
  std::size_t at = 0;
  while (at <= all.size()) {
    if (!call.evaluator.step(call.node)) return Value{};
    const Regex::Outcome found = regex->search(all, at);
    if (found == Regex::Outcome::limit) return too_long(call);
    if (found == Regex::Outcome::none) break;
    const RegexGroup match = regex->groups()[0];
    if (match.begin == match.end)
      return call.evaluator.fail(TroubleKind::argument, call.node, "the pattern {0} matches the empty text",
                                 call[1]);
    out += all.substr(at, match.begin - at);
    if (!append_replacement(out, replacement->text(), all, *regex, literal))
      return call.evaluator.fail(
          TroubleKind::argument, call.node,
          "in the replacement {0}, '$' must stand before a digit and '\\' before '$' or '\\'", call[2]);
    at = match.end;
    if (out.size() > call.evaluator.workspace().limits.text_size) break;  // text_value refuses it
  }
  out += all.substr(at);
  return text_value(call, out);
}

Value split(const Call& call) {
  const Value* text = argument(call, 0, Kind::string);
  const Value* pattern = argument(call, 1, Kind::string);
  if (text == nullptr || pattern == nullptr) return refuse(call, text == nullptr ? 0 : 1);
  Regex* regex = compiled(call, pattern->text(), 2);
  if (regex == nullptr) return Value{};
  // The parts must outlive the argument when the text is inside of it.
  const std::string_view all =
      text->is_borrowed_text() ? text->text() : call.evaluator.arena().copy(text->text());
  ListBuilder parts(call.evaluator, call.node);
  std::size_t part = 0;
  std::size_t at = 0;
  while (at <= all.size()) {
    if (!call.evaluator.step(call.node)) return Value{};
    const Regex::Outcome found = regex->search(all, at);
    if (found == Regex::Outcome::limit) return too_long(call);
    if (found == Regex::Outcome::none) break;
    const RegexGroup match = regex->groups()[0];
    if (match.begin == match.end) {  // between two code points
      at = byte_offset(all, match.begin, 1);
      if (match.begin == all.size()) break;
      if (match.begin == part) {
        if (at == all.size() && match.begin == at) break;
        continue;
      }
    }
    if (!parts.push(part_value(all.substr(part, match.begin - part)))) return Value{};
    part = match.end;
    at = match.begin == match.end ? byte_offset(all, match.end, 1) : match.end;
  }
  return parts.push(part_value(all.substr(part))) ? parts.value() : Value{};
}

/// Camunda's extract(string, pattern): all matches.
Value extract(const Call& call) {
  const Value* text = argument(call, 0, Kind::string);
  const Value* pattern = argument(call, 1, Kind::string);
  if (text == nullptr || pattern == nullptr) return refuse(call, text == nullptr ? 0 : 1);
  Regex* regex = compiled(call, pattern->text(), 2);
  if (regex == nullptr) return Value{};
  const std::string_view all =
      text->is_borrowed_text() ? text->text() : call.evaluator.arena().copy(text->text());
  ListBuilder found_parts(call.evaluator, call.node);
  for (std::size_t at = 0; at <= all.size();) {
    if (!call.evaluator.step(call.node)) return Value{};
    const Regex::Outcome found = regex->search(all, at);
    if (found == Regex::Outcome::limit) return too_long(call);
    if (found == Regex::Outcome::none) break;
    const RegexGroup match = regex->groups()[0];
    if (match.end > match.begin &&
        !found_parts.push(part_value(all.substr(match.begin, match.end - match.begin))))
      return Value{};
    if (match.begin == match.end && match.end == all.size()) break;
    at = match.begin == match.end ? byte_offset(all, match.end, 1) : match.end;
  }
  return found_parts.value();
}

}  // namespace weir::feel::functions
