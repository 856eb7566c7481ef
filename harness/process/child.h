#pragma once

#include <sys/types.h>

#include <memory>
#include <system_error>

namespace runoff {

/// A process that this one started. Its handle kills and reaps it when it is destroyed, so wait for it first.
class Child {
 public:
  struct Handle;  // with Boost.Process's, which only spawn.cpp includes

  Child();
  explicit Child(std::unique_ptr<Handle> handle);
  Child(Child&&) noexcept;
  Child& operator=(Child&&) noexcept;
  ~Child();

  /// Whether there is a process that was not waited for.
  bool valid() const;
  pid_t id() const;
  /// A descriptor that becomes readable when it ends.
  int ended() const;
  /// Waits for its end and reaps it.
  void wait(std::error_code& error);
  /// Kills and reaps it.
  void terminate(std::error_code& error);
  /// As waitpid gives it; after `wait`.
  int native_exit_code() const;

 private:
  std::unique_ptr<Handle> handle_;
};

}  // namespace runoff
