// Line starts are found once per file, on the first question; most files of a clean run never need them.
#include "core/base/source_map.hpp"

#include <algorithm>

namespace weir {

FileId SourceMap::add(std::string name, std::string text) {
  files_.push_back(File{std::move(name), std::move(text), {}, 0, 1});
  return static_cast<FileId>(files_.size() - 1);
}

std::string_view SourceMap::name(FileId file) const {
  return index(file) < files_.size() ? std::string_view(files_[index(file)].name) : std::string_view{};
}

std::string_view SourceMap::text(FileId file) const {
  return index(file) < files_.size() ? std::string_view(files_[index(file)].text) : std::string_view{};
}

const std::vector<std::uint32_t>& SourceMap::line_starts(const File& file) const {
  if (file.line_starts.empty()) {
    file.line_starts.push_back(0);
    for (std::size_t i = 0; i < file.text.size(); ++i) {
      const char c = file.text[i];
      const bool lone_cr = c == '\r' && (i + 1 == file.text.size() || file.text[i + 1] != '\n');
      if (c == '\n' || lone_cr) file.line_starts.push_back(static_cast<std::uint32_t>(i + 1));
    }
  }
  return file.line_starts;
}

Position SourceMap::position(FileId id, std::uint32_t offset) const {
  if (index(id) >= files_.size()) return {};
  const File& file = files_[index(id)];
  offset = std::min(offset, static_cast<std::uint32_t>(file.text.size()));
  const auto& starts = line_starts(file);
  const auto after = std::upper_bound(starts.begin(), starts.end(), offset);
  const auto line = static_cast<std::uint32_t>(after - starts.begin());
  const auto characters = [&](std::uint32_t from, std::uint32_t to) {
    std::uint32_t count = 0;
    for (; from < to; ++from)
      if ((static_cast<unsigned char>(file.text[from]) & 0xC0u) != 0x80u) ++count;
    return count;
  };
  // Count from the last answer when it is on the same line and nearer than the line's beginning.
  const std::uint32_t start = starts[line - 1];
  const std::uint32_t last = file.last_offset;
  std::uint32_t column = 0;
  if (last >= start && last <= offset)
    column = file.last_column + characters(last, offset);
  else if (last > offset && last - offset < offset - start && (line == starts.size() || last < starts[line]))
    column = file.last_column - characters(offset, last);
  else
    column = 1 + characters(start, offset);
  file.last_offset = offset;
  file.last_column = column;
  return {line, column};
}

std::string_view SourceMap::line(FileId id, std::uint32_t number) const {
  if (index(id) >= files_.size()) return {};
  const File& file = files_[index(id)];
  const auto& starts = line_starts(file);
  if (number == 0 || number > starts.size()) return {};
  const std::size_t begin = starts[number - 1];
  std::size_t end = number < starts.size() ? starts[number] : file.text.size();
  while (end > begin && (file.text[end - 1] == '\n' || file.text[end - 1] == '\r')) --end;
  return std::string_view(file.text).substr(begin, end - begin);
}

std::string_view SourceMap::snippet(Span span) const {
  const std::string_view all = text(span.file);
  if (span.begin > all.size()) return {};
  return all.substr(span.begin, span.end - span.begin);
}

SourceMap::SourceMap() = default;
SourceMap::SourceMap(SourceMap&&) noexcept = default;
SourceMap& SourceMap::operator=(SourceMap&&) noexcept = default;
SourceMap::~SourceMap() = default;

}  // namespace weir
