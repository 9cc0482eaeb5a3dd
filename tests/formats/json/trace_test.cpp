#include "formats/json/trace.hpp"

#include "tests/support/catch.hpp"

using namespace weir;

TEST_CASE("traces are read as they are written, alone or inside an output") {
  const std::vector<TraceStep> steps{{"p", "s", "start", ""}, {"p", "g", "flows", "a b"}};
  formats::json::Writer json;
  formats::json::write_trace(json, steps);
  const std::string text(json.text());
  for (const std::string& whole :
       {text, "{\"schema\":\"weir.trace/1\",\"steps\":" + text + "}", "{\"witness\":" + text + "}"}) {
    const auto read = formats::json::read_trace(whole);
    REQUIRE(read);
    CHECK(*read == steps);
  }
  CHECK(formats::json::read_trace("3").error().message ==
        "this is no weir.trace/1: an array of steps is missing");
  CHECK(formats::json::read_trace("[3]").error().message == "step 1 of the trace is no object");
  CHECK(formats::json::read_trace("[{\"scope\":\"p\"}]").error().message ==
        "step 1 of the trace has no text \"element\"");
}
