#pragma once

#include <memory>
#include <utility>

#include "runoff/backend.h"
#include "runoff/visit_shape.h"

namespace runoff {

/// For hosts: a backend that was started with a workload of whatever shape.
class Started {
 public:
  /// Throws what `Backend::start` throws.
  Started(std::unique_ptr<Backend> backend, const Workload& workload, Results results, Host& host)
      : backend_(std::move(backend)),
        run_tasks_(visit_shape(workload,
                               [&](const auto& shaped) { return backend_->start(shaped, results, host); })),
        workload_(workload),
        results_(results) {}
  Started(Started&&) = default;
  Started& operator=(Started&&) = delete;  // it would destroy the old backend before its execution

  /// One execution: every task once, and then what the workload leaves to one worker.
  void execute() const {
    run_tasks_();
    workload_.finish(results_);
  }

  Backend& backend() { return *backend_; }

 private:
  std::unique_ptr<Backend> backend_;
  Execution run_tasks_;  // after the backend, and so destroyed before it
  const Workload& workload_;
  Results results_;
};

}  // namespace runoff
