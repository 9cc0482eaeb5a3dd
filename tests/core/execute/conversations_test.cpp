// Messages that instances throw without a key find whom they are for, also after a crash and a checkpoint.
#include <algorithm>

#include "tests/support/catch.hpp"
#include "tests/support/engine_room.hpp"

using namespace weir;
using test::EngineRoom;

namespace {

constexpr const char* trade = R"(<?xml version="1.0"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">
  <message id="ask" name="ask"/><message id="answer" name="answer"/><message id="thanks" name="thanks"/>
  <process id="buyer" isExecutable="true">
    <startEvent id="bs"/>
    <intermediateThrowEvent id="asks"><messageEventDefinition messageRef="ask"/></intermediateThrowEvent>
    <userTask id="wait"/>
    <receiveTask id="hear" messageRef="answer"/>
    <sendTask id="thank" messageRef="thanks"/>
    <endEvent id="be"/>
    <sequenceFlow id="f1" sourceRef="bs" targetRef="asks"/><sequenceFlow id="f2" sourceRef="asks" targetRef="wait"/>
    <sequenceFlow id="f3" sourceRef="wait" targetRef="hear"/><sequenceFlow id="f4" sourceRef="hear" targetRef="thank"/>
    <sequenceFlow id="f5" sourceRef="thank" targetRef="be"/>
  </process>
  <process id="seller" isExecutable="true">
    <startEvent id="asked"><messageEventDefinition messageRef="ask"/></startEvent>
    <userTask id="think"/>
    <callActivity id="speak" calledElement="voice"/>
    <receiveTask id="thanked" messageRef="thanks"/>
    <endEvent id="se"/>
    <sequenceFlow id="g1" sourceRef="asked" targetRef="think"/><sequenceFlow id="g2" sourceRef="think" targetRef="speak"/>
    <sequenceFlow id="g3" sourceRef="speak" targetRef="thanked"/><sequenceFlow id="g4" sourceRef="thanked" targetRef="se"/>
  </process>
  <process id="voice" isExecutable="true">
    <startEvent id="vs"/><sendTask id="say" messageRef="answer"/><endEvent id="ve"/>
    <sequenceFlow id="h1" sourceRef="vs" targetRef="say"/><sequenceFlow id="h2" sourceRef="say" targetRef="ve"/>
  </process>
</definitions>)";

}  // namespace

TEST_CASE("an answer goes to the instance that has asked, thanks to the one that has answered", "[execute]") {
  // A checkpoint after each batch, or none at all.
  const std::uint64_t checkpoint = GENERATE(std::uint64_t{1}, std::uint64_t{16} << 20u);
  CAPTURE(checkpoint);
  EngineRoom room(checkpoint);
  const std::string definition = room.add("trade.bpmn", trade);
  std::vector<std::string> buyers;
  for (int i = 0; i < 3; ++i) {
    buyers.push_back(room.start(definition, {}, {}, "buyer")->instance);
    room.reopen();
  }
  const std::vector<std::string> sellers{"seller-2", "seller-4", "seller-6"};
  REQUIRE(buyers == std::vector<std::string>{"buyer-1", "buyer-3", "buyer-5"});
  // Everybody waits; the last seller is first.
  for (const std::string& each : buyers) REQUIRE(room.complete(each + "/wait").has_value());
  for (std::size_t i = 3; i-- > 0;) {
    room.reopen();
    REQUIRE(room.complete(sellers[i] + "/think").has_value());
    for (std::size_t j = 0; j < 3; ++j) {
      CHECK(room.standing(buyers[j]) == (j < i ? "waiting hear" : "completed"));
      CHECK(room.standing(sellers[j]) == (j < i ? "waiting think" : "completed"));
    }
  }
}

TEST_CASE("an answer waits for the instance that has asked, and for nobody else", "[execute]") {
  const std::uint64_t checkpoint = GENERATE(std::uint64_t{1}, std::uint64_t{16} << 20u);
  CAPTURE(checkpoint);
  EngineRoom room(checkpoint);
  const std::string definition = room.add("trade.bpmn", trade);
  for (int i = 0; i < 2; ++i) REQUIRE(room.start(definition, {}, {}, "buyer").has_value());
  REQUIRE(room.complete("buyer-1/wait").has_value());
  REQUIRE(room.complete("seller-4/think").has_value());
  room.reopen();
  CHECK(room.standing("buyer-1") == "waiting hear");
  CHECK(room.standing("buyer-3") == "waiting wait");
  REQUIRE(room.complete("buyer-3/wait").has_value());
  CHECK(room.standing("buyer-3") == "completed");
  CHECK(room.standing("seller-4") == "completed");
  CHECK(room.standing("buyer-1") == "waiting hear");
}

TEST_CASE("an answer to an instance that is gone reaches nobody else", "[execute]") {
  EngineRoom room;
  const std::string definition = room.add("trade.bpmn", trade);
  for (int i = 0; i < 2; ++i) REQUIRE(room.start(definition, {}, {}, "buyer").has_value());
  REQUIRE(room.complete("buyer-1/wait").has_value());
  REQUIRE(room.batch([&] { return room.runtime->cancel("buyer-3", ""); }).has_value());
  REQUIRE(room.complete("seller-4/think").has_value());
  CHECK(room.standing("buyer-1") == "waiting hear");
}

TEST_CASE("when several wait and nobody is known, nobody gets it until somebody says who", "[execute]") {
  const std::uint64_t checkpoint = GENERATE(std::uint64_t{1}, std::uint64_t{16} << 20u);
  CAPTURE(checkpoint);
  EngineRoom room(checkpoint);
  const std::string definition = room.add("trade.bpmn", trade);
  for (int i = 0; i < 2; ++i) REQUIRE(room.start(definition, {}, {}, "buyer").has_value());
  REQUIRE(room.complete("buyer-1/wait").has_value());
  REQUIRE(room.complete("buyer-3/wait").has_value());
  room.runtime->told();
  REQUIRE(room.start(definition, {}, {}, "voice").has_value());
  std::string said;
  for (const auto& told : room.runtime->told())
    for (const Diagnostic& each : told.notes.list()) said += each.message;
  CHECK(said.starts_with("2 instances wait for message 'answer' of 'voice-5' ('buyer-1', 'buyer-3')"));
  // Nor does one that begins to wait now.
  REQUIRE(room.start(definition, {}, {}, "buyer").has_value());
  REQUIRE(room.complete("buyer-7/wait").has_value());
  for (const char* buyer : {"buyer-1", "buyer-3", "buyer-7"}) CHECK(room.standing(buyer) == "waiting hear");
  room.reopen();
  const auto kept = [&] {
    REQUIRE(room.runtime->begin().has_value());
    const auto messages = room.runtime->kept_messages(false);
    room.runtime->abandon();
    return std::count_if(messages->begin(), messages->end(),
                         [](const execute::KeptMessage& each) { return each.name == "answer"; });
  };
  CHECK(kept() == 1);
  REQUIRE(room.batch([&] { return room.runtime->message({.name = "answer", .instance = "buyer-3"}); })
              .has_value());
  CHECK(room.standing("buyer-3") == "completed");
  CHECK(room.standing("buyer-1") == "waiting hear");
  CHECK(kept() == 0);
}
