#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace runoff {

/// What a short-lived process printed and how it ended.
struct Captured {
  std::string output;
  std::string error;      ///< standard error, and in words what went wrong: not started, killed, too slow
  int exit_code = -1;     ///< -1 when it did not end by itself
  bool too_slow = false;  ///< it was killed at the limit
};

/// Runs each command in a process of its own, a few at once, and returns their answers in the same order. A
/// process that takes longer than `limit` is killed; time in which this process was stopped does not count.
/// What the processes have left behind is ended. `waiting` is told, once, the place of a command whose
/// process keeps a person waiting.
std::vector<Captured> capture_all(const std::vector<std::vector<std::string>>& commands,
                                  std::chrono::milliseconds limit,
                                  const std::function<void(std::size_t)>& waiting = {});

}  // namespace runoff
