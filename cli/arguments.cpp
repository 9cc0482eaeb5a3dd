// Help pages are ours (commands/help.cpp). CLI11's exceptions end here.
#include "cli/arguments.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>

#include "cli/arguments/options.hpp"
#include "cli/commands.hpp"
#include "core/base/did_you_mean.hpp"

namespace weir::cli {

namespace {

constexpr std::pair<const char*, void (*)(Options&)> options_of[] = {
    {"lint", options::lint},         {"verify", options::verify}, {"run", options::run},
    {"simulate", options::simulate}, {"deploy", options::deploy}, {"start", options::start},
    {"task", options::task},         {"job", options::job},       {"instance", options::instance},
    {"message", options::message},   {"signal", options::signal}, {"timer", options::timer},
    {"work", options::work},         {"batch", options::batch},   {"state", options::state},
    {"decide", options::decide},     {"eval", options::eval}};

/// "list|show [ID]" -> list, show; "FILE|-" -> nothing.
std::vector<std::string_view> verbs_of(std::string_view operands) {
  std::vector<std::string_view> verbs;
  if (operands.empty() || operands.front() < 'a' || operands.front() > 'z') return verbs;
  operands = operands.substr(0, operands.find(' '));
  for (std::size_t at = 0; at < operands.size();) {
    const std::size_t end = std::min(operands.find('|', at), operands.size());
    verbs.push_back(operands.substr(at, end - at));
    at = end + 1;
  }
  return verbs;
}

/// One CLI11 application that fills one Arguments.
class Parser {
 public:
  explicit Parser(Arguments& arguments) : arguments_(arguments) {
    app_.require_subcommand(0, 1);
    Options all(app_, arguments_, restrictions_);
    all.color_and_quiet(brief_help_, long_help_);
    all.flag("-V,--version", version_, "Print the version");
    all.format();
    for (const Command& command : command_table)
      shared(*app_.add_subcommand(std::string(command.name), std::string(command.summary)));
    for (const auto& [name, add] : options_of) {
      Options options(*app_.get_subcommand(name), arguments_, restrictions_);
      add(options);
    }
    for (const char* name : {"rules", "version"})
      Options(*app_.get_subcommand(name), arguments_, restrictions_).format();
    app_.get_subcommand("explain")->add_option("RULE", arguments_.topic)->group("");
    app_.get_subcommand("help")->add_option("COMMAND", arguments_.topic)->group("");
  }

  Result<Arguments> parse(int count, const char* const* words) {
    std::string problem;
    try {
      app_.parse(count, words);
    } catch (const CLI::ExtrasError&) {
      problem = unexpected_word();
    } catch (const CLI::ArgumentMismatch& error) {  // its text differs between the versions of CLI11
      const std::string text = error.what();
      problem = text.substr(0, text.find(':')) + ": its value is missing";
    } catch (const CLI::ParseError& error) {
      problem = error.what();
    }
    const auto chosen = app_.get_subcommands();
    const std::string command = chosen.empty() ? "" : chosen.front()->get_name();
    if (brief_help_ || long_help_) {
      arguments_.command = "help";
      arguments_.topic = command;
      arguments_.brief = !long_help_;
      return arguments_;
    }
    if (problem.empty()) problem = missing_operand(command);
    if (problem.empty() && !chosen.empty()) problem = unfit_verb(*chosen.front());
    if (!problem.empty()) {
      const std::string which = command.empty() ? "weir" : "weir " + command;
      return Error{fmt::format("{}\n'{} -h' shows how it is used", problem, which)};
    }
    arguments_.missing_command = command.empty() && !version_;
    arguments_.command = version_ ? "version" : command.empty() ? "help" : command;
    if (arguments_.missing_command) arguments_.brief = true;
    return arguments_;
  }

  std::string help(std::string_view command, bool all) {
    const CLI::App& app = command.empty() ? app_ : *app_.get_subcommand(std::string(command));
    std::string text;
    for (const char* group : {"usual", "more"})
      for (const CLI::Option* option : app.get_options())
        if (option->get_group() == group && (all || option->get_group() == "usual"))
          text += fmt::format("  {:<26} {}\n", spelling(*option), option->get_description());
    return text;
  }

 private:
  void shared(CLI::App& app) {
    Options(app, arguments_, restrictions_).color_and_quiet(brief_help_, long_help_);
  }

  static std::string spelling(const CLI::Option& option) {
    std::string text;
    for (const std::string& name : option.get_snames()) text += "-" + name;
    if (text.empty()) text = "   ";
    for (const std::string& name : option.get_lnames()) text += (text.front() == '-' ? ", --" : " --") + name;
    if (option.get_type_size() > 0) text += " " + option.get_type_name();
    return text;
  }

  /// What CLI11 could not place: a command or option that does not exist, or one word too many.
  [[nodiscard]] std::string unexpected_word() const {
    const std::vector<std::string> words = app_.remaining(true);
    const std::string word = words.empty() ? "" : words.front();
    const auto chosen = app_.get_subcommands();
    if (!word.starts_with('-') || word == "-")
      return chosen.empty() ? unknown_command(word) : fmt::format("unexpected '{}'", word);
    std::vector<std::string> names;
    for (const CLI::Option* option : (chosen.empty() ? app_ : *chosen.front()).get_options())
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    const std::vector<std::string_view> known(names.begin(), names.end());
    const std::string name = word.substr(0, word.find('='));
    return fmt::format("there is no option '{}'{}", name, did_you_mean_text(name, known));
  }

  /// A verb that the noun does not have, or an option that another one of its verbs has.
  [[nodiscard]] std::string unfit_verb(const CLI::App& noun) const {
    const std::vector<std::string_view> verbs = verbs_of(find_command(noun.get_name())->operands);
    if (verbs.empty()) return {};
    const std::string verb = arguments_.runtime.words.empty() ? "" : arguments_.runtime.words.front();
    if (std::find(verbs.begin(), verbs.end(), verb) == verbs.end())
      return fmt::format("{} {}{}",
                         verb.empty() ? fmt::format("{} what?", noun.get_name())
                                      : fmt::format("there is no '{} {}':", noun.get_name(), verb),
                         fmt::join(verbs, ", "), did_you_mean_text(verb, verbs));
    for (const CLI::Option* option : noun.get_options()) {
      const auto found = restrictions_.find(option);
      if (option->count() == 0 || found == restrictions_.end()) continue;
      const std::vector<std::string_view>& fit = found->second;
      if (std::find(fit.begin(), fit.end(), verb) != fit.end()) continue;
      std::string whose;
      for (const std::string_view each : fit)
        whose += fmt::format("{}'{} {}'",
                             whose.empty()        ? ""
                             : each == fit.back() ? " and "
                                                  : ", ",
                             noun.get_name(), each);
      return fmt::format("{} is for {}",
                         option->get_snames().empty() ? "--" + option->get_lnames().front()
                                                      : "-" + option->get_snames().front(),
                         whose);
    }
    return {};
  }

  [[nodiscard]] std::string missing_operand(const std::string& command) const {
    if (command == "lint" && arguments_.lint.input.operands.empty())
      return "lint what? a file or folder is missing";
    if (command == "verify" && arguments_.verify.input.operands.empty())
      return "verify what? a file or folder is missing";
    if (command == "decide" && arguments_.decide.operand.empty()) return "decide what? a file is missing";
    if (command == "deploy" && arguments_.runtime.words.empty()) return "deploy what? a file is missing";
    const bool many = command == "simulate" || command == "run";
    if (!many && command != "start" && command != "batch") return {};
    const std::vector<std::string>& operands = command == "simulate" ? arguments_.simulate.input.operands
                                               : command == "run"    ? arguments_.run.input.operands
                                                                     : arguments_.runtime.words;
    if (command == "start" && arguments_.runtime.conditions && operands.empty()) return {};
    return operands.empty()      ? command + " what? a file is missing"
           : operands.size() > 1 ? command + " takes one file"
                                 : "";
  }

  Arguments& arguments_;
  CLI::App app_;
  Restrictions restrictions_;
  bool brief_help_ = false;
  bool long_help_ = false;
  bool version_ = false;
};

}  // namespace

std::string unknown_command(std::string_view word) {
  std::vector<std::string_view> names;
  for (const Command& command : command_table) names.push_back(command.name);
  return fmt::format("there is no command '{}'{}", word, did_you_mean_text(word, names));
}

Result<Arguments> parse_arguments(int count, const char* const* words) {
  Arguments arguments;
  return Parser(arguments).parse(count, words);
}

std::string options_help(std::string_view command, bool all) {
  Arguments arguments;
  return Parser(arguments).help(command, all);
}

}  // namespace weir::cli
