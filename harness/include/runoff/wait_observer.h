#pragma once

#include "runoff/errors.h"

namespace runoff {

/// Told when a task waits for something outside the processor, on the worker that runs it: for backends whose
/// workers hold something that others could use meanwhile.
class RUNOFF_VISIBLE WaitObserver {
 public:
  virtual ~WaitObserver() = default;
  virtual void begins_to_wait() noexcept = 0;
  virtual void has_waited() noexcept = 0;
};

/// A task keeps one for as long as it waits: Independent::waiting.
class Waiting {
 public:
  explicit Waiting(WaitObserver* observer) : observer_(observer) {
    if (observer_ != nullptr) observer_->begins_to_wait();
  }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;
  ~Waiting() {
    if (observer_ != nullptr) observer_->has_waited();
  }

 private:
  WaitObserver* observer_;
};

}  // namespace runoff
