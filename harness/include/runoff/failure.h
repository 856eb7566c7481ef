#pragma once

#include <atomic>
#include <cstdint>
#include <cstring>
#include <exception>
#include <string>
#include <utility>

#include "runoff/errors.h"

namespace runoff {

/// The first exception of an execution whose workers are threads.
class ThreadFailure {
 public:
  /// Keeps the exception that is being handled, unless another came first.
  void keep() noexcept {
    // Relaxed: only decides who is first. The caller reads `first_` after every worker has let go
    // (release/acquire).
    if (!taken_.exchange(true, std::memory_order_relaxed)) first_ = std::current_exception();
  }

  /// Throws what was kept, and forgets it. Only when no worker is left in the execution.
  void rethrow() {
    if (!taken_.load(std::memory_order_relaxed)) return;
    taken_.store(false, std::memory_order_relaxed);
    std::rethrow_exception(std::exchange(first_, nullptr));
  }

 private:
  std::atomic<bool> taken_{false};
  std::exception_ptr first_;
};

/// The first exception of an execution whose workers are processes: its text. Lives in shared memory; zeros
/// are a valid start.
class ProcessFailure {
 public:
  void keep() noexcept {
    if (taken_.exchange(1, std::memory_order_relaxed) != 0) return;
    try {
      throw;
    } catch (const std::exception& error) {
      write(error.what());
    } catch (...) {
      write("a task threw something that is no std::exception");
    }
  }

  /// Throws TaskFailed with the text that was kept, and forgets it. Only when no worker is left in the
  /// execution.
  void rethrow() {
    if (taken_.load(std::memory_order_relaxed) == 0) return;
    taken_.store(0, std::memory_order_relaxed);
    throw TaskFailed(text_);
  }

 private:
  void write(const char* text) noexcept {
    const std::size_t length = ::strnlen(text, sizeof(text_) - 1);
    std::memcpy(text_, text, length);
    text_[length] = '\0';
  }

  std::atomic<std::uint32_t> taken_;
  char text_[1020];
};

}  // namespace runoff
