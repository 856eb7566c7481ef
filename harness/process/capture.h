#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace runoff {

/// What a short-lived process printed and how it ended.
struct Captured {
  std::string output;
  std::string error;   ///< standard error, and in words what went wrong: not started, killed, too slow
  int exit_code = -1;  ///< -1 when it did not end by itself
};

/// Runs each command in a process of its own, a few at once, and returns their answers in the same order. A
/// process that takes longer than `limit` is killed.
std::vector<Captured> capture_all(const std::vector<std::vector<std::string>>& commands,
                                  std::chrono::milliseconds limit);

}  // namespace runoff
