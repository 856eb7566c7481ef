#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <system_error>

namespace runoff {

/// pthreadpool_create does not look at what pthread_create says: where a limit leaves no room for a thread,
/// it waits for ever for the one that never came. While this lives, a timer interrupts the calling thread
/// ten times a second. Where that thread has gone to sleep again after each look for a second, and the
/// process has as few threads as before, it says so and ends the process, as other runtimes do. Neither how
/// long it takes proves it nor how little the caller computes: on a loaded machine, a thousand new threads
/// that spin keep it off its core for seconds. It does not sleep then. A thread that looks would cost more to
/// start than the timer's microsecond, which is start-up time.
class CreationWatch {
 public:
  explicit CreationWatch(std::size_t workers) {
    wanted = workers;
    looks = 0;
    slept = times_asleep();
    threads = 0;
    struct sigaction action {};
    action.sa_handler = look;
    action.sa_flags = SA_RESTART;
    ::sigaction(SIGALRM, &action, &before_);
    sigevent event{};
    event.sigev_notify = SIGEV_THREAD_ID;
    event.sigev_signo = SIGALRM;
    event._sigev_un._tid = ::gettid();
    if (::timer_create(CLOCK_MONOTONIC, &event, &timer_) != 0)
      throw std::system_error(errno, std::generic_category(), "cannot create a timer");
    const itimerspec often{{0, 100'000'000}, {0, 100'000'000}};
    ::timer_settime(timer_, 0, &often, nullptr);
  }
  ~CreationWatch() {
    ::timer_delete(timer_);
    ::sigaction(SIGALRM, &before_, nullptr);
  }
  CreationWatch(const CreationWatch&) = delete;
  CreationWatch& operator=(const CreationWatch&) = delete;

 private:
  // A signal handler may do little: no memory, no streams; and what it interrupts keeps its errno.
  static void look(int) {
    const int error = errno;
    const auto asleep = times_asleep();
    const std::size_t there = count_threads();
    looks = asleep > slept && there == threads ? looks + 1 : 0;
    slept = asleep;
    threads = there;
    if (looks >= 10 && there > 0 && there < wanted) {
      say("cannot start worker ");
      say(there + 1);
      say(" of ");
      say(wanted);
      say(": Resource temporarily unavailable\n");
      ::_exit(1);
    }
    errno = error;
  }

  /// How often the calling thread has waited for something.
  static long times_asleep() {
    rusage usage{};
    ::getrusage(RUSAGE_THREAD, &usage);
    return usage.ru_nvcsw;
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

  static inline volatile std::size_t wanted = 0, looks = 0, threads = 0;
  static inline volatile long slept = 0;
  struct sigaction before_ {};
  timer_t timer_{};
};

}  // namespace runoff
