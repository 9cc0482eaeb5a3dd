// CLI11 keeps the options, their descriptions and their groups: "" in every help page, "more" in the long one
// only. Its exceptions end in ../arguments.cpp.
#include "cli/arguments/options.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "core/base/did_you_mean.hpp"
#include "core/value/duration_text.hpp"

namespace weir::cli {

namespace {

constexpr std::array<std::string_view, 3> color_modes{"auto", "always", "never"};

std::string joined(std::span<const std::string_view> words) {
  std::string text;
  for (const std::string_view word : words) text += (text.empty() ? "" : ", ") + std::string(word);
  return text;
}

VariableOption variable(const std::string& word) {
  const std::size_t equals = word.find('=');
  if (equals == std::string::npos || equals == 0)
    refuse_value("-v", fmt::format("'{}' is neither NAME=TEXT nor NAME:=JSON", word));
  const bool json = word[equals - 1] == ':';
  if (json && equals == 1) refuse_value("-v", fmt::format("'{}' has no name before ':='", word));
  return {word.substr(0, json ? equals - 1 : equals), word.substr(equals + 1), json};
}

}  // namespace

void refuse_value(const std::string& option, const std::string& why) {
  throw CLI::ValidationError(option, why);
}

std::size_t Options::choice(const std::string& option, const std::string& word,
                            std::span<const std::string_view> words) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i] == word) return i;
  refuse_value(option,
               fmt::format("'{}' is none of {}{}", word, joined(words), did_you_mean_text(word, words)));
}

Options& Options::added(CLI::Option* option, const char* value) {
  option->group("usual");
  if (value != nullptr) option->type_name(value);
  last_ = option;
  return *this;
}

void Options::operand(const char* name, std::string& to) {
  app_.add_option(name, to)->group("");
}

void Options::operands(const char* name, std::vector<std::string>& to) {
  app_.add_option(name, to)->group("");
}

Options& Options::flag(const char* names, bool& to, const char* help) {
  return added(app_.add_flag(names, to, help), nullptr);
}

Options& Options::flag(const char* names, const std::function<void()>& then, const char* help) {
  return added(app_.add_flag_callback(names, then, help), nullptr);
}

Options& Options::text(const char* names, const char* value, std::string& to, const char* help) {
  return added(app_.add_option(names, to, help), value);
}

Options& Options::texts(const char* names, const char* value, std::vector<std::string>& to, const char* help,
                        bool separated) {
  CLI::Option* option = app_.add_option(names, to, help)->allow_extra_args(false);
  if (separated) option->delimiter(',');
  return added(option, value);
}

Options& Options::set(const char* names, const char* value, const Setter& to, const char* help) {
  return added(app_.add_option_function<std::string>(names, to, help), value);
}

Options& Options::set_each(const char* names, const char* value, const Setter& to, const char* help) {
  const auto all = [to](const std::vector<std::string>& words) {
    for (const std::string& word : words) to(word);
  };
  return added(app_.add_option_function<std::vector<std::string>>(names, all, help)->allow_extra_args(false),
               value);
}

Options& Options::duration(const char* names, std::optional<value::Microseconds>& to, const char* help) {
  const auto read = [name = long_name(names), &to](const std::string& word) {
    to = value::parse_duration(word);
    if (!to) refuse_value(name, fmt::format("'{}' is no duration such as 2d, 12h or PT90M", word));
  };
  return set(names, "DURATION", read, help);
}

Options& Options::rare() {
  last_->group("more");
  return *this;
}

Options& Options::only(std::initializer_list<std::string_view> verbs) {
  restrictions_[last_] = verbs;
  return *this;
}

Options& Options::format(std::span<const std::string_view> names, const char* help) {
  const auto read = [this_arguments = &arguments_, names](const std::string& word) {
    this_arguments->format = names[choice("--format", word, names)];
  };
  set("--format", "FORMAT", read, help);
  const auto json = [this_arguments = &arguments_] { this_arguments->format = "json"; };
  return flag("--json", json, "Short for --format json").rare();
}

/// Everywhere, before and after the command.
void Options::color_and_quiet(bool& brief_help, bool& long_help) {
  app_.set_help_flag();
  flag("-h", brief_help, "Print a short help; --help prints all of it");
  app_.add_flag("--help", long_help, "Print this help")->group("");
  const auto color = [this_arguments = &arguments_](const std::string& word) {
    this_arguments->color = static_cast<ColorMode>(choice("--color", word, color_modes));
  };
  set("--color", "WHEN", color, "Use colour: auto, always or never").rare();
  flag("-q,--quiet", arguments_.quiet, "Print results and errors only, no remarks").rare();
}

void Options::input(const char* name, InputOptions& to) {
  operands(name, to.operands);
  text("--stdin-name", "NAME", to.stdin_name, "Call standard input so in messages").rare();
}

void Options::limit_states(InputOptions& to) {
  number("--limit-states", to.limit_states, std::uint32_t{1},
         "Stop verifying a process after N states (100000); never after a time")
      .rare();
}

void Options::jobs(InputOptions& to, const char* help) {
  number("-j,--jobs", to.jobs, 1u, help).rare();
}

Options& Options::process(std::string& to, const char* help) {
  return text("--process", "ID", to, help);
}

Options& Options::start_event(std::string& to) {
  return text("--start", "ID", to, "Begin at the start event with this id");
}

Options& Options::variables(std::vector<VariableOption>& to) {
  return set_each(
      "-v,--variable", "NAME=VALUE", [&to](const std::string& word) { to.push_back(variable(word)); },
      "Give a variable: name=text or name:=json; may be repeated");
}

void Options::words() {
  operands("WORDS", runtime().words);
}

void Options::state() {
  text("--state", "DIR", runtime().state,
       "Keep instances in this directory (else $WEIR_STATE, else the nearest .weir)");
}

Options& Options::key(const char* help) {
  return text("--key", "KEY", runtime().key, help);
}

Options& Options::user(const char* help) {
  return text("--as", "USER", runtime().user, help);
}

Options& Options::only_instance() {
  return text("--instance", "ID", runtime().instance, "Only this instance");
}

}  // namespace weir::cli
