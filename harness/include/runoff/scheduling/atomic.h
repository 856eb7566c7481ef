#pragma once

#include <atomic>

/// `Atomic` is std::atomic. Tests of rare interleavings define RUNOFF_ATOMIC_HOOK, the name of a header with
/// a function `runoff::at_atomic()`: then that is called before and after each operation, and may take its
/// time there.
#ifdef RUNOFF_ATOMIC_HOOK
#include RUNOFF_ATOMIC_HOOK

namespace runoff {

template <class T>
class Atomic {
 public:
  static constexpr bool is_always_lock_free = std::atomic<T>::is_always_lock_free;

  Atomic() = default;
  constexpr Atomic(T value) : value_(value) {}
  Atomic(const Atomic&) = delete;
  Atomic& operator=(const Atomic&) = delete;

  T load(std::memory_order order = std::memory_order_seq_cst) const {
    return hooked([&] { return value_.load(order); });
  }
  void store(T value, std::memory_order order = std::memory_order_seq_cst) {
    hooked([&] { return value_.store(value, order), 0; });
  }
  T exchange(T value, std::memory_order order = std::memory_order_seq_cst) {
    return hooked([&] { return value_.exchange(value, order); });
  }
  T fetch_add(T value, std::memory_order order = std::memory_order_seq_cst) {
    return hooked([&] { return value_.fetch_add(value, order); });
  }
  T fetch_sub(T value, std::memory_order order = std::memory_order_seq_cst) {
    return hooked([&] { return value_.fetch_sub(value, order); });
  }
  T fetch_or(T value, std::memory_order order = std::memory_order_seq_cst) {
    return hooked([&] { return value_.fetch_or(value, order); });
  }
  T fetch_and(T value, std::memory_order order = std::memory_order_seq_cst) {
    return hooked([&] { return value_.fetch_and(value, order); });
  }
  template <class... Orders>
  bool compare_exchange_weak(T& expected, T desired, Orders... orders) {
    return hooked([&] { return value_.compare_exchange_weak(expected, desired, orders...); });
  }
  template <class... Orders>
  bool compare_exchange_strong(T& expected, T desired, Orders... orders) {
    return hooked([&] { return value_.compare_exchange_strong(expected, desired, orders...); });
  }

 private:
  template <class Operation>
  static auto hooked(Operation operation) {
    at_atomic();
    const auto result = operation();
    at_atomic();
    return result;
  }

  std::atomic<T> value_;
};

}  // namespace runoff

#else

namespace runoff {

template <class T>
using Atomic = std::atomic<T>;

}  // namespace runoff

#endif
