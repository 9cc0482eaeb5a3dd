#include "cli/rows.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/variables.hpp"
#include "core/value/print.hpp"
#include "formats/json/value.hpp"

namespace weir::cli {

using value::Entry;
using value::Key;
using value::Value;

Rows::Rows(std::string_view bytes, bool json_lines) : rest_(bytes), json_(json_lines) {
  if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
  if (json_ || rest_.empty()) return;
  std::string_view text;
  bool quoted = false;
  bool more = true;
  while (more) {
    more = cell(text, quoted);
    owned_names_.emplace_back(text);
  }
  for (const std::string& name : owned_names_) names_.emplace_back(name);
}

bool Rows::cell(std::string_view& text, bool& quoted) {
  quoted = !rest_.empty() && rest_.front() == '"';
  if (!quoted) {
    const std::size_t end = std::min(rest_.find_first_of(",\n"), rest_.size());
    text = rest_.substr(0, end);
    const bool more = end < rest_.size() && rest_[end] == ',';
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    if (!more) ++next_line_;
    if (!more && text.ends_with('\r')) text.remove_suffix(1);
    return more;
  }
  rest_.remove_prefix(1);
  unquoted_.clear();
  while (!rest_.empty()) {
    if (rest_.front() == '"') {
      rest_.remove_prefix(1);
      if (rest_.empty() || rest_.front() != '"') break;
    }
    if (rest_.front() == '\n') ++next_line_;
    unquoted_ += rest_.front();
    rest_.remove_prefix(1);
  }
  text = unquoted_;
  const std::size_t end = std::min(rest_.find_first_of(",\n"), rest_.size());
  const bool more = end < rest_.size() && rest_[end] == ',';
  rest_.remove_prefix(std::min(end + 1, rest_.size()));
  if (!more) ++next_line_;
  return more;
}

Result<bool> Rows::next(const std::vector<std::string_view>& types,
                        const std::function<std::string_view(std::string_view)>& type_of, value::Arena& arena,
                        std::vector<Entry>& entries) {
  entries.clear();
  while (!rest_.empty() && (rest_.front() == '\n' || rest_.front() == '\r')) {
    if (rest_.front() == '\n') ++next_line_;
    rest_.remove_prefix(1);
  }
  line_ = next_line_;
  if (rest_.empty()) return false;
  if (json_) {
    const std::size_t end = std::min(rest_.find('\n'), rest_.size());
    Result<value::OwnedValue> read = formats::json::read(rest_.substr(0, end));
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    ++next_line_;
    if (!read) return Error{read.error().message};
    row_ = std::move(*read);
    if (!row_.get().is(value::Kind::context)) return Error{"each line must be a JSON object"};
    for (const Entry& entry : row_.get().entries())
      entries.push_back({entry.key, typed_json(entry.value, type_of(entry.key.text()), arena)});
    return true;
  }
  bool more = true;
  for (std::size_t column = 0; more; ++column) {
    std::string_view text;
    bool quoted = false;
    more = cell(text, quoted);
    if (column >= names_.size())
      return Error{fmt::format("the row has more cells than the header has names ({})", names_.size())};
    if (text.empty() && !quoted) {
      entries.push_back({names_[column], Value{}});
      continue;
    }
    entries.push_back({names_[column], typed_text(text, types[column], arena)});
  }
  return true;
}

namespace {
void append_cell(std::string& out, const Value& value) {
  if (value.is_null()) return;
  const std::string text = value::to_text(value);
  if (text.find_first_of(",\"\n\r") == std::string::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}
}  // namespace

std::string csv_line(const Value& result, std::string_view header_name) {
  std::string out;
  const bool wide = result.is(value::Kind::context);
  if (!header_name.empty()) {
    if (!wide) append_cell(out, Value::string(header_name));
    if (wide)
      for (const Entry& entry : result.entries()) {
        if (!out.empty()) out += ',';
        append_cell(out, Value::string(entry.key.text()));
      }
    out += '\n';
  }
  if (!wide) {
    append_cell(out, result);
  } else {
    bool first = true;
    for (const Entry& entry : result.entries()) {
      if (!first) out += ',';
      first = false;
      append_cell(out, entry.value);
    }
  }
  out += '\n';
  return out;
}

}  // namespace weir::cli
