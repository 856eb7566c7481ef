#include "process/spawn.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <array>
#include <boost/process/args.hpp>
#include <boost/process/child.hpp>
#include <boost/process/env.hpp>
#include <boost/process/error.hpp>
#include <boost/process/exe.hpp>
#include <boost/process/extend.hpp>
#include <boost/process/io.hpp>
#include <boost/process/posix.hpp>
#include <cerrno>
#include <csignal>

#include "runoff/find_program.h"
#include "support/errors.h"

namespace runoff {
namespace bp = boost::process;

namespace {

/// Runs in the child, between fork and exec: only calls that are safe there.
struct BeforeExec : bp::extend::handler {
  pid_t parent;
  bool dies_with_parent;
  BeforeExec(pid_t parent_id, bool dies) : parent(parent_id), dies_with_parent(dies) {}

  template <class Executor>
  void on_exec_setup(Executor&) const {
    if (dies_with_parent) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      if (::getppid() != parent) ::_exit(127);  // it ended before the signal was asked for
    }
    ::setpgid(0, 0);
    for (int signal = 1; signal < NSIG; ++signal) ::signal(signal, SIG_DFL);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
  }
};

}  // namespace

struct Child::Handle {
  bp::child process;
  Descriptor ended;
};

Child::Child() = default;
Child::Child(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
Child::Child(Child&&) noexcept = default;
Child& Child::operator=(Child&&) noexcept = default;
Child::~Child() = default;

bool Child::valid() const { return handle_ != nullptr && handle_->process.valid(); }
pid_t Child::id() const { return handle_->process.id(); }
int Child::ended() const { return handle_->ended.get(); }
void Child::wait(std::error_code& error) { handle_->process.wait(error); }
void Child::terminate(std::error_code& error) { handle_->process.terminate(error); }
int Child::native_exit_code() const { return handle_->process.native_exit_code(); }

Child spawn(const Spawn& how) {
  const std::string executable = find_program(how.arguments.at(0));
  if (executable.empty()) throw std::system_error(std::make_error_code(std::errc::no_such_file_or_directory));
  bp::environment environment = boost::this_process::environment();
  for (const auto& [name, value] : how.environment) environment[name] = value;

  Descriptor null(::open("/dev/null", O_RDWR | O_CLOEXEC));
  if (null.get() < 0) throw std::system_error(errno, std::generic_category());
  const auto or_null = [&null](int descriptor) { return descriptor >= 0 ? descriptor : null.get(); };
  std::error_code error;
  errno = 0;
  bp::child process(bp::exe = executable,
                    bp::args = std::vector<std::string>(how.arguments.begin() + 1, how.arguments.end()),
                    environment, bp::posix::fd.bind(STDIN_FILENO, or_null(how.input)),
                    bp::posix::fd.bind(STDOUT_FILENO, or_null(how.output)),
                    bp::posix::fd.bind(STDERR_FILENO, or_null(how.error)),
                    BeforeExec(::getpid(), how.dies_with_parent), error);
  // Boost.Process does not say it where it has no descriptor for a pipe of its own.
  if (!error && !process.valid()) error = {errno != 0 ? errno : EAGAIN, std::generic_category()};
  if (error) throw std::system_error(error);
  // By number: glibc has the name only from 2.36 on.
  Descriptor ended(static_cast<int>(::syscall(SYS_pidfd_open, process.id(), 0)));
  if (ended.get() < 0) {
    error = {errno, std::generic_category()};
    std::error_code ignored;
    process.terminate(ignored);
    if (error == std::errc::function_not_supported || error == std::errc::operation_not_permitted)
      throw MachineError("processes cannot be watched here (pidfd_open: " + error.message() +
                         "); that takes Linux 5.3, and that no filter of system calls forbids it");
    throw std::system_error(error);
  }
  return Child(std::make_unique<Child::Handle>(Child::Handle{std::move(process), std::move(ended)}));
}

std::pair<Descriptor, Descriptor> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

bool read_ends(int descriptor, std::string& text, std::size_t most) {
  std::array<char, 4096> buffer{};
  while (true) {
    const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
    if (count == 0) return false;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno == EAGAIN;
    text.append(buffer.data(), static_cast<std::size_t>(count));
    if (text.size() > most) text.erase(most / 2, text.size() - most);
  }
}

}  // namespace runoff
