// Runtime: open work and who does it. User tasks belong to people, jobs to workers that hold them for a time.
#include <fmt/format.h>

#include <algorithm>

#include "core/base/did_you_mean.hpp"
#include "core/data/declared.hpp"
#include "core/execute/retries.hpp"
#include "core/execute/runtime.hpp"
#include "core/execute/timers.hpp"

namespace weir::execute {

Result<Instance*> Runtime::load_running(std::string_view id) {
  const Result<Instance*> found = load(id);
  if (!found) return found;
  const Status status = (*found)->status;
  if (is_over(status))
    return refuse(Trouble::conflict, fmt::format("'{}' is {} already", id, status_name(status)));
  if (status == Status::suspended)
    return refuse(Trouble::conflict,
                  fmt::format("'{0}' is suspended: 'weir instance resume {0}' lets it go on", id));
  return found;
}

Result<Runtime::Task> Runtime::find_task(std::string_view task, bool job) {
  const std::size_t slash = task.find('/');
  if (slash == std::string_view::npos)
    return refuse(
        Trouble::usage,
        fmt::format("'{}' is no task: tasks are called INSTANCE/ELEMENT, as 'weir task list' prints them",
                    task));
  const Result<Instance*> found = load(task.substr(0, slash));
  if (!found) return found.error();
  Instance& instance = **found;
  const std::string_view name = task.substr(slash + 1);
  const auto is_task = [&](const Wait& wait) {
    return wait.kind == WaitKind::user_task || (job && wait.kind == WaitKind::job);
  };
  for (const auto& [number, each] : instance.waits) {
    if (!is_task(each) || !is_called(each, name)) continue;
    if (const auto running = load_running(instance.id); !running) return running.error();
    return Task{&instance, number};
  }
  std::vector<std::string> names;
  for (const auto& [number, each] : instance.waits)
    if (is_task(each)) names.push_back(wait_name(each));
  return refuse(
      Trouble::not_found,
      fmt::format("'{}' has no open task '{}'{}{}", instance.id, name,
                  is_over(instance.status) ? fmt::format(": it is {}", status_name(instance.status)) : "",
                  did_you_mean_text(name, names)));
}

Result<std::string> Runtime::entitle(const Task& task, std::string_view user) {
  const Wait& wait = task.wait();
  const std::string name = fmt::format("{}/{}", task.instance->id, wait_name(wait));
  if (wait.kind == WaitKind::job) {
    // A hold that has ended counts until somebody else gets the job: late work is better than none.
    if (!wait.owner.empty() && wait.owner != user)
      return refuse(Trouble::conflict,
                    fmt::format("'{}' is held by {} until {}", name, wait.owner, instant_text(wait.due)));
    return std::string();
  }
  if (user.empty()) return std::string();  // who runs weir may do everything
  const Entitlement may = may_do(people_, *task.instance, wait, user, clock_.now());
  if (!may.problem.empty())
    return refuse(Trouble::conflict, fmt::format("{} may not do '{}': {}", user, name, may.problem));
  return may.on_behalf_of.empty() ? std::string()
                                  : fmt::format("{} stands in for {}", user, may.on_behalf_of);
}

Result<std::uint64_t> Runtime::fill_in(const data::AskedForm& form, value::Variables& variables) {
  const auto filled = data::fill_in(form, variables, workshop_.workspace);
  return filled ? filled : refuse(Trouble::usage, filled.error().message);
}

Result<value::Variables> Runtime::declared(const Instance& instance, const value::Value& given) {
  value::Variables variables;
  if (given.is(value::Kind::context))
    for (const value::Entry& each : given.entries()) variables.set(each.key.text(), each.value);
  Result<value::Variables> typed =
      data::declared(*instance.deployed->definitions, variables, false, workshop_.workspace);
  if (!typed) return refuse(Trouble::usage, typed.error().message);
  return typed;
}

Result<Standing> Runtime::complete(const CompleteRequest& request) {
  const Result<Task> task = find_task(request.task, request.any_kind);
  if (!task) return task.error();
  Instance& instance = *task->instance;
  const Result<std::string> why = entitle(*task, request.by);
  if (!why) return why.error();
  const Wait& wait = task->wait();
  Result<value::Variables> given = declared(instance, request.variables);
  if (!given) return given.error();
  const semantics::Question question = instance.question(wait);
  const data::AskedForm form{request.task, instance.deployed->fields(question.node),
                             instance.data.visible(instance.state, question.token.slot)};
  if (const auto filled = fill_in(form, *given); !filled) return filled.error();
  const std::uint32_t number = task->number;
  step(instance, request.by, [&](Engine& engine) {
    if (wait.kind == WaitKind::user_task && !request.by.empty()) engine.acted(wait.element, request.by);
    engine.done(number, value::Value::context(given->entries()), *why);
  });
  if (const auto followed = follow(); !followed) return followed.error();
  return Standing{instance.id, instance.status, false};
}

Result<Standing> Runtime::set_assignee(const Task& task, std::string_view assignee, std::string_view by) {
  Instance& instance = *task.instance;
  step(instance, by, [&](Engine& engine) { engine.change(task.number).assignee = assignee; });
  if (const auto followed = follow(); !followed) return followed.error();
  return Standing{instance.id, instance.status, false};
}

Result<Standing> Runtime::claim(std::string_view name, std::string_view user) {
  const Result<Task> task = find_task(name, false);
  if (!task) return task.error();
  if (user.empty()) return refuse(Trouble::usage, "who claims it? --as USER");
  if (task->wait().assignee == user) return Standing{task->instance->id, task->instance->status, true};
  if (!task->wait().assignee.empty())
    return refuse(Trouble::conflict, fmt::format("'{}' is {}'s", name, task->wait().assignee));
  if (const auto may = entitle(*task, user); !may) return may.error();
  return set_assignee(*task, user, user);
}

Result<Standing> Runtime::release(std::string_view name, std::string_view user) {
  const Result<Task> task = find_task(name, false);
  if (!task) return task.error();
  if (task->wait().assignee.empty())
    return refuse(Trouble::conflict, fmt::format("nobody has claimed '{}'", name));
  if (const auto may = entitle(*task, user); !may) return may.error();
  return set_assignee(*task, {}, user);
}

Result<Standing> Runtime::assign(std::string_view name, std::string_view assignee, std::string_view user) {
  const Result<Task> task = find_task(name, false);
  if (!task) return task.error();
  if (const auto may = entitle(*task, user); !may) return may.error();
  return set_assignee(*task, assignee, user);
}

Result<Standing> Runtime::fail(const FailRequest& request) {
  const Result<Task> task = find_task(request.task, request.job);
  if (!task) return task.error();
  Instance& instance = *task->instance;
  if (const auto may = entitle(*task, request.by); !may) return may.error();
  const Wait& wait = task->wait();
  const Result<value::Variables> given = declared(instance, request.variables);
  if (!given) return given.error();
  if (request.error.empty() && given->size() > 0)
    return refuse(Trouble::usage,
                  "variables go with the error that is thrown: name it with --error, or set "
                  "them with 'weir instance set'");
  if ((request.retries || request.wait) && !request.error.empty())
    return refuse(Trouble::usage, "a BPMN error is not tried again: leave out --retries and --wait");
  if ((request.retries || request.wait) && wait.kind != WaitKind::job)
    return refuse(Trouble::usage,
                  fmt::format("'{}' is a task of people, who try again when they like: leave out --retries "
                              "and --wait",
                              request.task));
  const std::uint32_t number = task->number;
  const model::Retry& retry = instance.written(instance.question(wait).node).work.retry;
  const std::string why = !request.message.empty() ? request.message
                          : request.error.empty()  ? fmt::format("'{}' could not be done", wait.label)
                                                   : fmt::format("error '{}' of '{}' is caught by nobody",
                                                                 request.error, request.task);
  const Result<bool> leaving =
      request.error.empty() ? Result<bool>(false) : leaves(instance, number, request.error);
  if (!leaving) return leaving.error();
  if (*leaving)
    errors_.insert_or_assign(
        instance.id,
        Uncaught{
            request.error, request.message, value::OwnedValue(value::Value::context(given->entries())), {}});
  step(instance, request.by, [&](Engine& engine) {
    if (!request.error.empty()) {
      if (wait.kind == WaitKind::user_task && !request.by.empty()) engine.acted(wait.element, request.by);
      if (!engine.error(number, request.error, value::Value::context(given->entries()), request.message,
                        *leaving))
        engine.fail(number, request.error, why, request.by);
      return;
    }
    const std::uint32_t left = request.retries                               ? *request.retries
                               : retry.written && retry.times > wait.attempt ? retry.times - wait.attempt
                                                                             : 0;
    if (wait.kind != WaitKind::job || left == 0) return engine.fail(number, "failed", why, request.by);
    Wait& changed = engine.change(number);
    changed.owner.clear();
    ++changed.attempt;
    changed.trouble = request.message;
    const value::Microseconds later =
        request.wait ? *request.wait
                     : pause(retry, changed.attempt, fmt::format("{}/{}", instance.id, number));
    changed.due = later > 0 ? clock_.now() + later : value::never;
  });
  if (const auto followed = follow(); !followed) return followed.error();
  return Standing{instance.id, instance.status, false};
}

Result<std::vector<Activated>> Runtime::activate(const ActivateRequest& request) {
  const value::Instant now = clock_.now();
  const auto is_free = [&](const Wait& wait) {
    return wait.kind == WaitKind::job && wait.name == request.type &&
           (wait.due == value::never || wait.due <= now);
  };
  struct Found {
    value::Instant created;
    std::string instance;
    std::uint32_t number;
  };
  std::vector<Found> found;
  const auto looked =
      store_.each_waiting(WaitKind::job, request.type, std::nullopt, [&](const Record& record) {
        if (record.changes.status == Status::suspended) return true;
        for (const Wait& wait : record.changes.waits)
          if (is_free(wait)) found.push_back({wait.created, std::string(record.instance), wait.number});
        return true;
      });
  if (!looked) return refuse(Trouble::store, looked.error().message);
  const std::size_t most = std::min(found.size(), request.most);
  std::stable_sort(found.begin(), found.end(),
                   [](const Found& a, const Found& b) { return a.created < b.created; });
  std::vector<Activated> out;
  for (std::size_t i = 0; i < most; ++i) {
    const Result<Instance*> instance = load(found[i].instance);
    if (!instance) return instance.error();
    step(**instance, request.worker, [&](Engine& engine) {
      Wait& wait = engine.change(found[i].number);
      wait.owner = request.worker;
      wait.due = now + request.hold;
    });
    if (const auto followed = follow(); !followed) return followed.error();
    out.push_back({*instance, found[i].number});
  }
  return out;
}

Result<Standing> Runtime::extend(std::string_view job, std::string_view worker, value::Microseconds hold) {
  if (worker.empty()) return refuse(Trouble::usage, "which worker holds it? --as WORKER");
  const Result<Task> task = find_task(job, true);
  if (!task) return task.error();
  if (task->wait().kind != WaitKind::job || task->wait().owner != worker)
    return refuse(Trouble::conflict, fmt::format("'{}' is not held by {}", job, worker));
  Instance& instance = *task->instance;
  step(instance, worker, [&](Engine& engine) { engine.change(task->number).due = clock_.now() + hold; });
  if (const auto followed = follow(); !followed) return followed.error();
  return Standing{instance.id, instance.status, false};
}

}  // namespace weir::execute
