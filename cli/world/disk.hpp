// All system calls on files that read. Failures are sentences for the user, never exceptions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace weir::cli::world {

/// The bytes of a file, pipe or device; "-" is standard input. At most 256 MiB.
Result<std::string> read_file(const std::string& path);

/// Makes a file hold exactly this, or says why not; the number of bytes. Not durable: for output that can be
/// made again.
Result<std::size_t> write_file(const std::string& path, std::string_view bytes);

/// There is a file (not a directory) of this name.
bool is_file(const std::string& path);
bool is_directory(const std::string& path);

/// One file a command shall look at.
struct Input {
  std::string path;    // as messages show it; "-" for standard input
  bool named = false;  // by the user, not found in a directory
};

struct Inputs {
  std::vector<Input> files;         // in the order of the command line, directories sorted by name
  std::vector<std::string> errors;  // what is missing, empty or cannot be listed
};

/// Expands the operands of a command: files as they are, directories recursively (files with the names of
/// definitions, without what .gitignore and .weirignore exclude), patterns such as "**/*.bpmn" that name no
/// file. Each file comes once.
Inputs find_inputs(const std::vector<std::string>& operands);

/// Of a path, "." when it names none.
std::string folder_of(const std::string& path);
/// Both paths lead to one file.
bool same_file(const std::string& a, const std::string& b);
/// The definitions that belong with the files of a folder: all below the nearest weir.toml, else those in it.
std::vector<Input> find_around(const std::string& folder);
/// Those that belong with a file, without the file itself.
std::vector<Input> find_neighbours(const std::string& path);

/// Has one of the names that weir looks for in directories: *.bpmn *.bpmn2 *.bpmn20.xml *.dmn *.toml *.form.
bool is_definition_name(std::string_view path);

}  // namespace weir::cli::world
