#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "runoff/backend.h"
#include "runoff/python/process.h"
#include "runoff/python_form.h"

namespace runoff::cpython {

/// The python3 that runs the tasks, one for each cell; see runoff_driver.py.
class Driver {
 public:
  /// Starts it and waits until its workers are there. Throws what `execute` throws, and Unsupported.
  Driver(const Settings& settings, const Workload& work, const PythonForm& form, Results results, Host& host);

  /// One execution: every task's slot is written. Throws TaskFailed, WrongInput and WorkerLost.
  void execute();

 private:
  std::string order(const Settings& settings, Host& host) const;
  /// What it says next, without its kind. Throws what it stands for where that is a failure.
  std::vector<std::byte> answer();
  void take(const std::vector<std::byte>& table);
  bool is_recursion() const { return work_.shape() == Shape::recursive; }

  const Workload& work_;
  const PythonForm& form_;
  Results results_;
  std::size_t tasks_ = 0;  // of the form: those of the loop, or the subtrees of a recursion
  PythonProcess process_;
};

}  // namespace runoff::cpython
