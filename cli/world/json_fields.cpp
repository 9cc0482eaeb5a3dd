#include "cli/world/json_fields.hpp"

#include <fmt/format.h>

#include "core/base/crc32c.hpp"

namespace weir::cli::world {

using value::Key;
using value::Kind;
using value::Value;

namespace {

const Value* field(const Value& object, std::string_view key, Kind kind) {
  const Value* found = object.is(Kind::context) ? object.find(Key(key)) : nullptr;
  return found != nullptr && found->is(kind) ? found : nullptr;
}

}  // namespace

std::uint64_t whole_number(const Value& object, std::string_view key) {
  const Value* found = field(object, key, Kind::number);
  const auto number = found != nullptr ? found->decimal().to_integer() : std::nullopt;
  return number && *number > 0 ? static_cast<std::uint64_t>(*number) : 0;
}

std::string text_of(const Value& object, std::string_view key) {
  const Value* found = field(object, key, Kind::string);
  return found != nullptr ? std::string(found->text()) : std::string();
}

std::vector<std::string> texts_of(const Value& object, std::string_view key) {
  std::vector<std::string> texts;
  if (const Value* found = field(object, key, Kind::list))
    for (const Value& each : found->items())
      if (each.is(Kind::string)) texts.emplace_back(each.text());
  return texts;
}

bool flag_of(const Value& object, std::string_view key) {
  const Value* found = field(object, key, Kind::boolean);
  return found != nullptr && found->truth();
}

std::string sum_of(std::string_view text) {
  return fmt::format("{:08x}", crc32c(text));
}

}  // namespace weir::cli::world
