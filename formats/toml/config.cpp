// One function for each section. Names of rules are not checked here, because formats do not know the rules:
// Config::lint.names tells the command where they stand.
#include "formats/toml/config.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/did_you_mean.hpp"
#include "core/execute/timers.hpp"
#include "formats/toml/declarations.hpp"
#include "formats/toml/document.hpp"
#include "formats/toml/texts.hpp"

namespace weir::formats::toml {

namespace {

constexpr std::array<std::string_view, 8> section_keys = {
    "lint", "dialect", "state", "handlers", "connections", "groups", "substitutes", "four-eyes"};
constexpr std::array<std::string_view, 2> unsupported_sections = {"secrets", "render"};

template <class T, std::size_t count>
using Names = std::array<std::pair<std::string_view, T>, count>;

constexpr Names<Severity, 3> severities = {
    {{"error", Severity::error}, {"warning", Severity::warning}, {"info", Severity::info}}};
constexpr Names<Config::Sync, 3> syncs = {
    {{"always", Config::Sync::always}, {"batch", Config::Sync::batch}, {"never", Config::Sync::never}}};
constexpr Names<model::Dialect, 8> dialects = {{{"omg", model::Dialect::omg},
                                                {"camunda7", model::Dialect::camunda7},
                                                {"camunda8", model::Dialect::camunda8},
                                                {"zeebe", model::Dialect::camunda8},
                                                {"flowable", model::Dialect::flowable},
                                                {"activiti", model::Dialect::activiti},
                                                {"jbpm", model::Dialect::jbpm},
                                                {"weir", model::Dialect::weir}}};

class Reader {
 public:
  Reader(Config& config, Diagnostics& diagnostics)
      : config_(config), declared_(config.declared, diagnostics) {}

  void run(const Value& root) {
    declared_.check_keys(root, section_keys, "in weir.toml", unsupported_sections);
    if (const Entry* found = section(root, "lint")) lint(found->value);
    if (const Entry* found = section(root, "dialect")) dialect(found->value);
    if (const Entry* found = section(root, "state")) state(found->value);
    if (const Entry* found = section(root, "connections")) declared_.read_connections(*found);
    if (const Entry* found = section(root, "handlers")) handlers(found->value);
    if (const Entry* found = section(root, "groups"))
      for (const Entry& each : found->value.entries) {
        config_.people.groups[each.key] = names(each);
        config_.people_names.push_back({lint::PeopleName::Kind::group, each.key, {}, each.key_span});
      }
    if (const Entry* found = section(root, "substitutes")) substitutes(found->value);
    if (const Entry* found = section(root, "four-eyes")) four_eyes(found->value);
  }

 private:
  const Entry* section(const Value& root, std::string_view key) {
    const Entry* found = root.find(key);
    return found != nullptr && declared_.is_table(*found) ? found : nullptr;
  }

  template <class T, std::size_t count>
  std::optional<T> one_of(const Entry& entry, const Names<T, count>& names) {
    const std::string* text = declared_.text(entry);
    if (text == nullptr) return std::nullopt;
    std::vector<std::string_view> words;
    for (const auto& [word, value] : names) {
      if (word == *text) return value;
      words.push_back(word);
    }
    declared_.wrong(entry.value.content, fmt::format("'{}' is none of {}{}", *text, fmt::join(words, ", "),
                                                     did_you_mean_text(*text, words)));
    return std::nullopt;
  }

  std::vector<std::string> rules(const Entry& entry) {
    std::vector<std::string> out;
    for (const Value* each : declared_.texts(entry)) {
      out.push_back(each->text);
      config_.lint.names.emplace_back(each->text, each->content);
    }
    return out;
  }

  void lint(const Value& table) {
    static constexpr std::array<std::string_view, 4> keys = {"select", "ignore", "fail-on",
                                                             "per-file-ignores"};
    declared_.check_keys(table, keys, "in [lint]");
    for (const Entry& each : table.entries) {
      if (each.key == "select") config_.lint.select = rules(each);
      if (each.key == "ignore") config_.lint.ignore = rules(each);
      if (each.key == "fail-on") config_.lint.fail_on = one_of(each, severities);
      if (each.key == "per-file-ignores" && declared_.is_table(each))
        for (const Entry& file : each.value.entries)
          config_.lint.per_file_ignores.push_back({file.key, rules(file), file.key_span});
    }
  }

  void dialect(const Value& table) {
    static constexpr std::array<std::string_view, 1> keys = {"default"};
    declared_.check_keys(table, keys, "in [dialect]");
    if (const Entry* found = table.find("default")) config_.dialect = one_of(*found, dialects);
  }

  void state(const Value& table) {
    static constexpr std::array<std::string_view, 2> keys = {"dir", "fsync"};
    declared_.check_keys(table, keys, "in [state]");
    if (const Entry* found = table.find("dir")) {
      if (const std::string* text = declared_.text(*found)) {
        config_.state.directory = *text;
        if (text->empty()) declared_.wrong(found->value.span, "'dir' must name a directory");
      }
    }
    if (const Entry* found = table.find("fsync")) config_.state.sync = one_of(*found, syncs);
  }

  std::vector<std::string> names(const Entry& entry) {
    std::vector<std::string> out;
    for (const Value* each : declared_.texts(entry)) out.push_back(each->text);
    return out;
  }

  /// Empty after a report.
  std::optional<value::Instant> instant(const Entry& entry) {
    const Value& value = entry.value;
    std::optional<value::Instant> read;
    if (value.kind == Value::Kind::date) read = execute::parse_instant(value.text + "T00:00:00Z");
    if (value.kind == Value::Kind::date_time) {
      read = execute::parse_instant(value.text);
      if (!read) read = execute::parse_instant(value.text + "Z");
    }
    if (!read) declared_.wrong(value.span, fmt::format("'{}' must be a date or a date and time", entry.key));
    return read;
  }

  /// "eva@x" = "max@x" or "eva@x" = { user = "max@x", from = 2026-12-01, until = 2026-12-15 }, or several
  void substitutes(const Value& table) {
    for (const Entry& each : table.entries) {
      std::vector<execute::People::Substitute>& all = config_.people.substitutes[each.key];
      config_.people_names.push_back({lint::PeopleName::Kind::user, each.key, {}, each.key_span});
      const std::span<const Value> items =
          each.value.is_array() ? std::span<const Value>(each.value.items) : std::span(&each.value, 1);
      for (const Value& item : items) {
        const Entry one{each.key, each.key_span, item};
        execute::People::Substitute made;
        if (!item.is_table()) {
          if (const std::string* user = declared_.text(one)) all.push_back({*user});
          continue;
        }
        static constexpr std::array<std::string_view, 3> keys = {"user", "from", "until"};
        declared_.check_keys(item, keys, "of a substitute");
        const Entry* user = item.find("user");
        if (user == nullptr) declared_.wrong(item.span, "a substitute needs a 'user'");
        if (const std::string* text = user == nullptr ? nullptr : declared_.text(*user)) made.user = *text;
        if (const Entry* from = item.find("from")) made.from = instant(*from).value_or(0);
        if (const Entry* until = item.find("until")) made.until = instant(*until).value_or(value::never);
        if (!made.user.empty()) all.push_back(std::move(made));
      }
    }
  }

  /// process = [["ordered", "approve"], ...]: of each list one person does one at most
  void four_eyes(const Value& table) {
    for (const Entry& each : table.entries) {
      if (!each.value.is_array()) {
        declared_.wrong(each.value.span, "four-eyes rules are lists of lists of elements");
        continue;
      }
      config_.people_names.push_back({lint::PeopleName::Kind::process, each.key, {}, each.key_span});
      for (const Value& item : each.value.items) {
        const Entry one{each.key, each.key_span, item};
        std::vector<std::string> rule = names(one);
        for (const Value& element : item.items)
          if (element.is_string())
            config_.people_names.push_back(
                {lint::PeopleName::Kind::element, element.text, each.key, element.content});
        if (rule.size() < 2) declared_.wrong(item.span, "a four-eyes rule names two elements or more");
        config_.people.four_eyes[each.key].push_back(std::move(rule));
      }
    }
  }

  void holes(std::string_view job_type, const Value& value) {
    for (const Entry& each : value.entries) holes(job_type, each.value);
    for (const Value& each : value.items) holes(job_type, each);
    if (!value.is_string()) return;
    for (const DataText::Hole& each : data_text(value.text).holes)
      config_.handler_texts.push_back({job_type, declared_.keep(value.text.substr(each.at, each.length)),
                                       part(value, each.at, each.length)});
  }

  /// type = { shell = [...] } or type = { use = "connection", post = ... }, both also with out = [...]
  void handlers(const Value& table) {
    for (const Entry& each : table.entries) {
      if (!declared_.is_table(each)) continue;
      model::Handler made;
      made.job_type = declared_.keep(each.key);
      made.span = each.key_span;
      const model::Connection* connection = nullptr;
      Entry with = each;
      if (const Entry* use = each.value.find("use")) {
        made.connection = declared_.kept(*use);
        connection = declared_.connection(made.connection, use->value.content);
      }
      if (const Entry* out = each.value.find("out")) made.outputs = declared_.mappings(*out);
      for (const model::Mapping& output : made.outputs)
        config_.handler_texts.push_back({made.job_type, output.source, output.span, true});
      const auto is_own = [](const Entry& item) { return item.key == "use" || item.key == "out"; };
      std::erase_if(with.value.entries, is_own);
      made.parameters = declared_.parameter({}, with.value);
      holes(made.job_type, with.value);
      if (connection != nullptr || made.connection.empty()) declared_.check_parameters(with, connection);
      made.timeout = declared_.timeout(with.value);
      config_.handlers.push_back(std::move(made));
    }
  }

  Config& config_;
  Declarations declared_;
};

}  // namespace

Config parse_config(std::string_view text, FileId file, Diagnostics& diagnostics) {
  Config config;
  Value root;
  if (parse(text, file, root, diagnostics)) Reader(config, diagnostics).run(root);
  return config;
}

}  // namespace weir::formats::toml
