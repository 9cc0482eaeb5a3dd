// FileStore: state.json, which says which files count.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "cli/world/file_store.hpp"
#include "cli/world/json_fields.hpp"
#include "formats/json/value.hpp"
#include "formats/json/writer.hpp"

namespace weir::cli::world {

using value::Value;

namespace {

constexpr std::uint64_t done = 0;

}  // namespace

std::string FileStore::summed(const State& state) const {
  return fmt::format("{} {} {} {} {}", id_, fmt::join(state.checkpoints, ","), state.journal, state.started,
                     state.sequence);
}

Result<std::uint64_t> FileStore::read_state(State& state) {
  const Result<bool> there = disk_.exists(path("state.json"));
  if (!there) return refuse(Refusal::disk, there.error().message);
  if (!*there) {
    for (const char* each : {"journal", "instances", "history", "definitions"})
      if (const auto made = disk_.make_directory(path(each)); !made)
        return refuse(Refusal::disk, made.error().message);
    id_ = options_.new_id;
    if (const auto made = make_journal(state); !made) return made;
    return write_state(state);
  }
  const Result<std::string> text = disk_.read(path("state.json"));
  if (!text) return refuse(Refusal::disk, text.error().message);
  if (loaded_ && *text == state_text_) {
    state = state_;
    return done;
  }
  const Result<value::OwnedValue> read = formats::json::read(*text);
  if (!read) return refuse(Refusal::damaged, fmt::format("{}: {}", path("state.json"), read.error().message));
  const Value& object = read->get();
  const std::string schema = text_of(object, "schema");
  older_ = schema == formats::state::older_schema;
  if (schema != formats::state::schema && !older_)
    return refuse(
        Refusal::damaged,
        fmt::format(
            "{}: the schema '{}' is none that this version knows ({}); a newer weir may have written it",
            path("state.json"), schema, formats::state::schema));
  id_ = text_of(object, "id");
  state.checkpoints = texts_of(object, "checkpoints");
  if (const std::string only = text_of(object, "checkpoint"); !only.empty()) state.checkpoints = {only};
  state.journal = std::max<std::uint64_t>(1, whole_number(object, "journal"));
  state.started = whole_number(object, "started");
  state.sequence = whole_number(object, "sequence");
  state.journal_exists = flag_of(object, "journal_exists");
  const std::string sum = text_of(object, "crc");
  if (!sum.empty() && sum != sum_of(summed(state)))
    return refuse(Refusal::damaged,
                  fmt::format("{}: damaged: it does not match its checksum", path("state.json")));
  state_text_ = *text;
  return done;
}

/// Before state.json names it: then a journal that is not there is one that somebody has taken away, not one
/// in which nothing was written yet.
Result<std::uint64_t> FileStore::make_journal(State& state) {
  if (const auto made = disk_.append(journal_path(state.journal), {}); !made)
    return refuse(Refusal::disk, made.error().message);
  state.journal_exists = true;
  return done;
}

Result<std::uint64_t> FileStore::write_state(const State& state) {
  formats::json::Writer json(formats::json::Style::pretty);
  json.begin_object().key("schema").string(formats::state::schema).key("id").string(id_);
  if (!state.checkpoints.empty()) {
    json.key("checkpoints").begin_array();
    for (const std::string& each : state.checkpoints) json.string(each);
    json.end_array();
  }
  json.key("journal").number(state.journal);
  if (state.journal_exists) json.key("journal_exists").boolean(true);
  json.key("started").number(state.started);
  json.key("sequence").number(state.sequence).key("crc").string(sum_of(summed(state))).end_object();
  const auto written = disk_.replace(path("state.json"), std::string(json.text()) + "\n");
  if (!written) return refuse(Refusal::disk, written.error().message);
  return done;
}

}  // namespace weir::cli::world
