#pragma once

#include <time.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "cell/stamps_file.h"
#include "runoff/workload.h"

namespace runoff::cell {

/// Stamps the chunks of some executions that are measured for nothing else: to stamp takes time. See
/// StampsFile. Every process of a cell makes one.
class Stamps {
 public:
  /// Throws std::system_error.
  explicit Stamps(const std::string& file);
  Stamps(const Stamps&) = delete;
  Stamps& operator=(const Stamps&) = delete;
  ~Stamps();

  // On workers.
  bool on() const { return file_.on.load(std::memory_order_relaxed) != 0; }
  Stamp begun() const {
    Stamp stamp{};
    if (file_.reads_cpu.load(std::memory_order_relaxed) != 0)
      stamp.cpu_begin_ns = now(CLOCK_THREAD_CPUTIME_ID);
    stamp.begin_ns = now(CLOCK_MONOTONIC);
    return stamp;
  }
  void ended(Stamp stamp, Stamp::Kind kind, std::size_t step, std::size_t first, std::size_t count) const;
  /// How many tasks of a chunk of so many are stamped together.
  std::size_t piece(std::size_t tasks) const;

  // In the process that leads, between executions.
  struct Settings {
    bool reads_cpu = true;
    std::uint32_t pieces = 1;
  };
  /// From now on. Forgets what was stamped.
  void begin(Settings settings);
  void stop() { file_.on.store(0, std::memory_order_relaxed); }
  void note_execution(std::chrono::steady_clock::time_point begin, std::chrono::nanoseconds time);
  void note_run_delay(std::int64_t ns) { file_.run_delay_ns = ns; }
  /// Whether another execution like those before would find room.
  bool has_room() const;
  /// How long a chunk took.
  std::chrono::nanoseconds mean_chunk() const;
  /// Enters into the stamps of a graph's tasks when the tasks that they wait for had ended.
  void note_ready(const Dependent& graph);

 private:
  static std::int64_t now(clockid_t clock) {
    timespec time{};
    ::clock_gettime(clock, &time);
    return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
  }
  StampsFile::Block* take_block() const;
  template <class Visit>
  void each_stamp(Visit visit) const;

  StampsFile& file_;
};

/// The same workload, whose chunks are stamped while stamps are on.
std::unique_ptr<Workload> stamped(Workload& workload, Stamps& stamps);

}  // namespace runoff::cell
