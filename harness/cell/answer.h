#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

#include "support/descriptor.h"
#include "support/standard_streams.h"

namespace runoff::cell {

/// Standard output, kept for one answer. What else is printed there from now on, by a module that is loaded,
/// say, goes to standard error, up to the end of the process.
class AnswerOnly {
 public:
  AnswerOnly() : descriptor_(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)) {
    if (descriptor_.get() < 0 || ::dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
      throw std::system_error(errno, std::generic_category(), "cannot set standard output apart");
  }

  /// Throws std::system_error, and std::runtime_error where it was closed.
  void say(std::string_view text) const {
    if (write_patiently(descriptor_.get(), text) == text.size()) return;
    if (errno == EBADF)
      throw std::runtime_error("the module closed descriptors that are not its own, the answer's too");
    throw std::system_error(errno, std::generic_category(), "cannot write to standard output");
  }

 private:
  Descriptor descriptor_;
};

}  // namespace runoff::cell
