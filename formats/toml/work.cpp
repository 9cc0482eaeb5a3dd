// What a step says about its own node: people, connectors, mappings, loops, triggers.
#include <fmt/format.h>

#include <algorithm>

#include "formats/toml/step.hpp"
#include "formats/toml/texts.hpp"

namespace weir::formats::toml {

using model::ElementKind;

namespace {

class Filler {
 public:
  Filler(Declarations& declared, const Step& step, model::FlowNode& node)
      : declared_(declared), table_(*step.table), step_(step), node_(node) {}

  void run() {
    node_.kind = step_.kind->element;
    if (const Entry* name = table_.find("name")) node_.name = declared_.kept(*name);
    if (const Entry* doc = table_.find("doc")) node_.documentation = declared_.kept(*doc);
    if (const Entry* in = table_.find("in")) node_.inputs = declared_.mappings(*in);
    if (const Entry* out = table_.find("out")) node_.outputs = declared_.mappings(*out);
    if (const Entry* tags = table_.find("tags")) node_.work.tags = declared_.keep_texts(*tags);
    if (const Entry* cost = table_.find("cost-center")) node_.work.cost_center = declared_.kept(*cost);
    if (step_.kind->is_activity()) activity();
    triggers();
    own_keys();
    if (step_.kind->is_activity()) retry();
  }

 private:
  void triggers() {
    if (step_.kind->triggers == Position::none || step_.kind->triggers == Position::handler) return;
    node_.event_definitions = read_triggers(declared_, table_, step_.kind->triggers, node_.parallel_multiple);
    if (step_.kind->triggers == Position::catching && node_.event_definitions.empty())
      declared_.error(
          "missing-key", step_.header,
          fmt::format("catch '{}' needs a trigger, such as message = \"name\" or after = \"2d\"", step_.id));
  }

  void activity() {
    const Entry* each = table_.find("each");
    const Entry* loop = table_.find("while");
    if (each != nullptr && loop != nullptr) {
      declared_.wrong(loop->key_span, "'while' does not go with 'each'");
      loop = nullptr;
    }
    const bool ad_hoc = node_.kind == model::ElementKind::ad_hoc_sub_process;
    if (each != nullptr) multi_instance(*each, ad_hoc);
    if (ad_hoc) chosen();
    if (loop != nullptr) {
      node_.loop.kind = model::Loop::Kind::standard;
      node_.loop.condition = declared_.feel(*loop);
      node_.loop.test_before = true;
    }
    only_with(each, "each", {"collect"});
    if (!ad_hoc) only_with(each, "each", {"sequential", "until"});
    only_with(loop, "while", {"max", "test"});
    if (loop == nullptr) return;
    if (const Entry* max = table_.find("max"))
      if (const auto count = declared_.whole(*max, 1, 1'000'000'000))
        node_.loop.maximum = declared_.keep(std::to_string(*count));
    if (const Entry* test = table_.find("test"); test != nullptr && declared_.text(*test) != nullptr) {
      if (test->value.text != "before" && test->value.text != "after")
        declared_.wrong(test->value.span, "'test' is \"before\" or \"after\" each round");
      node_.loop.test_before = test->value.text != "after";
    }
  }

  void only_with(const Entry* there, std::string_view key, std::initializer_list<std::string_view> keys) {
    if (there != nullptr) return;
    for (const std::string_view each : keys)
      if (const Entry* found = table_.find(each))
        declared_.wrong(found->key_span,
                        fmt::format("'{}' goes with '{}', and there is no '{}'", each, key, key));
  }

  /// How the activities of an ad-hoc step are done; `sequential` and `until` mean them, also beside `each`.
  void chosen() {
    if (const Entry* sequential = table_.find("sequential"))
      node_.ad_hoc_sequential = declared_.flag(*sequential).value_or(false);
    if (const Entry* until = table_.find("until")) node_.completion_condition = declared_.feel(*until);
  }

  /// each = "line in order.lines"
  void multi_instance(const Entry& each, bool ad_hoc) {
    model::Loop& loop = node_.loop;
    loop.kind = model::Loop::Kind::multi_instance;
    if (declared_.text(each) == nullptr) return;
    const std::string_view text = each.value.text;
    const auto in = text.find(" in ");
    const std::string_view element = text.substr(0, in);
    if (in == std::string_view::npos || !is_id(element) ||
        find_hole_in_feel(text) != std::string_view::npos) {
      declared_.wrong(each.value.span,
                      "'each' is written \"element in list\", such as \"line in order.lines\"");
      return;
    }
    std::string_view list = text.substr(in + 4);
    while (!list.empty() && list.front() == ' ') list.remove_prefix(1);
    loop.element_variable = declared_.keep(std::string(element));
    loop.collection = declared_.keep(std::string(list));
    if (const Entry* sequential = table_.find("sequential"); sequential != nullptr && !ad_hoc)
      loop.sequential = declared_.flag(*sequential).value_or(false);
    if (const Entry* until = table_.find("until"); until != nullptr && !ad_hoc)
      loop.condition = declared_.feel(*until);
    if (const Entry* collect = table_.find("collect");
        collect != nullptr && declared_.text(*collect) != nullptr)
      if (const auto mapping = declared_.mapping(collect->value)) loop.outputs.push_back({*mapping, {}});
  }

  void own_keys() {
    model::Work& work = node_.work;
    bool people = false;
    for (const Entry& each : table_.entries) {
      const std::string_view key = each.key;
      if (std::find(step_.kind->own_keys.begin(), step_.kind->own_keys.end(), key) ==
          step_.kind->own_keys.end())
        continue;
      people = people || key == "assign" || key == "users" || key == "groups";
      if (key == "assign" && declared_.text(each) != nullptr) {
        work.human_performer = declared_.data(each.value);
      } else if (key == "users") {
        work.potential_users = declared_.data_list(each);
      } else if (key == "groups") {
        work.potential_groups = declared_.data_list(each);
      } else if (key == "show" || key == "ask") {
        fields(each, key == "ask");
      } else if (key == "form") {
        work.form = declared_.kept(each);
      } else if (key == "due") {
        due(each);
      } else if (key == "priority") {
        work.priority = declared_.data(each.value);
      } else if (key == "use" && declared_.text(each) != nullptr) {
        work.connection = declared_.keep(each.value.text);
        work.connection_span = each.value.content;
      } else if (key == "worker") {
        work.job_type = declared_.kept(each);
      } else if (key == "with" && declared_.is_table(each)) {
        work.parameters = declared_.parameter({}, each.value);
      } else if (key == "set") {
        work.assignments = declared_.mappings(each);
      } else if (key == "message" && declared_.text(each) != nullptr) {
        node_.message_ref = declared_.root(ElementKind::message, each.value.text, each.value.content);
      } else if (key == "instantiate") {
        node_.instantiate = declared_.flag(each).value_or(false);
      } else if (key == "dmn" && declared_.text(each) != nullptr) {
        work.decision.reference = declared_.keep(each.value.text);
        work.decision.span = each.value.content;
        work.decision.binding = "deployment";
        work.decision.mapping = "outputs";
      } else if (key == "process") {
        node_.called_element = declared_.kept(each);
        node_.call.local_in = table_.find("in") != nullptr;  // then nothing else goes in
        node_.call.all_in = !node_.call.local_in;
      } else if (key == "activate") {
        node_.activation_condition = declared_.feel(each);
      } else if (key == "cancel-remaining") {
        node_.ad_hoc_cancel_remaining = declared_.flag(each).value_or(true);
      }
    }
    if (node_.kind == ElementKind::user_task && !people) lane_group();
    if (step_.kind->key == "service" || step_.kind->key == "send") connector();
    required();
  }

  void required() {
    const auto need = [&](std::string_view key, std::string_view example) {
      if (table_.find(key) == nullptr)
        declared_.error("missing-key", step_.header,
                        fmt::format("{} '{}' needs {} = {}", step_.kind->key, step_.id, key, example));
    };
    if (step_.kind->key == "script") need("set", "[\"variable = FEEL\"]");
    if (step_.kind->key == "decision") need("dmn", "\"decision\"");
    if (step_.kind->key == "call") need("process", "\"id\"");
    if (step_.kind->key == "receive") need("message", "\"name\"");
  }

  void lane_group() {
    const model::Lane* lane = declared_.find_lane(step_.lane);
    if (lane != nullptr && !lane->group.empty()) node_.work.potential_groups.push_back(lane->group);
  }

  void fields(const Entry& entry, bool ask) {
    for (const Value* each : declared_.texts(entry)) {
      std::string_view name = each->text;
      const bool optional = ask && name.ends_with('?');
      if (optional) name.remove_suffix(1);
      if (!is_id(name)) {
        declared_.wrong(each->span, fmt::format("'{}' is no name of a variable", name));
        continue;
      }
      node_.work.fields.push_back(
          {declared_.keep(std::string(name)), ask, ask && !optional, part(*each, 0, name.size())});
    }
  }

  void due(const Entry& each) {
    const Value& value = each.value;
    if (value.kind == Value::Kind::date || value.kind == Value::Kind::date_time) {
      node_.work.due_date = declared_.keep(iso_date_time(value.text).value_or(value.text));
    } else if (declared_.text(each) != nullptr) {
      if (value.text.find("${") != std::string::npos)
        node_.work.due_date = declared_.data(value);
      else if (const auto date = iso_date_time(value.text))
        node_.work.due_date = declared_.keep(*date);
      else
        node_.work.due_date = declared_.duration(each);
    }
  }

  void connector() {
    model::Work& work = node_.work;
    const Entry* with = table_.find("with");
    const Entry* use = table_.find("use");
    const Entry* worker = table_.find("worker");
    if (worker != nullptr && (with != nullptr || use != nullptr)) {
      declared_.wrong(worker->key_span,
                      "'worker' leaves the work to others: 'use' and 'with' do not go with it");
      return;
    }
    const model::Connection* connection = nullptr;
    if (use != nullptr && !work.connection.empty()) {
      connection = declared_.connection(work.connection, work.connection_span);
      if (connection == nullptr) return;
    }
    if (with != nullptr) {
      if (!with->value.is_table()) return;
      declared_.check_parameters(*with, connection);
      work.timeout = declared_.timeout(with->value);
    } else if (use != nullptr) {
      declared_.error("missing-key", step_.header,
                      fmt::format("{} '{}' needs with = {{ ... }}: what '{}' is asked to do", step_.kind->key,
                                  step_.id, work.connection));
    }
  }

  void retry() {
    model::Work& work = node_.work;
    if (const Entry* entry = table_.find("retry")) work.retry = declared_.retry(*entry);
    if (step_.kind->key != "service" && step_.kind->key != "send") return;
    if (!work.retry.written) work.retry = declared_.default_retry;
    if (work.timeout.empty()) work.timeout = declared_.default_timeout;
  }

  Declarations& declared_;
  const Value& table_;
  const Step& step_;
  model::FlowNode& node_;
};

}  // namespace

void fill_node(Declarations& declared, const Step& step, model::FlowNode& node) {
  Filler(declared, step, node).run();
}

}  // namespace weir::formats::toml
