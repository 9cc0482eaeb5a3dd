// Each version of DMN has a namespace of its own; drafts and typing errors of known tools are in the table of
// known namespaces, anything else below the address of DMN is taken for DMN too, but reported.
#include "formats/dmn/recognise.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "formats/excerpt.hpp"
#include "formats/known_namespaces.hpp"

namespace weir::formats::dmn {

namespace {

constexpr std::string_view newest = "https://www.omg.org/spec/DMN/20230324/MODEL/";

constexpr std::array elements{std::string_view("decision"),        std::string_view("inputData"),
                              std::string_view("itemDefinition"),  std::string_view("businessKnowledgeModel"),
                              std::string_view("knowledgeSource"), std::string_view("decisionService"),
                              std::string_view("description")};

bool below_dmn(std::string_view uri) {
  return uri.starts_with("http://www.omg.org/spec/DMN/") || uri.starts_with("https://www.omg.org/spec/DMN/");
}

void report(Diagnostics& diagnostics, Severity severity, Span span, std::string message) {
  Diagnostic made;
  made.severity = severity;
  made.code = "not-dmn";
  made.group = "schema";
  made.message = std::move(message);
  made.span = span;
  diagnostics.add(std::move(made));
}

}  // namespace

bool recognises(const XmlFacts& facts) {
  if (is_dmn_namespace(facts.root_namespace) || below_dmn(facts.root_namespace)) return true;
  // itemDefinition is an element of BPMN as well, but there nobody begins a file without namespace with it.
  return facts.root_namespace.empty() && facts.root_name == "definitions" &&
         std::find(elements.begin(), elements.end(), facts.first_child) != elements.end();
}

void check(const XmlFacts& facts, Diagnostics& diagnostics) {
  if (facts.root_namespace.empty())
    report(
        diagnostics, Severity::error, facts.root_span,
        fmt::format("the root element is in no namespace; DMN needs one, xmlns=\"{}\" for the newest version",
                    newest));
  else if (!is_dmn_namespace(facts.root_namespace))
    report(diagnostics, Severity::error, facts.root_span,
           fmt::format("'{}' is the namespace of no version of DMN; the newest is '{}'",
                       excerpt(facts.root_namespace), newest));
  if (facts.root_name != "definitions" && facts.root_name != "Definitions")
    report(
        diagnostics, Severity::error, facts.root_span,
        fmt::format("the root element of a DMN file is <definitions>, not <{}>", excerpt(facts.root_name)));
}

}  // namespace weir::formats::dmn
