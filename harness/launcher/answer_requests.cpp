#include "launcher/answer_requests.h"

#include <poll.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "launcher/in_turns.h"
#include "launcher/protocol.h"
#include "launcher/turn_socket.h"
#include "process/descendants.h"
#include "process/interruption.h"
#include "process/shared_memory_files.h"
#include "support/temporary_folder.h"

namespace runoff {
namespace {

Descriptor signals_that_end_us() {
  sigset_t signals;
  ::sigemptyset(&signals);
  for (const int signal : signals_that_interrupt) ::sigaddset(&signals, signal);
  ::sigprocmask(SIG_BLOCK, &signals, nullptr);
  return Descriptor(::signalfd(-1, &signals, SFD_CLOEXEC));
}

class Loop {
 public:
  Loop(int socket, const std::filesystem::path& folder, const std::filesystem::path& shared_memory)
      : socket_(socket),
        signals_(signals_that_end_us()),
        turns_(listen_for_turns(::getpid())),
        folder_(folder),
        shared_memory_folder_(shared_memory) {
    adopt_orphans();
  }

  void run() {
    if (!send_packet(socket_, to_packet(Greeting{}))) return;
    while (true) {
      std::array<pollfd, 2> wait{{{socket_, POLLIN, 0}, {signals_.get(), POLLIN, 0}}};
      if (::poll(wait.data(), wait.size(), -1) < 0) continue;
      if (wait[1].revents != 0) return;
      std::vector<Request> requests;
      do {
        const auto request = receive_packet(socket_);
        if (!request) return;
        requests.push_back(parse_message<Request>(*request));
      } while (requests.back().more);
      const auto answers = answers_to(requests);
      if (!answers) return;
      for (const Answer& answer : *answers)
        if (!send_packet(socket_, to_packet(answer))) return;
    }
  }

 private:
  std::optional<std::vector<Answer>> answers_to(const std::vector<Request>& requests) {
    const auto temporary = folder_.path() / "tmp";
    make(temporary);
    // Where it cannot be made, the process that wants it says so.
    ::mkdir(shared_memory_folder_.c_str(), S_IRWXU);
    SharedMemoryFiles shared_memory;
    auto answers = InTurns(requests, {socket_, signals_.get(), turns_.get(), shared_memory})
                       .run([&](std::size_t number) {
                         const auto own = temporary / std::to_string(number);
                         make(own);
                         return own;
                       });
    shared_memory.remove_left();
    std::error_code ignored;
    std::filesystem::remove_all(temporary, ignored);
    std::filesystem::remove_all(shared_memory_folder_, ignored);
    return answers;
  }

  /// What clears old files away may have taken the folder around it.
  void make(const std::filesystem::path& temporary) const {
    std::error_code error, ignored;
    std::filesystem::create_directory(temporary, error);
    if (!error) return;
    const bool gone = !std::filesystem::exists(folder_.path(), ignored);
    throw std::runtime_error(
        gone ? "the temporary folder '" + folder_.path().string() +
                   "' was removed while samples were taken; set TMPDIR to a folder that nothing clears"
             : "cannot make the folder '" + temporary.string() + "': " + error.message());
  }

  int socket_;
  Descriptor signals_, turns_;
  TemporaryFolder folder_;
  std::filesystem::path shared_memory_folder_;
};

}  // namespace

void answer_requests(int socket, const std::filesystem::path& folder,
                     const std::filesystem::path& shared_memory) {
  std::optional<Loop> loop;
  try {
    loop.emplace(socket, folder, shared_memory);
  } catch (const std::exception& error) {
    send_packet(socket, to_packet(Greeting{error.what()}));
    return;
  }
  loop->run();
}

}  // namespace runoff
