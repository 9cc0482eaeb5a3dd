// Tokens that are moved from outside.
#include "tests/support/catch.hpp"
#include "tests/support/engine_room.hpp"

using namespace weir;
using test::EngineRoom;

namespace {

const std::string process =
    R"(<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
<process id="p" isExecutable="true">
<startEvent id="start"/><userTask id="a"/>
<subProcess id="sub"><startEvent id="in"/><userTask id="x"/><userTask id="y"/>
<sequenceFlow id="s1" sourceRef="in" targetRef="x"/><sequenceFlow id="s2" sourceRef="x" targetRef="y"/></subProcess>
<boundaryEvent id="late" attachedToRef="sub"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>
<userTask id="d"/><userTask id="each"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality>
</multiInstanceLoopCharacteristics></userTask>
<subProcess id="many"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>
<userTask id="inside"/></subProcess>
<parallelGateway id="fork"/><userTask id="l"/><userTask id="r"/><parallelGateway id="join"/><userTask id="after"/>
<sequenceFlow id="f1" sourceRef="start" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="sub"/>
<sequenceFlow id="f3" sourceRef="late" targetRef="d"/><sequenceFlow id="f4" sourceRef="sub" targetRef="each"/>
<sequenceFlow id="f5" sourceRef="each" targetRef="many"/><sequenceFlow id="f6" sourceRef="many" targetRef="fork"/>
<sequenceFlow id="f7" sourceRef="fork" targetRef="l"/><sequenceFlow id="f8" sourceRef="fork" targetRef="r"/>
<sequenceFlow id="f9" sourceRef="l" targetRef="join"/><sequenceFlow id="f10" sourceRef="r" targetRef="join"/>
<sequenceFlow id="f11" sourceRef="join" targetRef="after"/>
</process></definitions>)";

struct Moved {
  EngineRoom room;
  std::string id = room.start(room.add("p.bpmn", process))->instance;

  /// How it stands afterwards, or why it was not done.
  std::string move(std::vector<std::string> from, std::vector<std::string> to) {
    const auto done = room.batch([&] {
      return room.runtime->move({.instance = id, .from = from, .to = to, .why = "because", .by = "eva"});
    });
    const std::string now = room.standing(id), whole = room.whole(id);
    room.reopen();  // what is written down of it is all there is
    CHECK(room.whole(id) == whole);
    return done ? now : done.error().message;
  }
};

}  // namespace

TEST_CASE("a token that is moved into a sub-process opens it, with all that is armed there", "[execute]") {
  Moved moved;
  CHECK(moved.move({"a"}, {"y"}) == "waiting late, y");
  CHECK(moved.move({"y"}, {"x"}) == "waiting late, x");  // the same sub-process goes on
  CHECK(moved.move({"sub"}, {"x"}) == "waiting late, x#2");
  moved.room.clock.pass("PT2H");
  CHECK(*moved.room.fire_timers() == 1);
  CHECK(moved.room.standing(moved.id) == "waiting d");
  CHECK(moved.move({"d"}, {"sub"}) == "waiting late, x#3");
  CHECK(moved.room.complete(moved.id + "/x#3").has_value());
  CHECK(moved.room.complete(moved.id + "/y#2").has_value());
  CHECK(moved.room.standing(moved.id) == "waiting each, each#2");
}

TEST_CASE("scopes that are left empty end with the tokens that are moved", "[execute]") {
  Moved moved;
  CHECK(moved.move({"a"}, {"x"}) == "waiting late, x");
  CHECK(moved.move({"x"}, {"l", "r"}) == "waiting l, r");
  CHECK(moved.move({"r"}, {}) == "waiting l");
  CHECK(moved.move({"l"}, {"each"}) == "waiting each, each#2");
  CHECK(moved.move({"each"}, {"many"}) == "waiting inside, inside#2");
  CHECK(moved.move({"many"}, {"l"}) == "waiting l#2");
  CHECK(moved.room.complete(moved.id + "/l#2").has_value());
  CHECK(moved.room.standing(moved.id) == "incident join!deadlock");
  CHECK(moved.move({"join"}, {"after"}) == "waiting after");
  CHECK(moved.room.complete(moved.id + "/after")->status == execute::Status::completed);
}

TEST_CASE("what cannot be moved says why, and nothing happens", "[execute]") {
  Moved moved;
  const auto refused = [&](std::vector<std::string> from, std::vector<std::string> to) {
    const std::string before = moved.room.whole(moved.id);
    const std::string why = moved.move(std::move(from), std::move(to));
    CHECK(moved.room.whole(moved.id) == before);
    const std::string head = "'" + moved.id + "' cannot be moved so: ";
    return why.starts_with(head) ? why.substr(head.size()) : why;
  };
  CHECK(refused({"d"}, {"a"}) == "nothing is at 'd'");
  CHECK(refused({"a"}, {}) == "nothing would be left of the instance: cancel it instead");
  CHECK(refused({"a"}, {"late"}) == "'late' happens while 'sub' is under way: nothing enters it");
  CHECK(refused({"a"}, {"join"}) == "'join' waits for all that lead to it: begin at what follows it");
  CHECK(refused({"a"}, {"inside"}) == "'many' counts its instances: begin at it rather than inside of it");
  CHECK(refused({"a"}, {"aftr"}) == "'p' has no element 'aftr'; did you mean 'after'?");
  CHECK(moved.move({"a"}, {"many"}) == "waiting inside, inside#2");
  CHECK(refused({"inside"}, {"a"}) ==
        "'inside' is inside of 'many', which counts its instances: move that one as a whole");
}
