#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "cell/host.h"
#include "cell/task_records.h"
#include "runoff/started.h"

namespace runoff::cell {

/// The executions were not what they should be: wrong results, not every task exactly once, or not by the
/// workers that were asked for.
struct Wrong : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Throws Wrong where tasks ran since the harness looked last: `when` says which time that was.
void require_rest(CellHost& host, const std::string& when);

/// How far the harness may look for itself, and must.
struct Rules {
  unsigned workers;      ///< no more may run tasks
  bool tasks_elsewhere;  ///< what the backend says of tasks that the harness cannot see is believed
  bool cores;            ///< workers stay on the cores where they were placed
};

/// The executions of a started backend, each timed and held to the rules. Each function throws Wrong.
class Measurement {
 public:
  /// Throws where tasks ran before the first execution.
  Measurement(CellHost& host, Started& started, Rules rules);

  /// One execution, timed after the workload's pause. Nothing may have run when the clock starts, and all
  /// must have ended when it stops.
  std::chrono::nanoseconds execute(bool warm = true);

  /// The same, with results wiped before and checked after it.
  std::chrono::nanoseconds execute_checked(bool warm);

  /// One that is not announced and not timed, in which each task of a graph must find that those it needs
  /// have ended. Results tell that only of workloads whose tasks look, or when the old ones were wiped: a
  /// backend can see that.
  void execute_watched();
  /// Whether that can be told of this workload and this backend.
  bool can_watch() const { return shape_ == Shape::dependent && !rules_.tasks_elsewhere; }

  /// What was used so far, but for wiping and checking, which are no part of the work; without memory.
  Usage usage();

  /// Outside of all timing: walking the page tables takes milliseconds.
  void look_at_memory();

  std::uint64_t tasks() const { return tasks_; }
  /// By the last execution.
  std::uint64_t bytes_copied() const { return bytes_copied_; }
  std::int64_t peak_memory_bytes() const { return peak_memory_bytes_; }
  /// In how many executions how many workers ran tasks; the index is their number.
  const std::vector<std::uint64_t>& turnouts() const { return turnouts_; }
  const TaskRecords& records() const { return records_; }
  std::chrono::nanoseconds pause() const { return pause_; }
  /// What the last check had to say of results that were right.
  const std::string& remark() const { return remark_; }
  /// What that check says is lost; after the loss of a worker, how many results are missing.
  std::optional<std::uint64_t> lost() const { return lost_; }

 private:
  using Clock = std::chrono::steady_clock;

  void require_all_tasks(Seen seen);
  void require_standing();
  template <class Work>
  void beside_the_work(Work work);

  CellHost& host_;
  Started& started_;
  const Rules rules_;
  const Shape shape_;
  const std::uint64_t expected_tasks_;
  const std::uint64_t expected_marks_;
  const std::chrono::nanoseconds pause_;
  std::chrono::nanoseconds unwatched_{0};  // time of executions since standings were looked at
  std::string remark_;
  std::optional<std::uint64_t> lost_;
  std::uint64_t tasks_ = 0;
  std::uint64_t bytes_copied_ = 0;
  std::vector<std::uint64_t> turnouts_;
  Usage beside_;     // the work
  Usage elsewhere_;  // when last asked
  std::int64_t peak_memory_bytes_ = 0;
  TaskRecords records_;
};

}  // namespace runoff::cell
