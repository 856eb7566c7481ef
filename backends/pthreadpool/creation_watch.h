#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <cstring>

namespace runoff {

/// pthreadpool_create does not look at what pthread_create says: where a limit leaves no room for a thread,
/// it waits for ever for the one that never came. While this lives, a timer looks at how many threads the
/// process has, ten times a second. Where there are too few, and no more for a second, it says so and ends
/// the process, as other runtimes do. A thread that looks would cost more to start than the timer's
/// microsecond, which is start-up time.
class CreationWatch {
 public:
  explicit CreationWatch(std::size_t workers) {
    wanted = workers;
    seen = 0;
    looks = 0;
    struct sigaction action {};
    action.sa_handler = look;
    action.sa_flags = SA_RESTART;
    ::sigaction(SIGALRM, &action, &before_);
    const itimerval often{{0, 100'000}, {0, 100'000}};
    ::setitimer(ITIMER_REAL, &often, nullptr);
  }
  ~CreationWatch() {
    const itimerval never{};
    ::setitimer(ITIMER_REAL, &never, nullptr);
    ::sigaction(SIGALRM, &before_, nullptr);
  }
  CreationWatch(const CreationWatch&) = delete;
  CreationWatch& operator=(const CreationWatch&) = delete;

 private:
  // A signal handler may do little: no memory, no streams; and what it interrupts keeps its errno.
  static void look(int) {
    const int error = errno;
    const std::size_t threads = count_threads();
    errno = error;
    looks = threads == seen ? looks + 1 : 0;
    seen = threads;
    if (threads == 0 || threads >= wanted || looks < 10) return;
    say("cannot start worker ");
    say(threads + 1);
    say(" of ");
    say(wanted);
    say(": Resource temporarily unavailable\n");
    ::_exit(1);
  }

  /// The line "Threads:" of this process's status; 0 where it cannot be read.
  static std::size_t count_threads() {
    char text[4096] = {};
    const int file = ::open("/proc/self/status", O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    const bool read = ::read(file, text, sizeof text - 1) > 0;
    ::close(file);
    const char* line = read ? std::strstr(text, "\nThreads:") : nullptr;
    std::size_t number = 0;
    if (line == nullptr) return 0;
    for (line += std::strlen("\nThreads:"); *line == '\t' || (*line >= '0' && *line <= '9'); ++line)
      if (*line != '\t') number = 10 * number + static_cast<std::size_t>(*line - '0');
    return number;
  }

  static void say(const char* text) {
    if (::write(STDERR_FILENO, text, std::strlen(text)) < 0) return;  // there is no other place to say it
  }
  static void say(std::size_t number) {
    char digits[24] = {};
    char* first = digits + sizeof digits - 1;
    do *--first = static_cast<char>('0' + number % 10);
    while ((number /= 10) > 0);
    say(first);
  }

  static inline volatile std::size_t wanted = 0, seen = 0, looks = 0;
  struct sigaction before_ {};
};

}  // namespace runoff
