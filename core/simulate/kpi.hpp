// Key figures while they are collected: everything merges, nothing keeps the single values.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/value/calendar.hpp"

namespace weir::simulate {

/// Counts of non-negative integers in buckets whose width is at most 1/2048 of their value.
class Histogram {
 public:
  void add(std::int64_t value);
  void merge(const Histogram& other);
  /// Value below which a share `q` of all lies, interpolated; 0 when there are none.
  [[nodiscard]] double quantile(double q) const;

 private:
  static std::size_t bucket(std::uint64_t value);
  static std::uint64_t lower_bound(std::size_t bucket);
  std::vector<std::uint64_t> counts_;
  std::uint64_t total_ = 0;
  std::int64_t least_ = 0, most_ = 0;
};

/// Means of batches of consecutive values, for a confidence interval of one long run: between 32 and 63
/// batches, whose size doubles as the run goes on.
class BatchMeans {
 public:
  void add(double value);
  /// Half the width of the 95 % confidence interval of the mean; empty with fewer than two batches.
  [[nodiscard]] std::optional<double> half_width() const;

 private:
  std::vector<double> sums_;
  std::uint64_t size_ = 1;  // values per batch
  double sum_ = 0;          // of the batch that is not full
  std::uint64_t filled_ = 0;
};

/// 95 % quantile range of Student's t: P(|T| <= t) = 0.95.
double student_t(std::uint64_t degrees_of_freedom);

/// One quantity measured once per case; in its unit (seconds, money).
class Series {
 public:
  void add(double value);
  /// Another replication of the same.
  void merge(const Series& other);
  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] double mean() const { return count_ == 0 ? 0 : sum_ / static_cast<double>(count_); }
  [[nodiscard]] double quantile(double q) const { return histogram_.quantile(q) * 1e-6; }
  /// Half the width of the 95 % confidence interval of the mean: from the means of replications when there
  /// are several, else from batches.
  [[nodiscard]] std::optional<double> half_width() const;

 private:
  std::uint64_t count_ = 0;
  double sum_ = 0;
  Histogram histogram_;        // of millionths
  BatchMeans batches_;         // of the first replication
  std::vector<double> means_;  // of the merged replications
};

/// What happened at one activity or event.
struct ElementTally {
  std::uint64_t count = 0;  // completed
  double waiting = 0;       // seconds, from enabled to started
  double processing = 0;    // seconds of work
  double paused = 0;        // seconds off duty between start and end
  double cost = 0;
  void merge(const ElementTally& other);
};

struct ResourceTally {
  std::uint64_t count = 0;  // pieces of work completed
  double worked = 0;        // seconds within the time observed
  double available = 0;     // seconds on duty in the time observed
  double cost = 0;
  void merge(const ResourceTally& other);
};

/// How cases ended. Stopped and unfinished ones do not count in the series; stuck ones do, until nothing
/// moved any more.
struct CaseCounts {
  std::uint64_t arrived = 0;
  std::uint64_t completed = 0;
  std::uint64_t failed = 0;      // an error nobody caught
  std::uint64_t stuck = 0;       // tokens wait for what cannot happen
  std::uint64_t stopped = 0;     // went on beyond the limit of steps
  std::uint64_t unfinished = 0;  // still open when nothing was left to happen
  void merge(const CaseCounts& other);
};

/// Where the tokens of stuck cases waited; sized when the first case gets stuck.
struct StuckTally {
  std::vector<std::uint64_t> waiting;  // by NodeId: cases with a token that waits there for ever
  std::vector<std::uint64_t> missing;  // by FlowId: cases in which a join waits for a token on it
  void merge(const StuckTally& other);
};

/// The figures of one replication, or of several merged in their order.
struct Figures {
  CaseCounts cases;
  std::uint64_t events = 0;
  Series cycle_time, waiting_time, processing_time, cost;
  std::vector<ElementTally> elements;    // by NodeId
  std::vector<ResourceTally> resources;  // by resource
  StuckTally stuck;
  double observed = 0;  // seconds from the end of the warm-up to the last end of a case
  void merge(const Figures& other);
};

}  // namespace weir::simulate
