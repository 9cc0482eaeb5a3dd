#include "cli/world/state_care.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "core/execute/runtime.hpp"
#include "formats/state/batch.hpp"
#include "formats/state/record.hpp"

namespace weir::cli::world {

using formats::state::BatchHeader;
using value::Arena;

std::vector<std::string> StateCare::files_of(const std::string& folder) const {
  std::vector<std::string> paths;
  if (const auto names = disk.list(directory + "/" + folder))
    for (const std::string& name : *names) paths.push_back(directory + "/" + folder + "/" + name);
  return paths;
}

StateCare::Weights StateCare::weigh() const {
  const auto weight = [&](const char* folder) {
    Weight sum;
    for (const std::string& path : files_of(folder)) {
      ++sum.files;
      if (const auto size = disk.size(path)) sum.bytes += *size;
    }
    return sum;
  };
  return {weight("instances"), weight("index"), weight("journal"), weight("history"), weight("definitions")};
}

void StateCare::check_file(const std::string& path, Checked& checked) {
  const Result<std::string> text = disk.read(path);
  if (!text) {
    checked.damage.push_back(text.error().message);
    return;
  }
  Arena arena;
  const std::size_t damaged =
      formats::state::each_batch(*text, [&](const BatchHeader&, std::string_view lines, std::size_t begin) {
        formats::state::each_line(lines, begin, [&](std::string_view line, std::size_t offset) {
          arena.reset();
          ++checked.records;
          if (const auto record = formats::state::read_record(line, arena); !record)
            checked.damage.push_back(
                fmt::format("{}: record at byte {}: {}", path, offset, record.error().message));
        });
      });
  if (damaged != std::string_view::npos)
    checked.damage.push_back(fmt::format("{}: damaged at byte {}", path, damaged));
}

StateCare::Checked StateCare::check() {
  Checked checked;
  for (const std::string& name : store.checkpoints()) check_file(directory + "/" + name, checked);
  for (const std::string& path : files_of("history")) {
    ++checked.histories;
    check_file(path, checked);
  }
  std::unordered_set<std::string> definitions;
  const auto seen = store.each([&](const execute::Record& record) {
    if (!is_instance(record)) return true;
    ++checked.instances;
    definitions.emplace(record.definition);
    return true;
  });
  if (!seen) checked.damage.push_back(seen.error().message);
  if (const auto versions = store.definitions(); !versions)
    checked.damage.push_back(versions.error().message);
  else
    definitions.insert(versions->begin(), versions->end());
  bool versions_are_there = false;
  for (const std::string& path : files_of("definitions")) {
    const std::string name = path.substr(path.rfind('/') + 1);
    versions_are_there = versions_are_there || name == "versions.jsonl";
    if (name.ends_with(".json")) definitions.insert(name.substr(0, name.size() - 5));
  }
  if (!definitions.empty() && !versions_are_there)
    checked.damage.push_back(fmt::format("{}/definitions/versions.jsonl: it is missing", directory));
  for (const std::string& sha256 : definitions) {
    ++checked.definitions;
    if (const auto source = store.source(sha256); !source) checked.damage.push_back(source.error().message);
  }
  return checked;
}

Result<StateCare::Weight> StateCare::copy_to(const std::string& target) {
  const Result<bool> there = disk.exists(target + "/state.json");
  if (!there) return there.error();
  if (*there) return Error{fmt::format("'{}' holds a state already", target)};
  Weight copied;
  const auto copy = [&](const std::string& name) -> Result<Done> {
    Result<std::string> bytes = disk.read(directory + "/" + name);
    if (!bytes) return bytes.error();
    ++copied.files;
    copied.bytes += bytes->size();
    return disk.replace(target + "/" + name, *bytes);
  };
  for (const char* folder : {"definitions", "history", "instances", "journal"}) {
    if (const auto made = disk.make_directory(target + "/" + folder); !made) return made.error();
    const auto names = disk.list(directory + "/" + std::string(folder));
    if (!names) return names.error();
    for (const std::string& name : *names) {
      const std::string file = folder + ("/" + name);
      const auto& counts = store.checkpoints();
      if (std::string_view(folder) == "instances" &&
          std::find(counts.begin(), counts.end(), file) == counts.end())
        continue;  // remains of a checkpoint that was interrupted
      if (const auto done = copy(file); !done) return done.error();
    }
  }
  if (const auto done = copy("state.json"); !done) return done.error();
  return copied;
}

Result<StateCare::Weight> StateCare::shorten_history() {
  std::unordered_set<std::string> there;
  const auto seen = store.each([&](const execute::Record& record) {
    there.emplace(record.instance);
    return true;
  });
  if (!seen) return seen.error();
  Weight saved;
  for (const std::string& path : files_of("history")) {
    const Result<std::string> text = disk.read(path);
    if (!text) return text.error();
    std::string kept;
    const std::size_t damaged = formats::state::each_batch(
        *text, [&](const BatchHeader& header, std::string_view all, std::size_t begin) {
          std::string lines;
          std::uint64_t records = 0;
          formats::state::each_line(all, begin, [&](std::string_view line, std::size_t) {
            if (!there.contains(std::string(formats::state::instance_of(line)))) return;
            ++records;
            lines += line;
            lines += '\n';
          });
          if (records > 0) kept += formats::state::batch_header(header.batch, records, lines) + lines;
        });
    if (damaged != std::string_view::npos) return Error{fmt::format("{}: damaged at byte {}", path, damaged)};
    if (kept.size() == text->size()) continue;
    ++saved.files;
    saved.bytes += text->size() - kept.size();
    const auto done = kept.empty() ? disk.remove(path) : disk.replace(path, kept);
    if (!done) return done.error();
  }
  return saved;
}

}  // namespace weir::cli::world
