#include "cli/world/definition_files.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/world/json_fields.hpp"
#include "formats/json/value.hpp"
#include "formats/json/writer.hpp"

namespace weir::cli::world {

namespace {

constexpr std::uint64_t done = 0;

/// A text, or an object where the definition names the file.
std::vector<execute::Use> uses_of(const value::Value& definition) {
  std::vector<execute::Use> out;
  const value::Value* all =
      definition.is(value::Kind::context) ? definition.find(value::Key("uses")) : nullptr;
  if (all == nullptr || !all->is(value::Kind::list)) return out;
  for (const value::Value& each : all->items()) {
    if (each.is(value::Kind::string))
      out.push_back({std::string(each.text()), {}});
    else if (each.is(value::Kind::context))
      out.push_back({text_of(each, "definition"), text_of(each, "as")});
  }
  return out;
}

}  // namespace

Result<std::uint64_t> DefinitionFiles::read_versions() {
  if (read_) return done;
  versions_.clear();
  decisions_.clear();
  forms_.clear();
  const Result<bool> there = disk_.exists(path("versions.jsonl"));
  if (!there) return refusals_.refuse(Refusal::disk, there.error().message);
  there_ = *there;
  if (there_) {
    const Result<std::string> text = disk_.read(path("versions.jsonl"));
    if (!text) return refusals_.refuse(Refusal::disk, text.error().message);
    for (std::size_t at = 0; at < text->size();) {
      const std::size_t end = std::min(text->size(), text->find('\n', at));
      const std::string_view each = std::string_view(*text).substr(at, end - at);
      const auto read = formats::json::read(each);
      std::string id;
      Versions* all = &versions_;
      for (const auto& [kind, those] :
           {std::pair("process", &versions_), std::pair("decision", &decisions_), std::pair("form", &forms_)})
        if (id.empty() && read) id = text_of(read->get(), kind), all = those;
      const std::string definition = read ? text_of(read->get(), "definition") : "";
      if (read && text_of(read->get(), "crc") == sum_of(id + "\n" + definition)) {
        all->emplace_back(id, definition);
      } else if (end < text->size() || each.find('}') != std::string_view::npos) {
        return refusals_.refuse(Refusal::damaged,
                                fmt::format("{}: damaged at byte {}", path("versions.jsonl"), at));
      }  // else a torn last line: its writer died before anybody was told
      at = end + 1;
    }
  }
  read_ = true;
  return done;
}

Result<std::uint64_t> DefinitionFiles::deploy(const execute::Source& source, const execute::Held& held) {
  if (const auto read = read_versions(); !read) return read;
  if (!there_) {  // before the first definition, so that definitions without it are known to lack something
    const auto made = disk_.append(path("versions.jsonl"), "");
    if (!made) return refusals_.refuse(Refusal::disk, made.error().message);
    there_ = true;
  }
  const std::string file = path(fmt::format("{}.json", source.sha256));
  const Result<bool> there = disk_.exists(file);
  if (!there) return refusals_.refuse(Refusal::disk, there.error().message);
  if (!*there) {
    formats::json::Writer json;
    json.begin_object().key("schema").string("weir.definition/1").key("name").string(source.name);
    if (!source.uses.empty()) {
      json.key("uses").begin_array();
      for (const execute::Use& each : source.uses) {
        if (each.name.empty())
          json.string(each.sha256);
        else
          json.begin_object().key("definition").string(each.sha256).key("as").string(each.name).end_object();
      }
      json.end_array();
    }
    json.key("source").string(source.text).end_object();
    const auto written = disk_.replace(file, std::string(json.text()) + "\n");
    if (!written) return refusals_.refuse(Refusal::disk, written.error().message);
  }
  std::string lines;
  const auto add = [&](std::string_view kind, const std::vector<std::string>& ids, Versions& all) {
    for (const std::string& id : ids) {
      if (newest_of(all, id) == source.sha256) continue;
      const auto version =
          1 + std::count_if(all.begin(), all.end(), [&](const auto& each) { return each.first == id; });
      formats::json::Writer json;
      json.begin_object().key(kind).string(id).key("version").number(static_cast<std::int64_t>(version));
      json.key("definition").string(source.sha256);
      json.key("crc").string(sum_of(id + "\n" + source.sha256)).end_object();
      lines += std::string(json.text()) + "\n";
      all.emplace_back(id, source.sha256);
    }
  };
  add("process", held.processes, versions_);
  add("decision", held.decisions, decisions_);
  add("form", held.forms, forms_);
  return lines.empty() ? Result<std::uint64_t>(done) : append(std::move(lines));
}

Result<std::uint64_t> DefinitionFiles::append(std::string lines) {
  const std::string versions = path("versions.jsonl");
  // A torn line before ours must not swallow it; a whole one lacks nothing but its end.
  const Result<std::string> before = disk_.read(versions);
  Result<Done> written = Done{};
  if (before && !before->empty() && before->back() != '\n') {
    const std::size_t end = before->rfind('\n') + 1;  // 0 when there is none
    if (before->find('}', end) != std::string::npos)
      lines.insert(0, "\n");
    else
      written = disk_.truncate(versions, end);
  }
  if (written) written = disk_.append(versions, lines);
  if (written) written = disk_.sync(versions);
  if (!written) {
    read_ = false;
    return refusals_.refuse(Refusal::disk, written.error().message);
  }
  return done;
}

Result<execute::Source> DefinitionFiles::source(std::string_view sha256) {
  const std::string file = path(fmt::format("{}.json", sha256));
  const Result<std::string> text = disk_.read(file);
  if (!text) return refusals_.refuse(Refusal::damaged, text.error().message);
  const auto read = formats::json::read(*text);
  if (!read) return refusals_.refuse(Refusal::damaged, fmt::format("{}: {}", file, read.error().message));
  execute::Source source{std::string(sha256), text_of(read->get(), "name"), text_of(read->get(), "source"),
                         uses_of(read->get())};
  if (execute::identity(source.text, source.uses) != sha256)
    return refusals_.refuse(Refusal::damaged,
                            fmt::format("{}: damaged: it is not the definition that was deployed", file));
  return source;
}

Result<std::vector<std::string>> DefinitionFiles::processes() {
  if (const auto read = read_versions(); !read) return read.error();
  std::vector<std::string> ids;
  for (const auto& [process, definition] : versions_)
    if (std::find(ids.begin(), ids.end(), process) == ids.end()) ids.push_back(process);
  return ids;
}

Result<std::string> DefinitionFiles::newest(std::string_view process) {
  if (const auto read = read_versions(); !read) return read.error();
  return newest_of(versions_, process);
}

Result<std::vector<std::string>> DefinitionFiles::versions(std::string_view process) {
  if (const auto read = read_versions(); !read) return read.error();
  std::vector<std::string> out;
  for (const auto& [id, definition] : versions_)
    if (id == process) out.push_back(definition);
  return out;
}

Result<std::vector<std::string>> DefinitionFiles::all() {
  if (const auto read = read_versions(); !read) return read.error();
  std::vector<std::string> out;
  for (const Versions* each : {&versions_, &decisions_, &forms_})
    for (const auto& [id, definition] : *each) out.push_back(definition);
  return out;
}

Result<std::string> DefinitionFiles::one_of(const Versions& all, std::string_view id, std::uint64_t version) {
  if (const auto read = read_versions(); !read) return read.error();
  if (version == 0) return newest_of(all, id);
  for (const auto& each : all)
    if (each.first == id && --version == 0) return each.second;
  return std::string();
}

std::string DefinitionFiles::newest_of(const Versions& versions, std::string_view id) {
  for (auto each = versions.rbegin(); each != versions.rend(); ++each)
    if (each->first == id) return each->second;
  return {};
}

}  // namespace weir::cli::world
