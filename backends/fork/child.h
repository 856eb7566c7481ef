#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

/// A forked process. It ends when its parent does, however that ends.
class Child {
 public:
  /// Forks; the child runs `work`, which must not throw, and leaves with status 0. Throws std::system_error.
  explicit Child(const std::function<void()>& work);
  Child(Child&& other) noexcept;
  Child& operator=(Child&& other) noexcept;
  /// Kills it, should it still be there, and reaps it.
  ~Child();

  pid_t id() const { return id_; }
  bool has_ended() const;
  /// Waits at most that long for its end. True when it has ended.
  bool wait(std::chrono::milliseconds limit) const;
  void kill() const;
  /// Reaps it, after waiting for its end. Its wait status; nothing when it left with status 0.
  /// Throws std::system_error when it has been reaped elsewhere.
  std::optional<int> reap();

 private:
  friend std::vector<Child> wait_for_ended(std::vector<Child>&);

  pid_t id_ = -1;
  int descriptor_ = -1;  // a pidfd: unlike the number, it never comes to mean another process
};

/// Waits until some of them have ended, and takes these out.
std::vector<Child> wait_for_ended(std::vector<Child>& children);
