#include "process/interruption.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <system_error>

namespace runoff {
namespace {

volatile std::sig_atomic_t interrupted = 0;
int event = -1;

void note(int) {
  const int error = errno;
  interrupted = 1;
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(event, &one, sizeof(one));
  errno = error;
}

}  // namespace

void Interruption::install() {
  if (event >= 0) return;
  event = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (event < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
  struct sigaction action {};
  action.sa_handler = note;
  action.sa_flags = SA_RESETHAND;
  for (const int signal : signals_that_interrupt) {
    struct sigaction before {};
    ::sigaction(signal, nullptr, &before);
    if (before.sa_handler == SIG_IGN) continue;  // nohup, or a shell's background job: not meant for us
    ::sigaction(signal, &action, nullptr);
  }
}

bool Interruption::happened() { return interrupted != 0; }
int Interruption::descriptor() { return event; }

}  // namespace runoff
