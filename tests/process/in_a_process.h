#pragma once

#include <sys/wait.h>
#include <unistd.h>

namespace runoff {

/// Whether this holds in a process of its own, which may be stopped and may adopt orphans.
template <class Claim>
bool holds_in_a_process_of_its_own(Claim claim) {
  const pid_t process = ::fork();
  if (process == 0) ::_exit(claim() ? 0 : 1);
  int status = -1;
  return ::waitpid(process, &status, 0) == process && status == 0;
}

}  // namespace runoff
