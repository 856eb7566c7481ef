#include "support/begin_afresh.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>

namespace runoff {
namespace {

/// What was closed on purpose is not wanted: it leads nowhere.
void open_standard_descriptors() {
  for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) >= 0) continue;
    // The lowest free number is taken, which is this one. Without /dev any file that is surely there holds
    // the place.
    if (::open("/dev/null", O_RDWR) < 0) [[maybe_unused]]
      const int held = ::open("/", O_RDONLY);
  }
}

void reset_signals() {
  constexpr std::array kept_ignored{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGTTIN, SIGTTOU};
  for (int signal = 1; signal < NSIG; ++signal)
    if (std::find(kept_ignored.begin(), kept_ignored.end(), signal) == kept_ignored.end())
      ::signal(signal, SIG_DFL);  // fails for those that cannot be changed
  ::signal(SIGXFSZ, SIG_IGN);     // a file that may grow no further is an error to be told, as a full disk is
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

}  // namespace

void begin_afresh() {
  open_standard_descriptors();
  reset_signals();
}

}  // namespace runoff
