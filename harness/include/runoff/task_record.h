#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <string_view>

namespace runoff {

/// What a task that waits for something outside the processor keeps in its result slot: how long it took and
/// what went wrong. Plain bytes, so that it travels with the result, whatever kind of worker wrote it.
///
/// The latency of a task counts from when it was begun; in an open loop, where tasks are due at given times,
/// from when it was due, or a stall would hide behind the tasks that it kept from being sent (G. Tene,
/// "How NOT to Measure Latency", calls that coordinated omission).
struct TaskRecord {
  using Clock = std::chrono::steady_clock;

  std::int64_t latency_ns;
  std::array<char, 120> failure_text;  ///< ends in a zero; empty where the task did what it should

  void succeeded(Clock::time_point begin) { finish(begin, {}); }
  /// `why` in a few words: "HTTP status 500". A text that is too long is cut.
  void failed(Clock::time_point begin, std::string_view why) { finish(begin, why.empty() ? "failed" : why); }
  /// By another clock than this process's, as by that of a Python task. `failure` is empty where it
  /// succeeded.
  void measured(std::chrono::nanoseconds latency, std::string_view failure) {
    latency_ns = latency.count();
    keep(failure);
  }

  std::string_view failure() const { return failure_text.data(); }

 private:
  void finish(Clock::time_point begin, std::string_view why) {
    latency_ns = std::chrono::nanoseconds(Clock::now() - begin).count();
    keep(why);
  }
  void keep(std::string_view why) {
    failure_text.fill('\0');
    std::copy_n(why.begin(), std::min(why.size(), failure_text.size() - 1), failure_text.begin());
  }
};

}  // namespace runoff
