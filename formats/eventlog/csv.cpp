// A million lines are usual: digits are put into a buffer by hand, and the names of activities and resources
// are quoted once, before the lines.
#include "formats/eventlog/csv.hpp"

#include <charconv>
#include <chrono>
#include <vector>

namespace weir::formats::eventlog {

namespace {

void put_number(std::string& out, std::uint64_t number) {
  char digits[20];
  const auto [end, problem] = std::to_chars(digits, digits + sizeof digits, number);
  out.append(digits, end);
}

/// Zero-padded.
void put_digits(std::string& out, std::int64_t number, int width) {
  char digits[6];
  for (int i = width; i-- > 0; number /= 10) digits[i] = static_cast<char>('0' + number % 10);
  out.append(digits, static_cast<std::size_t>(width));
}

/// Remembers the date of the day it wrote last: logs are nearly in order.
class InstantWriter {
 public:
  void put(std::string& out, value::Instant instant) {
    value::Instant day = instant / value::per_day;
    value::Microseconds time = instant % value::per_day;
    if (time < 0) {
      time += value::per_day;
      --day;
    }
    if (day != day_ || date_.empty()) {
      day_ = day;
      const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
      date_.clear();
      put_digits(date_, static_cast<int>(date.year()), 4);
      date_ += '-';
      put_digits(date_, static_cast<unsigned>(date.month()), 2);
      date_ += '-';
      put_digits(date_, static_cast<unsigned>(date.day()), 2);
    }
    out += date_;
    out += ' ';
    put_digits(out, time / value::per_hour, 2);
    out += ':';
    put_digits(out, time / value::per_minute % 60, 2);
    out += ':';
    put_digits(out, time / value::per_second % 60, 2);
    out += '.';
    put_digits(out, time % value::per_second, 6);
    out += "+00:00";
  }

 private:
  value::Instant day_ = 0;
  std::string date_;
};

}  // namespace

std::string quoted(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

std::string instant_text(value::Instant instant) {
  std::string text;
  InstantWriter().put(text, instant);
  return text;
}

std::string csv(std::span<const simulate::LogRow> rows, const simulate::Plan& plan,
                const model::Definitions& definitions) {
  std::vector<std::string> activities, resources;
  for (std::size_t i = 0; i < plan.graph->nodes.size(); ++i) {
    const model::NodeIndex origin = plan.graph->origin[i];
    activities.push_back(
        quoted(origin == model::NodeIndex::none ? plan.graph->node_ids[i] : definitions[origin].label()));
  }
  for (const simulate::PlannedResource& each : plan.resources) resources.push_back(quoted(each.name));
  std::string out(csv_head);
  out.reserve(out.size() + rows.size() * 140);
  InstantWriter writer;
  for (const simulate::LogRow& row : rows) {
    put_number(out, row.number);
    out += ',';
    out += activities[index(row.node)];
    for (const value::Instant instant : {row.enabled, row.started, row.ended}) {
      out += ',';
      writer.put(out, instant);
    }
    out += ',';
    if (row.resource != simulate::none) out += resources[row.resource];
    out += '\n';
  }
  return out;
}

}  // namespace weir::formats::eventlog
