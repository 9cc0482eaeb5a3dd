// Nothing covers the header itself, so a header counts only when it is exactly the one that we would write.
#include "formats/state/batch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/base/crc32c.hpp"

namespace weir::formats::state {

namespace {

/// Reads a line piece by piece; a piece that the end of the text cuts is told apart from a wrong one.
class Pieces {
 public:
  explicit Pieces(std::string_view text) : rest_(text) {}

  Pieces& word(std::string_view word) {
    if (!good()) return *this;
    if (rest_.starts_with(word))
      rest_.remove_prefix(word.size());
    else
      (word.starts_with(rest_) ? cut_ : wrong_) = true;
    return *this;
  }
  template <class Number>
  Pieces& number(Number& number, int base = 10) {
    if (!good()) return *this;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number, base);
    if (error == std::errc{})
      rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    else
      (rest_.empty() ? cut_ : wrong_) = true;
    return *this;
  }
  [[nodiscard]] bool good() const { return !cut_ && !wrong_; }
  [[nodiscard]] bool cut() const { return cut_; }
  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
  bool cut_ = false, wrong_ = false;
};

Pieces read_line(std::string_view text, BatchHeader& header) {
  Pieces pieces(text);
  pieces.word("{\"batch\":").number(header.batch).word(",\"records\":").number(header.records);
  pieces.word(",\"bytes\":").number(header.bytes).word(",\"crc\":\"").number(header.crc, 16).word("\"}\n");
  header.size = text.size() - pieces.rest().size();
  return pieces;
}

bool has_zeros(std::string_view text) {
  constexpr std::string_view zeros("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16);
  return text.ends_with('\0') || text.find(zeros) != std::string_view::npos;
}

}  // namespace

std::string batch_header(std::uint64_t batch, std::uint64_t records, std::string_view text) {
  return fmt::format("{{\"batch\":{},\"records\":{},\"bytes\":{},\"crc\":\"{:08x}\"}}\n", batch, records,
                     text.size(), crc32c(text));
}

bool read_header(std::string_view text, BatchHeader& header) {
  return read_line(text, header).good();
}

bool read_batch(std::string_view text, BatchHeader& header) {
  const Pieces pieces = read_line(text, header);
  if (!pieces.good() || header.bytes > pieces.rest().size()) return false;
  const std::string_view body = pieces.rest().substr(0, header.bytes);
  const auto lines = static_cast<std::uint64_t>(std::count(body.begin(), body.end(), '\n'));
  return lines == header.records && batch_header(header.batch, lines, body) == text.substr(0, header.size);
}

std::size_t each_batch(std::string_view text, const BatchVisitor& f) {
  for (std::size_t at = 0; at < text.size();) {
    BatchHeader header;
    if (!read_batch(text.substr(at), header)) return at;
    f(header, text.substr(at + header.size, header.bytes), at + header.size);
    at += header.size + header.bytes;
  }
  return std::string_view::npos;
}

bool is_torn(std::string_view rest, std::uint64_t batch) {
  if (has_zeros(rest)) return true;
  BatchHeader header;
  const Pieces pieces = read_line(rest, header);
  if (pieces.cut()) return true;
  if (!pieces.good() || header.batch != batch || header.bytes <= pieces.rest().size()) return false;
  // All of its bytes are there, only their number is wrong.
  return crc32c(pieces.rest()) != header.crc;
}

}  // namespace weir::formats::state
