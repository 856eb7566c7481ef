#include "cell/mark_stops.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <string>

#include "cell/outcome.h"

namespace runoff::cell {
namespace {

const std::string* mark = nullptr;
pid_t turns_given_by = 0;

/// Only calls that are safe in a handler. From its parent it comes without a stop before: mpirun sends it to
/// ranks that it is about to end.
void make_mark(int, siginfo_t* about, void*) {
  if (about->si_code == SI_USER && (about->si_pid == ::getppid() || about->si_pid == turns_given_by)) return;
  const int error = errno;
  ::close(::open(mark->c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  errno = error;
}

}  // namespace

void mark_stops(const std::filesystem::path& result, pid_t launcher) {
  turns_given_by = launcher;
  // Never freed: a signal may come until the very end.
  mark = new std::string(stop_mark(result));
  struct sigaction action {};
  action.sa_sigaction = make_mark;
  action.sa_flags = SA_RESTART | SA_SIGINFO;
  ::sigaction(SIGCONT, &action, nullptr);
}

}  // namespace runoff::cell
