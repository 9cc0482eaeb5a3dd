// What several commands do with an instance.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/session.hpp"
#include "formats/json/writer.hpp"

namespace weir::cli {

/// Deploys the file and starts an instance, in one batch. Empty: `code` says why it was refused.
std::optional<execute::Standing> start_instance(Session& session, const RuntimeOptions& options,
                                                const std::string& file, ExitCode& code);

/// Makes the calls of the instance and of those it has touched, then prints how it stands.
ExitCode go_on(Session& session, const Arguments& arguments, Terminal& terminal, const std::string& id,
               std::string_view head = {});

/// A list that was found: what the writer has, as a table rows under a heading, or that there are `none`.
ExitCode print_list(const Arguments& arguments, Terminal& terminal, const formats::json::Writer& json,
                    const std::vector<std::vector<std::string>>& rows, std::string_view none);

/// What a start event has got that has not begun an instance yet, and what it lacks.
ExitCode tell_lacks(const execute::Standing& standing, const Arguments& arguments, Terminal& terminal);

/// `weir run` without --dry-run and --trace.
ExitCode run_instance(const Arguments& arguments, Terminal& terminal);

/// A task, or a process that has not begun, and what it shows and asks for.
struct Asking {
  const model::Definitions& definitions;
  std::vector<model::FormField> fields;
  value::Variables variables;  // as they stand
  std::string_view what;       // "task", "process"
  std::string id, title;
  std::string command;  // that answers it
};
Asking asking(execute::Instance& instance, const execute::Wait& wait);
/// The variables that the process declares are asked for beside the form of its start event.
Asking asking(const execute::Deployed& process, NodeId start, const std::string& file);

/// What is known of a field, as keywords of JSON Schema: title, type, limits, default.
void write_field(formats::json::Writer& json, const Asking& asking, const model::FormField& field);
/// The form: a table, or a JSON Schema.
std::string form_text(const Asking& asking);
std::string form_json(const Asking& asking);

/// What is wrong with the elements that counterparts are named for: none of these instances that are not
/// under this definition yet has one of them. Empty = nothing.
std::string strange_element(Session& session, const std::vector<std::string>& instances,
                            const std::string& to, const execute::Counterparts& counterparts);

/// `weir instance migrate`.
ExitCode migrate_instances(Session& session, const Arguments& arguments, Terminal& terminal);

/// `weir instance move`.
ExitCode move_instance(Session& session, const Arguments& arguments, Terminal& terminal);

/// `weir instance history`.
ExitCode show_history(Session& session, const Arguments& arguments, Terminal& terminal,
                      const std::string& id);

/// `weir instance export`.
ExitCode export_log(Session& session, const Arguments& arguments, Terminal& terminal);

}  // namespace weir::cli
