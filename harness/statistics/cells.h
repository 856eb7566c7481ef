#pragma once

#include <compare>
#include <cstdint>
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

/// The samples of a cell. Copies share them: they are most of what a report holds in memory.
class SharedSamples {
 public:
  SharedSamples() = default;
  explicit SharedSamples(std::vector<Sample> samples)
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

/// One point of the comparison, with all that was measured of it.
struct Cell {
  Problem problem;
  std::string backend;
  std::string variant;
  std::int64_t workers = 1;
  std::int64_t concurrency =
      1;                  ///< tasks that it could have under way at once; where no sample says it: workers
  SharedSamples samples;  ///< in the order of their rounds
  Status status = Status::ok;  ///< the worst of its samples
  Series wall;                 ///< of the ok samples, ns

  bool is_reference() const;
  /// Right in every sample, and measured often enough to be compared.
  bool comparable() const { return status == Status::ok && wall.size() >= fewest_samples; }
};

/// Gathers samples into cells; ordered by problem, workers, backend and variant, whatever the samples' order.
/// `references`: of workloads, where it is not `serial`.
std::vector<Cell> gather_cells(std::span<const Sample> samples,
                               const std::map<std::string, std::string>& references = {});

/// The reference that `cell` is measured against, with the same problem. Null where it is missing or
/// kept out.
const Cell* reference_of(const Cell& cell, std::span<const Cell> cells);

}  // namespace runoff
