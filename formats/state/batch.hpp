// What one commit appends to a journal, and what a checkpoint is: a line that says how many records follow,
// of how many bytes, with their CRC-32C, and these records, a line each.
//
//   {"batch":7,"records":2,"bytes":913,"crc":"0f3a9c51"}
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace weir::formats::state {

struct BatchHeader {
  std::uint64_t batch = 0, records = 0, bytes = 0;
  std::uint32_t crc = 0;
  std::size_t size = 0;  // of the header's line
};

std::string batch_header(std::uint64_t batch, std::uint64_t records, std::string_view text);

/// The first line of a batch, whatever follows; false: there is none.
bool read_header(std::string_view text, BatchHeader& header);

/// The header of a batch that is whole at the beginning of `text`; false: there is none.
bool read_batch(std::string_view text, BatchHeader& header);

/// Gives every batch of a journal with its lines, which begin at `offset`. The result: where something stands
/// that is no whole batch, npos = nowhere.
using BatchVisitor =
    std::function<void(const BatchHeader& header, std::string_view lines, std::size_t offset)>;
std::size_t each_batch(std::string_view text, const BatchVisitor& f);

/// Calls f(line, offset) for every line, without its end; all lines have one.
template <class F>
void each_line(std::string_view lines, std::size_t offset, const F& f) {
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = lines.find('\n', at);
    f(lines.substr(at, end - at), offset + at);
    if (end == std::string_view::npos) return;
    at = end + 1;
  }
}

/// Whether `rest`, which is no whole batch, is what remains of batch number `batch` when its writer died: a
/// beginning of it, or with zeros that a file system left where it had not written yet. Anything else was
/// whole once and has been changed since.
bool is_torn(std::string_view rest, std::uint64_t batch);

}  // namespace weir::formats::state
