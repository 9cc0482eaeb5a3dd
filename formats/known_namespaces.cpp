// One table. A namespace may stand in it several times: tools changed its address between versions.
#include "formats/known_namespaces.hpp"

#include <array>

namespace weir::formats {

namespace {

using model::Namespace;

struct Row {
  Namespace ns;
  std::string_view prefix;  // empty: never proposed
  std::string_view uri;
};

constexpr std::array table{
    Row{Namespace::bpmn, "bpmn", bpmn_namespace},
    Row{Namespace::bpmn, "bpmn2", bpmn_namespace},
    Row{Namespace::bpmn, "semantic", bpmn_namespace},
    Row{Namespace::bpmndi, "bpmndi", "http://www.omg.org/spec/BPMN/20100524/DI"},
    Row{Namespace::dc, "dc", "http://www.omg.org/spec/DD/20100524/DC"},
    Row{Namespace::dc, "omgdc", "http://www.omg.org/spec/DD/20100524/DC"},
    Row{Namespace::di, "di", "http://www.omg.org/spec/DD/20100524/DI"},
    Row{Namespace::di, "omgdi", "http://www.omg.org/spec/DD/20100524/DI"},
    Row{Namespace::xsi, "xsi", "http://www.w3.org/2001/XMLSchema-instance"},
    Row{Namespace::camunda, "camunda", "http://camunda.org/schema/1.0/bpmn"},
    Row{Namespace::camunda, "", "http://www.camunda.com/fox"},
    Row{Namespace::camunda, "", "http://camunda.org/schema/1.0/dmn"},
    Row{Namespace::zeebe, "zeebe", "http://camunda.org/schema/zeebe/1.0"},
    Row{Namespace::modeler, "modeler", "http://camunda.org/schema/modeler/1.0"},
    Row{Namespace::flowable, "flowable", "http://flowable.org/bpmn"},
    Row{Namespace::activiti, "activiti", "http://activiti.org/bpmn"},
    Row{Namespace::drools, "drools", "http://www.jboss.org/drools"},

    Row{Namespace::bpsim, "bpsim", "http://www.bpsim.org/schemas/1.0"},
    Row{Namespace::bpsim, "", "http://www.bpsim.org/schemas/2.0"},
    Row{Namespace::qbp, "qbp", "http://www.qbp-simulator.com/Schema201212"},
    Row{Namespace::bioc, "bioc", "http://bpmn.io/schema/bpmn/biocolor/1.0"},
    Row{Namespace::color, "color", "http://www.omg.org/spec/BPMN/non-normative/color/1.0"},
    Row{Namespace::color, "", "http://www.omg.org/spec/BPMN/non-normative/color"},
    Row{Namespace::signavio, "signavio", "http://www.signavio.com"},
    Row{Namespace::weir, "weir", "urn:weir:bpmn:1"},
    Row{Namespace::dmn, "", "http://www.omg.org/spec/DMN/20130901"},
    Row{Namespace::dmn, "", "http://www.omg.org/spec/DMN/20151101"},
    Row{Namespace::dmn, "", "http://www.omg.org/spec/DMN/20151101/dmn.xsd"},
    Row{Namespace::dmn, "", "http://www.omg.org/spec/DMN/20151101/dmn11.xsd"},
    Row{Namespace::dmn, "", "http://www.omg.org/spec/DMN/20153011"},
    Row{Namespace::dmn, "", "http://www.omg.org/spec/DMN/20180521/MODEL/"},
    Row{Namespace::dmn, "", "https://www.omg.org/spec/DMN/20191111/MODEL/"},
    Row{Namespace::dmn, "", "https://www.omg.org/spec/DMN/20211108/MODEL/"},
    Row{Namespace::dmn, "", "https://www.omg.org/spec/DMN/20230324/MODEL/"},
    Row{Namespace::dmn, "", "https://www.omg.org/spec/DMN/20240513/MODEL/"},
};

}  // namespace

Namespace known_namespace(std::string_view uri) {
  if (uri.empty()) return Namespace::empty;
  for (const Row& row : table)
    if (row.uri == uri) return row.ns;
  return Namespace::other;
}

std::string_view usual_namespace(std::string_view prefix) {
  if (prefix.empty()) return {};
  for (const Row& row : table)
    if (row.prefix == prefix) return row.uri;
  return {};
}

bool is_dmn_namespace(std::string_view uri) {
  return known_namespace(uri) == Namespace::dmn;
}

}  // namespace weir::formats
