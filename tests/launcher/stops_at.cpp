#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

// Loaded into the launcher before all others (LD_PRELOAD), it stops the launcher at one of its looks at the
// clock or at what it waits for: at the one of RUNOFF_TEST_STOPS_AT, counted from when the file
// RUNOFF_TEST_STOPS_FROM is there.
namespace {

bool is_the_launcher() { return std::strcmp(::program_invocation_short_name, "runoff-launcher") == 0; }

const char* const stops_at = is_the_launcher() ? std::getenv("RUNOFF_TEST_STOPS_AT") : nullptr;
const char* const stops_from = std::getenv("RUNOFF_TEST_STOPS_FROM");
long looks_left = stops_at != nullptr ? std::atol(stops_at) : -1;

void look() noexcept {
  if (looks_left < 0 || stops_from == nullptr || ::access(stops_from, F_OK) != 0) return;
  if (looks_left-- == 0) ::raise(SIGSTOP);
}

}  // namespace

extern "C" int clock_gettime(clockid_t clock, timespec* time) noexcept {
  if (clock == CLOCK_MONOTONIC) look();
  return static_cast<int>(::syscall(SYS_clock_gettime, clock, time));
}

extern "C" int poll(pollfd* descriptors, nfds_t count, int limit) {
  static const auto next = reinterpret_cast<decltype(&::poll)>(::dlsym(RTLD_NEXT, "poll"));
  look();
  return next(descriptors, count, limit);
}
