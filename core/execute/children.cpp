// What a call activity means for two instances: the one it begins, and what becomes of it for the caller.
#include <fmt/format.h>

#include "core/execute/called.hpp"
#include "core/execute/runtime.hpp"

namespace weir::execute {

namespace {

constexpr std::uint64_t done = 0;

}  // namespace

Result<const Deployed*> Runtime::called_by(Instance& parent, const Wait& wait, Diagnostics& notes) {
  const model::CalledProcess& call = parent.written(parent.question(wait).node).call;
  const std::string& process = wait.name;
  if (call.binding == "deployment")  // another file of the same deployment is not older than the newest
    if (Result<const Deployed*> own = library_(parent.deployed->definition, process)) return own;
  const Result<std::vector<std::string>> versions = store_.versions(process);
  if (!versions) return Error{versions.error().message};
  if (versions->empty()) return Error{fmt::format("process '{}' is not deployed", process)};
  if (call.binding != "version" && call.binding != "versionTag") return library_(versions->back(), process);
  const std::string wanted = call_version(parent, wait, workshop_.workspace, notes);
  for (std::size_t i = versions->size(); i-- > 0;) {
    const Result<const Deployed*> found = library_((*versions)[i], process);
    if (!found) return found;
    const model::Process& written = (*(*found)->definitions)[(*found)->graph.process];
    if (wanted == (call.binding == "version" ? std::to_string(i + 1) : std::string(written.version)))
      return found;
  }
  return Error{fmt::format("there is no version '{}' of process '{}'", wanted, process)};
}

Result<std::uint64_t> Runtime::call_child(Instance& parent, std::uint32_t number) {
  const std::string process = parent.waits.at(number).name;
  // Whoever called us follows the parent already.
  const auto step_parent = [&](const std::function<void(Engine&)>& f) {
    const std::size_t before = to_follow_.size();
    step(parent, {}, f);
    to_follow_.resize(before);
  };
  const auto fail = [&](std::string code, std::string message) {
    step_parent([&](Engine& engine) { engine.fail(number, code, message); });
    return Result<std::uint64_t>(done);
  };
  int depth = 0;
  const Instance* root = &parent;
  for (; !root->parent.empty(); ++depth) {
    const Result<Instance*> above = load(root->parent);
    if (!above) return above.error();
    root = *above;
  }
  if (depth >= 30)
    return fail("call-depth", fmt::format("'{}' is called more than {} processes deep", process, depth));
  std::uint32_t& called = called_[root->id];
  if (called >= most_called)
    return fail("call-count",
                fmt::format("'{}' is not called: {} processes under '{}' were called at once before it",
                            process, called, root->id));
  ++called;
  Diagnostics notes;
  const Result<const Deployed*> deployed = called_by(parent, parent.waits.at(number), notes);
  const NodeId start = deployed ? start_node((*deployed)->graph, {}) : NodeId::none;
  if (!deployed) return fail("called-process", deployed.error().message);
  if (start == NodeId::none)
    return fail("called-process", fmt::format("process '{}' has no none start event", process));
  const Wait& wait = parent.waits.at(number);
  const Result<value::Variables> variables =
      as_called(*(*deployed)->definitions, process, given(parent, wait, workshop_.workspace, notes), true,
                workshop_.workspace);
  if (!variables) return fail("called-process", variables.error().message);
  const std::string key = call_key(parent, wait, workshop_.workspace, notes);
  const Result<Instance*> child = begin_instance(**deployed);
  (*child)->parent = parent.id;
  (*child)->parent_wait = number;
  if (!key.empty()) {  // one key, one instance
    const Result<std::string> known = store_.find_key(process, key);
    if (!known) return refuse(Trouble::store, known.error().message);
    if (known->empty())
      (*child)->key = key;
    else
      notes.warning("business-key",
                    fmt::format("'{}' has the key '{}' already: '{}' gets none", *known, key, (*child)->id),
                    {}, wait.element);
  }
  step(**child, {}, [&](Engine& engine) {
    for (const value::Entry& each : variables->entries()) engine.set(each.key.text(), each.value);
    engine.start(start);
  });
  step_parent([&](Engine& engine) { engine.change(number).key = (*child)->id; });
  for (Diagnostic& each : notes.list()) told_.back().notes.add(std::move(each));
  return done;
}

Result<bool> Runtime::leaves(Instance& instance, std::uint32_t wait, std::string_view code) {
  for (Instance* at = &instance;;) {
    const bool caught = Engine(*at, workshop_, clock_.now()).catches(wait, code);
    if (caught || at->parent.empty()) return caught && at != &instance;
    const Result<Instance*> parent = load(at->parent);
    if (!parent) return parent.error();
    const auto waits = (*parent)->waits.find(at->parent_wait);
    if ((*parent)->status == Status::suspended || waits == (*parent)->waits.end() ||
        waits->second.kind != WaitKind::child || waits->second.key != at->id)
      return false;
    wait = at->parent_wait;
    at = *parent;
  }
}

Result<std::uint64_t> Runtime::tell_parent(Instance& child) {
  const Result<Instance*> found = load(child.parent);
  if (!found) return found.error();
  Instance& parent = **found;
  if (parent.status == Status::suspended) return done;  // it hears of it when it is resumed
  const auto wait = parent.waits.find(child.parent_wait);
  if (wait == parent.waits.end() || wait->second.kind != WaitKind::child || wait->second.key != child.id)
    return done;
  const std::uint32_t number = wait->first;
  const auto error = errors_.find(child.id);
  bool above = false;
  if (error != errors_.end()) {
    const Result<bool> leaving = leaves(parent, number, error->second.code);
    if (!leaving) return leaving.error();
    above = *leaving;
    if (above) {
      Uncaught passed = error->second;
      passed.failed.push_back(child.id);
      errors_.insert_or_assign(parent.id, std::move(passed));
    }
  }
  std::string why;
  if (error != errors_.end())
    why = fmt::format(" with error \"{}\"{}{}", error->second.code, error->second.message.empty() ? "" : ": ",
                      error->second.message);
  bool caught = false;
  step(parent, {}, [&](Engine& engine) {
    if (child.status == Status::completed) {
      const model::FlowNode& activity = parent.written(parent.question(wait->second).node);
      const value::Variables& all = child.data.frames().root();
      const model::Definitions& caller = *parent.deployed->definitions;
      const value::Variables variables = returned(all, caller, activity, workshop_.workspace, engine.notes());
      engine.assign_around(number,
                           returned_around(all, caller, activity, workshop_.workspace, engine.notes()));
      return engine.done(number, value::Value::context(variables.entries()));
    }
    // 10.5.6: an error that nobody catches inside is one of the call activity.
    if (error != errors_.end() &&
        engine.error(number, error->second.code, error->second.data.get(), error->second.message, above)) {
      caught = !above;
      return;
    }
    engine.fail(number, "called-process",
                fmt::format("'{}', which it called, is {}{}", child.id, status_name(child.status), why),
                child.id);
  });
  if (!caught) return done;
  std::vector<std::string> failed = error->second.failed;
  failed.push_back(child.id);
  for (const std::string& each : failed) {
    const Result<Instance*> below = load(each);
    if (!below) return below.error();
    step(**below, {}, [&](Engine&) { (*below)->caught_by = parent.id; });
  }
  return done;
}

Result<std::uint64_t> Runtime::tell_trouble(const std::string& id) {
  const Result<Instance*> child = load(id);
  if (!child) return child.error();
  const Result<Instance*> parent = load((*child)->parent);
  if (!parent) return parent.error();
  const auto wait = (*parent)->waits.find((*child)->parent_wait);
  if (wait == (*parent)->waits.end() || wait->second.kind != WaitKind::child || wait->second.key != id)
    return done;
  const std::string now(is_over((*child)->status) ? std::string_view() : incident_in(**child));
  if (wait->second.trouble != now)
    step(**parent, {}, [&](Engine& engine) { engine.change(wait->first).trouble = now; });
  return done;
}

}  // namespace weir::execute
