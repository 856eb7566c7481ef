#pragma once

#include <unistd.h>

#include <memory>
#include <mutex>
#include <vector>

namespace http {

/// Connections that are not in use at the moment, for threads that come and go. The last one that was given
/// back is handed out first.
template <class T>
class Pool {
 public:
  /// One of them, or null. A forked process begins without any: two processes that talk on one connection
  /// would read each other's answers.
  std::unique_ptr<T> take() {
    const std::lock_guard lock(mutex_);
    if (process_ != ::getpid()) {
      // Not destroyed: that could say goodbye on connections which the parent still uses.
      for (auto& one : idle_) one.release();
      idle_.clear();
      process_ = ::getpid();
    }
    if (idle_.empty()) return nullptr;
    auto last = std::move(idle_.back());
    idle_.pop_back();
    return last;
  }

  void give(std::unique_ptr<T> one) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(one));
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<T>> idle_;
  pid_t process_ = ::getpid();
};

}  // namespace http
