#include "cli/world/state_care.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "formats/state/batch.hpp"
#include "formats/state/record.hpp"

namespace weir::cli::world {

using formats::state::BatchHeader;
using value::Arena;

namespace {

/// Calls f(line, offset) for every line of text[begin, end).
template <class F>
void each_line(std::string_view text, std::size_t begin, std::size_t end, const F& f) {
  while (begin < end) {
    const std::size_t stop = std::min(end, text.find('\n', begin));
    f(text.substr(begin, stop - begin), begin);
    begin = stop + 1;
  }
}

std::string instance_of(std::string_view line) {
  constexpr std::string_view name = "\"instance\":\"";
  const std::size_t at = line.find(name);
  if (at == std::string_view::npos) return {};
  line.remove_prefix(at + name.size());
  return std::string(line.substr(0, line.find('"')));
}

}  // namespace

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

void StateCare::check_segment(const std::string& name, Checked& checked) {
  const std::string path = directory + "/" + name;
  const Result<std::string> text = disk.read(path);
  if (!text) {
    checked.damage.push_back(text.error().message);
    return;
  }
  BatchHeader header;
  if (!formats::state::read_batch(*text, header) || header.size + header.bytes != text->size())
    checked.damage.push_back(fmt::format("{}: it does not match its checksum", path));
  Arena arena;
  each_line(*text, std::min(header.size, text->size()), text->size(),
            [&](std::string_view line, std::size_t at) {
              arena.reset();
              ++checked.records;
              if (const auto record = formats::state::read_record(line, arena); !record)
                checked.damage.push_back(
                    fmt::format("{}: record at byte {}: {}", path, at, record.error().message));
            });
}

void StateCare::check_history(const std::string& name, Checked& checked) {
  ++checked.histories;
  const Result<std::string> text = disk.read(name);
  if (!text) {
    checked.damage.push_back(text.error().message);
    return;
  }
  Arena arena;
  for (std::size_t at = 0; at < text->size();) {
    BatchHeader header;
    if (!formats::state::read_batch(std::string_view(*text).substr(at), header)) {
      checked.damage.push_back(fmt::format("{}: damaged at byte {}", name, at));
      return;
    }
    const std::size_t end = at + header.size + header.bytes;
    each_line(*text, at + header.size, end, [&](std::string_view line, std::size_t place) {
      arena.reset();
      ++checked.records;
      if (const auto record = formats::state::read_record(line, arena); !record)
        checked.damage.push_back(
            fmt::format("{}: record at byte {}: {}", name, place, record.error().message));
    });
    at = end;
  }
}

StateCare::Checked StateCare::check() {
  Checked checked;
  for (const std::string& name : store.checkpoints()) check_segment(name, checked);
  for (const std::string& path : files_of("history")) check_history(path, checked);
  std::unordered_set<std::string> definitions;
  const auto seen = store.each([&](const execute::Record& record) {
    ++checked.instances;
    definitions.emplace(record.definition);
    return true;
  });
  if (!seen) checked.damage.push_back(seen.error().message);
  if (const auto processes = store.processes(); !processes)
    checked.damage.push_back(processes.error().message);
  else
    for (const std::string& id : *processes)
      if (const auto newest = store.newest(id)) definitions.insert(*newest);
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
    for (std::size_t at = 0; at < text->size();) {
      BatchHeader header;
      if (!formats::state::read_batch(std::string_view(*text).substr(at), header))
        return Error{fmt::format("{}: damaged at byte {}", path, at)};
      const std::size_t end = at + header.size + header.bytes;
      std::string lines;
      std::uint64_t records = 0;
      each_line(*text, at + header.size, end, [&](std::string_view line, std::size_t) {
        if (!there.contains(instance_of(line))) return;
        ++records;
        lines += line;
        lines += '\n';
      });
      if (records > 0) kept += formats::state::batch_header(header.batch, records, lines) + lines;
      at = end;
    }
    if (kept.size() == text->size()) continue;
    ++saved.files;
    saved.bytes += text->size() - kept.size();
    const auto done = kept.empty() ? disk.remove(path) : disk.replace(path, kept);
    if (!done) return done.error();
  }
  return saved;
}

}  // namespace weir::cli::world
