#include "core/model/differences.hpp"

#include <array>

namespace weir::model {

std::span<const Difference> differences() {
  static constexpr std::array all{
      Difference{"activity without incoming flow", "all engines",
                 "It never begins by itself: models for engines do not mean it.",
                 "In plain BPMN it begins with its process or sub-process, beside a start event too (10.3)."},
      Difference{
          "flow without condition behind an exclusive gateway", "Camunda 7, Flowable, Activiti",
          "It is true: the first one in the order of the file is taken.",
          "A condition is missing there (10.6.2): when no other flow is true, the gateway is an incident, "
          "and 'weir instance choose' decides."},
      Difference{"name of a loop's numbers", "Camunda 7, Flowable, Activiti",
                 "nrOfInstances, nrOfActiveInstances, nrOfCompletedInstances.",
                 "numberOfInstances, numberOfActiveInstances, numberOfCompletedInstances (10.3.8)."},
      Difference{"loopCounter", "Camunda 8", "It counts from 1.",
                 "It counts from 0, as in the engines that come from Activiti; BPMN leaves it open."},
      Difference{"days of the week in cron texts", "Camunda 7, Flowable, Activiti, jBPM",
                 "1 is Sunday, as in Quartz.", "0 is Sunday, in Camunda 8 and in TOML."},
      Difference{"timers", "jBPM",
                 "5m, 500 (milliseconds) and 1m###5m (first after one minute, then every five) too.",
                 "Dates, durations and repeating intervals of ISO 8601, and cron texts."},
      Difference{"target of a mapping", "Camunda 8", "a.b is the part b of the variable a.",
                 "It is the name of a variable, whatever is in it."},
      Difference{"results of a called process", "Camunda 7, Flowable, Activiti",
                 "What 'out' names goes around the call activity, beside what its output mappings choose.",
                 "Its output mappings, where it has some, choose all that leaves it (10.4.2)."},
      Difference{"names in an assignment", "Camunda 7, Flowable, Activiti",
                 "\"ann, bob\" is two people or groups, also when an expression gives it.",
                 "It is one name; several are a list."},
      Difference{
          "variables of a called process", "TOML",
          "Those that it declares must fit, and what is required must be there, else there is an incident.",
          "They are taken as they come."},
      Difference{"text of a mapping", "TOML", "It is always FEEL.",
                 "It is an expression when it is marked as one: '=' in Camunda 8, ${...} elsewhere."}};
  return all;
}

}  // namespace weir::model
