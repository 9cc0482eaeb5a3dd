//   {"op":"start","file":"approval.toml","key":"R1","variables":{"amount":2400}}
//   {"op":"complete","task":"pa-1/manager-approval","variables":{"approved":true},"as":"bob"}
//   {"op":"message","name":"paid","key":"R1","ttl":"1h","id":"bank-4711","variables":{}}
// The table says which keys each has; "as" may stand in all of them.
#include "cli/commands/operations.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "cli/commands/operate.hpp"
#include "core/base/did_you_mean.hpp"
#include "core/data/declared.hpp"
#include "core/value/duration_text.hpp"
#include "formats/json/value.hpp"

namespace weir::cli {

using execute::Standing;
using value::Key;
using value::Kind;
using value::Value;

/// One operation; its keys have been checked.
struct Operations::Asked {
  const Value& object;
  std::string op, by;

  [[nodiscard]] std::string text(std::string_view key) const {
    const Value* found = object.find(Key(key));
    return found == nullptr || !found->is(Kind::string) ? "" : std::string(found->text());
  }
  /// A text or a list of texts.
  [[nodiscard]] std::vector<std::string> texts(std::string_view key) const {
    std::vector<std::string> out;
    const Value* found = object.find(Key(key));
    if (found != nullptr && found->is(Kind::string)) out.emplace_back(found->text());
    if (found != nullptr && found->is(Kind::list))
      for (const Value& each : found->items()) out.emplace_back(each.text());
    return out;
  }
  [[nodiscard]] Value object_at(std::string_view key) const {
    const Value* found = object.find(Key(key));
    return found == nullptr ? Value{} : *found;
  }
  [[nodiscard]] Value variables() const { return object_at("variables"); }
};

struct Operations::Operation {
  std::string_view op;
  std::size_t needed;  // so many of the keys must be there
  std::vector<std::string_view> keys;
  Result<Standing> (Operations::*run)(const Asked& asked);
};

const std::vector<Operations::Operation>& Operations::table() {
  static const std::vector<Operation> all{
      {"start", 1, {"file", "process", "start", "key", "variables"}, &Operations::start},
      {"complete", 1, {"task", "variables", "error"}, &Operations::complete},
      {"fail", 1, {"task", "error", "message", "retries", "wait", "variables"}, &Operations::fail},
      {"claim", 1, {"task"}, &Operations::other},
      {"release", 1, {"task"}, &Operations::other},
      {"assign", 2, {"task", "assignee"}, &Operations::other},
      {"message", 1, {"name", "key", "instance", "variables", "ttl", "id"}, &Operations::message},
      {"signal", 1, {"name", "variables"}, &Operations::other},
      {"fire", 1, {"timer", "message"}, &Operations::other},
      {"conditions", 1, {"variables", "process"}, &Operations::conditions},
      {"set", 2, {"instance", "variables"}, &Operations::other},
      {"choose", 2, {"instance", "flow", "element"}, &Operations::other},
      {"activate", 2, {"instance", "activities", "element"}, &Operations::other},
      {"cancel", 1, {"instance"}, &Operations::other},
      {"retry", 1, {"instance"}, &Operations::other},
      {"suspend", 1, {"instance"}, &Operations::other},
      {"resume", 1, {"instance"}, &Operations::other},
      {"move", 1, {"instance", "from", "to", "cancel", "message"}, &Operations::move},
      {"migrate", 2, {"instance", "to", "process", "map"}, &Operations::migrate},
      {"rm", 1, {"instance"}, &Operations::other}};
  return all;
}

namespace {

bool is_text(const Value& value) {
  return value.is(Kind::string);
}

/// What the value of a key must be, empty = it is.
std::string unfit(std::string_view key, const Value& value) {
  if (key == "variables" || key == "map") return value.is(Kind::context) ? "" : "an object";
  if (key == "retries") {
    const auto number = value.is(Kind::number) ? value.decimal().to_integer() : std::nullopt;
    return number && *number >= 0 && *number <= 1'000'000 ? "" : "a number from 0 on";
  }
  if (is_text(value)) return {};
  if (key != "from" && key != "to" && key != "cancel" && key != "activities") return "a text";
  const bool texts = value.is(Kind::list) && std::all_of(value.items().begin(), value.items().end(), is_text);
  return texts ? "" : "a text or a list of texts";
}

/// Empty and an error: the text is no duration.
Result<std::optional<value::Microseconds>> duration(std::string_view key, const std::string& text) {
  if (text.empty()) return std::optional<value::Microseconds>();
  const auto read = value::parse_duration(text);
  if (!read) return Error{fmt::format("\"{}\": '{}' is no duration such as 2d, 12h or PT90M", key, text)};
  return std::optional<value::Microseconds>(*read);
}

}  // namespace

std::vector<std::string_view> Operations::names() {
  std::vector<std::string_view> all;
  for (const Operation& each : table()) all.push_back(each.op);
  return all;
}

Result<Standing> Operations::operate(std::string_view line) {
  arena_.reset();
  const Result<Value> read = formats::json::read(line, arena_);
  if (!read) return Error{read.error().message};
  const Value& object = *read;
  if (!object.is(Kind::context)) return Error{"an operation is a JSON object with \"op\""};
  const Value* op = object.find(Key("op"));
  if (op == nullptr) return Error{fmt::format("an operation needs \"op\": {}", fmt::join(names(), ", "))};
  if (!is_text(*op)) return Error{"\"op\" must be a text"};
  Asked asked{object, {}, {}};
  asked.op = asked.text("op");
  const auto operation = std::find_if(table().begin(), table().end(),
                                      [&](const Operation& each) { return each.op == asked.op; });
  if (operation == table().end())
    return Error{fmt::format("'{}' is no operation: {}{}", asked.op, fmt::join(names(), ", "),
                             did_you_mean_text(asked.op, names()))};
  for (const value::Entry& each : object.entries()) {
    const std::string_view key = each.key.text();
    const auto& keys = operation->keys;
    if (key != "op" && key != "as" && std::find(keys.begin(), keys.end(), key) == keys.end())
      return Error{fmt::format("'{}' has no \"{}\"{}", asked.op, key, did_you_mean_text(key, keys))};
    if (const std::string wanted = unfit(key, each.value); !wanted.empty())
      return Error{fmt::format("\"{}\" must be {}", key, wanted)};
  }
  for (std::size_t i = 0; i < operation->needed; ++i)
    if (object.find(Key(operation->keys[i])) == nullptr)
      return Error{fmt::format("{} needs \"{}\"", asked.op, operation->keys[i])};
  asked.by = asked.text("as");
  if (asked.by.empty()) asked.by = user_;
  return (this->*operation->run)(asked);
}

Result<Standing> Operations::complete(const Asked& asked) {
  if (!asked.text("error").empty()) return fail(asked);
  return session_.runtime().complete(
      {.task = asked.text("task"), .variables = asked.variables(), .by = asked.by, .any_kind = true});
}

Result<Standing> Operations::fail(const Asked& asked) {
  execute::FailRequest request;
  request.task = asked.text("task");
  request.error = asked.text("error");
  request.message = asked.text("message");
  if (const Value retries = asked.object_at("retries"); retries.is(Kind::number))
    request.retries = static_cast<std::uint32_t>(*retries.decimal().to_integer());
  const auto wait = duration("wait", asked.text("wait"));
  if (!wait) return wait.error();
  request.wait = *wait;
  request.variables = asked.variables();
  request.by = asked.by;
  request.job = true;
  return session_.runtime().fail(request);
}

Result<Standing> Operations::message(const Asked& asked) {
  execute::MessageRequest request;
  request.name = asked.text("name");
  request.key = asked.text("key");
  request.instance = asked.text("instance");
  request.payload = asked.variables();
  request.unique = asked.text("id");
  request.by = asked.by;
  const auto ttl = duration("ttl", asked.text("ttl"));
  if (!ttl) return ttl.error();
  request.time_to_live = *ttl;
  return session_.runtime().message(request);
}

Result<Standing> Operations::conditions(const Asked& asked) {
  const auto begun = session_.runtime().begin_where_true(asked.variables(), asked.text("process"), asked.by);
  if (!begun) return begun.error();
  if (begun->empty()) return Error{"no conditional start event has a condition that is true"};
  return begun->front();
}

Result<Standing> Operations::move(const Asked& asked) {
  std::vector<std::string> from = asked.texts("from");
  for (std::string& each : asked.texts("cancel")) from.push_back(std::move(each));
  if (from.empty() && asked.texts("to").empty())
    return Error{"move needs \"from\", \"to\" or both, or \"cancel\""};
  return session_.runtime().move({.instance = asked.text("instance"),
                                  .from = std::move(from),
                                  .to = asked.texts("to"),
                                  .why = asked.text("message"),
                                  .by = asked.by});
}

Result<Standing> Operations::migrate(const Asked& asked) {
  const auto to = process(asked.text("to"), asked.text("process"));
  if (!to) return to.error();
  execute::Counterparts counterparts;
  if (const Value map = asked.object_at("map"); map.is(Kind::context))
    for (const value::Entry& each : map.entries()) {
      if (!each.value.is(Kind::string) || (*to)->deployed->graph.find_node(each.value.text()) == NodeId::none)
        return Error{fmt::format("\"map\": '{}' has no such counterpart", each.key.text())};
      counterparts[std::string(each.key.text())] = each.value.text();
    }
  if (const std::string why =
          strange_element(session_, {asked.text("instance")}, (*to)->definition, counterparts);
      !why.empty())
    return Error{fmt::format("\"map\": {}", why)};
  return session_.runtime().migrate(asked.text("instance"), (*to)->definition, counterparts, asked.by);
}

Result<Standing> Operations::other(const Asked& asked) {
  execute::Runtime& runtime = session_.runtime();
  const std::string& op = asked.op;
  const std::string task = asked.text("task"), instance = asked.text("instance");
  if (op == "claim") return runtime.claim(task, asked.by);
  if (op == "release") return runtime.release(task, asked.by);
  if (op == "assign") return runtime.assign(task, asked.text("assignee"), asked.by);
  if (op == "fire") return runtime.fire({asked.text("timer"), asked.text("message"), asked.by});
  if (op == "signal") return runtime.signal(asked.text("name"), asked.variables());
  if (op == "set") return runtime.set(instance, asked.variables(), asked.by);
  if (op == "choose") return runtime.choose(instance, asked.text("element"), asked.text("flow"), asked.by);
  if (op == "activate")
    return runtime.activate_inside(instance, asked.text("element"), asked.texts("activities"), asked.by);
  if (op == "cancel") return runtime.cancel(instance, asked.by);
  if (op == "retry") return runtime.retry(instance, asked.by);
  if (op == "suspend") return runtime.suspend(instance, asked.by);
  if (op == "resume") return runtime.resume(instance, asked.by);
  return runtime.remove(instance, asked.by);
}

Result<const Session::Process*> Operations::process(const std::string& file, const std::string& id) {
  const auto known = processes_.find({file, id});
  if (known != processes_.end()) return &known->second;
  ExitCode code = ExitCode::done;
  const auto deployed = session_.deploy(file, id, code);
  if (!deployed) return Error{fmt::format("'{}' cannot be started", file)};
  return &(processes_[{file, id}] = *deployed);
}

Result<Standing> Operations::start(const Asked& asked) {
  const auto chosen = process(asked.text("file"), asked.text("process"));
  if (!chosen) return chosen.error();
  value::Variables given;
  if (const Value variables = asked.variables(); variables.is(Kind::context))
    for (const value::Entry& each : variables.entries()) given.set(each.key.text(), each.value);
  const Result<value::Variables> variables =
      data::declared(*(*chosen)->deployed->definitions, given, true, workspace_);
  if (!variables) return variables.error();
  execute::StartRequest request;
  request.definition = (*chosen)->definition;
  request.process = (*chosen)->id;
  request.start_event = asked.text("start");
  request.variables = &*variables;
  request.key = asked.text("key");
  request.by = asked.by;
  return session_.runtime().start(request);
}

}  // namespace weir::cli
