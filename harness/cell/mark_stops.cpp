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

/// Only calls that are safe in a handler.
void make_mark(int) {
  const int error = errno;
  ::close(::open(mark->c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  errno = error;
}

}  // namespace

void mark_stops(const std::filesystem::path& result) {
  // Never freed: a signal may come until the very end.
  mark = new std::string(stop_mark(result));
  struct sigaction action {};
  action.sa_handler = make_mark;
  action.sa_flags = SA_RESTART;
  ::sigaction(SIGCONT, &action, nullptr);
}

}  // namespace runoff::cell
