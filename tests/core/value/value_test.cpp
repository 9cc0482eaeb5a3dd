#include "core/value/value.hpp"

#include "core/value/compare.hpp"
#include "core/value/owned.hpp"
#include "core/value/print.hpp"
#include "tests/support/catch.hpp"

using namespace weir::value;

namespace {
Value sample(Arena& arena) {
  auto* items = arena.array<Value>(3);
  new (items) Value(Value::integer(1));
  new (items + 1) Value(Value::string("a text that does not fit inside", arena));
  new (items + 2) Value(Value::number(*Decimal::parse("1234567890.12345678901234567890"), arena));
  auto* entries = arena.array<Entry>(2);
  new (entries) Entry{Key("numbers"), Value::list({items, 3})};
  new (entries + 1) Entry{Key("short"), Value::string("twelve bytes")};
  return Value::context({entries, 2});
}
}  // namespace

TEST_CASE("texts of up to twelve bytes are inside the value") {
  const std::string twelve = "twelve bytes";
  const Value inside = Value::string(twelve);
  CHECK_FALSE(inside.is_borrowed_text());
  CHECK(inside.text() == twelve);
  const Value copy = inside;
  CHECK(copy.text() == twelve);
  const std::string thirteen = "thirteen byte";
  const Value outside = Value::string(thirteen);
  CHECK(outside.is_borrowed_text());
  CHECK(outside.text().data() == thirteen.data());
  const Value empty = Value::string("");
  CHECK(empty.text().empty());
}

TEST_CASE("zones survive in values") {
  const auto moment = *parse_date_time("2024-03-10T10:00:00.25-17:59:59");
  CHECK(to_text(Value::date_time(moment).date_time()) == "2024-03-10T10:00:00.25-17:59:59");
  const auto time = *parse_time("10:00:00@America/Argentina/Buenos_Aires");
  CHECK(to_text(Value::time(time).time()) == "10:00:00@America/Argentina/Buenos_Aires");
}

TEST_CASE("an owned value outlives the arena") {
  OwnedValue owned;
  std::string before;
  {
    Arena arena;
    const Value value = sample(arena);
    before = to_literal(value);
    owned = OwnedValue(value);
  }
  CHECK(to_literal(owned.get()) == before);
  const OwnedValue copy = owned;
  owned = OwnedValue(Value::integer(1));
  CHECK(to_literal(copy.get()) == before);
  CHECK(owned.extra_bytes() == 0);
  CHECK(before ==
        "{numbers: [1, \"a text that does not fit inside\", 1234567890.1234567890123456789], short: \"twelve "
        "bytes\"}");
}

TEST_CASE("variables are set, replaced, found and erased") {
  Arena arena;
  Variables variables;
  variables.set("order", sample(arena));
  variables.set("amount", Value::integer(5));
  variables.set("order", variables.find("order")->find(Key("numbers"))->items()[1]);  // a part of itself
  CHECK(variables.size() == 2);
  CHECK(variables.find("order")->text() == "a text that does not fit inside");
  Variables copy = variables;
  CHECK(variables.erase("order"));
  CHECK_FALSE(variables.erase("order"));
  CHECK(variables.find("order") == nullptr);
  CHECK(copy.find("order")->text() == "a text that does not fit inside");
  const Scope outer{copy.entries()};
  const Scope inner{variables.entries(), &outer};
  CHECK(inner.find(Key("order")) != nullptr);
  CHECK(inner.find(Key("none")) == nullptr);
}

TEST_CASE("an item of a list is replaced where it stands") {
  Arena arena;
  Variables variables;
  const Value nothing[3];
  variables.set("all", Value::list(nothing));
  const Value* before = variables.find("all")->items().data();
  CHECK(variables.set_item("all", 1, sample(arena)));
  CHECK(variables.set_item("all", 2, variables.find("all")->items()[1]));  // a part of itself
  CHECK(variables.set_item("all", 1, Value::string("a text that does not fit inside")));
  CHECK(variables.find("all")->items().data() == before);
  CHECK(variables.find("all")->depth() == 1 + variables.find("all")->items()[2].depth());
  CHECK(variables.find("all")->weight() == Value::list(variables.find("all")->items()).weight());
  CHECK_FALSE(variables.set_item("all", 3, Value::integer(1)));
  CHECK_FALSE(variables.set_item("none", 0, Value::integer(1)));
  const Variables copy = variables;
  variables.set("all", Value::integer(5));
  CHECK_FALSE(variables.set_item("all", 0, Value::integer(1)));
  CHECK(to_literal(copy.find("all")->items()[1]) == "\"a text that does not fit inside\"");
  CHECK(copy.find("all")->items()[2].find(Key("numbers")) != nullptr);
}

TEST_CASE("equality and order") {
  Arena arena;
  const Value one = Value::integer(1);
  CHECK(same(one, Value::number(100, -2)));
  CHECK(same(sample(arena), sample(arena)));
  CHECK(same(Value{}, Value{}));
  CHECK_FALSE(*equal(one, Value{}));
  CHECK_FALSE(equal(one, Value::boolean(true)).has_value());
  CHECK(bool(*compare(Value::string("a"), Value::string("b")) < 0));
  CHECK_FALSE(compare(Value::boolean(true), Value::boolean(false)).has_value());
  const Value noon = Value::date_time(*parse_date_time("2024-01-01T12:00:00Z"));
  CHECK(same(noon, Value::date_time(*parse_date_time("2024-01-01T13:00:00+01:00"))));
  CHECK_FALSE(compare(noon, Value::date_time(*parse_date_time("2024-01-01T12:00:00"))).has_value());
}

TEST_CASE("an arena grows arrays in place and keeps its memory") {
  Arena arena;
  auto* array = arena.array<std::uint64_t>(2);
  array[0] = 1;
  array[1] = 2;
  CHECK(arena.grow(array, 2, 4) == array);
  (void)arena.array<char>(1);
  auto* moved = arena.grow(array, 4, 8);
  CHECK(moved != array);
  CHECK(moved[1] == 2);
  (void)arena.array<std::uint64_t>(10'000);
  arena.reset();
  CHECK(arena.used() == 0);
  CHECK(arena.copy("").empty());
}
