#include "formats/eventlog/runs.hpp"

#include <fmt/format.h>

#include "core/execute/timers.hpp"
#include "formats/eventlog/csv.hpp"
#include "formats/json/writer.hpp"

namespace weir::formats::eventlog {

namespace {

std::string xml(std::string_view text) {
  std::string out;
  for (const char c : text) switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\n':
      case '\r':
      case '\t':
        out += fmt::format("&#{};", static_cast<int>(c));
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20) out += c;  // XML 1.0 has no place for the others
    }
  return out;
}

void xes_event(const execute::Worked& work, std::string_view transition, value::Instant time,
               std::string& out) {
  const std::string& label = work.label.empty() ? work.element : work.label;
  out += fmt::format(
      "    <event>\n"
      "      <string key=\"concept:name\" value=\"{}\"/>\n"
      "      <string key=\"lifecycle:transition\" value=\"{}\"/>\n"
      "      <date key=\"time:timestamp\" value=\"{}\"/>\n",
      xml(label), transition, execute::instant_text(time));
  if (!work.resource.empty())
    out += fmt::format("      <string key=\"org:resource\" value=\"{}\"/>\n", xml(work.resource));
  out += fmt::format("      <string key=\"element\" value=\"{}\"/>\n    </event>\n", xml(work.element));
}

}  // namespace

std::string_view log_head(LogFormat format) {
  switch (format) {
    case LogFormat::csv:
      return csv_head;
    case LogFormat::xes:
      return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
             "<log xes.version=\"1849-2016\" xes.features=\"\" xmlns=\"http://www.xes-standard.org/\">\n"
             "  <extension name=\"Concept\" prefix=\"concept\" "
             "uri=\"http://www.xes-standard.org/concept.xesext\"/>\n"
             "  <extension name=\"Lifecycle\" prefix=\"lifecycle\" "
             "uri=\"http://www.xes-standard.org/lifecycle.xesext\"/>\n"
             "  <extension name=\"Time\" prefix=\"time\" uri=\"http://www.xes-standard.org/time.xesext\"/>\n"
             "  <extension name=\"Organizational\" prefix=\"org\" "
             "uri=\"http://www.xes-standard.org/org.xesext\"/>\n"
             "  <classifier name=\"Activity\" keys=\"concept:name\"/>\n"
             "  <string key=\"lifecycle:model\" value=\"standard\"/>\n";
    case LogFormat::jsonl:
      break;
  }
  return {};
}

std::string_view log_end(LogFormat format) {
  return format == LogFormat::xes ? std::string_view("</log>\n") : std::string_view();
}

void begin_case(LogFormat format, const Case& of, std::string& out) {
  if (format != LogFormat::xes) return;
  out += fmt::format("  <trace>\n    <string key=\"concept:name\" value=\"{}\"/>\n", xml(of.id));
  out += fmt::format("    <string key=\"process\" value=\"{}\"/>\n", xml(of.process));
}

void end_case(LogFormat format, std::string& out) {
  if (format == LogFormat::xes) out += "  </trace>\n";
}

void append(LogFormat format, const Case& of, const execute::Worked& work, std::string& out) {
  const std::string& label = work.label.empty() ? work.element : work.label;
  switch (format) {
    case LogFormat::csv:
      if (work.completed)
        out += fmt::format("{},{},{},{},{},{}\n", quoted(of.id), quoted(label), instant_text(work.enabled),
                           instant_text(work.started), instant_text(work.ended), quoted(work.resource));
      return;
    case LogFormat::xes:
      xes_event(work, "schedule", work.enabled, out);
      if (work.completed) xes_event(work, "start", work.started, out);
      xes_event(work, work.completed ? "complete" : "withdraw", work.ended, out);
      return;
    case LogFormat::jsonl: {
      json::Writer json;
      json.begin_object().key("schema").string("weir.activity/1").key("case").string(of.id);
      json.key("process")
          .string(of.process)
          .key("activity")
          .string(label)
          .key("element")
          .string(work.element);
      json.key("enabled").string(execute::instant_text(work.enabled));
      json.key("started").string(execute::instant_text(work.started));
      json.key("ended").string(execute::instant_text(work.ended));
      if (!work.resource.empty()) json.key("resource").string(work.resource);
      json.key("completed").boolean(work.completed).end_object();
      out += json.text();
      out += '\n';
      return;
    }
  }
}

}  // namespace weir::formats::eventlog
