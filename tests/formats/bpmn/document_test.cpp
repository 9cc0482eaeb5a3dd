#include <string>

#include "core/model/element_kind.hpp"
#include "tests/formats/support.hpp"
#include "tests/support/catch.hpp"

using namespace weir;
using namespace weir::model;
using weir::test::Read;

namespace {

const std::string bpmn = "http://www.omg.org/spec/BPMN/20100524/MODEL";

std::string definitions(const std::string& inside, const std::string& more = {}) {
  return "<definitions xmlns='" + bpmn + "' targetNamespace='urn:t'" + more + ">" + inside + "</definitions>";
}

ElementId find(const Document& document, std::string_view name) {
  for (std::size_t i = 0; i < document.elements.size(); ++i)
    if (document.elements[i].name == name) return static_cast<ElementId>(i);
  return ElementId::none;
}

}  // namespace

TEST_CASE("spans of names, values and text are exact") {
  struct Case {
    const char* inside;    // of <x:a ...>
    const char* value;     // of its attribute n
    const char* raw;       // the same as written
    const char* text;      // of the element
    const char* raw_text;  // first piece as written
  };
  const Case cases[] = {
      {"n=''>", "", "", "", ""},
      {"n='1'>t", "1", "1", "t", "t"},
      {"n = \"a'b\" >  two words \n", "a'b", "a'b", "two words", "two words"},
      {"n='&lt;&amp;&#252;&#xFC;'>&lt; x &gt;", "<&\xC3\xBC\xC3\xBC", "&lt;&amp;&#252;&#xFC;", "< x >",
       "&lt; x &gt;"},
      {"n='\xF0\x9D\x84\x9E\xE2\x82\xAC'>\xC3\xA4\xC3\xB6", "\xF0\x9D\x84\x9E\xE2\x82\xAC",
       "\xF0\x9D\x84\x9E\xE2\x82\xAC", "\xC3\xA4\xC3\xB6", "\xC3\xA4\xC3\xB6"},
      {"n='a\r\n\tb'>a\r\nb", "a  b", "a\r\n\tb", "a\nb", "a\r\nb"},
      {"n='&#10;'> &#10; x", "\n", "&#10;", "x", "&#10; x"},
      {"n='x>y/'> <![CDATA[ <p> ]]> ", "x>y/", "x>y/", "<p>", "<p>"},
      {"n='1'>a<!-- no -->b<![CDATA[c]]><?pi?> d", "1", "1", "abc d", "a"},
      {"n='1'>a]]&gt;<![CDATA[]]]]><![CDATA[>]]>", "1", "1", "a]]>]]>", "a]]&gt;"},
      {"n='1'><![CDATA[]]>", "1", "1", "", ""},
  };
  for (const std::string prolog : {"", "<?xml version='1.0'?>\n<!-- \xE2\x82\xAC -->"}) {
    for (const Case& each : cases) {
      CAPTURE(each.inside);
      const Read read(prolog + "<definitions xmlns='" + bpmn +
                      "'><extensionElements>\n<x:a xmlns:x='urn:x' " + each.inside +
                      "</x:a></extensionElements></definitions>");
      REQUIRE(read.result.has_model);
      CHECK(read.diagnostics.empty());
      const Document& document = read.model().document;
      const ElementId id = find(document, "a");
      REQUIRE(id != ElementId::none);
      const Element& element = document[id];
      CHECK(element.kind == ElementKind::foreign);
      CHECK(element.ns == Namespace::other);
      CHECK(element.namespace_uri == "urn:x");
      CHECK(element.prefix == "x");
      CHECK(read.text(element.name_span) == "x:a");
      CHECK(read.text(element.tag).starts_with("<x:a xmlns:x='urn:x'"));
      CHECK(read.text(element.tag).ends_with(">"));
      CHECK(element.text == each.text);
      CHECK(element.text_span.known() == (*each.raw_text != '\0'));
      CHECK(read.text(element.text_span) == each.raw_text);
      REQUIRE(element.attribute_count == 2);
      const Attribute* attribute = document.attribute(id, "n");
      REQUIRE(attribute != nullptr);
      CHECK(attribute->value == each.value);
      CHECK(read.text(attribute->value_span) == each.raw);
      CHECK(read.text(attribute->name_span) == "n");
    }
  }
}

TEST_CASE("the tag span ends at its own bracket") {
  const Read read(definitions("<process id='a>b' name='/>' /><process\nid='c'\n>\n</process>"));
  REQUIRE(read.result.has_model);
  CHECK(read.text(read.model().document.elements.at(1).tag) == "<process id='a>b' name='/>' />");
  CHECK(read.text(read.model().document.elements.at(2).tag) == "<process\nid='c'\n>");
}

TEST_CASE("document order, parents and siblings") {
  const Read read(definitions(
      "<process id='p'><task id='a'/><task id='b'><documentation/></task></process><message id='m'/>"));
  REQUIRE(read.result.has_model);
  const Document& document = read.model().document;
  std::string order;
  for (const Element& each : document.elements) order += std::string(each.name) + " ";
  CHECK(order == "definitions process task task documentation message ");
  std::string roots;
  for (const ElementId child : children(document, ElementId{0}))
    roots += std::string(document[child].name) + " ";
  CHECK(roots == "process message ");
  CHECK(document[ElementId{4}].parent == ElementId{3});
  CHECK(document[ElementId{3}].parent == ElementId{1});
  CHECK(document[ElementId{0}].parent == ElementId::none);
}

TEST_CASE("namespaces are known by address, whatever the prefix") {
  struct Case {
    const char* uri;
    Namespace ns;
  };
  const Case cases[] = {
      {"http://www.omg.org/spec/BPMN/20100524/DI", Namespace::bpmndi},
      {"http://www.omg.org/spec/DD/20100524/DC", Namespace::dc},
      {"http://www.omg.org/spec/DD/20100524/DI", Namespace::di},
      {"http://www.w3.org/2001/XMLSchema-instance", Namespace::xsi},
      {"http://camunda.org/schema/1.0/bpmn", Namespace::camunda},
      {"http://camunda.org/schema/zeebe/1.0", Namespace::zeebe},
      {"http://camunda.org/schema/modeler/1.0", Namespace::modeler},
      {"http://flowable.org/bpmn", Namespace::flowable},
      {"http://activiti.org/bpmn", Namespace::activiti},
      {"http://www.jboss.org/drools", Namespace::drools},
      {"http://www.bpsim.org/schemas/1.0", Namespace::bpsim},
      {"http://www.qbp-simulator.com/Schema201212", Namespace::qbp},
      {"http://bpmn.io/schema/bpmn/biocolor/1.0", Namespace::bioc},
      {"http://www.omg.org/spec/BPMN/non-normative/color/1.0", Namespace::color},
      {"http://www.signavio.com", Namespace::signavio},
      {"https://www.omg.org/spec/DMN/20191111/MODEL/", Namespace::dmn},
      {"urn:weir:bpmn:1", Namespace::weir},
      {"urn:anything", Namespace::other},
  };
  for (const Case& each : cases) {
    CAPTURE(each.uri);
    const Read read(
        definitions("<process id='p' q:x='1' x='2'><extensionElements><q:e/></extensionElements></process>",
                    std::string(" xmlns:q='") + each.uri + "'"));
    REQUIRE(read.result.has_model);
    const Document& document = read.model().document;
    CHECK(document[find(document, "e")].ns == each.ns);
    const Attribute* vendor = document.attribute(ElementId{1}, each.ns, "x");
    REQUIRE(vendor != nullptr);
    CHECK(vendor->value == "1");
    CHECK(document.value(ElementId{1}, "x") == "2");
  }
}

TEST_CASE("prefixes may be bound anew inside the document") {
  const Read read(
      "<a:definitions xmlns:a='" + bpmn + "' xmlns='urn:other' targetNamespace='t'>" +
      "<a:process id='p'><a:extensionElements><task id='ghost'/><a:x xmlns:a='urn:x'><a:task/></a:x>" +
      "<c xmlns='" + bpmn + "'/></a:extensionElements><a:task id='real'/><task xmlns='" + bpmn +
      "' id='also'/></a:process></a:definitions>");
  REQUIRE(read.result.has_model);
  CHECK(read.diagnostics.empty());
  CHECK(read.model().nodes.size() == 2);
  const Document& document = read.model().document;
  CHECK(document[find(document, "task")].kind == ElementKind::foreign);
  CHECK(document[find(document, "x")].ns == Namespace::other);
  CHECK(document[find(document, "c")].kind == ElementKind::unknown);
  CHECK(read.model().by_id.count("ghost") == 0);
}

TEST_CASE("every element of the specification survives reading") {
  for (std::size_t i = 0; i < element_kind_count; ++i) {
    const auto kind = static_cast<ElementKind>(i);
    if (kind == ElementKind::unknown || kind == ElementKind::foreign || kind == ElementKind::definitions)
      continue;
    const std::string name(model::name(kind));
    CAPTURE(name);
    const bool diagram = is(kind, Category::diagram);
    const std::string prefix = !diagram                                                   ? ""
                               : kind == ElementKind::bounds || kind == ElementKind::font ? "dc:"
                               : kind == ElementKind::waypoint                            ? "di:"
                                                                                          : "bpmndi:";
    const Read read("<definitions xmlns='" + bpmn +
                    "' xmlns:bpmndi='http://www.omg.org/spec/BPMN/20100524/DI' "
                    "xmlns:dc='http://www.omg.org/spec/DD/20100524/DC'"
                    " xmlns:di='http://www.omg.org/spec/DD/20100524/DI'><process id='p'><" +
                    prefix + name + " id='e' name='N'>body</" + prefix + name + "></process></definitions>");
    REQUIRE(read.result.has_model);
    const Document& document = read.model().document;
    REQUIRE(document.elements.size() == 3);
    const Element& element = document.elements[2];
    CHECK(element.kind == kind);
    CHECK(element.name == name);
    CHECK(element.text == "body");
    CHECK(document.value(ElementId{2}, "name") == "N");
    CHECK(read.model().by_id.at("e") == ElementId{2});
    CHECK(read.model().nodes.size() == (is(kind, Category::flow_node) ? 1u : 0u));
    CHECK(read.model().flows.size() == (kind == ElementKind::sequence_flow ? 1u : 0u));
    if (is(kind, Category::flow_node)) CHECK(read.model().nodes[0].kind == kind);
  }
}

TEST_CASE("findings of the reader stand at the right place") {
  struct Case {
    const char* what;
    std::string xml;
    const char* code;
    Severity severity;
    const char* covered;
    const char* message;
  };
  const Case cases[] = {
      {"misspelt element", definitions("<process><exclusivGateway id='g'/></process>"), "unknown-element",
       Severity::error, "exclusivGateway", "did you mean <exclusiveGateway>"},
      {"wrong case", definitions("<process><usertask id='g'/></process>"), "unknown-element", Severity::error,
       "usertask", "<userTask>"},
      {"far from anything", definitions("<zzzzzzzzzz/>"), "unknown-element", Severity::error, "zzzzzzzzzz",
       "no element"},
      {"diagram element as BPMN", definitions("<BPMNShape/>"), "unknown-element", Severity::error,
       "BPMNShape", "no element"},
      {"foreign look-alike", definitions("<process><x:task xmlns:x='urn:x'/></process>"), "foreign-element",
       Severity::error, "x:task", "urn:x"},
      {"foreign element", definitions("<x:note xmlns:x='urn:x'/>"), "foreign-element", Severity::warning,
       "x:note", "extensionElements"},
      {"duplicate id", definitions("<process id='p'><task id='t'/><endEvent id='t'/></process>"),
       "duplicate-id", Severity::error, "t", "used twice"},
      {"id of a shape",
       definitions("<process id='p'/><b:BPMNDiagram id='p'/>",
                   " xmlns:b='http://www.omg.org/spec/BPMN/20100524/DI'"),
       "duplicate-id", Severity::error, "p", "used twice"},
      {"missing message", definitions("<process><receiveTask messageRef='m'/></process>"),
       "unresolved-reference", Severity::warning, "m", "no message with this id"},
      {"wrong kind", definitions("<process><receiveTask messageRef='s'/></process><signal id='s'/>"),
       "unresolved-reference", Severity::error, "s", "no message but a <signal>"},
      {"wrong kind for an engine",
       definitions("<process><receiveTask messageRef='s'/></process><signal id='s'/>",
                   " xmlns:camunda='http://camunda.org/schema/1.0/bpmn'"),
       "unresolved-reference", Severity::warning, "s", "no message but a <signal>"},
      {"wrong kind of input",
       definitions("<task id='t'><ioSpecification><inputSet id='i'><dataInputRefs>s</dataInputRefs>"
                   "</inputSet></ioSpecification></task><signal id='s'/>"),
       "unresolved-reference", Severity::error, "s", "no data input but a <signal>"},
      {"own prefix", definitions("<process><receiveTask messageRef='t:m'/></process>", " xmlns:t='urn:t'"),
       "unresolved-reference", Severity::warning, "t:m", "no message"},
      {"element text", definitions("<interface><operation><errorRef> e </errorRef></operation></interface>"),
       "unresolved-reference", Severity::warning, "e", "no error"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.what);
    const Read read(each.xml);
    REQUIRE(read.result.has_model);
    REQUIRE(read.diagnostics.size() == 1);
    const Diagnostic& found = read.diagnostics.list()[0];
    CAPTURE(found.message);
    CHECK(found.code == each.code);
    CHECK(found.severity == each.severity);
    CHECK_FALSE(found.group.empty());
    CHECK(read.text(found.span) == each.covered);
    CHECK(found.message.find(each.message) != std::string::npos);
    if (found.code == "duplicate-id") CHECK(found.notes.size() == 1);
  }
}

TEST_CASE("what only looks wrong is left alone") {
  const char* cases[] = {
      "<process id='p'><task id='t'><extensionElements><anything/><t:a xmlns:t='urn:t' "
      "id='t'/></extensionElements></task></process>",
      "<process id='p'><documentation><b "
      "xmlns='http://www.w3.org/1999/xhtml'>x</b></documentation></process>",
      "<process id='p'><scriptTask><script><x xmlns='urn:x'/></script></scriptTask></process>",
      "<process id='p'><dataObject itemSubjectRef='xsd:string'/></process>",
      "<process id='p'><receiveTask messageRef='${m}'/></process>",
      "<process id='p'><receiveTask messageRef=''/></process>",
      "<import location='x' importType='y' namespace='z'/><process id='p'><receiveTask "
      "messageRef='m'/></process>",
      "<process id='p'><receiveTask messageRef='t:m'/></process><message id='m'/>",
      "<process id='p'><sequenceFlow id='f' sourceRef='x' targetRef='y'/><boundaryEvent "
      "attachedToRef='z'/></process>",
  };
  for (const char* each : cases) {
    CAPTURE(each);
    const Read read(definitions(each));
    CHECK(read.result.has_model);
    CHECK(read.places() == "");
  }
}

TEST_CASE("a file in no namespace or an old one is read all the same, with an error") {
  const Read none(
      "<definitions><process id='p'><task id='t'/></process><BPMNDiagram><BPMNPlane><BPMNShape "
      "bpmnElement='t'>"
      "<Bounds x='1' y='2' width='3' height='4'/></BPMNShape></BPMNPlane></BPMNDiagram></definitions>");
  CHECK(none.places() == "1:2 error not-bpmn\n");
  REQUIRE(none.model().nodes.size() == 1);
  REQUIRE(none.model().diagrams.size() == 1);
  CHECK(none.model().diagrams[0].shapes.at(0).bounds.width == 3);
  const Read old(
      "<b:definitions xmlns:b='http://schema.omg.org/spec/BPMN/2.0'><b:process "
      "id='p'><b:task/></b:process></b:definitions>");
  CHECK(old.places() == "1:2 error not-bpmn\n");
  CHECK(old.model().nodes.size() == 1);
}

TEST_CASE("floods of findings are cut off, with a count") {
  std::string tasks;
  for (int i = 0; i < 1500; ++i) tasks += "<task id='t'/>";
  const Read read(definitions("<process id='p'>" + tasks + "</process>"));
  REQUIRE(read.result.has_model);
  CHECK(read.model().nodes.size() == 1500);
  REQUIRE(read.diagnostics.size() == 1001);
  CHECK(read.diagnostics.list().back().message.find("499 more") != std::string::npos);
  CHECK(read.diagnostics.list().back().span.known());
}

TEST_CASE("messages quote long names in part only") {
  const std::string name(5000, 'x');
  const Read read(definitions("<" + name + " id='" + name + "'/><message id='" + name + "'/>"));
  REQUIRE(read.diagnostics.size() == 3);  // unusual length, unknown element, duplicate id
  for (const Diagnostic& each : read.diagnostics.list()) CHECK(each.message.size() < 300);
}
