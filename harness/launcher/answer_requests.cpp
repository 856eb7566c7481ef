#include "launcher/answer_requests.h"

#include <poll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>

#include "launcher/protocol.h"
#include "process/descendants.h"
#include "process/shared_memory_files.h"
#include "process/spawn.h"
#include "process/standstill.h"
#include "runoff/worker_exit.h"
#include "support/temporary_folder.h"

namespace runoff {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t output_kept = 4096;
/// A process that is to end gets this long to end those that it started, before it is killed.
constexpr std::chrono::milliseconds grace{500};
/// Until processes that cannot be killed are left alone.
constexpr std::chrono::seconds patience{5};
/// The launcher looks at its clock so often while a process runs. Where that takes so much longer, it was
/// stopped.
constexpr std::chrono::milliseconds longest_wait{500}, too_late{500};
/// A process that says that it has failed gets this long to end by itself.
constexpr std::chrono::seconds time_to_end{2};
/// Whoever makes shared memory is looked for at once, which takes a millisecond. After so many looks there is
/// a pause before each, so that a process that makes much of it is not slowed down.
constexpr int looks_at_once = 100;
constexpr std::chrono::milliseconds between_looks{50};

Descriptor signals_that_end_us() {
  sigset_t signals;
  ::sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::sigaddset(&signals, signal);
  ::sigprocmask(SIG_BLOCK, &signals, nullptr);
  return Descriptor(::signalfd(-1, &signals, SFD_CLOEXEC));
}

/// By this process, and by all descendants that were reaped.
std::int64_t used_ns() {
  std::int64_t used = 0;
  for (const auto of : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage usage{};
    ::getrusage(of, &usage);
    for (const timeval& time : {usage.ru_utime, usage.ru_stime})
      used += time.tv_sec * 1'000'000'000LL + time.tv_usec * 1'000LL;
  }
  return used;
}

/// How long this process, of one thread, could have run but had no processor; 0 where the kernel does not
/// say.
std::chrono::nanoseconds waited_for_a_processor() {
  std::int64_t ran = 0, waited = 0;
  std::ifstream("/proc/self/schedstat") >> ran >> waited;
  return std::chrono::nanoseconds(waited);
}

class Loop {
 public:
  Loop(int socket, const std::filesystem::path& folder, const std::filesystem::path& shared_memory)
      : socket_(socket),
        signals_(signals_that_end_us()),
        folder_(folder),
        shared_memory_folder_(shared_memory) {
    adopt_orphans();
  }

  void run() {
    if (!send_packet(socket_, to_text(Greeting{}))) return;
    while (!ended_) {
      std::array<pollfd, 2> wait{{{socket_, POLLIN, 0}, {signals_.get(), POLLIN, 0}}};
      if (::poll(wait.data(), wait.size(), -1) < 0) continue;
      if (wait[1].revents != 0) return;
      const auto request = receive_packet(socket_);
      if (!request) return;
      const Answer answer = answer_to(parse_message<Request>(*request));
      if (!ended_ && !send_packet(socket_, to_text(answer))) return;
    }
  }

 private:
  Answer answer_to(Request request) {
    const auto temporary = folder_.path() / "tmp";
    make(temporary);
    request.environment.emplace_back("TMPDIR", temporary);
    // Where it cannot be made, the process that wants it says so.
    ::mkdir(shared_memory_folder_.c_str(), S_IRWXU);
    const std::int64_t used_before = used_ns();
    SharedMemoryFiles shared_memory;
    Answer answer = run(request, shared_memory);
    answer.left = end_descendants(patience, &shared_memory);
    shared_memory.remove_left();
    answer.cpu_ns = used_ns() - used_before;
    std::error_code ignored;
    std::filesystem::remove_all(temporary, ignored);
    std::filesystem::remove_all(shared_memory_folder_, ignored);
    return answer;
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

  Answer run(const Request& request, SharedMemoryFiles& shared_memory) {
    Answer answer;
    auto [output, output_end] = make_pipe();
    std::error_code error;
    const std::uint64_t kills_before = out_of_memory_kills();
    const auto begin = Clock::now();
    auto process =
        spawn({request.arguments, request.environment, -1, output_end.get(), output_end.get()}, error);
    output_end.close();
    if (error) {
      answer.error = "cannot start '" + request.arguments.at(0) + "': " + error.message();
      return answer;
    }
    const Descriptor watched = watch(process.id());
    const auto deadline = begin + std::chrono::nanoseconds(request.limit_ns);
    if (!wait_for_end(watched.get(), output.get(), deadline, request.failures, shared_memory, answer)) {
      answer.timed_out = !ended_ && !answer.gave_up;
      if (answer.timed_out) answer.at_the_limit = what_they_do(descendants(::getpid()));
      shared_memory.note(descendants(::getpid()));
      stop(process.id(), watched.get());
    }
    process.wait(error);
    answer.wall_ns = std::chrono::nanoseconds(Clock::now() - begin).count();
    const int status = process.native_exit_code();
    answer.how = describe_exit(status, out_of_memory_kills() - kills_before);
    answer.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
    answer.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    read_ends(output.get(), answer.output, output_kept);
    return answer;
  }

  /// False when the time is up, or (`ended_`) when runoff is gone.
  bool wait_for_end(int watched, int output, Clock::time_point deadline,
                    const std::vector<std::string>& failures, SharedMemoryFiles& shared_memory,
                    Answer& answer) {
    Clock::time_point next_look{};
    int looked = 0;
    while (true) {
      const auto asked = Clock::now();
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - asked);
      if (left.count() <= 0) return false;
      const auto pause = std::chrono::ceil<std::chrono::milliseconds>(next_look - asked);
      const bool looks = pause.count() <= 0;
      std::array<pollfd, 5> wait{{{watched, POLLIN, 0},
                                  {socket_, POLLIN, 0},
                                  {signals_.get(), POLLIN, 0},
                                  {output, POLLIN, 0},
                                  {looks ? shared_memory.made() : -1, POLLIN, 0}}};
      const auto until = std::min({left, longest_wait, looks ? longest_wait : pause});
      const auto waited = waited_for_a_processor();
      const int ready = ::poll(wait.data(), wait.size(), static_cast<int>(until.count()));
      // Who stops the launcher stops all that it started, as a rule: that time is not the process's to use
      // up. Time without a processor is: what it started may be what keeps them busy.
      const auto late = Clock::now() - asked - until - (waited_for_a_processor() - waited);
      if (late > too_late) {
        answer.stopped = true;
        deadline += late;
      }
      if (ready <= 0) continue;
      if (wait[4].revents != 0) {
        shared_memory.note(descendants(::getpid()));
        if (++looked >= looks_at_once) next_look = Clock::now() + between_looks;
      }
      if (wait[3].revents != 0 && !read_ends(output, answer.output, output_kept)) output = -1;
      if (wait[3].revents != 0 && !answer.gave_up &&
          std::any_of(failures.begin(), failures.end(), [&](const std::string& failure) {
            return answer.output.find(failure) != failure.npos;
          })) {
        answer.gave_up = true;
        deadline = std::min(deadline, Clock::now() + time_to_end);
      }
      if (wait[0].revents != 0) {
        answer.gave_up = false;
        return true;
      }
      // No request comes while one runs, so what can be read here is the end of the stream.
      if (wait[1].revents != 0 || wait[2].revents != 0) {
        ended_ = true;
        return false;
      }
    }
  }

  static void stop(pid_t process, int watched) {
    ::kill(process, SIGTERM);
    pollfd wait{watched, POLLIN, 0};
    ::poll(&wait, 1, static_cast<int>(grace.count()));
    ::kill(process, SIGKILL);
  }

  int socket_;
  Descriptor signals_;
  TemporaryFolder folder_;
  std::filesystem::path shared_memory_folder_;
  bool ended_ = false;
};

}  // namespace

void answer_requests(int socket, const std::filesystem::path& folder,
                     const std::filesystem::path& shared_memory) {
  std::optional<Loop> loop;
  try {
    loop.emplace(socket, folder, shared_memory);
  } catch (const std::exception& error) {
    send_packet(socket, to_text(Greeting{error.what()}));
    return;
  }
  loop->run();
}

}  // namespace runoff
