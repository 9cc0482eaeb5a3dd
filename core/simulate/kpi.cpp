// Percentiles come from a histogram with logarithmic buckets that are cut linearly (as HdrHistogram does):
// adding is two shifts and an increment, merging is adding counts, so neither threads nor order change a
// digit.
#include "core/simulate/kpi.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace weir::simulate {

namespace {

constexpr unsigned precision = 11;  // bits below the leading one
constexpr std::size_t most_batches = 64;
constexpr double largest = 9e18;

double spread(const std::vector<double>& values) {
  double mean = 0;
  for (const double value : values) mean += value;
  mean /= static_cast<double>(values.size());
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

std::optional<double> interval(const std::vector<double>& means) {
  if (means.size() < 2) return std::nullopt;
  return student_t(means.size() - 1) * spread(means) / std::sqrt(static_cast<double>(means.size()));
}

}  // namespace

std::size_t Histogram::bucket(std::uint64_t value) {
  const auto width = static_cast<unsigned>(std::bit_width(value));
  if (width <= precision + 1) return static_cast<std::size_t>(value);
  const unsigned shift = width - precision - 1;
  return (static_cast<std::size_t>(shift) << precision) + static_cast<std::size_t>(value >> shift);
}

std::uint64_t Histogram::lower_bound(std::size_t bucket) {
  constexpr std::size_t per_octave = std::size_t{1} << precision;
  if (bucket < 2 * per_octave) return bucket;
  const std::size_t shift = bucket / per_octave - 1;
  return static_cast<std::uint64_t>(bucket - shift * per_octave) << shift;
}

void Histogram::add(std::int64_t value) {
  value = std::max<std::int64_t>(0, value);
  const std::size_t at = bucket(static_cast<std::uint64_t>(value));
  if (at >= counts_.size()) counts_.resize(at + 1);
  ++counts_[at];
  least_ = total_ == 0 ? value : std::min(least_, value);
  most_ = total_ == 0 ? value : std::max(most_, value);
  ++total_;
}

void Histogram::merge(const Histogram& other) {
  if (other.total_ == 0) return;
  if (counts_.size() < other.counts_.size()) counts_.resize(other.counts_.size());
  for (std::size_t i = 0; i < other.counts_.size(); ++i) counts_[i] += other.counts_[i];
  least_ = total_ == 0 ? other.least_ : std::min(least_, other.least_);
  most_ = total_ == 0 ? other.most_ : std::max(most_, other.most_);
  total_ += other.total_;
}

double Histogram::quantile(double q) const {
  if (total_ == 0) return 0;
  const double rank = q * static_cast<double>(total_ - 1);  // 0 = the least value
  double before = 0;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    const auto here = static_cast<double>(counts_[i]);
    if (here > 0 && rank < before + here) {
      const auto low = static_cast<double>(lower_bound(i));
      const auto high = static_cast<double>(lower_bound(i + 1));
      const double value = high - low <= 1 ? low : low + (high - low) * (rank - before + 0.5) / here;
      return std::clamp(value, static_cast<double>(least_), static_cast<double>(most_));
    }
    before += here;
  }
  return static_cast<double>(most_);
}

void BatchMeans::add(double value) {
  sum_ += value;
  if (++filled_ < size_) return;
  sums_.push_back(sum_);
  sum_ = 0;
  filled_ = 0;
  if (sums_.size() < most_batches) return;
  for (std::size_t i = 0; i < most_batches / 2; ++i) sums_[i] = sums_[2 * i] + sums_[2 * i + 1];
  sums_.resize(most_batches / 2);
  size_ *= 2;
}

std::optional<double> BatchMeans::half_width() const {
  std::vector<double> means;
  for (const double sum : sums_) means.push_back(sum / static_cast<double>(size_));
  return interval(means);
}

double student_t(std::uint64_t degrees_of_freedom) {
  constexpr std::array<double, 30> table{12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060,
                                         2.2622,  2.2281, 2.2010, 2.1788, 2.1604, 2.1448, 2.1314, 2.1199,
                                         2.1098,  2.1009, 2.0930, 2.0860, 2.0796, 2.0739, 2.0687, 2.0639,
                                         2.0595,  2.0555, 2.0518, 2.0484, 2.0452, 2.0423};
  if (degrees_of_freedom == 0) return std::numeric_limits<double>::infinity();
  if (degrees_of_freedom <= table.size()) return table[degrees_of_freedom - 1];
  constexpr double z = 1.959963984540054;  // Cornish-Fisher expansion around the normal quantile
  const auto n = static_cast<double>(degrees_of_freedom);
  return z + (z * z * z + z) / (4 * n) + (5 * z * z * z * z * z + 16 * z * z * z + 3 * z) / (96 * n * n);
}

void Series::add(double value) {
  ++count_;
  sum_ += value;
  histogram_.add(static_cast<std::int64_t>(std::clamp(value * 1e6 + 0.5, 0.0, largest)));
  batches_.add(value);
}

void Series::merge(const Series& other) {
  if (means_.empty() && count_ > 0) means_.push_back(mean());
  if (other.means_.empty()) {
    if (other.count_ > 0) means_.push_back(other.mean());
  } else {
    means_.insert(means_.end(), other.means_.begin(), other.means_.end());
  }
  if (count_ == 0) batches_ = other.batches_;
  count_ += other.count_;
  sum_ += other.sum_;
  histogram_.merge(other.histogram_);
}

std::optional<double> Series::half_width() const {
  return means_.size() > 1 ? interval(means_) : batches_.half_width();
}

void ElementTally::merge(const ElementTally& other) {
  count += other.count;
  waiting += other.waiting;
  processing += other.processing;
  paused += other.paused;
  cost += other.cost;
}

void ResourceTally::merge(const ResourceTally& other) {
  count += other.count;
  worked += other.worked;
  available += other.available;
  cost += other.cost;
}

void CaseCounts::merge(const CaseCounts& other) {
  arrived += other.arrived;
  completed += other.completed;
  failed += other.failed;
  stuck += other.stuck;
  stopped += other.stopped;
  unfinished += other.unfinished;
}

void StuckTally::merge(const StuckTally& other) {
  const auto add = [](std::vector<std::uint64_t>& to, const std::vector<std::uint64_t>& from) {
    to.resize(std::max(to.size(), from.size()));
    for (std::size_t i = 0; i < from.size(); ++i) to[i] += from[i];
  };
  add(waiting, other.waiting);
  add(missing, other.missing);
}

void Figures::merge(const Figures& other) {
  cases.merge(other.cases);
  events += other.events;
  cycle_time.merge(other.cycle_time);
  waiting_time.merge(other.waiting_time);
  processing_time.merge(other.processing_time);
  cost.merge(other.cost);
  elements.resize(std::max(elements.size(), other.elements.size()));
  for (std::size_t i = 0; i < other.elements.size(); ++i) elements[i].merge(other.elements[i]);
  resources.resize(std::max(resources.size(), other.resources.size()));
  for (std::size_t i = 0; i < other.resources.size(); ++i) resources[i].merge(other.resources[i]);
  stuck.merge(other.stuck);
  observed += other.observed;
}

}  // namespace weir::simulate
