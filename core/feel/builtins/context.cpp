// Context functions (DMN 1.5 table 80).
#include <algorithm>

#include "core/feel/builtins/arguments.hpp"
#include "core/feel/builtins/functions.hpp"

namespace weir::feel::functions {

namespace {

using Entries = std::span<const Entry>;

/// A key that outlives the argument it was read from.
Key lasting_key(const Call& call, const Value& text) {
  return Key(text.is_borrowed_text() ? text.text() : call.evaluator.arena().copy(text.text()));
}

/// `entries` with one replaced or added.
Value with_entry(const Call& call, Entries entries, const Key& key, const Value& value) {
  auto* to = call.evaluator.arena().array<Entry>(entries.size() + 1);
  std::copy(entries.begin(), entries.end(), to);
  std::size_t size = entries.size();
  const auto at = std::find_if(to, to + size, [&](const Entry& entry) { return entry.key == key; });
  if (at == to + size) ++size;
  ::new (static_cast<void*>(at)) Entry{key, value};
  return call.evaluator.checked(Value::context({to, size}), call.node);
}

/// Puts a value at the end of a path of keys; contexts on the way are made when they are missing.
Value put_at(const Call& call, const Value& context, std::span<const Value> keys, const Value& value) {
  if (keys.empty() || !(context.is(Kind::context) || context.is_null()) || !keys.front().is(Kind::string))
    return refuse(call, keys.empty() ? 1 : !keys.front().is(Kind::string) ? 1 : 0);
  const Entries entries = context.is_null() ? Entries{} : context.entries();
  const Key key = lasting_key(call, keys.front());
  if (keys.size() == 1) return with_entry(call, entries, key, value);
  const Value* inner = context.is_null() ? nullptr : context.find(key);
  const Value changed = put_at(call, inner != nullptr ? *inner : Value{}, keys.subspan(1), value);
  return changed.is_null() ? changed : with_entry(call, entries, key, changed);
}

}  // namespace

Value get_value(const Call& call) {
  const Value* context = argument(call, 0, Kind::context);
  if (context == nullptr) return refuse(call, 0);
  if (given(call, 1) && call[1].is(Kind::list)) {  // a path of keys
    Value at = *context;
    for (const Value& key : call[1].items()) {
      if (!key.is(Kind::string)) return refuse(call, 1);
      const Value* entry = at.is(Kind::context) ? at.find(Key(key.text())) : nullptr;
      if (entry == nullptr)
        return call.evaluator.fail(TroubleKind::no_entry, call.node, "the context has no entry '{0:n}'", key);
      at = *entry;
    }
    return at;
  }
  const Value* key = argument(call, 1, Kind::string);
  if (key == nullptr) return refuse(call, 1);
  const Value* entry = context->find(Key(key->text()));
  if (entry == nullptr)
    return call.evaluator.fail(TroubleKind::no_entry, call.node, "the context has no entry '{0:n}'", *key);
  return *entry;
}

Value get_entries(const Call& call) {
  const Value* context = argument(call, 0, Kind::context);
  if (context == nullptr) return refuse(call, 0);
  ListBuilder pairs(call.evaluator, call.node);
  for (const Entry& entry : context->entries()) {
    auto* pair = call.evaluator.arena().array<Entry>(2);
    ::new (static_cast<void*>(pair)) Entry{Key("key"), Value::string(entry.key.text())};
    ::new (static_cast<void*>(pair + 1)) Entry{Key("value"), entry.value};
    if (!pairs.push(Value::context({pair, 2}))) return Value{};
  }
  return call.evaluator.checked(pairs.value(), call.node);
}

Value context_put(const Call& call) {
  const Value* context = argument(call, 0, Kind::context);
  if (context == nullptr) return refuse(call, 0);
  if (given(call, 1) && call[1].is(Kind::list)) {
    if (call[1].items().size() > 100) return refuse(call, 1);
    return put_at(call, *context, call[1].items(), call[2]);
  }
  if (!given(call, 1) || !call[1].is(Kind::string)) return refuse(call, 1);
  return put_at(call, *context, call.arguments.subspan(1, 1), call[2]);
}

Value context_merge(const Call& call) {
  std::span<const Value> contexts = call.arguments;
  if (call.size() == 1) {
    const auto list = list_argument(call, 0);
    if (!list) return refuse(call, 0);
    contexts = *list;
  }
  std::size_t most = 0;
  for (const Value& context : contexts) {
    if (!context.is(Kind::context)) return refuse(call, context);
    most += context.entries().size();
  }
  auto* to = call.evaluator.arena().array<Entry>(most);
  std::size_t size = 0;
  for (const Value& context : contexts) {
    for (const Entry& entry : context.entries()) {
      const auto at = std::find_if(to, to + size, [&](const Entry& other) { return other.key == entry.key; });
      if (at == to + size) ++size;
      ::new (static_cast<void*>(at)) Entry(entry);
    }
  }
  return call.evaluator.checked(Value::context({to, size}), call.node);
}

/// From a list of contexts with `key` and `value`, as `get entries` gives them.
Value context_of(const Call& call) {
  const auto entries = list_argument(call, 0);
  if (!entries) return refuse(call, 0);
  auto* to = call.evaluator.arena().array<Entry>(entries->size());
  std::size_t size = 0;
  for (const Value& entry : *entries) {
    if (!entry.is(Kind::context)) return refuse(call, entry);
    const Value* key = entry.find(Key("key"));
    const Value* value = entry.find(Key("value"));
    if (key == nullptr || value == nullptr || !key->is(Kind::string)) return refuse(call, entry);
    const Key made = lasting_key(call, *key);
    for (std::size_t i = 0; i < size; ++i)
      if (to[i].key == made) return refuse(call, entry);  // a key twice
    ::new (static_cast<void*>(to + size++)) Entry{made, *value};
  }
  return call.evaluator.checked(Value::context({to, size}), call.node);
}

}  // namespace weir::feel::functions
