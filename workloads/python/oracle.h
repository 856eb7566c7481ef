#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "runoff/python/process.h"

namespace python {

/// A python3 of its own that loads a reader's file, and knows what its tasks should return: what they return
/// in a loop, or what the file's `check` says. See python_oracle.py.
class Oracle {
 public:
  /// Loads the file. Throws runoff::InvalidParameter, which says what to change.
  explicit Oracle(const std::string& file);

  std::size_t tasks() const { return tasks_; }
  /// Runs the tasks, where the file does not check results itself. Throws std::runtime_error.
  void expect();
  /// What is wrong with the pickled results, in the order of the tasks; empty where nothing is.
  std::string check(std::span<const std::string> results);

 private:
  struct Answer {
    bool fine = false;
    std::string text = {};
  };
  Answer ask(const std::string& words, std::optional<std::chrono::seconds> limit = std::nullopt);

  runoff::PythonProcess process_;
  std::size_t tasks_ = 0;
};

}  // namespace python
