#pragma once

#include <string>
#include <system_error>
#include <thread>
#include <vector>

/// Adds `count` threads that run `work`, which must not throw. Throws std::system_error when one cannot be
/// had; those before it run.
template <class Work>
void start_threads(std::vector<std::jthread>& threads, unsigned count, const Work& work) {
  for (unsigned number = 1; number <= count; ++number) try {
      threads.emplace_back(work);
    } catch (const std::system_error& error) {
      throw std::system_error(error.code(), "cannot start thread " + std::to_string(number) + " of " +
                                                std::to_string(count) + " in a worker process");
    }
}

/// Runs `work` on `count` threads, the calling one among them, and returns when it has returned on all.
/// `failure` keeps the exception when one cannot be had.
template <class Work, class Failure>
void run_on_threads(unsigned count, const Work& work, Failure& failure) {
  std::vector<std::jthread> others;
  try {
    start_threads(others, count - 1, work);
  } catch (const std::system_error&) {
    failure.keep();
  }
  work();
}
