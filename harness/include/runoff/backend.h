#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "runoff/parameters.h"
#include "runoff/recursive.h"
#include "runoff/results.h"
#include "runoff/workload.h"

namespace runoff {

class Memory;  // memory.h

/// How a backend is to run: with exactly this many workers, in this variant.
struct Settings {
  unsigned workers = 1;
  Parameters variant;
};

/// What workers did since the last look. Plain bytes, so that one process can send it to another.
struct Seen {
  std::uint64_t tasks = 0;         ///< tasks that were run
  std::uint64_t which = 0;         ///< which ones of a loop: for the harness, which adds up a mark of each
  std::uint32_t workers = 0;       ///< distinct workers that ran one of them
  std::uint64_t bytes_copied = 0;  ///< of results that were sent from one worker's memory to another's

  Seen& operator+=(const Seen& other) {
    tasks += other.tasks;
    which += other.which;
    workers += other.workers;
    bytes_copied += other.bytes_copied;
    return *this;
  }
};

/// What processes have used since they began. Plain bytes as well.
struct Usage {
  std::int64_t cpu_ns = 0;
  std::int64_t system_ns = 0;     ///< of that, in the kernel
  std::int64_t memory_bytes = 0;  ///< proportional set size now
  std::int64_t voluntary_switches = 0;
  std::int64_t involuntary_switches = 0;
  std::int64_t minor_faults = 0;  ///< pages that were mapped when they were first touched
  std::int64_t major_faults = 0;  ///< pages that had to be read for it

  Usage& operator+=(const Usage& other) {
    cpu_ns += other.cpu_ns;
    system_ns += other.system_ns;
    memory_bytes += other.memory_bytes;
    voluntary_switches += other.voluntary_switches;
    involuntary_switches += other.involuntary_switches;
    minor_faults += other.minor_faults;
    major_faults += other.major_faults;
    return *this;
  }
};

/// What the process that measures offers to a backend.
class RUNOFF_VISIBLE Host {
 public:
  virtual ~Host() = default;

  /// Memory that forked and spawned workers share. What a backend claims comes after inputs and results.
  virtual Memory& memory() = 0;

  /// The command line of a process that makes the same workload over the same memory and then calls
  /// `Backend::follow`, with `arguments` for its own backend to read. It must inherit `memory().descriptor()`
  /// under the same number (clear close-on-exec in the child).
  virtual std::vector<std::string> follower_command(std::span<const std::string> arguments) const = 0;

  /// In a follower that `follower_command` started: the arguments. Empty in every other process.
  virtual std::span<const std::string> follower_arguments() const = 0;

  /// For workers that run another form of the workload than its module: the module's file, beside which that
  /// form lies, and the values of the workload's parameters.
  virtual std::string workload_module() const { return {}; }
  virtual const Parameters& workload_parameters() const {
    static const Parameters none;
    return none;
  }
  /// For workers that the harness cannot place, because they do not call the workload, or because a launcher
  /// starts them: the core that each is to stay on; empty where the system places them.
  virtual std::vector<int> cores() const { return {}; }

  /// What the workers of this process did since the last call, and what the process and its descendants have
  /// used. Only for followers that share no memory with the leader (ranks), so that they can report; at all
  /// others the harness looks itself. `look` is cheap, `usage` takes milliseconds.
  virtual Seen look() = 0;
  virtual Usage usage() = 0;
};

/// Runs every task of a workload once and returns when all are finished. What a task throws, this throws,
/// after all workers have let go of the execution. Throws WorkerLost when a worker died.
using Execution = std::function<void()>;

/// A parallel runtime, wrapped so that it can run any workload. It only schedules: it knows no workload.
///
/// Life: made with its settings; one `start`; `follow`; then, in the process that leads, the execution that
/// `start` returned any number of times, one at a time and from the thread that called `start`. The execution
/// is destroyed, and then the backend, which ends all of its workers.
class RUNOFF_VISIBLE Backend {
 public:
  virtual ~Backend() = default;

  /// Makes the workers for this workload, the only one that this backend gets, and returns what runs it.
  /// Timed as the start-up. Called before this process has any thread: fork here. Throws Unsupported for what
  /// the runtime has no natural way to run.
  virtual Execution start(const Independent&, Results, Host&) {
    throw Unsupported("this backend has no parallel loop");
  }
  virtual Execution start(const Dependent&, Results, Host&) {
    throw Unsupported("this backend has no way to run graphs of dependent tasks");
  }
  virtual Execution start(const Recursive&, Results, Host&) {
    throw Unsupported("this backend has no fork-join");
  }

  /// Called after `start` in every process. One that does not lead (an MPI rank but 0, a spawned worker)
  /// works here until it is told to end, and returns true. The one that leads returns false at once.
  virtual bool follow() { return false; }

  /// How many tasks can be under way at once, with so many workers. More than the workers where a worker goes
  /// on with other tasks while one waits.
  virtual std::uint64_t concurrency(unsigned workers) const { return workers; }

  /// The sum of `Host::look` (of `Host::usage`) over the processes that are neither this one nor among its
  /// descendants. `seen_elsewhere` is called after every execution, `used_elsewhere` around all of them, and
  /// none of its sums ever falls. Tasks and workers are believed only where the module says that the harness
  /// cannot see them by itself (`BackendPlugin::shares_memory`).
  virtual Seen seen_elsewhere() { return {}; }
  virtual Usage used_elsewhere() { return {}; }
};

}  // namespace runoff
