// A command at work on a state directory: the store, the clock, the connectors and the definitions that
// instances run, put together.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "cli/arguments.hpp"
#include "cli/decision_library.hpp"
#include "cli/definitions.hpp"
#include "cli/exit_code.hpp"
#include "cli/project.hpp"
#include "cli/terminal.hpp"
#include "cli/world/clock.hpp"
#include "cli/world/connectors.hpp"
#include "cli/world/file_store.hpp"
#include "cli/world/real_disk.hpp"
#include "core/execute/runtime.hpp"
#include "core/lint/rule.hpp"

namespace weir::cli {

class Session {
 public:
  /// `create`: a state directory that is not there is made; else that is an error.
  Session(const RuntimeOptions& options, Terminal& terminal, bool create);
  // In the .cpp file: else every file that has one compiles all of this again.
  ~Session();

  /// Why nothing can be done at all, empty = it can.
  [[nodiscard]] const std::string& problem() const { return problem_; }
  execute::Runtime& runtime() { return *runtime_; }
  execute::Store& store() { return *store_; }
  world::FileStore& files() { return *store_; }
  world::StateDisk& disk() { return disk_; }
  /// What the project says about who may do what.
  [[nodiscard]] const execute::People& people() const { return people_; }
  [[nodiscard]] value::Instant now() { return clock_.now(); }
  [[nodiscard]] const std::string& directory() const { return directory_; }

  /// What a file holds, kept in the store from here on; the processes it calls and the decisions it asks too.
  /// Between begin() and commit().
  struct Process {
    std::string definition, id;
    const execute::Deployed* deployed = nullptr;
  };
  std::optional<Process> deploy(const std::string& path, const std::string& process, ExitCode& code);
  /// The same without keeping anything.
  std::optional<Process> look_at(const std::string& path, const std::string& process, ExitCode& code);

  /// The same for a file of either sort, with all that it holds.
  struct Kept {
    std::string definition;
    std::vector<std::string> processes, decisions, forms;
    std::vector<execute::StartTimers> timers;  // of the processes that have some
  };
  /// Arms timers of start events as well.
  std::optional<Kept> keep(const std::string& path, ExitCode& code);
  /// This file may hold forms that the files mean which are deployed next.
  bool offer_form(const std::string& path, ExitCode& code);

  /// Variables of the command line, of the types that the process declares.
  Result<value::Variables> variables(const model::Definitions& definitions, bool beginning);

  /// What instances of this definition run.
  Result<const execute::Deployed*> deployed(std::string_view definition, std::string_view process) {
    return find(definition, process);
  }

  /// Prints why an operation of the runtime could not be done.
  ExitCode refuse(const Error& error);
  ExitCode refuse(ExitCode code, std::string_view message);
  /// The exit code of an instance that stands like this.
  [[nodiscard]] ExitCode exit_code(execute::Status status) const;

  /// Notes of what was just done, and incidents of the instance, as diagnostics with places.
  void print_notes(Diagnostics notes);

 private:
  Result<const execute::Deployed*> find(std::string_view definition, std::string_view process);
  Result<dmn::Decision> find_decision(const execute::Deployed& deployed,
                                      const data::DecisionReference& reference);
  Result<const DefinitionFile*> read_deployed(std::string_view definition);
  Result<DecisionLibrary*> library_of(std::string_view definition);
  using Files = std::vector<const DefinitionFile*>;
  /// A form that a process has.
  struct UsedForm {
    const DefinitionFile* file = nullptr;
    std::string name;  // of the file, as the process has it, empty = it goes by the id
    bool operator==(const UsedForm&) const = default;
  };
  using Forms = std::vector<UsedForm>;
  static bool is_meant(const model::FormReference& wanted, const UsedForm& form);
  /// `forms`: those that were deployed with it. Null: there is no such process.
  Result<const execute::Deployed*> compile(const DefinitionFile& file, const std::string& definition,
                                           std::string_view process, const Forms& forms,
                                           Diagnostics& problems);
  /// Null: there is none.
  Result<const model::Form*> find_form(const model::FormReference& wanted, const Forms& own);
  Forms forms_beside(const DefinitionFile& file, Neighbours& neighbours);
  Result<Forms> forms_of(const DefinitionFile& file, std::string_view definition);
  std::optional<std::string> deploy_form(const DefinitionFile& file, ExitCode& code);
  Result<std::vector<lint::KnownForm>> known_forms(const DefinitionFile& file, const Forms& forms);
  const DefinitionFile* read_new(const std::string& path, ExitCode& code);
  const DefinitionFile* read_process(const std::string& path, const std::string& process, std::string& id,
                                     ExitCode& code);
  Neighbours& neighbours_of(const std::string& path) {
    return neighbours_.try_emplace(path, path, input_, sources_).first->second;
  }
  /// Both give the sha256 under which the file is kept, nothing after a refusal.
  /// `arms`: timers of start events that cannot be armed are mistakes.
  std::optional<std::string> deploy_file(const DefinitionFile& file, Neighbours& neighbours, ExitCode& code,
                                         bool arms = false);
  std::optional<std::vector<execute::StartTimers>> arm(const Kept& kept, ExitCode& code);
  void hint_at_handlers(const DefinitionFile& file);
  std::optional<std::string> deploy_decisions(const DefinitionFile& file, Neighbours& neighbours,
                                              ExitCode& code);
  std::optional<std::vector<execute::Use>> deploy_asked(const DefinitionFile& file, Neighbours& neighbours,
                                                        ExitCode& code);
  void print_findings(Diagnostics found, const std::string& name);

  const RuntimeOptions& options_;
  Terminal& terminal_;
  std::string directory_, problem_;
  Projects projects_;
  execute::People people_;
  world::RealDisk disk_;
  world::SystemClock clock_;
  world::Connectors connectors_;
  std::unique_ptr<world::FileStore> store_;
  std::unique_ptr<execute::Runtime> runtime_;
  SourceMap sources_;
  InputOptions input_;
  std::deque<DefinitionFile> files_;
  Files offered_;                                 // files of forms that were named
  bool keeps_nothing_ = false;                    // the store is not asked either
  std::map<std::string, Neighbours> neighbours_;  // by the path of the file they belong with
  std::map<std::string, const DefinitionFile*, std::less<>> by_definition_;
  std::deque<execute::Deployed> deployed_;
  std::map<std::pair<std::string, std::string>, const execute::Deployed*> by_process_;
  std::map<std::string, DecisionLibrary, std::less<>> libraries_;  // by definition
};

}  // namespace weir::cli
