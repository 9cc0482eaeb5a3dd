// Runtime: messages. One that nobody waits for can be kept until somebody does; it then stands in the store
// like an instance, under an id of its own, of the process "message:NAME", with its payload as variables and
// one wait, which says until when. So it is as durable as instances are.
#include <fmt/format.h>

#include <algorithm>

#include "core/data/mappings.hpp"
#include "core/execute/runtime.hpp"
#include "core/execute/timers.hpp"
#include "core/value/print.hpp"

namespace weir::execute {

using graph::Trigger;

namespace {

constexpr std::uint64_t done = 0;

}  // namespace

std::optional<KeptMessage> kept_message(const Record& record) {
  if (!is_message(record)) return std::nullopt;
  KeptMessage message;
  message.instance = record.instance;
  message.name = record.process.substr(message_process.size());
  message.unique = record.key;
  message.receiver = record.parent;
  message.status = record.changes.status;
  message.sent = record.started;
  for (const Wait& wait : record.changes.waits) {
    message.key = wait.key;
    message.until = wait.due;
    message.sender = wait.owner;
    message.addressee = wait.assignee;
  }
  return message;
}

void Runtime::write_message(const KeptMessage& message, std::string_view by, bool known) {
  const std::string process = std::string(message_process) + message.name;
  Record record;
  record.instance = message.instance;
  record.definition = message_definition;
  record.process = process;
  record.key = message.unique;
  record.parent = message.receiver;
  record.started = message.sent;
  record.changes.whole = known;  // what stood there before counts no more
  record.changes.status = message.status;
  const bool waits = message.status == Status::waiting;
  if (waits || !message.key.empty() || !message.sender.empty()) {
    // Without a name nobody finds it any more: it only says what the message was.
    Wait wait;
    wait.number = 1;
    wait.kind = WaitKind::receiver;
    wait.element = message.name;
    if (waits) wait.name = message.name;
    wait.key = message.key;
    wait.created = message.sent;
    if (waits) wait.due = message.until;
    wait.owner = message.sender;
    if (waits) wait.assignee = message.addressee;
    record.changes.waits.push_back(std::move(wait));
  }
  if (waits) {
    if (message.payload.get().is(value::Kind::context))
      for (const value::Entry& each : message.payload.get().entries())
        record.changes.variables.push_back(
            {semantics::no_slot, 0, each.key.text(), each.value, data::Assigned::all});
  }
  write(record, clock_.now(), by);
  kept_[message.instance] = message;
}

/// Where definitions say what of the payload is its key, or what tells it from others, and nobody else has.
Result<MessageRequest> Runtime::completed(const MessageRequest& request) {
  MessageRequest out = request;
  if (!request.payload.is(value::Kind::context) || request.payload.entries().empty()) return out;
  const Result<std::vector<Newest>> all = newest_of_all();
  if (!all) return all.error();
  const data::Arrived arrived(request.payload);
  for (const Newest& each : *all) {
    const model::Definitions& definitions = *each.deployed->definitions;
    for (const model::RootElement& root : definitions.roots) {
      if (root.kind != graph::ElementKind::message ||
          (root.name.empty() ? root.id : root.name) != request.name)
        continue;
      const auto text = [&](std::string_view expression) -> std::string {
        if (expression.empty()) return {};
        Diagnostics ignored;  // what is not there is no key
        workshop_.workspace.reset();
        const value::Value value = workshop_.texts[&definitions].expression(expression, arrived.scope(),
                                                                            workshop_.workspace, ignored);
        return value.is_null() ? std::string() : value::to_text(value);
      };
      if (out.key.empty()) out.key = text(root.message.payload_key);
      if (out.unique.empty()) out.unique = text(root.message.unique);
    }
  }
  return out;
}

Result<Standing> Runtime::message(const MessageRequest& asked) {
  const Result<MessageRequest> complete = completed(asked);
  if (!complete) return complete.error();
  const MessageRequest& request = *complete;
  if (!request.unique.empty()) {
    const Result<std::string> known =
        store_.find_key(std::string(message_process) + request.name, request.unique);
    if (!known) return refuse(Trouble::store, known.error().message);
    if (!known->empty()) {
      Result<Standing> before = standing(*known);
      if (before) before->existed = true;
      return before;
    }
  }
  // Whoever gets it is noted where the same message may come again.
  const auto note = [&](const std::string& receiver) {
    if (request.unique.empty()) return;
    KeptMessage message;
    message.instance = fmt::format("message:{}", store_.started() + 1);
    message.name = request.name;
    message.key = request.key;
    message.unique = request.unique;
    message.receiver = receiver;
    message.status = Status::completed;
    message.sent = clock_.now();
    write_message(message, request.by, false);
  };
  Result<std::vector<Receiver>> found = waiting_for(WaitKind::message, request.name, request.key);
  if (!found) return found.error();
  std::erase_if(*found, [&](const Receiver& each) {
    return !request.instance.empty() && each.first != request.instance;
  });
  if (found->size() > 1)
    return refuse(
        Trouble::conflict,
        fmt::format("{} instances wait for message '{}', among them '{}' and '{}': say which with --instance",
                    found->size(), request.name, (*found)[0].first, (*found)[1].first));
  if (!found->empty()) {
    const Result<Instance*> one = load(found->front().first);
    if (!one) return one.error();
    note((*one)->id);
    std::string sender;
    if (!request.instance.empty()) {
      // Somebody says now who gets what reached nobody because several waited.
      Result<std::optional<KeptMessage>> undecided =
          message_for(request.name, request.key,
                      [](const KeptMessage& each) { return !each.sender.empty() && each.addressee.empty(); });
      if (!undecided) return undecided.error();
      if (*undecided) {
        sender = (*undecided)->sender;
        (*undecided)->status = Status::completed;
        (*undecided)->receiver = (*one)->id;
        write_message(**undecided, request.by, true);
      }
    }
    if (const auto taken = take(found->front(), sender, request.payload, request.by); !taken)
      return taken.error();
    if (const auto followed = follow(); !followed) return followed.error();
    return Standing{(*one)->id, (*one)->status, false};
  }
  if (request.instance.empty()) {
    const Result<std::vector<Beginning>> beginnings = begun_by(Trigger::message, request.name);
    if (!beginnings) return beginnings.error();
    if (!beginnings->empty()) {
      Result<Standing> begun = begin_by(beginnings->front(), request.payload, request.by);
      if (!begun) return begun;
      note(begun->instance);
      if (!begun->lacks.empty()) return begun;
      if (const auto followed = follow(); !followed) return followed.error();
      begun->status = loaded_.at(begun->instance)->status;
      return begun;
    }
    const Result<value::Microseconds> declared = time_to_live(request.name);
    if (!declared) return declared.error();
    if (const value::Microseconds ttl = request.time_to_live.value_or(*declared); ttl > 0)
      return keep(request, ttl);
  }
  return refuse(Trouble::not_found,
                fmt::format("nobody waits for message '{}'{}", request.name,
                            request.key.empty() ? "" : fmt::format(" with key '{}'", request.key)));
}

Result<Standing> Runtime::keep(const MessageRequest& request, value::Microseconds ttl) {
  KeptMessage message;
  message.instance = fmt::format("message:{}", store_.started() + 1);
  message.name = request.name;
  message.key = request.key;
  message.unique = request.unique;
  message.sent = clock_.now();
  message.until = message.sent + ttl;
  message.payload = request.payload;
  write_message(message, request.by, false);
  Standing kept{message.instance, Status::waiting, false};
  kept.kept_until = message.until;
  return kept;
}

/// What the newest definitions say, the longest of several; 0 = nobody says it.
Result<value::Microseconds> Runtime::time_to_live(std::string_view name) {
  const Result<std::vector<Newest>> all = newest_of_all();
  if (!all) return all.error();
  value::Microseconds longest = 0;
  for (const Newest& each : *all) {
    for (const model::RootElement& root : each.deployed->definitions->roots)
      if (root.kind == graph::ElementKind::message && (root.name.empty() ? root.id : root.name) == name)
        if (const auto when = due(root.message.time_to_live, 0)) longest = std::max(longest, when->at);
  }
  return longest;
}

Result<std::vector<KeptMessage>> Runtime::kept_messages(bool all) {
  std::vector<KeptMessage> found;
  const auto read = store_.each([&](const Record& record) {
    if (auto message = kept_message(record); message && (all || message->status == Status::waiting))
      found.push_back(std::move(*message));
    return true;
  });
  if (!read) return refuse(Trouble::store, read.error().message);
  return found;
}

/// The one that was kept first of those that fit; an empty key is any.
Result<std::optional<KeptMessage>> Runtime::message_for(std::string_view name, std::string_view key,
                                                        const std::function<bool(const KeptMessage&)>& fits) {
  std::optional<KeptMessage> first;
  const value::Instant now = clock_.now();
  const auto look = [&](const KeptMessage& message) {
    if (message.status != Status::waiting || message.name != name || message.until <= now ||
        (!key.empty() && message.key != key) || !fits(message))
      return;
    const auto number = [](const KeptMessage& each) { return std::pair(each.sent, each.instance.size()); };
    if (!first || number(message) < number(*first) ||
        (number(message) == number(*first) && message.instance < first->instance))
      first = message;
  };
  const auto looked = store_.each_waiting(WaitKind::receiver, name, std::nullopt, [&](const Record& record) {
    if (kept_.contains(record.instance)) return true;
    if (const auto message = kept_message(record)) look(*message);
    return true;
  });
  if (!looked) return refuse(Trouble::store, looked.error().message);
  for (const auto& [id, message] : kept_) look(message);
  return first;
}

/// Waits for messages that have just begun: what was kept for them happens now.
Result<std::uint64_t> Runtime::hand_over(const Receiver& receiver) {
  const auto loaded = loaded_.find(receiver.first);
  if (loaded == loaded_.end()) return done;
  Instance& instance = *loaded->second;
  const auto wait = instance.waits.find(receiver.second);
  if (wait == instance.waits.end() || wait->second.kind != WaitKind::message ||
      instance.status == Status::suspended)
    return done;
  const Result<std::string> root = root_of(instance.id);
  if (!root) return root.error();
  std::optional<Result<std::vector<Receiver>>> waiting;  // everybody; few messages need to know
  Result<std::optional<KeptMessage>> message =
      message_for(wait->second.name, wait->second.key, [&](const KeptMessage& each) {
        if (!each.addressee.empty()) return each.addressee == *root;
        if (each.sender.empty()) return true;
        // One that was thrown is for whoever waits only as long as that is one.
        if (!waiting) waiting = waiting_for(WaitKind::message, wait->second.name, wait->second.key);
        return !*waiting || (*waiting)->size() == 1;
      });
  if (!message) return message.error();
  if (waiting && !*waiting) return waiting->error();
  if (!*message) return done;
  value::Arena arena;
  std::vector<value::Entry> payload;
  if ((*message)->payload.get().is(value::Kind::context)) {
    const auto entries = (*message)->payload.get().entries();
    payload.assign(entries.begin(), entries.end());
  } else if (!kept_.contains((*message)->instance)) {
    const auto record = store_.find((*message)->instance, arena);
    if (!record) return refuse(Trouble::store, record.error().message);
    if (*record)
      for (const VariableChange& each : (*record)->changes.variables)
        payload.push_back({value::Key(each.name), each.value});
  }
  (*message)->status = Status::completed;
  (*message)->receiver = instance.id;
  write_message(**message, {}, true);
  return take(receiver, (*message)->sender, value::Value::context(payload));
}

Result<std::uint64_t> Runtime::expire_messages() {
  const value::Instant now = clock_.now();
  std::vector<KeptMessage> old;
  const auto looked = store_.each_due(WaitKind::receiver, now, [&](const Record& record) {
    if (auto message = kept_message(record); message && message->status == Status::waiting &&
                                             message->until <= now && !kept_.contains(record.instance))
      old.push_back(std::move(*message));
    return true;
  });
  if (!looked) return refuse(Trouble::store, looked.error().message);
  for (KeptMessage& each : old) {
    each.status = Status::cancelled;
    write_message(each, {}, true);
  }
  return old.size();
}

Result<Standing> Runtime::standing(std::string_view id) {
  if (!is_message_id(id)) {
    const Result<Instance*> instance = load(id);
    if (!instance) return instance.error();
    return Standing{(*instance)->id, (*instance)->status, false};
  }
  std::optional<KeptMessage> message;
  if (const auto known = kept_.find(id); known != kept_.end()) {
    message = known->second;
  } else {
    value::Arena arena;
    const auto record = store_.find(id, arena);
    if (!record) return refuse(Trouble::store, record.error().message);
    if (*record) message = kept_message(**record);
  }
  if (!message) return refuse(Trouble::not_found, fmt::format("there is no message '{}'", id));
  if (!message->receiver.empty())
    if (const Result<Instance*> instance = load(message->receiver))
      return Standing{(*instance)->id, (*instance)->status, false};
  Standing standing{message->instance, message->status, false};
  standing.kept_until = message->until;
  return standing;
}

}  // namespace weir::execute
