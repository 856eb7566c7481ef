#include "support/standard_streams.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <iostream>
#include <streambuf>
#include <system_error>

#include "support/errors.h"

namespace runoff {
namespace {

ssize_t write_output(void*, const char* text, std::size_t size) {
  return static_cast<ssize_t>(write_patiently(STDOUT_FILENO, {text, size}));
}

/// What C++ prints, in the order of what C prints.
class ToStdout : public std::streambuf {
  int_type overflow(int_type c) override {
    return c == traits_type::eof() || std::fputc(c, stdout) == EOF ? traits_type::eof() : c;
  }
  std::streamsize xsputn(const char* text, std::streamsize size) override {
    return static_cast<std::streamsize>(std::fwrite(text, 1, static_cast<std::size_t>(size), stdout));
  }
  int sync() override { return std::fflush(stdout); }
};

}  // namespace

std::size_t write_patiently(int descriptor, std::string_view text) {
  std::size_t written = 0;
  while (written < text.size()) {
    const ssize_t n = ::write(descriptor, text.data() + written, text.size() - written);
    if (n >= 0) {
      written += static_cast<std::size_t>(n);
    } else if (errno == EAGAIN) {
      pollfd room{descriptor, POLLOUT, 0};
      ::poll(&room, 1, -1);
    } else if (errno != EINTR) {
      break;
    }
  }
  return written;
}

void wait_for_readers() {
  std::FILE* const patient = ::fopencookie(nullptr, "w", {nullptr, write_output, nullptr, nullptr});
  if (patient == nullptr) return;
  std::setvbuf(patient, nullptr, ::isatty(STDOUT_FILENO) == 1 ? _IOLBF : _IOFBF, BUFSIZ);
  stdout = patient;
  std::cout.rdbuf(new ToStdout);  // used up to the end of the process
}

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
