// Runtime: messages that instances throw. A key says whom one is for; where there is none it is for whoever
// the sender has exchanged messages with last: an instance that was begun by a message answers the one that
// sent it. Called processes speak for who has called them. When several instances wait and nothing says which
// of them is meant, the message is kept and a note says so: nobody gets it by chance.
#include <fmt/format.h>

#include <algorithm>

#include "core/data/mappings.hpp"
#include "core/execute/runtime.hpp"
#include "core/execute/timers.hpp"

namespace weir::execute {

using graph::Trigger;

namespace {

constexpr std::uint64_t done = 0;
/// How long a message is kept that several wait for, when no definition says it.
constexpr value::Microseconds undecided_for = 24 * 60 * 60 * value::per_second;

/// Whether it ever waits for such messages; what only begins by one does not.
bool waits_for(const Deployed& deployed, std::string_view message) {
  const graph::ProcessGraph& graph = deployed.graph;
  for (std::uint32_t i = 1; i < graph.nodes.size(); ++i) {
    const graph::Node& node = graph.nodes[i];
    const bool catches = node.kind == model::ElementKind::intermediate_catch_event ||
                         node.kind == model::ElementKind::boundary_event ||
                         node.kind == model::ElementKind::receive_task ||
                         (node.kind == model::ElementKind::start_event && node.parent != graph::process_node);
    if (catches && about(deployed, NodeId{i}, Trigger::message, message)) return true;
  }
  return false;
}

std::string names(const std::vector<std::pair<std::string, std::uint32_t>>& receivers) {
  constexpr std::size_t most = 3;
  std::string out;
  for (std::size_t i = 0; i < receivers.size() && i < most; ++i)
    out += fmt::format("{}'{}'", i == 0 ? "" : ", ", receivers[i].first);
  return out + (receivers.size() > most ? " ..." : "");
}

}  // namespace

Result<std::string> Runtime::root_of(const std::string& id) {
  std::string root = id;
  for (;;) {
    const Result<Instance*> instance = load(root);
    if (!instance) return trouble_ == Trouble::store ? Result<std::string>(instance.error()) : root;
    if ((*instance)->parent.empty()) return root;
    root = (*instance)->parent;
  }
}

Result<std::set<std::string>> Runtime::family(const std::string& root) {
  std::set<std::string> found;
  std::vector<std::string> open{root};
  while (!open.empty()) {
    const std::string id = std::move(open.back());
    open.pop_back();
    const Result<Instance*> instance = load(id);
    if (!instance && trouble_ == Trouble::store) return instance.error();
    if (!instance || !found.insert(id).second) continue;
    for (const auto& [number, wait] : (*instance)->waits)
      if (wait.kind == WaitKind::child && !wait.key.empty()) open.push_back(wait.key);
  }
  return found;
}

Result<Runtime::Partner> Runtime::partner_for(const std::string& sender, std::string_view message) {
  const Result<Instance*> one = load(sender);
  if (!one) return one.error();
  const std::vector<std::string> partners = (*one)->partners;
  for (auto each = partners.rbegin(); each != partners.rend(); ++each) {
    Result<std::set<std::string>> related = family(*each);
    if (!related) return related.error();
    const bool waits = std::any_of(related->begin(), related->end(), [&](const std::string& id) {
      return waits_for(*loaded_.at(id)->deployed, message);
    });
    if (waits) return Partner{*each, std::move(*related), is_over(loaded_.at(*each)->status)};
  }
  return Partner{};
}

Result<std::uint64_t> Runtime::introduce(const std::string& one, const std::string& other) {
  if (one == other) return done;
  for (const auto& [who, whom] : {std::pair(one, other), std::pair(other, one)}) {
    const Result<Instance*> instance = load(who);
    if (!instance && trouble_ == Trouble::store) return instance.error();
    if (!instance || is_over((*instance)->status)) continue;
    if (!(*instance)->partners.empty() && (*instance)->partners.back() == whom) continue;
    step(**instance, {}, [&, partner = whom](Engine& engine) { engine.met(partner); });
  }
  return done;
}

Result<std::uint64_t> Runtime::take(const Receiver& receiver, const std::string& sender,
                                    const value::Value& given, std::string_view by) {
  const Result<Instance*> instance = load(receiver.first);
  if (!instance) return instance.error();
  const Result<std::string> root = root_of(receiver.first);
  if (!root) return root.error();
  const auto wait = (*instance)->waits.find(receiver.second);
  Diagnostics notes;
  const std::optional<value::Variables> set =
      wait == (*instance)->waits.end() ? std::nullopt
                                       : data::chosen(*(*instance)->deployed->definitions, wait->second.name,
                                                      given, workshop_.workspace, notes);
  const value::Value payload = set ? value::Value::context(set->entries()) : given;
  const bool speaks = !sender.empty() && *root == receiver.first && *root != sender;
  step(**instance, by, [&](Engine& engine) {
    if (speaks) engine.met(sender);
    for (Diagnostic& each : notes.list()) engine.notes().add(std::move(each));
    engine.happen(receiver.second, payload);
  });
  return sender.empty() ? Result<std::uint64_t>(done) : introduce(*root, sender);
}

Result<std::uint64_t> Runtime::narrow(std::vector<Receiver>& found, const std::string& sender,
                                      const Partner& partner) {
  const auto only = [&](const std::set<std::string>& family) {
    std::vector<Receiver> inside;
    for (const Receiver& each : found)
      if (family.contains(each.first)) inside.push_back(each);
    return inside;
  };
  if (!partner.root.empty()) {
    found = only(partner.family);
  } else if (found.size() > 1) {  // it may talk to itself
    const Result<std::set<std::string>> own = family(sender);
    if (!own) return own.error();
    if (std::vector<Receiver> inside = only(*own); !inside.empty()) found = std::move(inside);
  }
  return found.size();
}

Result<std::uint64_t> Runtime::deliver(std::size_t told, std::size_t number) {
  const Sent sent = told_[told].sent[number];
  const value::Value payload = value::Value::context(sent.payload.entries());
  const Result<std::string> sender = root_of(told_[told].instance);
  if (!sender) return sender.error();
  Result<std::vector<Receiver>> found = waiting_for(WaitKind::message, sent.name, sent.key);
  if (!found) return found.error();
  Partner partner;
  if (sent.key.empty() || found->size() > 1) {
    Result<Partner> latest = partner_for(*sender, sent.name);
    if (!latest) return latest.error();
    partner = std::move(*latest);
    std::vector<Receiver> meant = *found;
    if (const auto narrowed = narrow(meant, *sender, partner); !narrowed) return narrowed;
    if (sent.key.empty() || !meant.empty()) found = std::move(meant);
  }
  if (found->size() == 1) {
    told_[told].sent[number].arrived = true;
    return take(found->front(), *sender, payload);
  }
  const bool comes_later = found->empty() && !partner.root.empty() && !partner.is_over;
  if (found->empty() && !comes_later) {
    const Result<std::vector<Beginning>> beginnings = begun_by(Trigger::message, sent.name);
    if (!beginnings) return beginnings.error();
    if (!beginnings->empty()) {
      told_[told].sent[number].arrived = true;
      const Result<Standing> begun = begin_by(beginnings->front(), payload, {}, *sender);
      if (!begun) return begun.error();
      return begun->lacks.empty() ? introduce(begun->instance, *sender) : done;
    }
  }
  const Result<value::Microseconds> declared = time_to_live(sent.name);
  if (!declared) return declared.error();
  if (*declared == 0 && found->empty() && !comes_later) return done;
  told_[told].sent[number].arrived = true;  // it is not lost
  KeptMessage message;
  message.instance = fmt::format("message:{}", store_.started() + 1);
  message.name = sent.name;
  message.key = sent.key;
  message.sender = *sender;
  message.sent = clock_.now();
  if (sent.payload.size() > 0) message.payload = payload;
  if (comes_later) message.addressee = partner.root;
  if (*declared > 0 || !comes_later)
    message.until = message.sent + (*declared > 0 ? *declared : undecided_for);
  write_message(message, {}, false);
  if (found->empty()) return done;
  told_[told]
      .notes
      .warning(
          "several-receivers",
          fmt::format("{} instances wait for message '{}' of '{}' ({}) and nothing says which is meant: it "
                      "is kept until {}; 'weir message send {} --instance ID' gives it to one",
                      found->size(), sent.name, told_[told].instance, names(*found),
                      instant_text(message.until), sent.name),
          {})
      .group = "engine";
  return done;
}

}  // namespace weir::execute
