#include "support/standard_streams.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <iostream>
#include <system_error>

#include "support/errors.h"

namespace runoff {

void say(const std::string& text) {
  std::fputs(text.c_str(), stderr);
  std::fflush(stderr);
}

void warn(const std::string& text) { say("warning: " + text + "\n"); }

std::string output_problem() {
  std::cout.flush();
  bool failed = std::fflush(stdout) != 0;
  int error = errno;
  if (!failed && (std::ferror(stdout) != 0 || !std::cout)) {
    // What failed before left no reason. One byte more finds it, if it still holds.
    failed = true;
    error = ::write(STDOUT_FILENO, "\n", 1) < 0 ? errno : EIO;
  }
  return failed ? "standard output cannot be written: " + std::generic_category().message(error)
                : std::string();
}

void require_output() {
  if (const std::string problem = output_problem(); !problem.empty()) throw MachineError(problem);
}

}  // namespace runoff
