// RapidJSON's SAX reader, iterative, with numbers handed over as digits. Lists and objects are collected on
// one stack and copied into the arena when they close. A repeated key keeps its last value.
#include "formats/json/value.hpp"

#include <fmt/format.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "core/value/print.hpp"

namespace weir::formats::json {

using value::Arena;
using value::Decimal;
using value::Entry;
using value::Key;
using value::Kind;
using value::Value;

namespace {

constexpr std::size_t deepest = 500;
constexpr std::size_t small_object = 32;  // compared pair by pair; larger ones are hashed

class Builder : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Builder> {
 public:
  /// `kept`: the texts that are read stay where they are as long as the arena.
  Builder(Arena& arena, bool kept) : arena_(arena), kept_(kept) {}

  bool Null() { return add(Value{}); }
  bool Bool(bool truth) { return add(Value::boolean(truth)); }
  bool RawNumber(const char* digits, rapidjson::SizeType size, bool) {
    if (size <= 9) {  // nearly all: whole and short
      std::int64_t whole = 0;
      rapidjson::SizeType at = digits[0] == '-' ? 1 : 0;
      while (at < size && digits[at] >= '0' && digits[at] <= '9') whole = whole * 10 + (digits[at++] - '0');
      if (at == size && (whole != 0 || digits[0] != '-'))
        return add(Value::integer(digits[0] == '-' ? -whole : whole));
    }
    const auto number = Decimal::parse(std::string_view(digits, size));
    if (!number) {
      problem_ = "a number with more digits or a larger exponent than decimals have";
      return false;
    }
    return add(Value::number(*number, arena_));
  }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    const std::string_view bytes(text, size);
    return add(kept_ ? Value::string(bytes) : Value::string(bytes, arena_));
  }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    const std::string_view bytes(text, size);
    keys_.push_back(value::Key(kept_ ? bytes : arena_.copy(bytes)));
    return true;
  }
  bool StartObject() { return open(); }
  bool StartArray() { return open(); }
  bool EndObject(rapidjson::SizeType count) {
    Entry* entries = arena_.array<Entry>(count);
    std::size_t used = 0;
    std::unordered_map<std::string_view, std::size_t> places;
    const std::size_t first_key = keys_.size() - count;
    const std::size_t first_value = values_.size() - count;
    for (std::size_t i = 0; i < count; ++i) {
      std::size_t at = 0;
      const value::Key& key = keys_[first_key + i];
      if (count <= small_object) {
        while (at < used && !(entries[at].key == key)) ++at;
      } else {
        at = places.try_emplace(key.text(), used).first->second;
      }
      ::new (&entries[at]) Entry{keys_[first_key + i], values_[first_value + i]};
      if (at == used) ++used;
    }
    keys_.resize(first_key);
    values_.resize(first_value);
    --depth_;
    return add(Value::context(std::span<const Entry>(entries, used)));
  }
  bool EndArray(rapidjson::SizeType count) {
    Value* items = arena_.array<Value>(count);
    std::copy(values_.end() - count, values_.end(), items);
    values_.resize(values_.size() - count);
    --depth_;
    return add(Value::list(std::span<const Value>(items, count)));
  }

  [[nodiscard]] const Value& result() const { return values_.back(); }
  [[nodiscard]] const char* problem() const { return problem_; }

 private:
  bool add(const Value& value) {
    values_.push_back(value);
    return true;
  }
  bool open() {
    if (++depth_ <= deepest) return true;
    problem_ = "more than 500 levels of nesting";
    return false;
  }

  Arena& arena_;
  bool kept_;
  std::vector<Value> values_;
  std::vector<value::Key> keys_;
  std::size_t depth_ = 0;
  const char* problem_ = nullptr;
};

}  // namespace

Result<value::OwnedValue> read(std::string_view text) {
  Arena arena;
  const Result<Value> value = read(text, arena);
  if (!value) return value.error();
  return value::OwnedValue(*value);
}

namespace {

template <unsigned more_flags, class Stream>
Result<Value> read_from(Stream stream, Arena& arena) {
  Builder builder(arena, (more_flags & rapidjson::kParseInsituFlag) != 0);
  rapidjson::Reader reader;
  constexpr unsigned flags =
      rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag | more_flags;
  const rapidjson::ParseResult parsed = reader.Parse<flags>(stream, builder);
  if (parsed.IsError()) {
    const char* why = builder.problem() ? builder.problem() : rapidjson::GetParseError_En(parsed.Code());
    return Error{fmt::format("not valid JSON at byte {}: {}", parsed.Offset(), why)};
  }
  return builder.result();
}

}  // namespace

Result<Value> read(std::string_view text, Arena& arena) {
  return read_from<rapidjson::kParseValidateEncodingFlag>(rapidjson::MemoryStream(text.data(), text.size()),
                                                          arena);
}

Result<Value> read_own(std::string_view text, Arena& arena) {
  char* copy = arena.array<char>(text.size() + 1);
  std::copy_n(text.data(), text.size(), copy);
  copy[text.size()] = '\0';
  return read_from<rapidjson::kParseInsituFlag>(rapidjson::InsituStringStream(copy), arena);
}

void write(Writer& writer, const Value& value) {
  switch (value.kind()) {
    case Kind::null:
    case Kind::function:
      writer.null();
      return;
    case Kind::boolean:
      writer.boolean(value.truth());
      return;
    case Kind::number:
      if (const auto whole = value.decimal().to_integer())  // nearly all are
        writer.number(*whole);
      else
        writer.raw_number(value::to_text(value));
      return;
    case Kind::string:
      writer.string(value.text());
      return;
    case Kind::list:
      writer.begin_array();
      for (const Value& item : value.items()) write(writer, item);
      writer.end_array();
      return;
    case Kind::context:
      writer.begin_object();
      for (const Entry& entry : value.entries()) {
        writer.key(entry.key.text());
        write(writer, entry.value);
      }
      writer.end_object();
      return;
    default:
      writer.string(value::to_text(value));
      return;
  }
}

}  // namespace weir::formats::json
