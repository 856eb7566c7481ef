#pragma once

#include <cstdint>
#include <cstring>
#include <exception>
#include <string>

#include "runoff/errors.h"
#include "runoff/scheduling/atomic.h"

namespace runoff {

/// What is left of an exception that went from one process to another.
enum class FailureKind : std::uint32_t { none, failed, wrong_input, unsupported, timed_out };

/// Calls `keep(kind, text)` for the exception that is being handled.
template <class Keep>
void with_caught(Keep keep) {
  try {
    throw;
  } catch (const WrongInput& error) {
    keep(FailureKind::wrong_input, error.what());
  } catch (const Unsupported& error) {
    keep(FailureKind::unsupported, error.what());
  } catch (const TimedOut& error) {
    keep(FailureKind::timed_out, error.what());
  } catch (const std::exception& error) {
    keep(FailureKind::failed, error.what());
  } catch (...) {
    keep(FailureKind::failed, "a task threw something that is no std::exception");
  }
}

/// Throws WrongInput, Unsupported, TimedOut or TaskFailed.
[[noreturn]] inline void raise(FailureKind kind, const std::string& text) {
  if (kind == FailureKind::wrong_input) throw WrongInput(text);
  if (kind == FailureKind::unsupported) throw Unsupported(text);
  if (kind == FailureKind::timed_out) throw TimedOut(text);
  throw TaskFailed(text);
}

/// Carries the first exception of an execution from the processes that work to the one that called them, as
/// its kind and text. Lives in shared memory; zeros are a valid start.
class ProcessFailure {
 public:
  /// Keeps the exception that is being handled. False where another came first.
  bool keep() noexcept {
    // Relaxed: the exchange only decides which process writes. The end of the execution orders what it writes
    // before `rethrow`.
    if (taken_.exchange(1, std::memory_order_relaxed) != 0) return false;
    with_caught([this](FailureKind kind, const char* text) {
      kind_ = kind;
      write(text);
    });
    return true;
  }

  /// Throws WrongInput, Unsupported, TimedOut or TaskFailed with the text that was kept, and forgets it. Only
  /// when no worker is left in the execution.
  void rethrow() {
    // Relaxed, here and in `forget`: what ends the execution, and what lets workers into the next, orders it.
    if (taken_.load(std::memory_order_relaxed) == 0) return;
    forget();
    raise();
  }

  /// Throws what was kept. Something was.
  [[noreturn]] void raise() const { runoff::raise(kind_, text_); }

  void forget() { taken_.store(0, std::memory_order_relaxed); }

 private:
  void write(const char* text) noexcept {
    const std::size_t length = ::strnlen(text, sizeof(text_) - 1);
    std::memcpy(text_, text, length);
    text_[length] = '\0';
  }

  Atomic<std::uint32_t> taken_;
  FailureKind kind_;
  char text_[1016];
};

}  // namespace runoff
