// The reference itself, on models whose verdicts can be reasoned by hand. Each row: the model, then what
// holds, in words.
#include "tests/reference/token_game.hpp"

#include "tests/support/catch.hpp"

using namespace weir;

namespace {

std::string in_words(const reference::Verdicts& verdicts) {
  std::string words;
  if (!verdicts.complete) words += "limit ";
  words += verdicts.safe ? "safe" : "unsafe";
  words += verdicts.no_deadlock ? "" : " deadlock";
  words += verdicts.option_to_complete ? "" : " incompletable";
  words += verdicts.proper_completion ? "" : " improper";
  for (const std::string& node : verdicts.dead) words += " dead:" + node;
  return words;
}

struct Row {
  const char* name;
  const char* model;
  const char* verdicts;
};

const Row rows[] = {
    {"a sequence", R"(
       start s
       task a
       end e
       s > a > e)",
     "safe"},
    {"a loop without exit never ends and never stops", R"(
       start s
       xor m
       task a
       xor x
       task b
       s > m > a > x > b > m)",
     "safe incompletable"},
    {"a loop with an exit", R"(
       start s
       xor m
       task a
       xor x
       end e
       s > m > a > x > e
       x > m)",
     "safe"},
    {"exclusive split, parallel join", R"(
       start s
       xor x
       task a
       task b
       and j
       end e
       s > x > a > j > e
       x > b > j)",
     "safe deadlock incompletable dead:e dead:j"},
    {"parallel split, exclusive merge", R"(
       start s
       and g
       task a
       task b
       xor m
       task c
       end e
       s > g > a > m > c > e
       g > b > m)",
     "unsafe improper"},
    {"parallel split and two ends", R"(
       start s
       and g
       task a
       end e
       end f
       s > g > a > e
       g > f)",
     "safe"},
    {"parallel split into one end", R"(
       start s
       and g
       task a
       task b
       end e
       s > g > a > e
       g > b > e)",
     "safe improper"},
    {"parallel block", R"(
       start s
       and g
       task a
       task b
       and j
       end e
       s > g > a > j > e
       g > b > j)",
     "safe"},
    {"a loop back into a parallel branch can fill a flow without bound", R"(
       start s
       xor m
       and g
       task a
       end e
       s > m > g > a > e
       g > m)",
     "limit unsafe improper"},
    {"inclusive block", R"(
       start s
       or g
       task a
       task b
       task c
       or j
       end e
       s > g > a > j > e
       g > b > j
       g > c > j)",
     "safe"},
    {"inclusive split, parallel join", R"(
       start s
       or g
       task a
       task b
       and j
       end e
       s > g > a > j > e
       g > b > j)",
     "safe deadlock incompletable"},
    {"two inclusive joins wait for each other", R"(
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
       y > j)",
     "safe deadlock incompletable dead:a dead:b dead:e dead:f dead:j dead:k dead:x dead:y"},
    {"terminate hides a branch that would never end", R"(
       start s
       and g
       task a
       xor m
       task b
       end e terminate
       s > g > a > e
       g > m > b > m)",
     "safe"},
    {"terminate ends its sub-process only", R"(
       start s
       sub q
         start qs
         and g
         xor x
         task a
         and j
         end qe terminate
         end qf
         qs > g > x > qe
         x > a > j > qf
         g > j
       end e
       s > q > e)",
     "safe"},
    {"a sub-process is left when its last token ends", R"(
       start s
       sub q
         start qs
         and g
         task a
         task b
         end qe
         end qf
         qs > g > a > qe
         g > b > qf
       end e
       s > q > e)",
     "safe"},
    {"a stuck sub-process is rescued by a timer", R"(
       start s
       sub q
         start qs
         xor x
         and j
         end qe
         qs > x > j > qe
         x > j
       boundary t on q timer
       end e
       end f
       s > q > e
       t > f)",
     "safe dead:e dead:j dead:qe"},
    {"an interrupting boundary event merges safely, one that does not interrupt does not", R"(
       start s
       task a
       boundary t on a timer
       xor m
       task b
       end e
       s > a > m > b > e
       t > m)",
     "safe"},
    {"non-interrupting boundary event into the main flow", R"(
       start s
       task a
       boundary t on a timer non-interrupting
       xor m
       task b
       end e
       s > a > m > b > e
       t > m)",
     "unsafe improper"},
    {"event-based gateway", R"(
       start s
       event-gateway g
       catch m message:M
       receive r
       catch t timer
       end e
       s > g > m > e
       g > r > e
       g > t > e)",
     "safe"},
    {"an error nobody catches ends the instance", R"(
       start s
       and g
       end e error:E
       and j
       end f
       s > g > e
       g > j > f)",
     "safe"},
    {"errors are caught where the code is named", R"(
       start s
       sub q
         start qs
         xor x
         end ea error:A
         end eb error:B
         qs > x > ea
         x > eb
       boundary a on q error:A
       boundary any on q error
       task ta
       task tany
       end e
       s > q > e
       a > ta > e
       any > tany > e)",
     "safe"},
    {"an error event sub-process replaces what is stuck", R"(
       start s
       service a
       xor x
       and j
       end e
       event-sub h
         start hs error:E
         task c
         end he
         hs > c > he
       s > a > x > j > e
       x > j)",
     "safe deadlock incompletable dead:e dead:j"},
    {"an interrupting event sub-process can start until the scope is complete", R"(
       start s
       task a
       end e
       event-sub h
         start hs message:M
         task c
         end he
         hs > c > he
       s > a > e)",
     "safe"},
    {"conditional flows of an activity split like an inclusive gateway", R"(
       start s
       task a
       task b
       task c
       or j
       end e
       s > a > b [if] > j > e
       a > c [if] > j)",
     "safe"},
    {"a default flow is taken alone", R"(
       start s
       task a
       task b
       task c
       and j
       end e
       s > a > b [if] > j > e
       a > c [default] > j)",
     "safe deadlock incompletable dead:e dead:j"},
    {"a default flow is taken when no condition is true, also beside flows without one", R"(
       start s
       task a
       task b
       task c
       task d
       end e
       s > a > b [if]
       a > c > e
       a > d [default])",
     "safe"},
    {"links", R"(
       start s
       throw t link:L
       catch c link:L
       task a
       end e
       s > t
       c > a > e)",
     "safe"},
    {"no start event: everything begins that nothing leads to", R"(
       task a
       task b
       and j
       a > j
       b > j)",
     "safe"},
    {"one start event at a time", R"(
       start s
       start t
       and j
       end e
       s > j > e
       t > j)",
     "safe deadlock incompletable dead:e dead:j"},
    {"all start events of a sub-process", R"(
       start s
       sub q
         start t
         start u
         and j
         end qe
         t > j > qe
         u > j
       end e
       s > q > e)",
     "safe"},
    {"a task that nothing leads to begins with the process", R"(
       start s
       task a
       task b
       end e
       s > a > e
       b > e)",
     "safe improper"},
    {"standard loops", R"(
       start s
       task a loop
       task b loop-before
       sub q loop max:2
         task c
       end e
       s > a > b > q > e)",
     "safe"},
    {"multiple instances of a stuck sub-process; with none of them it is left", R"(
       start s
       sub q mi
         start t
         xor x
         and j
         end qe
         t > x > j > qe
         x > j
       end e
       s > q > e)",
     "safe deadlock incompletable dead:j dead:qe"},
};

}  // namespace

TEST_CASE("the reference token game judges small models as a person would") {
  for (const Row& row : rows) {
    INFO(row.name);
    CHECK(in_words(reference::token_game(test::parse_sketch(row.model), {.states = 500})) == row.verdicts);
  }
}

TEST_CASE("the reference token game names every marking") {
  const auto markings_of = [](const char* model) {
    std::string all;
    for (const auto& marking : reference::token_game(test::parse_sketch(model)).markings) {
      all += marking.empty() ? "ended" : " | ";
      for (std::size_t i = 0; i < marking.size(); ++i) all += (i > 0 ? ", " : "") + marking[i];
    }
    return all;
  };
  CHECK(markings_of(R"(
    start s
    task a
    boundary t on a timer
    end e
    s > a > e
    t > e
  )") == "ended | p:flow a>e | p:flow s>a | p:flow t>e | p:node a | p:start s");
  CHECK(markings_of(R"(
    sub q
      task a
      task b
      a > b [if]
  )") == "ended | p/q:exit a, p:node q | p/q:flow a>b, p:node q | p/q:node a, p:node q | p:start q");
  CHECK(markings_of("task a mi") ==
        "ended | p:count a | p:node a, p:node a | p:node a, p:node a, p:node a | p:start a");
}

TEST_CASE("the reference's inclusive join does not wait for what reaches a marked flow as well") {
  const char* block = R"(
    start s
    and g
    task m
    xor x
    or j
    task a
    end e
    s > g > m > j > a > e
    g > x > j
  )";
  const std::vector<std::string> fired{"p:flow g>x", "p:flow j>a"};
  CHECK_FALSE(reference::token_game(test::parse_sketch(block)).markings.contains(fired));
  // With one more flow the token on g>x reaches x>j, which is empty, but also m>j.
  const std::string shortcut = block + std::string("  x > m\n");
  CHECK(reference::token_game(test::parse_sketch(shortcut)).markings.contains(fired));
}
