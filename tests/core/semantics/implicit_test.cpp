// What begins, throws or waits without a token of its own on a flow: instantiating event-based gateways,
// compensation that nobody waits for, behaviors of multi-instance activities.
#include "tests/core/semantics/support.hpp"

using namespace weir;
using namespace weir::semantics;

TEST_CASE("an instantiating event-based gateway: one of its events begins the instance") {
  constexpr const char* sketch = R"(
    event-gateway g instantiate
    catch m message:M
    receive r
    catch t timer
    task a
    task b
    end e
    g > m > a > e
    g > r > b > e
    g > t > e
  )";
  play(sketch, R"(
    at p:flow m>a
    open work:a
    done a
    end completed
  )");
  const graph::ProcessGraph graph = test::graph_of(sketch);
  State state;
  Outcome outcome;
  start(graph, graph.find_node("r"), state, outcome);
  CHECK(marking(graph, state) == Marking{"p:flow r>b"});
  start(graph, graph.find_node("t"), state, outcome);
  CHECK(outcome.end == End::completed);
  CHECK(graph.instance_starts().size() == 3);
}

TEST_CASE("an instantiating event-based gateway, Parallel: the instance waits for all other events") {
  play(R"(
    event-gateway g instantiate parallel
    catch m message:M
    receive r
    catch t timer
    task a
    and j
    end e
    g > m > a > j > e
    g > r > j
    g > t > j
  )",
       R"(
    at p:flow g>r, p:flow g>t, p:flow m>a
    open work:a event:r event:t
    done a
    event t
    at p:flow a>j, p:flow g>r, p:flow t>j
    event r
    end completed
  )");
}

TEST_CASE("compensation that nobody waits for: the thrower goes on, its scope stays open for the handlers") {
  play(R"(
    start s
    task a
    task b
    task ua undo
    task ub undo
    boundary ca on a compensation
    boundary cb on b compensation
    throw t compensation no-wait
    task c
    end e
    s > a > b > t > c > e
    ca ~> ua
    cb ~> ub
  )",
       R"(
    done a
    done b
    at p:flow t>c, p:node t, p:node ub
    open work:c work:ub
    done c
    at p:node t, p:node ub
    done ub
    at p:node t, p:node ua
    done ua
    end completed
  )");
}

TEST_CASE("compensation that nobody waits for: nothing to compensate, and handlers that end first") {
  constexpr const char* sketch = R"(
    start s
    xor x
    task a
    task ua undo
    boundary ca on a compensation
    throw t compensation no-wait
    task c
    end e
    s > x > a > t > c > e
    x > t
    ca ~> ua
  )";
  play(sketch, R"(
    flows x t
    at p:flow t>c
    done c
    end completed
  )");
  play(sketch, R"(
    flows x a
    done a
    done ua
    at p:flow t>c
    done c
    end completed
  )");
}

TEST_CASE("an inclusive join does not wait for compensation that nobody waits for") {
  play(R"(
    start s
    task a
    task ua undo
    boundary ca on a compensation
    or o
    task b
    throw t compensation no-wait
    or j
    task c
    end e
    s > a > o > t > j > c > e
    o > b > j
    ca ~> ua
  )",
       R"(
    done a
    flows o t
    at p:flow j>c, p:node t, p:node ua
    done c
    done ua
    end completed
  )");
}

TEST_CASE("multi-instance behaviors throw errors, which end the activity, and escalations, which do not") {
  play(R"(
    start s
    task a mi-sequential none:escalation:E
    boundary be on a escalation:E
    task b
    task y
    end e
    s > a > b > e
    be > y > e
  )",
       R"(
    count a 2
    done a
    at p:flow be>y, p:node a, p:node a
    done a
    at p:flow a>b, p:flow be>y, p:flow be>y
  )");
  play(R"(
    start s
    task a mi one:error:E
    boundary be on a error:E
    task b
    task y
    end e
    s > a > b > e
    be > y > e
  )",
       R"(
    count a 2
    done a
    at p:flow be>y
    done y
    end completed
  )");
  play(R"(
    start s
    task a mi one:error:E
    end e
    s > a > e
  )",
       R"(
    count a 2
    done a
    end failed
  )");
}

TEST_CASE("multi-instance behavior that throws compensation: nobody waits for its handlers, the scope does") {
  play(R"(
    start s
    task t
    task ut undo
    boundary ct on t compensation
    task a mi complex complex:compensation:t
    end e
    s > t > a > e
    ct ~> ut
  )",
       R"(
    done t
    count a 2
    done a
    again a 4
    open work:ut
    done ut
    end completed
  )");
}

TEST_CASE(
    "multi-instance behavior Complex: what holds is thrown, the others are cancelled, one token goes on") {
  constexpr const char* sketch = R"(
    start s
    task a mi until complex:signal:S complex:escalation:E complex
    boundary bs on a signal:S
    boundary be on a escalation:E
    task b
    task x
    task y
    end e
    s > a > b > e
    bs > x > e
    be > y > e
  )";
  play(sketch, R"(
    count a 3
    open event:bs work:a work:a work:a
    done a
    again a no
    done a
    again a 2
    thrown a
    at p:flow a>b, p:flow bs>x
    done b
    done x
    end completed
  )");
  play(sketch, R"(
    count a 3
    done a
    again a 6
    at p:flow a>b, p:flow be>y, p:flow bs>x
  )");
  play(sketch, R"(
    count a 2
    done a
    again a 8
    thrown
    at p:flow a>b
  )");
  play(sketch, R"(
    count a 2
    done a
    again a yes
    thrown
    at p:flow a>b
  )");
}

TEST_CASE(
    "multi-instance behavior None without an event throws a signal without a name inside the instance") {
  play(R"(
    start s
    task a mi none:signal
    boundary b on a signal non-interrupting
    task x
    end e
    s > a > e
    b > x > e
  )",
       R"(
    count a 2
    done a
    thrown
    done x
    done a
    done x
    end completed
  )");
}
