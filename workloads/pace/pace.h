#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>

/// When tasks are due in an open loop: the k-th task of an execution at its start + k / rate, whichever
/// task and worker it is that sends it. The count is shared by all processes of a cell through a mapped file,
/// as ranks share no other memory. Every execution runs every task once, so the count also tells where the
/// next execution begins: its first request starts it.
class Pace {
 public:
  using Clock = std::chrono::steady_clock;

  Pace(std::string file, std::uint64_t tasks, std::uint64_t rate)
      : file_(std::move(file)), tasks_(tasks), rate_(rate) {}
  ~Pace();
  Pace(const Pace&) = delete;
  Pace& operator=(const Pace&) = delete;

  /// Makes the file, or has an old one begin anew. Before any execution. Throws std::runtime_error.
  void make() const;

  /// When the next request is due. Called once for each.
  Clock::time_point next() const;

 private:
  struct Shared {
    std::atomic<std::uint64_t> requests;  // of all executions
    std::atomic<std::uint64_t> begun;     // executions
    std::atomic<std::int64_t> start_ns;   // of the last that has begun, on the clock of all processes
  };
  Shared& shared() const;

  std::string file_;
  std::uint64_t tasks_;
  std::uint64_t rate_;
  mutable std::once_flag once_;
  mutable Shared* shared_ = nullptr;
};
