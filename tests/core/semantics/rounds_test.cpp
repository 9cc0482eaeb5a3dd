// Compensation of sub-processes with loop characteristics (13.5.5): each instance, each round by itself.
#include "tests/core/semantics/support.hpp"

using namespace weir::semantics;

namespace {

/// Books a room and a car in each round; `loop` as in a sketch.
std::string trips(const std::string& loop, const std::string& inside = "") {
  return R"(
    start s
    sub q )" +
         loop + R"(
      start qs
      task a
      boundary ca on a compensation
      task ua undo
      task b
      boundary cb on b compensation
      task ub undo
      end qe
      qs > a > b
      ca ~> ua
      cb ~> ub
)" + (inside.empty() ? "      b > qe\n" : inside) +
         R"(
    throw t compensation
    task z
    end e
    s > q > t > z > e
  )";
}

}  // namespace

TEST_CASE(
    "compensation: instances one after the other, the last one first, and in each the last task first") {
  play(trips("mi-sequential"), R"(
    count q 2
    done a
    done b
    done a
    done b
    open work:ub
    done ub
    open work:ua
    done ua
    open work:ub
    done ub
    open work:ua
    done ua
    at p:flow t>z
    done z
    end completed
  )");
}

TEST_CASE("compensation: instances at the same time, the one that was complete last first") {
  play(trips("mi"), R"(
    count q 3
    done a
    done a
    done b
    done b
    done a
    done b
    open work:ub
    done ub
    done ua
    done ub
    done ua
    done ub
    done ua
    at p:flow t>z
    done z
    end completed
  )");
}

TEST_CASE("compensation: instances that a completion condition has ended are not compensated") {
  play(trips("mi until"), R"(
    count q 2
    done a
    done b
    again q yes
    open work:ub
    done ub
    done ua
    at p:flow t>z
    done z
    end completed
  )");
}

TEST_CASE("compensation: rounds of a loop") {
  const char* undone = R"(
    open work:ub
    done ub
    done ua
    done ub
    done ua
    at p:flow t>z
    done z
    end completed
  )";
  play(trips("loop max:2"), std::string("done a\n done b\n again q yes\n done a\n done b\n") + undone);
  play(trips("loop"), std::string("done a\n done b\n again q yes\n done a\n done b\n again q no\n") + undone);
  play(trips("loop-before"),
       std::string("again q yes\n done a\n done b\n again q yes\n done a\n done b\n again q no\n") + undone);
}

TEST_CASE("compensation inside of a round is of this round only") {
  const std::string throws = "      throw c compensation\n      b > c > qe\n";
  const char* round = "done a\n done b\n open work:ub\n done ub\n done ua\n";
  play(trips("loop max:2", throws),
       std::string(round) + "again q yes\n" + round + "at p:flow t>z\n done z\n end completed");
  play(trips("mi-sequential", throws),
       std::string("count q 2\n") + round + round + "at p:flow t>z\n done z\n end completed");
}

TEST_CASE("compensation: a loop that still runs is not compensated, one that is interrupted leaves nothing") {
  const char* model = R"(
    start s
    and f
    sub q mi-sequential
      start qs
      task a
      boundary ca on a compensation
      task ua undo
      end qe
      qs > a > qe
      ca ~> ua
    boundary x on q timer
    task w
    throw t compensation
    task v
    throw u compensation
    end e
    end e2
    end e3
    s > f
    f > q > e
    f > w > t > v > u > e2
    x > e3
  )";
  play(model, "count q 2\n done a\n done w\n at p/q:node a, p:flow t>v, p:node q, p:node q");
  play(model, "count q 2\n done a\n event x\n done w\n done v\n end completed");
  play(model, "count q 2\n done a\n done w\n done a\n done v\n done ua\n done ua\n end completed");
}

TEST_CASE("compensation: an event sub-process compensates each instance") {
  const char* model = R"(
    start s
    sub q mi-sequential
      start qs
      task a
      end qe
      event-sub h
        start hs compensation
        task ua
        end he
        hs > ua > he
      qs > a > qe
    throw t compensation
    task z
    end e
    s > q > t > z > e
  )";
  play(model,
       "count q 2\n done a\n done a\n open work:ua\n done ua\n open work:ua\n done ua\n at p:flow t>z\n done "
       "z\n end completed");
}

TEST_CASE("compensation: a handler of the looping activity itself is called once") {
  const char* model = R"(
    start s
    sub q mi
      start qs
      task a
      boundary ca on a compensation
      task ua undo
      end qe
      qs > a > qe
      ca ~> ua
    boundary cq on q compensation
    task uq undo
    throw t compensation
    task z
    end e
    s > q > t > z > e
    cq ~> uq
  )";
  play(model,
       "count q 2\n done a\n done a\n open work:uq\n done uq\n at p:flow t>z\n done z\n end completed");
}
