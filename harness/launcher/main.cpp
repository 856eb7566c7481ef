#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <exception>

#include "launcher/answer_requests.h"
#include "support/begin_afresh.h"
#include "support/standard_streams.h"

namespace {

constexpr const char* help =
    "runoff-launcher starts cells for runoff, which talks to it over a socket. It is not for use by hand.\n"
    "Usage: runoff-launcher [--help] [--version]\n";

bool is_socket(int descriptor) {
  int type = 0;
  socklen_t size = sizeof(type);
  return ::getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_SEQPACKET;
}

int print(const char* text) {
  std::fputs(text, stdout);
  runoff::require_output();
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  runoff::begin_afresh();
  try {
    if (count == 2 && std::strcmp(arguments[1], "--help") == 0) return print(help);
    if (count == 2 && std::strcmp(arguments[1], "--version") == 0)
      return print("runoff-launcher " RUNOFF_VERSION "\n");
    if (count != 3 || !is_socket(STDIN_FILENO)) {
      std::fputs("runoff-launcher: runoff starts this itself; use 'runoff run'\n", stderr);
      return 2;
    }
    runoff::answer_requests(STDIN_FILENO, arguments[1], arguments[2]);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "runoff-launcher: %s\n", error.what());
    return 3;
  }
}
