// Decode, sniff by content, hand over. A file name says little: models come through pipes and with every
// extension. Only TOML that does not begin with `weir` is told from other texts by its name.
#include "formats/read.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "formats/bpmn/reader.hpp"
#include "formats/dmn/reader.hpp"
#include "formats/dmn/recognise.hpp"
#include "formats/encoding.hpp"
#include "formats/excerpt.hpp"
#include "formats/forms/reader.hpp"
#include "formats/known_namespaces.hpp"
#include "formats/toml/config.hpp"
#include "formats/toml/definition.hpp"
#include "formats/xml_characters.hpp"
#include "formats/xml_scan.hpp"

namespace weir::formats {

namespace {

using namespace std::string_view_literals;

/// Offsets are 32 bits wide, and no model comes near this.
constexpr std::size_t most_bytes = 256u << 20;

constexpr std::string_view way_out =
    "weir reads BPMN 2.0 as XML (root element <definitions> in the namespace of BPMN)";

struct Magic {
  std::string_view bytes;
  std::string_view what;
};
constexpr std::array magics{
    Magic{"\x1F\x8B"sv, "compressed with gzip; unpack it first (gzip -d)"},
    Magic{"PK\x03\x04"sv, "a ZIP archive; unpack it first"},
    Magic{"BZh"sv, "compressed with bzip2; unpack it first (bzip2 -d)"},
    Magic{"\xFD\x37zXZ"sv, "compressed with xz; unpack it first (xz -d)"},
    Magic{"\x28\xB5\x2F\xFD"sv, "compressed with zstd; unpack it first (zstd -d)"},
    Magic{"\x7F\x45LF"sv, "a program"},
    Magic{"\x89PNG"sv, "a PNG image"},
    Magic{"%PDF"sv, "a PDF document"},
};

void report(Diagnostics& diagnostics, std::string_view code, std::string_view group, Span span,
            std::string message) {
  Diagnostic made;
  made.code = code;
  made.group = group;
  made.message = std::move(message);
  made.span = span;
  diagnostics.add(std::move(made));
}

/// First key of a TOML text, comments and blank lines skipped; empty when a table or something else comes
/// first.
std::string_view first_toml_key(std::string_view text) {
  while (!text.empty()) {
    if (has_class(text.front(), XmlCharacters::blank)) {
      text.remove_prefix(1);
    } else if (text.front() == '#') {
      const auto line_end = text.find('\n');
      text = line_end == std::string_view::npos ? std::string_view{} : text.substr(line_end);
    } else {
      break;
    }
  }
  std::size_t end = 0;
  while (end < text.size() && has_class(text[end], XmlCharacters::name) && text[end] != ':') ++end;
  const std::string_view key = text.substr(0, end);
  const auto next = text.find_first_not_of(" \t", end);
  return next != std::string_view::npos && text[next] == '=' ? key : std::string_view{};
}

std::string describe_unknown(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos)
    return text.empty() ? "the file is empty" : "the file holds nothing but blanks";
  if (text.find('\0') != std::string_view::npos) return "this is a binary file, no model";
  if (text[first] == '{' || text[first] == '[') return "this looks like JSON or TOML, no model";
  return "this is no XML: the first character is not '<'";
}

/// The namespace whose elements are read as BPMN, and whether there are any.
struct Root {
  bool bpmn = false;
  std::string_view read_as_bpmn = bpmn_namespace;
};

/// Names of BPMN's root elements that make a file without namespace BPMN nevertheless.
bool begins_like_bpmn(const XmlFacts& facts) {
  const model::ElementKind kind = model::element_kind(facts.first_child);
  return kind == model::ElementKind::import_ || kind == model::ElementKind::extension_elements ||
         model::is(kind, model::Category::root) || kind == model::ElementKind::bpmn_diagram;
}

Root judge_root(const XmlFacts& facts, Diagnostics& diagnostics) {
  const model::Namespace ns = known_namespace(facts.root_namespace);
  const bool definitions = facts.root_name == "definitions";
  if (ns == model::Namespace::bpmn || ns == model::Namespace::bpmndi) {
    if (!definitions)
      report(diagnostics, "not-bpmn", "schema", facts.root_span,
             fmt::format("the root element of a BPMN file is <definitions>, not <{}>",
                         excerpt(facts.root_name)));
    return {true, bpmn_namespace};
  }
  if (definitions && facts.root_namespace.empty() && begins_like_bpmn(facts)) {
    report(diagnostics, "not-bpmn", "schema", facts.root_span,
           fmt::format("the root element is in no namespace; BPMN needs xmlns=\"{}\"", bpmn_namespace));
    return {true, facts.root_namespace};
  }
  if (definitions && facts.root_namespace.find("omg.org/") != std::string::npos &&
      facts.root_namespace.find("BPMN") != std::string::npos) {
    report(diagnostics, "not-bpmn", "schema", facts.root_span,
           fmt::format("'{}' is the namespace of a draft of BPMN; the one of BPMN 2.0 is '{}'",
                       excerpt(facts.root_namespace), bpmn_namespace));
    return {true, facts.root_namespace};
  }
  report(diagnostics, "not-bpmn", "schema", facts.root_span,
         facts.root_namespace.empty()
             ? fmt::format("this XML file is no model: its root element is <{}>; {}",
                           excerpt(facts.root_name), way_out)
             : fmt::format("this XML file is no model: its root element is <{}> in the namespace '{}'; {}",
                           excerpt(facts.root_name), excerpt(facts.root_namespace), way_out));
  return {};
}

void read_xml(ReadResult& result, std::string_view text, Diagnostics& diagnostics) {
  const XmlFacts facts = scan_xml(result.file, text, diagnostics);
  if (!facts.readable) return;
  if (dmn::recognises(facts)) {
    result.kind = FileKind::dmn;
    dmn::check(facts, diagnostics);
    result.has_decisions = dmn::read(text, result.file, facts, result.decisions, diagnostics);
    return;
  }
  const Root root = judge_root(facts, diagnostics);
  if (!root.bpmn) return;
  result.kind = FileKind::bpmn;
  result.has_model = bpmn::read(text, result.file, facts, root.read_as_bpmn, result.definitions, diagnostics);
}

bool is_configuration(std::string_view name) {
  const auto slash = name.rfind('/');
  return (slash == std::string_view::npos ? name : name.substr(slash + 1)) == "weir.toml";
}

void read_toml(ReadResult& result, std::string_view text, std::string_view encoding, std::string_view name,
               Diagnostics& diagnostics) {
  if (encoding.starts_with("UTF-16") || encoding.starts_with("UTF-32")) {
    report(diagnostics, "toml-encoding", "syntax", {result.file, 0, 0},
           fmt::format("TOML is UTF-8, and this file is {}", encoding));
    return;
  }
  if (is_configuration(name) && first_toml_key(text) != "weir")
    toml::parse_config(text, result.file, diagnostics);
  else {
    result.has_model =
        toml::read_definition(text, result.file, result.definitions, result.decisions, diagnostics);
    result.has_decisions = result.has_model && !result.decisions.elements.empty();
  }
}

}  // namespace

ReadResult read(std::string name, std::string bytes, SourceMap& sources, Diagnostics& diagnostics) {
  ReadResult result;
  const auto unknown = [&](std::string message) {
    report(diagnostics, "not-bpmn", "syntax", {result.file, 0, 0}, std::move(message));
    return std::move(result);
  };
  if (bytes.size() > most_bytes) {
    result.file = sources.add(std::move(name), {});
    return unknown(fmt::format("the file has {} bytes; at most {} are read", bytes.size(), most_bytes));
  }
  const auto* magic = std::find_if(magics.begin(), magics.end(), [&](const Magic& each) {
    return std::string_view(bytes).starts_with(each.bytes);
  });
  if (magic != magics.end()) {
    result.file = sources.add(std::move(name), {});
    return unknown(fmt::format("this is no model: it is {}", magic->what));
  }

  Decoded decoded = decode(std::move(bytes));
  result.file = sources.add(std::move(name), std::move(decoded.text));
  const std::string_view text = sources.text(result.file);
  const auto first = text.find_first_not_of(" \t\r\n");
  const bool xml = first != std::string_view::npos && text[first] == '<';
  const bool toml = !xml && (first_toml_key(text) == "weir" || sources.name(result.file).ends_with(".toml"));
  if (!xml && sources.name(result.file).ends_with(".form")) {
    result.kind = FileKind::form;
    result.has_form = forms::read(result.file, sources, result.form, diagnostics);
    return result;
  }
  if (!xml && !toml) return unknown(fmt::format("{}; {}", describe_unknown(text), way_out));
  for (const EncodingProblem& problem : decoded.problems) {
    Diagnostic made;
    made.severity = problem.severity;
    made.code = toml ? "toml-encoding" : "xml-encoding";
    made.group = "syntax";
    made.message = problem.message;
    made.span = {result.file, problem.begin, problem.end};
    diagnostics.add(std::move(made));
  }
  if (toml) {
    result.kind = FileKind::toml;
    if (decoded.readable) read_toml(result, text, decoded.encoding, sources.name(result.file), diagnostics);
    return result;
  }
  if (decoded.readable) read_xml(result, text, diagnostics);
  return result;
}

ReadResult::ReadResult() = default;
ReadResult::ReadResult(ReadResult&&) noexcept = default;
ReadResult& ReadResult::operator=(ReadResult&&) noexcept = default;
ReadResult::~ReadResult() = default;

}  // namespace weir::formats
