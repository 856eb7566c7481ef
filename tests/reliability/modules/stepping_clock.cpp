#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

// Loaded before all others (LD_PRELOAD), it makes the time of day step by up to some hours, forth and back,
// as a clock does that is set right again and again. The clock that only goes forwards stays as it is.
namespace {

timespec stepped() noexcept {
  timespec time{};
  ::syscall(SYS_clock_gettime, CLOCK_REALTIME, &time);
  // About every 50 ms another step.
  const auto step =
      static_cast<unsigned long>(time.tv_sec) * 20 + static_cast<unsigned long>(time.tv_nsec) / 50'000'000;
  time.tv_sec += static_cast<time_t>(step * 2654435761UL % 20'000) - 10'000;
  return time;
}

}  // namespace

extern "C" int clock_gettime(clockid_t clock, timespec* time) noexcept {
  if (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE)
    return static_cast<int>(::syscall(SYS_clock_gettime, clock, time));
  *time = stepped();
  return 0;
}

extern "C" time_t time(time_t* seconds) noexcept {
  const time_t now = stepped().tv_sec;
  if (seconds != nullptr) *seconds = now;
  return now;
}

extern "C" int gettimeofday(timeval* time, void*) noexcept {
  const timespec now = stepped();
  *time = {now.tv_sec, now.tv_nsec / 1000};
  return 0;
}
