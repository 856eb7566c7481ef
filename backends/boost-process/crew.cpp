#include "crew.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/process/args.hpp>
#include <boost/process/exe.hpp>
#include <boost/process/extend.hpp>
#include <boost/process/posix.hpp>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <system_error>

#include "follower.h"
#include "runoff/errors.h"
#include "runoff/failure.h"
#include "runoff/memory.h"
#include "runoff/scheduling/start_thread.h"
#include "runoff/worker_exit.h"

// The header of glibc 2.36 does not say that its functions are C's.
extern "C" {
#include <sys/pidfd.h>
}

namespace runoff::boost_process {
namespace {

namespace bp = boost::process;

int checked(int result, const char* what) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), what);
  return result;
}

// Boost's pipes are inherited by every process that is started while they are open. A worker that held the
// pipes of others would keep them open after those had died.
bp::pipe private_pipe() {
  bp::pipe pipe;
  set_inherited(pipe.native_source(), false);
  set_inherited(pipe.native_sink(), false);
  return pipe;
}

void close_sink(bp::pipe& pipe) {
  ::close(pipe.native_sink());
  pipe.assign_sink(-1);
}

}  // namespace

Descriptor::~Descriptor() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Crew::Crew(Host& host, unsigned workers, Start start)
    : start_(start),
      kills_before_(out_of_memory_kills()),
      start_log_(checked(::memfd_create("runoff-start", MFD_CLOEXEC), "memfd_create")),
      standard_error_(checked(::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3), "keep standard error")),
      events_(checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1")) {
  checked(::fcntl(start_log_.get(), F_SETFL, O_APPEND), "append to the start log");
  workers_.reserve(workers);
  try {
    while (workers_.size() < workers) spawn_next(host);
    for (std::size_t starting = workers; starting > 0; --starting) next_answer();
  } catch (...) {
    kill_all();
    throw;
  }
  const std::string said = take_start_log();
  write_all(STDERR_FILENO, std::as_bytes(std::span(said)));
}

void Crew::spawn_next(Host& host) {
  const std::size_t number = workers_.size() + 1;
  try {
    spawn(host);
  } catch (const std::system_error& error) {
    throw cannot_start_worker(number, workers_.capacity(), error.code());
  }
}

void Crew::spawn(Host& host) {
  bp::pipe commands = private_pipe(), answers = private_pipe();
  const Inheritance inheritance{commands.native_source(), answers.native_sink(), standard_error_.get()};
  const std::vector<std::string> command = host.follower_command(inheritance.arguments());
  const std::array inherited{inheritance.commands, inheritance.answers, inheritance.standard_error,
                             host.memory().descriptor()};
  const pid_t leader = ::getpid();
  const auto in_child = [&](auto& executor) {
    for (const int descriptor : inherited)
      if (!set_inherited(descriptor, true))
        executor.set_error(bp::detail::get_last_error(), "pass a descriptor to a worker");
    // The second call closes the gap before the first: the leader may be gone already.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != leader) ::_exit(EXIT_FAILURE);
  };
  // When the program cannot be started, Boost looks for its process once and may leave a zombie.
  const auto reap = [](auto& executor, const std::error_code&) {
    if (executor.pid > 0) ::waitpid(executor.pid, nullptr, 0);
  };
  std::error_code error;
  errno = 0;
  const auto start = [&](const auto&... how) {
    return bp::child(bp::exe = command.front(),
                     bp::args = std::vector<std::string>(command.begin() + 1, command.end()),
                     bp::posix::fd.bind(STDERR_FILENO, start_log_.get()),
                     bp::extend::on_exec_setup = in_child, bp::extend::on_error = reap, error, how...);
  };
  bp::child process = start_ == Start::vfork ? start(bp::posix::use_vfork) : start();
  // Boost throws where the program cannot be started, but not where there can be no process for it. It does
  // not always say why either.
  if (!error && !process.valid()) error = {errno, std::generic_category()};
  if (error) throw std::system_error(error);
  close_sink(answers);
  Descriptor exit(::pidfd_open(process.id(), 0));
  checked(exit.get(), "pidfd_open");
  workers_.push_back({std::move(process), std::move(commands), std::move(answers), std::move(exit)});
  watch(workers_.size() - 1);
}

void Crew::watch(std::size_t index) {
  const auto add = [&](int descriptor, bool exit) {
    epoll_event event{.events = EPOLLIN, .data = {.u64 = 2 * index + exit}};
    checked(::epoll_ctl(events_.get(), EPOLL_CTL_ADD, descriptor, &event), "epoll_ctl");
  };
  add(workers_[index].answers.native_source(), false);
  add(workers_[index].exit.get(), true);
}

void Crew::execute(Results results) {
  if (!lost_.empty()) throw WorkerLost(lost_);
  for (Worker& worker : workers_) tell(worker, Command::execute);
  FailureKind kind = FailureKind::none;
  std::string failure;
  for (std::size_t busy = workers_.size(); busy > 0;) {
    const auto [worker, answer] = next_answer();
    const int source = worker->answers.native_source();
    if (answer.kind == Answer::Kind::slots) {
      const Range slots{answer.first, answer.last};
      if (!read_slots(source, slots, results)) lose(*worker);
      bytes_copied_ += slots.size() * results.size();
      continue;
    }
    --busy;
    if (answer.kind != Answer::Kind::failed) continue;
    kind = static_cast<FailureKind>(answer.first);
    failure.assign(answer.last, '\0');
    if (!read_all(source, std::as_writable_bytes(std::span(failure)))) lose(*worker);
  }
  if (kind != FailureKind::none) raise(kind, failure);
}

void Crew::tell(Worker& worker, Command command) { write_object(worker.commands.native_sink(), command); }

std::pair<Crew::Worker*, Answer> Crew::next_answer() {
  epoll_event event{};
  while (::epoll_wait(events_.get(), &event, 1, -1) < 0)
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "epoll_wait");
  Worker& worker = workers_[event.data.u64 / 2];
  const bool exited = event.data.u64 % 2 != 0;
  Answer answer;
  if (exited || !read_object(worker.answers.native_source(), answer)) lose(worker);
  return {&worker, answer};
}

void Crew::lose(Worker& worker) {
  const auto id = std::to_string(worker.process.id());
  worker.process.wait();
  const std::string said = take_start_log();
  lost_ = "worker " + std::to_string(&worker - workers_.data() + 1) + " of " +
          std::to_string(workers_.capacity()) + " (process " + id + ") " +
          describe_exit(worker.process.native_exit_code(), out_of_memory_kills() - kills_before_);
  if (!said.empty()) lost_ += ": " + said.substr(0, said.find_last_not_of('\n') + 1);
  kill_all();
  throw WorkerLost(lost_);
}

void Crew::kill_all() {
  for (Worker& worker : workers_) ::pidfd_send_signal(worker.exit.get(), SIGKILL, nullptr, 0);
  for (Worker& worker : workers_) {
    std::error_code ignored;
    worker.process.wait(ignored);
  }
}

std::string Crew::take_start_log() {
  const off_t size = ::lseek(start_log_.get(), 0, SEEK_END);
  std::string text(size > 0 ? static_cast<std::size_t>(size) : 0, '\0');
  ::lseek(start_log_.get(), 0, SEEK_SET);
  read_all(start_log_.get(), std::as_writable_bytes(std::span(text)));
  if (::ftruncate(start_log_.get(), 0) != 0) return {};
  return text;
}

Crew::~Crew() {
  if (!lost_.empty()) return;
  constexpr auto grace = std::chrono::seconds(5);
  const auto deadline = std::chrono::steady_clock::now() + grace;
  try {
    for (Worker& worker : workers_) tell(worker, Command::end);
    for (Worker& worker : workers_) {
      const auto left =
          std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
      pollfd end{.fd = worker.exit.get(), .events = POLLIN, .revents = 0};
      ::poll(&end, 1, static_cast<int>(std::max<std::int64_t>(0, left.count())));
    }
  } catch (const std::system_error&) {
  }
  kill_all();
}

}  // namespace runoff::boost_process
