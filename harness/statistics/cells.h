#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "record/sample.h"
#include "statistics/bootstrap.h"

namespace runoff {

/// What is compared with each other: one workload with its parameters.
struct Problem {
  std::string workload;
  std::string parameters;
  std::string bound;
  std::string shape;
  /// What speed-ups are against, as backends are chosen on the command line: "cpython:executor=serial".
  std::string reference = "serial";

  /// "cpython executor=serial"
  std::string reference_name() const;

  bool operator==(const Problem&) const = default;
  std::weak_ordering operator<=>(const Problem& other) const;  // parameters by size where they are numbers
};

/// The samples of a run. Copies share them, and so do cells: they are most of what a report holds in memory.
class SharedSamples {
 public:
  SharedSamples() = default;
  SharedSamples(std::vector<Sample> samples)
      : all_(std::make_shared<const std::vector<Sample>>(std::move(samples))), span_(*all_) {}

  auto begin() const { return span_.begin(); }
  auto end() const { return span_.end(); }
  const Sample& front() const { return span_.front(); }
  std::size_t size() const { return span_.size(); }
  bool empty() const { return span_.empty(); }

 private:
  std::shared_ptr<const std::vector<Sample>> all_;
  std::span<const Sample> span_;
};

/// Some of them: those of a cell.
class CellSamples {
 public:
  class Iterator {
   public:
    using value_type = Sample;
    using difference_type = std::ptrdiff_t;
    using pointer = const Sample*;
    using reference = const Sample&;
    using iterator_category = std::forward_iterator_tag;

    Iterator() = default;
    explicit Iterator(const Sample* const* at) : at_(at) {}
    reference operator*() const { return **at_; }
    pointer operator->() const { return *at_; }
    Iterator& operator++() { return ++at_, *this; }
    Iterator operator++(int) { return Iterator(at_++); }
    bool operator==(const Iterator&) const = default;

   private:
    const Sample* const* at_ = nullptr;
  };

  CellSamples() = default;
  CellSamples(SharedSamples all, std::vector<const Sample*> own)
      : own_(std::make_shared<const Own>(Own{std::move(all), std::move(own)})), span_(own_->samples) {}

  Iterator begin() const { return Iterator(span_.data()); }
  Iterator end() const { return Iterator(span_.data() + span_.size()); }
  const Sample& front() const { return *span_.front(); }
  std::size_t size() const { return span_.size(); }
  bool empty() const { return span_.empty(); }

 private:
  struct Own {
    SharedSamples all;
    std::vector<const Sample*> samples;
  };
  std::shared_ptr<const Own> own_;
  std::span<const Sample* const> span_;
};

/// One point of the comparison, with all that was measured of it.
struct Cell {
  Problem problem;
  std::string backend;
  std::string variant;
  std::int64_t workers = 1;
  std::int64_t concurrency =
      1;                ///< tasks that it could have under way at once; where no sample says it: workers
  CellSamples samples;  ///< in the order of their rounds
  Status status = Status::ok;  ///< the worst of its samples
  Series wall;                 ///< of the ok samples, as they are compared (compared_ns)

  bool is_reference() const;
  /// Right in every sample, and measured often enough to be compared.
  bool comparable() const { return status == Status::ok && wall.size() >= fewest_samples; }
};

/// Gathers samples into cells; ordered by problem, workers, backend and variant, whatever the samples' order.
/// `references`: of workloads, where it is not `serial`.
std::vector<Cell> gather_cells(const SharedSamples& samples,
                               const std::map<std::string, std::string>& references = {});

/// A number of each ok sample that knows it: `number` is a member, or a function of a sample.
template <class Number>
Series series_of_ok(const CellSamples& samples, Number number) {
  Series series;
  for (const Sample& sample : samples) {
    const Sample::Number known = std::invoke(number, sample);
    if (sample.status != Status::ok || !known) continue;
    series.rounds.push_back(sample.sample);
    series.values.push_back(static_cast<double>(*known));
  }
  return series;
}

/// The means over executions of its ok samples, ns. `wall` holds typical ones where they are known.
inline Series mean_times(const Cell& cell) { return series_of_ok(cell.samples, &Sample::wall_ns); }

/// The reference that `cell` is measured against, with the same problem. Null where it is missing or
/// kept out.
const Cell* reference_of(const Cell& cell, std::span<const Cell> cells);

}  // namespace runoff
