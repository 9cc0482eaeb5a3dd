// Watches one instance during a step and says afterwards what changed.
#pragma once

#include <string_view>

#include "core/execute/journal.hpp"

namespace weir::execute {

class Recorder {
 public:
  /// Work space: what one recorder leaves, the next one uses.
  struct Room {
    semantics::Touched touched;
    std::vector<data::Assigned> assigned;
    std::vector<TraceStep> steps;
    std::vector<std::string> why;
    std::vector<std::uint32_t> put, gone, collections;  // maybe more than once
    std::vector<std::string_view> visited;
    std::vector<std::pair<std::string, std::string>> actors;
    std::span<const value::Entry> set;
    std::vector<std::string> partners;
    Record record;
  };

  /// Watches until it is destroyed.
  Recorder(Instance& instance, Room& room);
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  void step(TraceStep step, std::string why = {});
  void put(const Wait& wait) { room_.put.push_back(wait.number); }
  void gone(std::uint32_t number) { room_.gone.push_back(number); }
  /// The text stays where it is, a key of Instance::visits.
  void visited(std::string_view element) { room_.visited.push_back(element); }
  void acted(std::string_view element, std::string_view user) { room_.actors.emplace_back(element, user); }
  /// They stay where they are.
  void set(std::span<const value::Entry> variables) { room_.set = variables; }
  void met(std::string_view partner) { room_.partners.emplace_back(partner); }
  void collection(std::uint32_t host) { room_.collections.push_back(host); }

  /// Nothing was done.
  [[nodiscard]] bool empty() const {
    return room_.steps.empty() && room_.put.empty() && room_.gone.empty() && room_.assigned.empty() &&
           room_.actors.empty() && room_.partners.empty();
  }
  [[nodiscard]] const std::vector<TraceStep>& steps() const { return room_.steps; }
  [[nodiscard]] const std::vector<data::Assigned>& assigned() const { return room_.assigned; }
  /// The record of everything since the beginning, without number and time. It points to the instance, and is
  /// good as long as the recorder. The steps are its own then: nothing is recorded afterwards.
  Record& record();

 private:
  Instance& instance_;
  bool fresh_;  // the instance had no record before
  Room& room_;
};

}  // namespace weir::execute
