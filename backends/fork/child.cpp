#include "child.h"

#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>
#include <vector>

// Present where the code was built to measure coverage.
extern "C" __attribute__((weak)) void __gcov_dump();

namespace {

[[noreturn]] void live(pid_t parent, const std::function<void()>& work) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  // The parent may have gone before it could be asked for.
  if (::getppid() != parent) ::_exit(1);
  work();
  if (__gcov_dump != nullptr) __gcov_dump();
  // Not exit: destructors and buffers are the parent's.
  ::_exit(0);
}

}  // namespace

Child::Child(const std::function<void()>& work) {
  const pid_t parent = ::getpid();
  id_ = ::fork();
  if (id_ == 0) live(parent, work);
  if (id_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
  descriptor_ = static_cast<int>(::syscall(SYS_pidfd_open, id_, 0));
  if (descriptor_ >= 0) return;
  const int error = errno;
  ::kill(id_, SIGKILL);
  while (::waitpid(id_, nullptr, 0) < 0 && errno == EINTR) continue;
  throw std::system_error(error, std::generic_category(), "pidfd_open");
}

Child::Child(Child&& other) noexcept
    : id_(std::exchange(other.id_, -1)), descriptor_(std::exchange(other.descriptor_, -1)) {}

Child& Child::operator=(Child&& other) noexcept {
  std::swap(id_, other.id_);
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

Child::~Child() {
  if (descriptor_ < 0) return;
  kill();
  try {
    reap();
  } catch (const std::system_error&) {  // then there is nothing left to do
  }
}

bool Child::has_ended() const { return wait(std::chrono::milliseconds::zero()); }

bool Child::wait(std::chrono::milliseconds limit) const {
  pollfd end{descriptor_, POLLIN, 0};
  return ::poll(&end, 1, static_cast<int>(limit.count())) > 0;
}

void Child::kill() const { ::syscall(SYS_pidfd_send_signal, descriptor_, SIGKILL, nullptr, 0); }

std::optional<int> Child::reap() {
  int status = 0;
  pid_t reaped;
  // The number cannot mean another process before this one is reaped.
  do {
    reaped = ::waitpid(id_, &status, 0);
  } while (reaped < 0 && errno == EINTR);
  const int error = errno;
  ::close(std::exchange(descriptor_, -1));
  if (reaped < 0) throw std::system_error(error, std::generic_category(), "waitpid");
  if (status == 0) return std::nullopt;
  return status;
}

std::vector<Child> wait_for_ended(std::vector<Child>& children) {
  std::vector<pollfd> polled;
  polled.reserve(children.size());
  for (const Child& child : children) polled.push_back({child.descriptor_, POLLIN, 0});
  while (::poll(polled.data(), polled.size(), -1) < 0 && errno == EINTR) continue;
  std::vector<Child> ended, others;
  for (std::size_t i = 0; i < children.size(); ++i)
    (polled[i].revents != 0 ? ended : others).push_back(std::move(children[i]));
  children.swap(others);
  return ended;
}
