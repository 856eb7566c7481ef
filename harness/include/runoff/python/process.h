#pragma once

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "runoff/python/interpreter.h"
#include "runoff/worker_exit.h"

namespace runoff {

/// A Python program that this process starts and talks to over a socket, whose number is its only argument.
/// It dies with this process, and those that it started with it.
class PythonProcess {
 public:
  /// Starts `python script N`. The program inherits `inherited`, too, under the same number. Throws
  /// std::system_error.
  PythonProcess(const std::string& python, const std::string& script, int inherited = -1)
      : kills_before_(out_of_memory_kills()) {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) fail("socketpair");
    socket_ = ends[0];
    const std::string number = std::to_string(ends[1]);
    // Nothing is written beside a reader's file; nothing of a user's own packages is left out.
    const std::array<const char*, 5> words{python.c_str(), "-B", script.c_str(), number.c_str(), nullptr};
    // With PYTHONSAFEPATH it would not find what lies beside the script.
    std::vector<char*> environment;
    for (char** variable = ::environ; *variable != nullptr; ++variable)
      if (!std::string_view(*variable).starts_with("PYTHONSAFEPATH=")) environment.push_back(*variable);
    environment.push_back(nullptr);
    const pid_t parent = ::getpid();
    // Not fork: the memory of this process may be large. What the child does until it is another program is
    // allowed there.
    id_ = ::vfork();
    if (id_ == 0) become(words, environment, parent, ends[1], inherited);
    const int error = errno;
    ::close(ends[1]);
    if (id_ < 0) throw std::system_error(error, std::generic_category(), "start python3");
  }
  PythonProcess(const PythonProcess&) = delete;
  PythonProcess& operator=(const PythonProcess&) = delete;

  /// Lets it end by itself, which it does when the socket closes, and ends what is left.
  ~PythonProcess() {
    ::close(socket_);
    if (!reaped_) wait_for_end(std::chrono::seconds(2));
    ::kill(-id_, SIGKILL);
    if (!reaped_) ::waitpid(id_, nullptr, 0);
  }

  /// False when it is gone.
  bool send(std::string_view text) {
    while (!text.empty()) {
      const ssize_t sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent < 0 && errno == EINTR) continue;
      if (sent <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  /// Whether it says something, or is gone, before this time is up. While this process is stopped, and with
  /// it what it started, no more than a tenth of a second passes.
  bool answers_within(std::chrono::milliseconds limit) {
    constexpr std::chrono::milliseconds slice{100};
    for (; limit.count() > 0; limit -= slice) {
      pollfd answer{socket_, POLLIN, 0};
      if (::poll(&answer, 1, static_cast<int>(std::min(slice, limit).count())) > 0) return true;
    }
    return false;
  }
  /// False when it is gone before all has come.
  bool receive(std::span<std::byte> bytes) {
    while (!bytes.empty()) {
      const ssize_t got = ::recv(socket_, bytes.data(), bytes.size(), 0);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return false;
      bytes = bytes.subspan(static_cast<std::size_t>(got));
    }
    return true;
  }

  /// How it ended; only after `send` or `receive` said that it is gone.
  std::string how_it_ended() {
    if (!reaped_ && ::waitpid(id_, &status_, 0) == id_) reaped_ = true;
    return "python3 (process " + std::to_string(id_) + ") " +
           describe_exit(status_, out_of_memory_kills() - kills_before_);
  }

 private:
  [[noreturn]] static void fail(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
  }

  [[noreturn]] static void become(const std::array<const char*, 5>& words,
                                  const std::vector<char*>& environment, pid_t parent, int socket,
                                  int inherited) {
    ::setpgid(0, 0);  // to be ended with all that it starts
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(1);  // gone before it could be asked for
    const int nothing = ::open("/dev/null", O_RDONLY);
    ::dup2(nothing, STDIN_FILENO);
    ::close(nothing);
    for (const int descriptor : {socket, inherited})
      if (descriptor >= 0) ::fcntl(descriptor, F_SETFD, 0);
    ::execve(words[0], const_cast<char* const*>(words.data()), environment.data());
    ::_exit(127);
  }

  void wait_for_end(std::chrono::milliseconds limit) {
    const int ended = static_cast<int>(::syscall(SYS_pidfd_open, id_, 0));
    if (ended < 0) return;
    pollfd end{ended, POLLIN, 0};
    ::poll(&end, 1, static_cast<int>(limit.count()));
    ::close(ended);
  }

  std::uint64_t kills_before_;
  int socket_ = -1;
  pid_t id_ = -1;
  int status_ = 0;
  bool reaped_ = false;
};

}  // namespace runoff
