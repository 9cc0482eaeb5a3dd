#include "formats/forms/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/feel/regex.hpp"
#include "core/value/print.hpp"
#include "formats/json/document.hpp"
#include "formats/json/value.hpp"

namespace weir::formats::forms {

using model::FormField;
using value::Kind;
using value::Value;

namespace {

const Value* find(const Value& of, std::string_view name) {
  return of.is(Kind::context) ? of.find(value::Key(name)) : nullptr;
}

bool flag(const Value& of, std::string_view name) {
  const Value* found = find(of, name);
  return found != nullptr && found->is_true();
}

class Reader {
 public:
  Reader(Span span, std::deque<std::string>& texts, std::vector<FormField>& fields)
      : span_(span), texts_(texts), fields_(fields) {}

  Fields run(const Value& form) {
    components(form, false);
    fields_of_flowable(form);
    return std::move(read_);
  }

  std::string_view text(const Value& of, std::string_view name) {
    const Value* found = find(of, name);
    if (found == nullptr || found->is_null() || found->is(Kind::list) || found->is(Kind::context)) return {};
    return texts_.emplace_back(value::to_text(*found));
  }

 private:
  /// Nobody has to fill in what is hidden, and when it is depends on what is filled in.
  void components(const Value& parent, bool maybe_hidden) {
    const Value* all = find(parent, "components");
    if (all == nullptr || !all->is(Kind::list)) return;
    for (const Value& each : all->items()) {
      if (fields_.size() >= most_fields || ++seen_ > most_components) {
        read_.whole = false;
        return;
      }
      const std::string_view path = text(each, "path");  // of a group or list: an object around its fields
      const std::string_view key = path.empty() ? text(each, "key") : path;
      if (key.find('.') != std::string_view::npos || !path.empty())
        part(each, key.substr(0, key.find('.')));
      else if (!key.empty())
        component(each, key, maybe_hidden || is_conditional(each));
      if (path.empty()) components(each, maybe_hidden || is_conditional(each));
    }
  }

  static bool is_conditional(const Value& each) {
    const Value* conditional = find(each, "conditional");
    return conditional != nullptr && !conditional->is_null();
  }

  bool is_asked(const Value& each) const { return !flag(each, "disabled") && !flag(each, "readonly"); }

  /// A variable of which fields are only parts: what they say of it is not looked into.
  void part(const Value& each, std::string_view variable) {
    const auto same = [&](const FormField& other) { return other.variable == variable; };
    if (variable.empty() || std::any_of(fields_.begin(), fields_.end(), same)) return;
    FormField field;
    field.variable = variable;
    field.asked = is_asked(each);
    add(std::move(field));
  }

  void component(const Value& each, std::string_view key, bool maybe_hidden) {
    constexpr std::array<std::string_view, 10> only_shown{
        "button", "documentPreview", "group",  "html",  "iframe",
        "image",  "separator",       "spacer", "table", "text"};
    constexpr std::array<std::pair<std::string_view, std::string_view>, 8> types{{{"textfield", "string"},
                                                                                  {"textarea", "string"},
                                                                                  {"number", "number"},
                                                                                  {"checkbox", "boolean"},
                                                                                  {"checklist", "list"},
                                                                                  {"taglist", "list"},
                                                                                  {"select", ""},
                                                                                  {"radio", ""}}};
    const std::string_view type = text(each, "type");
    if (std::find(only_shown.begin(), only_shown.end(), type) != only_shown.end()) return;
    FormField field;
    field.variable = key;
    field.asked = is_asked(each) && type != "expression";  // which is computed
    field.label = text(each, "label");
    field.default_value = text(each, "defaultValue");
    for (const auto& [theirs, ours] : types)
      if (type == theirs) field.type = ours;
    if (type == "datetime" && text(each, "subtype") == "date") field.type = "date";
    const Value* values = field.type == "list" ? nullptr : find(each, "values");
    if (values != nullptr && values->is(Kind::list))
      for (const Value& one : values->items())
        if (const std::string_view value = text(one, "value"); !value.empty()) field.values.push_back(value);
    if (const Value* validate = find(each, "validate")) {
      field.required = flag(*validate, "required") && !maybe_hidden;
      field.minimum = text(*validate, "min");
      field.maximum = text(*validate, "max");
      field.shortest = text(*validate, "minLength");
      field.longest = text(*validate, "maxLength");
      field.pattern = pattern(*validate, key);
    }
    const auto same = [&](const FormField& other) { return other.variable == key; };
    if (const auto other = std::find_if(fields_.begin(), fields_.end(), same); other != fields_.end()) {
      // Which one is shown depends on what is filled in, so there is no limit that always holds.
      FormField either;
      either.variable = key;
      either.asked = field.asked || other->asked;
      either.label = other->label;
      either.span = span_;
      *other = std::move(either);
      return;
    }
    add(std::move(field));
  }

  /// Nothing when it is wrong, for then it is no limit.
  std::string_view pattern(const Value& validate, std::string_view key) {
    const std::string_view written = text(validate, "pattern");
    std::string why;
    if (written.empty() || feel::Regex::compile(written, {}, why, feel::RegexSyntax::ecmascript) != nullptr)
      return written;
    read_.problems.push_back(
        fmt::format("the pattern '{}' of the field '{}' is not checked: {}", written, key, why));
    return {};
  }

  /// A list; in a container lists of its columns.
  void fields_of_flowable(const Value& parent) {
    const Value* all = find(parent, "fields");
    if (all == nullptr) return;
    const auto each_of = [&](const Value& list) {
      if (list.is(Kind::list))
        for (const Value& each : list.items()) field_of_flowable(each);
    };
    each_of(*all);
    if (all->is(Kind::context))
      for (const value::Entry& column : all->entries()) each_of(column.value);
  }

  /// Lists of options are not looked into: processes get their names or ids, as it is configured.
  void field_of_flowable(const Value& each) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 7> types{
        {{"text", "string"},
         {"password", "string"},
         {"multi-line-text", "string"},
         {"integer", "integer"},
         {"decimal", "number"},
         {"boolean", "boolean"},
         {"date", "date"}}};
    constexpr std::array<std::string_view, 5> only_shown{"headline", "headline-with-line", "spacer",
                                                         "horizontal-line", "hyperlink"};
    const std::string_view type = text(each, "type"), id = text(each, "id");
    if (type == "container") return fields_of_flowable(each);
    if (id.empty() || std::find(only_shown.begin(), only_shown.end(), type) != only_shown.end()) return;
    if (fields_.size() >= most_fields) {
      read_.whole = false;
      return;
    }
    FormField field;
    field.variable = id;
    field.asked = !flag(each, "readOnly") && type != "expression";
    field.required = flag(each, "required");
    field.label = text(each, "name");
    for (const auto& [theirs, ours] : types)
      if (type == theirs) field.type = ours;
    add(std::move(field));
  }

  void add(FormField field) {
    field.span = span_;
    read_.size += 1 + field.values.size();
    fields_.push_back(std::move(field));
  }

  static constexpr std::size_t most_components = 10 * most_fields;
  Span span_;
  std::deque<std::string>& texts_;
  std::vector<FormField>& fields_;
  Fields read_;
  std::size_t seen_ = 0;
};

}  // namespace

Fields read_components(const Value& form, Span span, std::deque<std::string>& texts,
                       std::vector<FormField>& fields) {
  return Reader(span, texts, fields).run(form);
}

bool read(FileId file, const SourceMap& sources, model::Form& form, Diagnostics& diagnostics) {
  constexpr std::size_t most_bytes = 4u << 20u;
  const Span begin{file, 0, 0};
  const auto refuse = [&](std::string why) {
    diagnostics.error("bad-form", std::move(why), begin).group = "syntax";
    return false;
  };
  if (const std::size_t size = sources.text(file).size(); size > most_bytes)
    return refuse(fmt::format("this form has {} bytes; at most {} are read", size, most_bytes));
  if (const json::Document checked(file, sources, diagnostics); !checked.root()) return false;
  std::string_view text = sources.text(file);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const auto read = json::read(text);
  if (!read) return refuse(fmt::format("this is no form: {}", read.error().message));
  const auto has_list = [&](std::string_view name) {
    const Value* found = find(read->get(), name);
    return found != nullptr && found->is(Kind::list);
  };
  if (!has_list("components") && !has_list("fields"))
    return refuse("this is no form: it has no list of \"components\" or \"fields\"");
  Reader reader(begin, form.texts, form.fields);
  form.id = reader.text(read->get(), has_list("components") ? "id" : "key");
  Fields fields = reader.run(read->get());
  if (!fields.whole)
    fields.problems.push_back(
        fmt::format("of the fields of this form only the first {} are read", most_fields));
  for (std::string& each : fields.problems)
    diagnostics.warning("bad-form", std::move(each), begin).group = "syntax";
  return true;
}

}  // namespace weir::formats::forms
