#include "launcher/launcher.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

#include "process/descendants.h"
#include "process/interruption.h"
#include "process/spawn.h"
#include "support/errors.h"
#include "support/temporary_folder.h"

namespace runoff {
namespace {

/// Where shared memory of the owner of `folder` lies: in memory, where this machine has such files.
std::filesystem::path shared_memory_of(const std::filesystem::path& folder) {
  const std::filesystem::path in_memory = "/dev/shm";
  return ::access(in_memory.c_str(), W_OK | X_OK) == 0 ? in_memory / folder.filename()
                                                       : folder / "shared-memory";
}

constexpr std::chrono::seconds patience_with_launcher{8};  // its own, and some

}  // namespace

Launcher::Launcher(const std::filesystem::path& executable) {
  const std::filesystem::path folder = new_temporary_name();
  const std::filesystem::path shared_memory = shared_memory_of(folder);
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0)
    throw MachineError("cannot make a socket for the launcher: " + std::generic_category().message(errno));
  socket_ = Descriptor(ends[0]);
  Descriptor other(ends[1]);
  // What the launcher started becomes ours where the launcher itself is killed.
  adopt_orphans();
  try {
    // It does not die with us, because it then clears away what runs.
    process_ = spawn({.arguments = {executable.string(), folder.string(), shared_memory.string()},
                      .environment = {},
                      .input = other.get(),
                      .output = -1,
                      .error = STDERR_FILENO,
                      .dies_with_parent = false});
  } catch (const std::system_error& error) {
    throw MachineError("cannot start '" + executable.string() + "': " + error.code().message());
  }
  other.close();
  // Whatever becomes of the launcher, its folders are removed.
  folder_ = folder;
  shared_memory_folder_ = shared_memory;
  const auto greeting = receive_packet(socket_.get());
  if (!greeting) {
    end();
    throw MachineError("'" + executable.string() + "' ended at once");
  }
  const auto said = parse_message<Greeting>(*greeting);
  if (!said.error.empty()) {
    folder_.clear();  // what is there is another's
    shared_memory_folder_.clear();
    end();
    throw MachineError(said.error);
  }
}

Launcher::~Launcher() { end(); }

void Launcher::end() {
  socket_.close();
  if (process_.valid()) {
    pollfd wait{process_.ended(), POLLIN, 0};
    ::poll(&wait, 1, static_cast<int>(std::chrono::milliseconds(patience_with_launcher).count()));
    std::error_code ignored;
    process_.terminate(ignored);
    process_.wait(ignored);
  }
  end_descendants(std::chrono::seconds(1), &shared_memory_);
  shared_memory_.remove_left();
  // The launcher removes them itself, but where it was killed.
  std::error_code ignored;
  for (const auto& folder : {folder_, shared_memory_folder_})
    if (!folder.empty()) std::filesystem::remove_all(folder, ignored);
}

std::optional<Answer> Launcher::run(const Request& request) {
  auto answers = run_in_turns({request});
  return answers ? std::optional(std::move(answers->front())) : std::nullopt;
}

std::optional<std::vector<Answer>> Launcher::run_in_turns(std::vector<Request> requests) {
  for (std::size_t i = 0; i < requests.size(); ++i) {
    requests[i].more = i + 1 < requests.size();
    if (!send_packet(socket_.get(), to_packet(requests[i])))
      throw MachineError("the launcher is gone; was it killed?");
  }
  std::vector<Answer> answers;
  while (answers.size() < requests.size()) {
    auto answer = receive_answer();
    if (!answer) return std::nullopt;
    answers.push_back(std::move(*answer));
  }
  return answers;
}

std::optional<Answer> Launcher::receive_answer() {
  while (!Interruption::happened()) {
    std::array<pollfd, 2> wait{{{socket_.get(), POLLIN, 0}, {Interruption::descriptor(), POLLIN, 0}}};
    if (::poll(wait.data(), wait.size(), -1) < 0) continue;
    if (wait[0].revents == 0) continue;
    const auto answer = receive_packet(socket_.get());
    if (!answer) throw MachineError("the launcher is gone; was it killed?");
    return parse_message<Answer>(*answer);
  }
  socket_.close();
  return std::nullopt;
}

}  // namespace runoff
