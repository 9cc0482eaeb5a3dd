// Watches one instance during a step and says afterwards what changed.
#pragma once

#include <string_view>

#include "core/execute/journal.hpp"

namespace weir::execute {

class Recorder {
 public:
  /// Watches until it is destroyed.
  explicit Recorder(Instance& instance);
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  void step(TraceStep step, std::string why = {});
  void put(const Wait& wait) { put_.push_back(wait.number); }
  void gone(std::uint32_t number) { gone_.push_back(number); }
  /// The text stays where it is, a key of Instance::visits.
  void visited(std::string_view element) { visited_.push_back(element); }
  void acted(std::string_view element, std::string_view user) { actors_.emplace_back(element, user); }
  void collection(std::uint32_t host) { collections_.push_back(host); }

  /// Nothing was done.
  [[nodiscard]] bool empty() const {
    return steps_.empty() && put_.empty() && gone_.empty() && assigned_.empty() && actors_.empty();
  }
  [[nodiscard]] const std::vector<TraceStep>& steps() const { return steps_; }
  [[nodiscard]] const std::vector<data::Assigned>& assigned() const { return assigned_; }
  /// The record of everything since the beginning, without number and time. It points to the instance. The
  /// steps are its own then: nothing is recorded afterwards.
  Record record();

 private:
  Instance& instance_;
  bool fresh_;  // the instance had no record before
  semantics::Touched touched_;
  std::vector<data::Assigned> assigned_;
  std::vector<TraceStep> steps_;
  std::vector<std::string> why_;
  std::vector<std::uint32_t> put_, gone_, collections_;  // maybe more than once
  std::vector<std::string_view> visited_;
  std::vector<std::pair<std::string, std::string>> actors_;
};

}  // namespace weir::execute
