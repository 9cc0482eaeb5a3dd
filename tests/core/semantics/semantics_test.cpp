// What chapter 13 says, construct by construct. A case is a sketch and a script.
#include "tests/core/semantics/support.hpp"

using namespace weir;
using namespace weir::semantics;

TEST_CASE("a sequence of tasks runs to its end") {
  play(R"(
    start s
    task a
    task b
    end e
    s > a > b > e
  )",
       R"(
    at p:flow s>a
    done a
    at p:flow a>b
    done b
    end completed
  )");
}

TEST_CASE("exclusive gateway asks, its merge does not") {
  play(R"(
    start s
    xor x
    task a
    task b
    xor m
    task c
    end e
    s > x > a > m > c > e
    x > b > m
  )",
       R"(
    at p:flow s>x
    flows x b
    at p:flow x>b
    done b
    at p:flow m>c
    done c
    end completed
  )");
}

TEST_CASE("parallel gateways split and wait") {
  play(R"(
    start s
    and g
    task a
    task b
    and j
    end e
    s > g > a > j > e
    g > b > j
  )",
       R"(
    at p:flow g>a, p:flow g>b
    done a
    at p:flow a>j, p:flow g>b
    end running
    done b
    end completed
  )");
}

TEST_CASE("inclusive join waits exactly for what can still come") {
  const char* model = R"(
    start s
    or g
    task a
    task b
    task c
    or j
    task d
    end e
    s > g > a > j > d > e
    g > b > j
    g > c > j
  )";
  play(model, R"(
    flows g a c
    done c
    at p:flow c>j, p:flow g>a
    done a
    at p:flow j>d
    done d
    end completed
  )");
  play(model, R"(
    flows g b
    done b
    at p:flow j>d
  )");
}

TEST_CASE("inclusive join is looked at again when a token dies elsewhere") {
  // The path of camunda#19460: b leaves by its error boundary event to an end; j must then fire.
  play(R"(
    start s
    and g
    task a
    task b
    boundary x on b error:E
    or j
    task d
    end e
    end e2
    s > g > a > j > d > e
    g > b > j
    x > e2
  )",
       R"(
    done a
    at p:flow a>j, p:node b
    error b E
    at p:flow j>d
    done d
    end completed
  )");
}

TEST_CASE("two inclusive joins in front of each other wait for ever") {
  play(R"(
    start s
    and g
    or j
    or k
    task a
    task b
    xor x
    xor y
    end e
    end f
    s > g > j > a > x > e
    x > k
    g > k > b > y > f
    y > j
  )",
       R"(
    at p:flow g>j, p:flow g>k
    end running
    open
  )");
}

TEST_CASE("event-based gateway: one event wins") {
  play(R"(
    start s
    event-gateway g
    catch m message:M
    receive r
    catch t timer
    end e
    s > g > m > e
    g > r > e
    g > t > e
  )",
       R"(
    at p:flow s>g
    open event:m event:r event:t
    event t
    end completed
  )");
}

TEST_CASE("interrupting boundary event cancels its host") {
  play(R"(
    start s
    task a
    boundary t on a timer
    task b
    end e
    s > a > e
    t > b > e
  )",
       R"(
    at p:node a
    open work:a event:t
    event t
    at p:flow t>b
    done b
    end completed
  )");
}

TEST_CASE("non-interrupting boundary event happens as often as it likes") {
  play(R"(
    start s
    user a
    boundary t on a timer non-interrupting
    task b
    end e
    s > a > e
    t > b > e
  )",
       R"(
    event t
    event t
    at p:flow t>b, p:flow t>b, p:node a
    done a
    open work:b work:b
    done b
    done b
    end completed
  )");
}

TEST_CASE("sub-process completes when its last token ends, and its boundary events then vanish") {
  play(R"(
    start s
    sub q
      start qs
      and g
      task a
      task b
      end e1
      end e2
      qs > g > a > e1
      g > b > e2
    boundary t on q message:M
    end e
    end f
    s > q > e
    t > f
  )",
       R"(
    at p/q:flow g>a, p/q:flow g>b, p:node q
    done b
    done a
    end completed
  )");
}

TEST_CASE("errors find the nearest catcher, an exact code first") {
  const char* model = R"(
    start s
    sub q
      start qs
      xor x
      end ea error:A
      end eb error:B
      qs > x > ea
      x > eb
    boundary any on q error
    boundary a on q error:A
    task ta
    task tany
    end e
    s > q > e
    a > ta > e
    any > tany > e
  )";
  play(model, "flows x ea\n at p:flow a>ta");
  play(model, "flows x eb\n at p:flow any>tany");
  play(R"(
    start s
    service a
    end e
    s > a > e
  )",
       "error a X\n end failed");
}

TEST_CASE("error event sub-process replaces the rest of its scope") {
  play(R"(
    start s
    sub q
      start qs
      and g
      service a
      service b
      end e1
      event-sub h
        start hs error:E
        task c
        end he
        hs > c > he
      qs > g > a > e1
      g > b > e1
    end e
    s > q > e
  )",
       R"(
    error a E
    at p/q/h:flow hs>c, p/q:node h, p:node q
    open work:c
    done c
    end completed
  )");
}

TEST_CASE("event sub-process by message, not interrupting, keeps the scope open") {
  play(R"(
    start s
    task a
    end e
    event-sub h
      start hs message:M non-interrupting
      task c
      end he
      hs > c > he
    s > a > e
  )",
       R"(
    event hs
    done a
    end running
    open event:hs work:c
    done c
    end completed
  )");
}

TEST_CASE("terminate ends its own scope only") {
  play(R"(
    start s
    sub q
      start qs
      and g
      task a
      end e1 terminate
      task b
      end e2
      qs > g > a > e1
      g > b > e2
    task c
    end e
    s > q > c > e
  )",
       R"(
    done a
    at p:flow q>c
    done c
    end completed
  )");
  play(R"(
    start s
    and g
    task a
    task b
    end e1 terminate
    end e2
    s > g > a > e1
    g > b > e2
  )",
       "done a\n end terminated");
}

TEST_CASE("signals reach the catchers of the same instance before the thrower goes on") {
  play(R"(
    start s
    sub q
      start qs
      throw x signal:S
      task a
      end qe
      qs > x > a > qe
    boundary b on q signal:S
    task c
    end e
    s > q > e
    b > c > e
  )",
       "at p:flow b>c\n done c\n end completed");
}

TEST_CASE("link events jump inside their scope") {
  play(R"(
    start s
    throw t link:L
    catch c link:L
    task a
    end e
    s > t
    c > a > e
  )",
       "at p:flow c>a\n done a\n end completed");
}

TEST_CASE("standard loop: before, after, maximum") {
  play(R"(
    start s
    task a loop
    end e
    s > a > e
  )",
       "open work:a\n done a\n again a yes\n done a\n again a no\n end completed");
  play(R"(
    start s
    task a loop-before
    end e
    s > a > e
  )",
       "again a no\n end completed");
  play(R"(
    start s
    task a loop max:2
    end e
    s > a > e
  )",
       "done a\n again a yes\n done a\n end completed");
}

TEST_CASE("multi-instance: parallel, sequential, zero, completion condition") {
  play(R"(
    start s
    task a mi
    end e
    s > a > e
  )",
       "count a 2\n at p:node a, p:node a, p:node a\n done a\n end running\n done a\n end completed");
  play(R"(
    start s
    task a mi-sequential
    end e
    s > a > e
  )",
       "count a 2\n open work:a\n done a\n open work:a\n done a\n end completed");
  play(R"(
    start s
    task a mi
    end e
    s > a > e
  )",
       "count a 0\n end completed");
  play(R"(
    start s
    sub q mi until
      start qs
      task a
      end qe
      qs > a > qe
    boundary t on q timer
    end e
    s > q > e
    t > e
  )",
       "count q 3\n done a\n again q no\n done a\n again q yes\n end completed");
}

TEST_CASE("conditional flows leave an activity like an inclusive split") {
  play(R"(
    start s
    task a
    task b
    task c
    end e
    s > a > b [if] > e
    a > c [if] > e
  )",
       "done a\n at p:exit a\n flows a b c\n at p:flow a>b, p:flow a>c");
}

TEST_CASE("a loop without any wait state ends as runaway") {
  Game game(R"(
    start s
    xor m
    throw t
    end e
    s > m > t > m
  )");
  CHECK(game.outcome.end == End::runaway);
}

TEST_CASE("stale answers are ignored") {
  Game game(R"(
    start s
    task a
    boundary t on a timer
    end e
    s > a > e
    t > e
  )");
  const Question work = game.open[0].ask == Ask::work ? game.open[0] : game.open[1];
  game.line("event t");
  answer(game.graph, work, {}, game.state, game.outcome);
  CHECK(game.outcome.end == End::running);
  CHECK(game.outcome.opened.empty());
}

TEST_CASE("a decision entered at once is never an exit, also where it is an implicit start") {
  play(R"(
    sub q
      xor x
      task a
      task b
      x > a
      x > b
  )",
       "at p/q:node x, p:node q\n flows x a\n at p/q:flow x>a, p:node q");
}

TEST_CASE("an event sub-process without start event never starts") {
  play(R"(
    task a
    event-sub h
      catch c message:M
  )",
       "open work:a\n done a\n end completed");
}

TEST_CASE("an error inside an interrupting event sub-process is not caught beside it") {
  const char* model = R"(
    start s
    sub q
      start qs
      service a
      event-sub h
        start hs error:E
        service b
        hs > b
      event-sub k
        start ks error
        task c
        ks > c
      qs > a
    boundary x on q error
    task d
    s > q
    x > d
  )";
  play(model, "error a E\n at p/q/h:flow hs>b, p/q:node h, p:node q\n error b E\n at p:flow x>d");
}

TEST_CASE("a link throw event can be an implicit start, its catch event cannot") {
  play(R"(
    throw t link:L
    catch c link:L
    task a
    c > a
  )",
       "at p:flow c>a");
}

TEST_CASE("an error boundary event interrupts even when the file says otherwise") {
  play(R"(
    start s
    service a
    boundary x on a error non-interrupting
    task b
    end e
    s > a > e
    x > b > e
  )",
       "error a\n at p:flow x>b\n done b\n end completed");
}

TEST_CASE("an inclusive join does not fire again before its first choice is made") {
  // Two tokens on x>j; after the first one the way back to j is open until j has chosen.
  play(R"(
    start s
    and g
    xor x
    or j
    task a
    end e
    s > g > x > j > e
    g > x
    j > a > j
  )",
       R"(
    at p:exit j, p:flow x>j
    flows j a
    at p:flow j>a, p:flow x>j
    done a
    at p:exit j
    flows j e
    end completed
  )");
}

TEST_CASE("a signal reaches outer catchers first, however their slots lie") {
  const char* model = R"(
    start s
    and g
    task a
    task b
    task c
    sub q
      catch k signal:S
    boundary x on q signal:S
    task y
    task z
    task d
    throw t signal:S
    s > g > a
    g > b
    g > c > q > z
    g > d > t
    x > y
  )";
  play(model, "done a\n done b\n done c\n done d\n at p:flow x>y");
  play(model, "done b\n done a\n done c\n done d\n at p:flow x>y");
}

TEST_CASE("activities without incoming flow begin beside a start event, but not in models for an engine") {
  const test::Sketch sketch = test::parse_sketch(R"(
    start s
    task a
    xor x
    task undo
    task b
    boundary c on b compensation
    end e
    s > b > e
    a > e
    x > e
    c ~> undo
  )");
  model::Definitions definitions = test::definitions_of(sketch);
  Diagnostics problems;
  const auto begins = [&](model::Dialect dialect) {
    definitions.dialect = dialect;
    const ProcessGraph graph = graph::compile(definitions, model::ProcessIndex{0}, problems);
    State state;
    Outcome outcome;
    start(graph, graph.instance_starts().at(0), state, outcome);
    return marking(graph, state);
  };
  CHECK(begins(model::Dialect::omg) == Marking{"p:node a", "p:node b"});
  CHECK(begins(model::Dialect::camunda7) == Marking{"p:node b"});
}

TEST_CASE("an event that a worker throws is work, but no activity") {
  model::Definitions definitions = test::definitions_of(test::parse_sketch(R"(
    start s
    task b
    throw t message:M
    end e
    adhoc h
      throw note message:N
      task look
    boundary x on b error
    s > b > h > e
    t > e
    x > e
  )"));
  for (model::FlowNode& each : definitions.nodes)
    if (each.kind == model::ElementKind::intermediate_throw_event) each.work.job_type = "mail";
  definitions.dialect = model::Dialect::omg;
  Diagnostics problems;
  const ProcessGraph graph = graph::compile(definitions, model::ProcessIndex{0}, problems);
  CHECK(problems.empty());
  CHECK(graph[graph.find_node("note")].works);
  CHECK_FALSE(graph[graph.find_node("note")].activity);
  CHECK(graph[graph.find_node("look")].activity);
  State state;
  Outcome outcome;
  start(graph, graph.instance_starts().at(0), state, outcome);
  CHECK(marking(graph, state) == Marking{"p:node b"});  // not t: only activities begin beside a start event
}

TEST_CASE("inclusive joins that feed each other without any wait state end as runaway") {
  Game game(R"(
    start s
    or b
    or c
    xor x
    end e
    s > x > b
    x > c
    x > e
    b > c
    c > b
  )");
  game.line("flows x b");
  CHECK(game.outcome.end == End::runaway);
}
