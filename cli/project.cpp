// Each folder is looked at once. Above the working directory the path goes on with "../", so that nothing
// depends on where the project stands.
#include "cli/project.hpp"

#include "cli/world/disk.hpp"

namespace weir::cli {

namespace {

constexpr int most_levels = 64;

/// "a/b/" -> "a/", "a/" -> "", "" -> "../", "/" -> none.
std::optional<std::string> above(const std::string& folder) {
  if (folder == "/") return std::nullopt;
  if (folder.empty() || folder.ends_with("../")) return folder + "../";
  const std::size_t slash = folder.find_last_of('/', folder.size() - 2);
  return slash == std::string::npos ? "" : folder.substr(0, slash + 1);
}

}  // namespace

std::string_view Project::relative(std::string_view path) const {
  while (path.starts_with("./")) path.remove_prefix(2);
  if (!folder.starts_with("../"))
    return path.starts_with(folder) ? path.substr(folder.size()) : std::string_view{};
  return path;  // patterns of a project above see the path from the working directory
}

const Project* Projects::find(const std::string& path) {
  std::string_view file = path == "-" ? std::string_view{} : path;
  while (file.starts_with("./")) file.remove_prefix(2);
  const std::size_t slash = file.find_last_of('/');
  return find_in(slash == std::string_view::npos ? "" : std::string(file.substr(0, slash + 1)), 0);
}

const Project* Projects::find_in(const std::string& folder, int levels) {
  if (const auto known = by_folder_.find(folder); known != by_folder_.end()) return known->second;
  const Project* found = nullptr;
  const std::string name = folder + "weir.toml";
  if (world::is_file(name)) {
    auto project = std::make_unique<Project>();
    project->folder = folder;
    project->name = name;
    if (Result<std::string> text = world::read_file(name)) {
      const FileId file = project->sources.add(name, std::move(*text));
      project->config = formats::toml::parse_config(project->sources.text(file), file, project->diagnostics);
    } else {
      project->diagnostics.error("unreadable", text.error().message, {});
    }
    found = project.get();
    projects_[name] = std::move(project);
  } else if (const auto up = above(folder); up && levels < most_levels) {
    found = find_in(*up, levels + 1);
  }
  by_folder_[folder] = found;
  return found;
}

Project::Project() = default;
Project::Project(Project&&) noexcept = default;
Project& Project::operator=(Project&&) noexcept = default;
Project::~Project() = default;

}  // namespace weir::cli
