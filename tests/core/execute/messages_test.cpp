// Messages that nobody waits for are kept; the same id is the same message.
#include "tests/support/catch.hpp"
#include "tests/support/engine_room.hpp"

using namespace weir;
using test::EngineRoom;

namespace {

std::string process(const std::string& settings) {
  return R"(weir = 1
[process]
id = "orders"
[vars]
order = "string"
amount = "number"
[messages.paid]
key = "order"
)" + settings +
         R"(
[[step]]
start = "s"
[[step]]
user = "before"
[[step]]
receive = "payment"
message = "paid"
[[step]]
user = "after"
[[step]]
end = "e"
)";
}

value::Microseconds hours(int number) {
  return number * 3600 * value::per_second;
}

class Post {
 public:
  explicit Post(const std::string& settings = {}, std::uint64_t checkpoint_bytes = std::uint64_t{16} << 20u)
      : room(checkpoint_bytes), definition(room.add("orders.toml", process(settings))) {}

  std::string start(const std::string& order) {
    value::Variables variables;
    variables.set("order", value::Value::string(order));
    return room.start(definition, variables)->instance;
  }
  Result<execute::Standing> send(const std::string& key, std::optional<value::Microseconds> ttl,
                                 const std::string& unique = {}, int amount = 1) {
    const std::vector<value::Entry> entries{{value::Key("amount"), value::Value::integer(amount)}};
    return room.batch([&] {
      return room.runtime->message({.name = "paid",
                                    .key = key,
                                    .payload = value::Value::context(entries),
                                    .time_to_live = ttl,
                                    .unique = unique});
    });
  }
  /// Of the message that came to an instance.
  std::string amount(const std::string& id) {
    const std::string all = " " + room.variables(id);
    const std::size_t at = all.find(" amount=");
    return at == std::string::npos ? "" : all.substr(at + 8, all.find(' ', at + 8) - at - 8);
  }
  std::size_t kept(bool all = false) {
    REQUIRE(room.runtime->begin().has_value());
    const auto messages = room.runtime->kept_messages(all);
    room.runtime->abandon();
    return messages->size();
  }

  EngineRoom room;
  std::string definition;
};

}  // namespace

TEST_CASE("a message that nobody waits for is kept for the one that does in time", "[execute]") {
  // A checkpoint after each batch, or none at all.
  for (const std::uint64_t checkpoint_bytes : {std::uint64_t{1}, std::uint64_t{16} << 20u}) {
    Post post({}, checkpoint_bytes);
    const std::string id = post.start("1");
    CHECK_FALSE(post.send("1", std::nullopt).has_value());
    CHECK(post.send("1", hours(1), {}, 80)->instance == "message:2");
    CHECK(post.send("1", hours(1), {}, 90)->instance == "message:3");
    CHECK(post.send("2", hours(1)).has_value());
    CHECK(post.kept() == 3);
    post.room.reopen();
    post.room.clock.pass("PT30M");
    CHECK(post.room.complete(id + "/before").has_value());
    CHECK(post.room.standing(id) == "waiting after");
    CHECK(post.amount(id) == "80");
    CHECK(post.kept() == 2);
    const std::string whole = post.room.whole(id);
    post.room.reopen();
    CHECK(post.room.whole(id) == whole);
    // The other one is for an instance that comes later, but not too late.
    const std::string second = post.start("1");
    CHECK(post.room.complete(second + "/before").has_value());
    CHECK(post.amount(second) == "90");
    const std::string late = post.start("2");
    post.room.clock.pass("PT31M");
    CHECK(post.room.complete(late + "/before").has_value());
    CHECK(post.room.standing(late) == "waiting payment");
    CHECK(post.room
              .batch([&]() -> Result<execute::Standing> {
                CHECK(*post.room.runtime->expire_messages() == 1);
                CHECK(*post.room.runtime->expire_messages() == 0);
                return execute::Standing{};
              })
              .has_value());
    CHECK(post.kept() == 0);
    CHECK(post.kept(true) == 3);
    CHECK_FALSE(post.room.batch([&] { return post.room.runtime->retry("message:2", {}); }).has_value());
    CHECK(post.room.batch([&] { return post.room.runtime->remove("message:2", {}); }).has_value());
    CHECK(post.kept(true) == 2);
  }
}

TEST_CASE("the same id is the same message", "[execute]") {
  Post post;
  const std::string id = post.start("1");
  CHECK_FALSE(post.send("1", std::nullopt, "bank-1").has_value());  // it may be sent again later
  CHECK(post.room.complete(id + "/before").has_value());
  const auto sent = post.send("1", std::nullopt, "bank-1");
  CHECK(sent->instance == id);
  CHECK_FALSE(sent->existed);
  post.room.reopen();
  const auto again = post.send("1", hours(1), "bank-1", 7);
  CHECK(again->instance == id);
  CHECK(again->existed);
  CHECK(post.room.standing(id) == "waiting after");
  CHECK(post.amount(id) == "1");
  CHECK(post.kept() == 0);
  // One that is kept is the same one too.
  const std::string first = post.send("2", hours(1), "bank-2")->instance;
  CHECK(post.send("2", hours(1), "bank-2")->instance == first);
  CHECK(post.kept() == 1);
  const std::string second = post.start("2");
  CHECK(post.room.complete(second + "/before").has_value());
  CHECK(post.send("2", hours(1), "bank-2")->instance == second);
  CHECK(post.room.standing(second) == "waiting after");
}

TEST_CASE("how long a message is kept may stand in the definition", "[execute]") {
  Post post("ttl = \"2h\"");
  const std::string id = post.start("1");
  CHECK(post.send("1", std::nullopt)->kept_until == post.room.clock.at + hours(2));
  post.room.clock.pass("PT119M");
  CHECK(post.room.batch([&] { return post.room.runtime->suspend(id, {}); }).has_value());
  CHECK(post.room.batch([&] { return post.room.runtime->resume(id, {}); }).has_value());
  CHECK(post.room.complete(id + "/before").has_value());
  CHECK(post.room.standing(id) == "waiting after");
}

TEST_CASE("a message that came while its instance was suspended is there when it goes on", "[execute]") {
  Post post;
  const std::string id = post.start("1");
  CHECK(post.room.complete(id + "/before").has_value());
  CHECK(post.room.batch([&] { return post.room.runtime->suspend(id, {}); }).has_value());
  CHECK(post.send("1", hours(1))->instance == "message:2");
  CHECK(post.room.batch([&] { return post.room.runtime->resume(id, {}); }).has_value());
  CHECK(post.room.standing(id) == "waiting after");
}
