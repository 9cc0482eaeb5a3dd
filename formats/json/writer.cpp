// One RapidJSON PrettyWriter serves both styles: indentation of zero blanks would still break lines, so
// compact uses the plain Writer. Both are held, one is used.
#include "formats/json/writer.hpp"

#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cmath>

namespace weir::formats::json {

struct Writer::Impl {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> compact{buffer};
  rapidjson::PrettyWriter<rapidjson::StringBuffer> pretty{buffer};
  bool is_pretty;

  explicit Impl(Style style) : is_pretty(style == Style::pretty) { pretty.SetIndent(' ', 2); }
};

namespace {

template <class Impl, class Call>
void write(Impl& impl, Call call) {
  if (impl.is_pretty)
    call(impl.pretty);
  else
    call(impl.compact);
}

/// Length of the well-formed UTF-8 sequence at `at`, 0 when it is malformed.
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  std::size_t length = 1;
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF)
    length = 2;
  else if (lead >= 0xE0 && lead <= 0xEF)
    length = 3;
  else if (lead >= 0xF0 && lead <= 0xF4)
    length = 4;
  else
    return 0;
  if (at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(at + i) & 0xC0u) != 0x80u) return 0;
  const unsigned char second = byte(at + 1);
  const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  const bool surrogate = lead == 0xED && second >= 0xA0;
  const bool beyond = lead == 0xF4 && second >= 0x90;
  return overlong || surrogate || beyond ? 0 : length;
}

std::string valid_utf8(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = sequence_length(text, i);
    if (length == 0) {
      out += "\xEF\xBF\xBD";
      ++i;
    } else {
      out.append(text.substr(i, length));
      i += length;
    }
  }
  return out;
}

bool is_ascii(std::string_view text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  return true;
}

}  // namespace

Writer::Writer(Style style) : impl_(std::make_unique<Impl>(style)) {}
Writer::~Writer() = default;
Writer::Writer(Writer&&) noexcept = default;
Writer& Writer::operator=(Writer&&) noexcept = default;

Writer& Writer::begin_object() {
  write(*impl_, [](auto& w) { w.StartObject(); });
  return *this;
}
Writer& Writer::end_object() {
  write(*impl_, [](auto& w) { w.EndObject(); });
  return *this;
}
Writer& Writer::begin_array() {
  write(*impl_, [](auto& w) { w.StartArray(); });
  return *this;
}
Writer& Writer::end_array() {
  write(*impl_, [](auto& w) { w.EndArray(); });
  return *this;
}
Writer& Writer::key(std::string_view name) {
  write(*impl_, [&](auto& w) { w.Key(name.data(), static_cast<rapidjson::SizeType>(name.size())); });
  return *this;
}
Writer& Writer::string(std::string_view text) {
  const auto put = [&](std::string_view valid) {
    write(*impl_, [&](auto& w) { w.String(valid.data(), static_cast<rapidjson::SizeType>(valid.size())); });
  };
  if (is_ascii(text))
    put(text.empty() ? std::string_view("") : text);
  else
    put(valid_utf8(text));
  return *this;
}
Writer& Writer::number(std::int64_t value) {
  write(*impl_, [&](auto& w) { w.Int64(value); });
  return *this;
}
Writer& Writer::number(std::uint64_t value) {
  write(*impl_, [&](auto& w) { w.Uint64(value); });
  return *this;
}
Writer& Writer::number(double value) {
  if (!std::isfinite(value)) return null();
  write(*impl_, [&](auto& w) { w.Double(value); });
  return *this;
}
Writer& Writer::raw_number(std::string_view digits) {
  write(*impl_, [&](auto& w) { w.RawValue(digits.data(), digits.size(), rapidjson::kNumberType); });
  return *this;
}
Writer& Writer::boolean(bool value) {
  write(*impl_, [&](auto& w) { w.Bool(value); });
  return *this;
}
Writer& Writer::null() {
  write(*impl_, [](auto& w) { w.Null(); });
  return *this;
}

void Writer::clear() {
  impl_->buffer.Clear();
  impl_->compact.Reset(impl_->buffer);
  impl_->pretty.Reset(impl_->buffer);
}

std::string_view Writer::text() const {
  return {impl_->buffer.GetString(), impl_->buffer.GetSize()};
}

}  // namespace weir::formats::json
