#include "formats/xml_scan.hpp"

#include <string>
#include <vector>

#include "tests/support/catch.hpp"

using namespace weir;
using formats::scan_xml;
using formats::XmlFacts;

namespace {

struct Finding {
  Severity severity;
  std::string code;
  std::string covered;  // the text below the span
  std::uint32_t begin;
  std::string message;
  std::size_t notes, fixes;
};

struct Scan {
  explicit Scan(std::string xml, const formats::XmlLimits& limits = {}) : text(std::move(xml)) {
    Diagnostics diagnostics;
    facts = scan_xml(FileId{0}, text, diagnostics, limits);
    for (const Diagnostic& each : diagnostics.list()) {
      CHECK(each.group == "syntax");
      findings.push_back({each.severity, each.code,
                          text.substr(each.span.begin, each.span.end - each.span.begin), each.span.begin,
                          each.message, each.notes.size(), each.fixes.size()});
    }
  }
  std::string text;
  XmlFacts facts;
  std::vector<Finding> findings;
};

std::string repeat(const std::string& what, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += what;
  return out;
}

}  // namespace

TEST_CASE("well-formed XML is accepted without a word") {
  const char* cases[] = {
      "<a/>",
      "<a></a>",
      "<a\n/>",
      "<a ></a >",
      "\n <a/>\n<!-- end --><?pi?>\n",
      "<?xml version='1.0'?><a/>",
      "<?xml version=\"1.0\" encoding='UTF-8' standalone = \"yes\" ?><a/>",
      "<?xml-stylesheet href='x'?><a/>",
      "<a b='1' c=\"2\"/>",
      "<a b = '1'\tc\n=\r\n\"2\"/>",
      "<a b='\"' c=\"'\"/>",
      "<a b='>'>></a>",
      "<a>&lt;&gt;&amp;&quot;&apos;&#65;&#x1F600;</a>",
      "<a b='&lt;&#xE9;'/>",
      "<a><![CDATA[<&]]]]><![CDATA[>]]></a>",
      "<a>]] > ]</a>",
      "<a><!-- - --></a>",
      "<p:a xmlns:p='urn:p'/>",
      "<p:a p:b='1' xmlns:p='urn:p'/>",  // declared behind its use
      "<a xmlns='urn:a'><b xmlns=''/></a>",
      "<a xml:lang='en' xml:space='preserve'/>",
      "<a xmlns:p='urn:x' xmlns:q='urn:x' p:b='1' q:c='1'/>",
      "<a xmlns:p='urn:x' p:b='1' b='2'/>",
      "<a xmlns:p='urn:1'><b xmlns:p='urn:2'><p:c/></b><p:d/></a>",
      "<\xC3\xA4\xC3\xB6 \xE5\x90\x8D='1'>\xC3\xBC</\xC3\xA4\xC3\xB6>",
      "<_a.b-c1/>",
  };
  for (const char* each : cases) {
    CAPTURE(each);
    const Scan scan(each);
    CHECK(scan.facts.readable);
    CHECK(scan.findings.empty());
  }
}

TEST_CASE("what is not well-formed is refused at the exact place") {
  struct Case {
    const char* xml;
    const char* covered;
    const char* message;
  };
  const Case cases[] = {
      {"<a>", "", "<a> is still open"},
      {"<a><b></a>", "</a>", "<b> is not closed before </a>"},
      {"<a></b>", "</b>", "</a> was expected"},
      {"<a/></a>", "</a>", "closes nothing"},
      {"<a/><b/>", "<b", "second one"},
      {"<a/>text", "text", "nothing may follow"},
      {"<a/>&amp;", "&", "nothing may follow"},
      {"<a/><![CDATA[x]]>", "<![CDATA[", "nothing may follow"},
      {"<!-- only -->", "", "without any element"},
      {"<", "<", "must be followed by the name"},
      {"< a/>", "<", "must be followed by the name"},
      {"<1a/>", "<", "must be followed by the name"},
      {"<a><\xC2\xB7/></a>", "<", "must be followed by the name"},
      {"<a", "", "ends inside the tag <a>"},
      {"<a b='x", "", "ends inside the value"},
      {"<a b='<'/>", "<", "must be written &lt;"},
      {"<a b='1'c='2'/>", "c", "blank is missing"},
      {"<a b/>", "b", "has no value"},
      {"<a b=1/>", "b=1", "quotes"},
      {"<a b=", "b=", "quotes"},
      {"<a $='1'/>", "$", "was expected here, not '$'"},
      {"<a / >", "/", "was expected here"},
      {"<a b='1' b='2'/>", "b", "written twice"},
      {"<a xmlns='1' xmlns='2'/>", "xmlns", "written twice"},
      {"<a xmlns:p='u' xmlns:q='u' p:b='' q:b=''/>", "q:b", "two prefixes"},
      {"<p:a/>", "p:a", "'p' of the element"},
      {"<a p:b=''/>", "p:b", "'p' of the attribute"},
      {"<a><b xmlns:p='u'/><p:c/></a>", "p:c", "'p' of the element"},
      {"<a xmlns:p=''/>", "xmlns:p=''", "empty namespace"},
      {"<a xmlns:xml='urn:x'/>", "xmlns:xml='urn:x'", "prefix xml"},
      {"<a xmlns:xmlns='urn:x'/>", "xmlns:xmlns='urn:x'", "prefix xml"},
      {"<a:b:c xmlns:a='u'/>", "a:b:c", "one ':'"},
      {"<:a/>", ":a", "one ':'"},
      {"<a>&nbsp;</a>", "&nbsp;", "HTML"},
      {"<a>&foo;</a>", "&foo;", "not defined"},
      {"<a b='&foo;'/>", "&foo;", "not defined"},
      {"<a>a & b</a>", "&", "&amp;"},
      {"<a>&amp</a>", "&", "&amp;"},
      {"<a>&;</a>", "&", "&amp;"},
      {"<a>&#;</a>", "&#;", "not a character reference"},
      {"<a>&#x;</a>", "&#x;", "not a character reference"},
      {"<a>&#12a;</a>", "&#12a;", "not a character reference"},
      {"<a>&#1;</a>", "&#1;", "not allowed"},
      {"<a>&#xFFFE;</a>", "&#xFFFE;", "not allowed"},
      {"<a>&#xD800;</a>", "&#xD800;", "not allowed"},
      {"<a>&#99999999999999999999;</a>", "&#99999999999999999999;", "not allowed"},
      {"<a>]]></a>", "]]>", "not allowed in text"},
      {"<a><!-- x</a>", "<!--", "never closed"},
      {"<a><!-->x</a>", "<!--", "never closed"},
      {"<a><![CDATA[ x</a>", "<![CDATA[", "never closed"},
      {"<a><?pi x</a>", "<?pi", "never closed"},
      {"<a><? pi?></a>", "<?", "needs a name"},
      {"<a><!ELEMENT b></a>", "<!", "neither a comment"},
      {"<a><!DOCTYPE a></a>", "<!DOCTYPE", "before the root"},
      {"<a/><?xml version='1.0'?>", "<?xml version='1.0'?>", "very beginning"},
      {"<!-- x --><?xml version='1.0'?><a/>", "<?xml version='1.0'?>", "very beginning"},
      {"<?xml encoding='UTF-8'?><a/>", "<?xml", "must begin with version"},
      {"<?xml version='1.0' standalone='maybe'?><a/>", "maybe", "yes"},
      {"<?xml version='1.0' version='1.0'?><a/>", "version='1.0'", "in this order"},
      {"<?xml version='1.0'", "<?xml", "never closed"},
      {"<?xml version='2.0'?><a/>", "2.0", "no version"},
      {"<?xml version='1.x'?><a/>", "1.x", "no version"},
      {"<?xml version='1.0' encoding='UTF 8'?><a/>", "UTF 8", "no name of an encoding"},
      {"<?xml version='1.0' encoding=''?><a/>", "", "no name of an encoding"},
      {"<?xml ?><a/>", "<?xml", "must name a version"},
      {"x<a/>", "x", "before the root"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.xml);
    const Scan scan(each.xml);
    CHECK_FALSE(scan.facts.readable);
    REQUIRE(scan.findings.size() >= 1);
    const Finding& first = scan.findings[0];
    CHECK(first.severity == Severity::error);
    CHECK(first.code == "xml-not-well-formed");
    CAPTURE(first.message);
    CHECK(first.covered == each.covered);
    CHECK(first.message.find(each.message) != std::string::npos);
    if (*each.covered == '\0' && each.xml[1] != '?') CHECK(first.begin == scan.text.size());
  }
}

TEST_CASE("harmless sins are warnings") {
  struct Case {
    const char* xml;
    const char* code;
    const char* covered;
  };
  const Case cases[] = {
      {"\n<?xml version='1.0'?><a/>", "xml-not-well-formed", "<?xml"},
      {"<?xml version='1.1'?><a/>", "xml-not-well-formed", "1.1"},
      {"<a><!-- a -- b --></a>", "xml-not-well-formed", "--"},
      {"<a xmlns:p='not a uri'/>", "xml-not-well-formed", "not a uri"},
      {"<!DOCTYPE a><a/>", "xml-doctype", "<!DOCTYPE a>"},
      {"<!DOCTYPE a SYSTEM 'http://127.0.0.1/>['><a/>", "xml-doctype",
       "<!DOCTYPE a SYSTEM 'http://127.0.0.1/>['>"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.xml);
    const Scan scan(each.xml);
    CHECK(scan.facts.readable);
    REQUIRE(scan.findings.size() == 1);
    CHECK(scan.findings[0].severity == Severity::warning);
    CHECK(scan.findings[0].code == each.code);
    CHECK(scan.findings[0].covered == each.covered);
  }
}

TEST_CASE("a document type with a subset is refused before anything in it is looked at") {
  for (const char* each : {"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "<!DOCTYPE a []><a/>",
                           "<!DOCTYPE a SYSTEM 'x' [ %p; ]><a/>",
                           "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a/>"}) {
    CAPTURE(each);
    const Scan scan(each);
    CHECK_FALSE(scan.facts.readable);
    REQUIRE(scan.findings.size() == 1);
    CHECK(scan.findings[0].code == "xml-doctype");
    CHECK(scan.findings[0].severity == Severity::error);
  }
}

TEST_CASE("independent errors are all reported, structural ones end the scan") {
  const Scan scan("<a>&x; <b c='1' c='2'/> <p:d/> <p:e/> &nbsp;</a>");
  REQUIRE(scan.findings.size() == 4);  // p is reported once
  CHECK(scan.findings[3].fixes == 1);
  CHECK(scan.findings[1].notes == 1);
  CHECK(Scan("<a>" + repeat("&x;", 1000) + "</a>").findings.size() == 20);
  CHECK(Scan("<a><b></a>&x;</b>").findings.size() == 1);
}

TEST_CASE("an undeclared prefix that everybody knows comes with its declaration") {
  const Scan scan("<a><zeebe:b/></a>");
  REQUIRE(scan.findings.size() == 1);
  CHECK(scan.findings[0].message.find("http://camunda.org/schema/zeebe/1.0") != std::string::npos);
  CHECK(scan.findings[0].fixes == 1);
}

TEST_CASE("control characters end the scan at once") {
  const Scan scan(std::string("<a b='\x01'>\x1B[31m</a>\0", 19));
  REQUIRE(scan.findings.size() == 3);
  CHECK(scan.findings[0].message.find("U+0001") != std::string::npos);
  CHECK(scan.findings[2].message.find("U+0000") != std::string::npos);
  CHECK(Scan("<a>\xEF\xBF\xBF</a>").findings.at(0).message.find("U+FFFF") != std::string::npos);
  CHECK(Scan("<a>\xEF\xBF\xBD</a>").findings.empty());
}

TEST_CASE("limits are errors, and costs stay linear below them") {
  formats::XmlLimits limits;
  limits.depth = 3;
  CHECK(Scan("<a><a><a/></a></a>", limits).facts.readable);
  CHECK(Scan("<a><a><a><a/></a></a></a>", limits).findings.at(0).code == "xml-limit");
  limits.attribute_bytes = 4;
  CHECK(Scan("<a b='1234'/>", limits).facts.readable);
  CHECK(Scan("<a b='12345'/>", limits).findings.at(0).covered == "b");
  limits.elements = 2;
  CHECK(Scan("<a><b/><b/></a>", limits).findings.at(0).message.find("more than 2") != std::string::npos);
  limits.name_bytes = 3;
  const Scan long_name("<abcd/>", limits);
  CHECK(long_name.facts.readable);
  CHECK(long_name.findings.at(0).severity == Severity::warning);

  std::string attributes, declarations;
  for (int i = 0; i < 16000; ++i) {
    attributes += " a" + std::to_string(i) + "='1'";
    declarations += " xmlns:n" + std::to_string(i) + "='urn:" + std::to_string(i) + "'";
  }
  CHECK(Scan("<a" + attributes + "/>").facts.readable);
  CHECK_FALSE(Scan("<a" + attributes + " a77=''/>").facts.readable);
  CHECK(Scan("<a" + declarations + ">" + repeat("<n0:b n1:c=''/>", 16000) + "</a>").facts.readable);
  CHECK_FALSE(Scan("<a " + repeat("b='' ", 20000) + "/>").facts.readable);
}

TEST_CASE("facts tell the root and what to reserve") {
  const Scan scan(
      "<?xml version='1.0'?><!-- x --><m:defs xmlns:m='urn:&#109;' id='1'><m:first/><second "
      "a='b'/></m:defs>");
  REQUIRE(scan.facts.readable);
  CHECK(scan.facts.root_name == "defs");
  CHECK(scan.facts.root_namespace == "urn:m");
  CHECK(scan.facts.first_child == "first");
  CHECK(scan.facts.elements == 3);
  CHECK(scan.facts.attributes == 3);
  CHECK(scan.text.substr(scan.facts.root_span.begin, 6) == "m:defs");
}
