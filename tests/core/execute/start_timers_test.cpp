// Timers of start events: armed by deployment, as durable as instances, each occurrence begins one instance.
#include "tests/support/catch.hpp"
#include "tests/support/engine_room.hpp"

using namespace weir;
using test::EngineRoom;
using test::MemoryDisk;

namespace {

std::string process(const std::string& timer) {
  return R"(<?xml version="1.0"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"
targetNamespace="t"><process id="p" isExecutable="true"><startEvent id="s"/>
<startEvent id="t"><timerEventDefinition>)" +
         timer + R"(</timerEventDefinition></startEvent>
<sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="t" targetRef="a"/>
<userTask id="a"/></process></definitions>)";
}

std::string cycle(const std::string& text) {
  return process("<timeCycle>" + text + "</timeCycle>");
}

std::size_t instances(EngineRoom& room) {
  std::size_t count = 0;
  REQUIRE(room.runtime->begin().has_value());
  REQUIRE(room.store
              ->each([&](const execute::Record& record) {
                count += is_instance(record) ? 1u : 0u;
                return true;
              })
              .has_value());
  room.runtime->abandon();
  return count;
}

}  // namespace

TEST_CASE("what timers of start events have missed is made up for once", "[execute]") {
  for (const std::uint64_t checkpoint_bytes : {std::uint64_t{1}, std::uint64_t{16} << 20u}) {
    EngineRoom room(checkpoint_bytes);
    const std::string first = room.add("1.bpmn", cycle("R5/PT10M"));
    CHECK(*room.arm(first) == 1);
    room.clock.pass("PT9M");
    CHECK(*room.fire_timers() == 0);
    CHECK(*room.arm(first) == 1);  // nothing new: it is due when it was
    room.clock.pass("PT26M");
    room.reopen();
    CHECK(*room.fire_timers() == 1);  // 10, 20 and 30 minutes
    CHECK(*room.fire_timers() == 0);
    CHECK(instances(room) == 1);
    CHECK(room.standing("p-2") == "waiting a");
    CHECK(room.trace("p-2") == "t");
    room.clock.pass("PT5M");
    CHECK(*room.fire_timers() == 1);  // it goes on in its own rhythm: 40 minutes
    room.clock.pass("P1D");
    CHECK(*room.fire_timers() == 1);
    CHECK(*room.arm(first) == 0);
    room.clock.pass("P1D");
    CHECK(*room.fire_timers() == 0);
    // Another version begins anew, and takes the place of the one before.
    CHECK(*room.arm(room.add("2.bpmn", cycle("R/PT10M"))) == 1);
    CHECK(*room.arm(room.add("3.bpmn", process("<timeDuration>PT1H</timeDuration>"))) == 1);
    room.clock.pass("P1D");
    room.reopen();
    CHECK(*room.fire_timers() == 1);
    CHECK(*room.fire_timers() == 0);
    CHECK(instances(room) == 4);
  }
}

TEST_CASE("a start of an instance by hand arms no timers", "[execute]") {
  EngineRoom room;
  const std::string first = room.add("1.bpmn", cycle("R/PT1H"));
  CHECK(room.start(first).has_value());
  room.clock.pass("P1D");
  CHECK(*room.fire_timers() == 0);
  CHECK(*room.arm(first) == 1);
  CHECK(room.start(room.add("2.bpmn", cycle("R/PT10M"))).has_value());
  room.clock.pass("PT1H");
  CHECK(*room.fire_timers() == 1);
}

TEST_CASE("of a repetition with a date only what is not past happens", "[execute]") {
  const auto armed = [](const std::string& text) {
    EngineRoom room;
    const std::string sha = room.add("1.bpmn", cycle(text));
    REQUIRE(room.runtime->begin().has_value());
    Diagnostics notes;
    feel::Workspace workspace;
    const auto waits = execute::start_timer_waits(**room.find(sha, "p"), room.clock.now(), workspace, notes);
    room.runtime->abandon();
    CHECK(notes.size() == (waits.empty() ? 1 : 0));
    return waits.empty() ? std::string("nothing")
                         : execute::instant_text(waits[0].due) + " " + std::to_string(waits[0].repeats);
  };
  CHECK(armed("R5/2026-11-26T10:00:00Z/P1D") == "2026-11-26T10:00:00Z 4");
  CHECK(armed("R5/2026-11-23T10:00:00Z/P1D") == "2026-11-25T10:00:00Z 2");
  CHECK(armed("R3/2026-11-23T10:00:00Z/P1D") == "2026-11-25T10:00:00Z 0");
  CHECK(armed("R2/2026-11-23T10:00:00Z/P1D") == "nothing");
  CHECK(armed("R2/2026-11-24T09:00:00Z/P1D") == "nothing");  // this very moment is past as well
  CHECK(armed("R/2000-01-31T09:00:00Z/PT0.5S") == "2026-11-25T09:00:00.500Z -1");
  CHECK(armed("R9/2026-09-10T00:00:00Z/P1M") == "2026-12-10T00:00:00Z 5");
  CHECK(armed("R0/PT1H") == "nothing");
}

TEST_CASE("each occurrence of a start timer begins one instance, whatever is killed when", "[execute]") {
  for (const std::uint64_t checkpoint_bytes : {std::uint64_t{1}, std::uint64_t{16} << 20u})
    for (std::uint64_t n = 1; n <= 40; ++n) {
      CAPTURE(n, checkpoint_bytes);
      EngineRoom room(checkpoint_bytes);
      const std::string sha = room.add("1.bpmn", cycle("R3/PT1H"));
      bool armed = false;
      room.disk.kill_after(n, n % 2 == 0 ? MemoryDisk::Moment::during : MemoryDisk::Moment::after);
      try {
        armed = room.arm(sha).has_value();
        room.clock.pass("PT1H");
        (void)room.fire_timers();
      } catch (const test::Killed&) {
      }
      room.disk.crash();
      room.reopen();
      if (!armed) {  // whoever was not told does it again; then the hours count from now
        REQUIRE(room.arm(sha).has_value());
      }
      for (int hour = 0; hour < 5; ++hour, room.clock.pass("PT1H")) REQUIRE(room.fire_timers().has_value());
      CHECK(instances(room) == 3);
    }
}

namespace {

/// As `weir timer arm` and `disarm`; how many timers there are, or -1 when it changes nothing.
int set_armed(EngineRoom& room, bool armed) {
  REQUIRE(room.runtime->begin().has_value());
  const auto set = room.runtime->set_armed("p", armed, "ann");
  REQUIRE(set.has_value());
  REQUIRE(room.runtime->commit().has_value());
  return set->changed ? static_cast<int>(set->timers.waits.size()) : -1;
}

}  // namespace

TEST_CASE("disarmed timers of start events start nothing until somebody arms them", "[execute]") {
  for (const std::uint64_t checkpoint_bytes : {std::uint64_t{1}, std::uint64_t{16} << 20u}) {
    EngineRoom room(checkpoint_bytes);
    CHECK(*room.arm(room.add("1.bpmn", cycle("R/PT1H"))) == 1);
    CHECK(set_armed(room, false) == 1);
    CHECK(set_armed(room, false) == -1);
    room.clock.pass("PT90M");
    room.reopen();
    CHECK(*room.fire_timers() == 0);
    // Nor does a newer version, whoever deploys it.
    const std::string second = room.add("2.bpmn", cycle("R/PT20M"));
    CHECK(*room.arm(second) == 1);
    room.clock.pass("PT50M");
    CHECK(*room.fire_timers() == 0);
    CHECK(set_armed(room, true) == 1);
    CHECK(set_armed(room, true) == -1);
    room.reopen();
    CHECK(*room.fire_timers() == 0);  // what has passed meanwhile was not wanted
    room.clock.pass("PT10M");
    CHECK(*room.fire_timers() == 1);
    // A date that passes meanwhile is gone for good.
    CHECK(*room.arm(room.add("3.bpmn", process("<timeDuration>PT1H</timeDuration>"))) == 1);
    CHECK(set_armed(room, false) == 1);
    room.clock.pass("P1D");
    CHECK(set_armed(room, true) == 0);
    CHECK(*room.fire_timers() == 0);
    CHECK(instances(room) == 1);
  }
}
