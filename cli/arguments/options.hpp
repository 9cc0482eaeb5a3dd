// The options of one command: what each is called, where its value goes, and what help pages say of it.
// Hides CLI11, which is expensive to compile.
#pragma once

#include <fmt/format.h>

#include <charconv>
#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments.hpp"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace weir::cli {

/// The verbs that an option is for, where it is not for all of its noun.
using Restrictions = std::map<const CLI::Option*, std::vector<std::string_view>>;

inline constexpr std::array<std::string_view, 2> formats{"text", "json"};

/// Ends the reading of the command line: what is wrong with the value of an option.
[[noreturn]] void refuse_value(const std::string& option, const std::string& why);

class Options {
 public:
  using Setter = std::function<void(const std::string& word)>;

  Options(CLI::App& app, Arguments& arguments, Restrictions& restrictions)
      : app_(app), arguments_(arguments), restrictions_(restrictions) {}

  // Words without a dash; help pages show them in the usage line.
  void operand(const char* name, std::string& to);
  void operands(const char* name, std::vector<std::string>& to);

  // Each adds an option; the next two below change the one that was added last.
  Options& flag(const char* names, bool& to, const char* help);
  Options& flag(const char* names, const std::function<void()>& then, const char* help);
  Options& text(const char* names, const char* value, std::string& to, const char* help);
  /// May be repeated; "a,b" is two values when `separated`.
  Options& texts(const char* names, const char* value, std::vector<std::string>& to, const char* help,
                 bool separated = false);
  Options& set(const char* names, const char* value, const Setter& to, const char* help);
  /// The same for each value of an option that may be repeated.
  Options& set_each(const char* names, const char* value, const Setter& to, const char* help);
  /// From `least` on.
  template <class Number, class Target>
  Options& number(const char* names, Target& to, Number least, const char* help) {
    const std::string name = long_name(names);
    return set(
        names, "N", [name, least, &to](const std::string& word) { to = read_number(name, word, least); },
        help);
  }
  /// "2d", "12h", "PT90M".
  Options& duration(const char* names, std::optional<value::Microseconds>& to, const char* help);

  /// Shown in the long help only.
  Options& rare();
  /// A usage error with other verbs of the noun.
  Options& only(std::initializer_list<std::string_view> verbs);

  // What several commands have.
  /// --format, and --json: of both the last one wins.
  Options& format(std::span<const std::string_view> names = formats, const char* help = "Print text or json");
  void color_and_quiet(bool& brief_help, bool& long_help);
  void input(const char* operand, InputOptions& to);
  void limit_states(InputOptions& to);
  void jobs(InputOptions& to, const char* help = "Look at N files at a time (all cores)");
  Options& process(std::string& to, const char* help);
  Options& start_event(std::string& to);
  Options& variables(std::vector<VariableOption>& to);
  void words();
  void state();
  Options& key(const char* help);
  Options& user(const char* help);
  Options& only_instance();

  /// The position of `word` in `words`; refuses when it is none of them.
  static std::size_t choice(const std::string& option, const std::string& word,
                            std::span<const std::string_view> words);
  [[nodiscard]] RuntimeOptions& runtime() { return arguments_.runtime; }
  [[nodiscard]] Arguments& arguments() { return arguments_; }

 private:
  /// "-j,--jobs" -> "-j", as messages call it.
  static std::string long_name(std::string_view names) {
    return std::string(names.substr(0, names.find(',')));
  }

  template <class Number>
  static Number read_number(const std::string& option, const std::string& word, Number least) {
    Number value{};
    const auto [end, problem] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (problem != std::errc{} || end != word.data() + word.size() || value < least)
      refuse_value(option, fmt::format("'{}' is not a number from {} on", word, least));
    return value;
  }
  Options& added(CLI::Option* option, const char* value);

  CLI::App& app_;
  Arguments& arguments_;
  Restrictions& restrictions_;
  CLI::Option* last_ = nullptr;
};

namespace options {
// One of each command that has some.
void lint(Options& options);
void verify(Options& options);
void run(Options& options);
void simulate(Options& options);
void deploy(Options& options);
void start(Options& options);
void task(Options& options);
void job(Options& options);
void instance(Options& options);
void message(Options& options);
void timer(Options& options);
void signal(Options& options);
void work(Options& options);
void batch(Options& options);
void state(Options& options);
void decide(Options& options);
void eval(Options& options);
}  // namespace options

}  // namespace weir::cli
