#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "runoff/workload_plugin.h"

namespace {

/// Deeper than any stack, in a way that no compiler makes a loop of.
[[gnu::noinline]] unsigned deeper(unsigned depth) {
  if (depth == ~0U) return 0;
  volatile char frame[4096];
  frame[depth % sizeof(frame)] = static_cast<char>(depth);
  return deeper(depth + 1) + static_cast<unsigned char>(frame[depth % sizeof(frame)]);
}

void take_all_memory() {
  // Not written to: what is meant is a limit of this process, not the machine's own end.
  std::vector<std::unique_ptr<char[]>> kept;
  for (;;) kept.emplace_back(new char[16 << 20])[0] = 'x';
}

/// 2 GiB into a file that nothing removes but the end of the sample.
void fill_the_temporary_folder() {
  const char* const folder = std::getenv("TMPDIR");
  std::ofstream file(std::string(folder != nullptr ? folder : "/tmp") + "/harm");
  const std::string block(1 << 20, 'x');
  for (int written = 0; written < 2048; ++written)
    if (!file.write(block.data(), static_cast<std::streamsize>(block.size())).flush())
      throw std::runtime_error("the temporary folder is full");
}

/// 256 MiB of lines.
void say_much() {
  const std::string block(1 << 20, '\n');
  for (int said = 0; said < 256; ++said) std::cout.write(block.data(), 1 << 20);
  std::cout.flush();
}

void wait_for_ever_and_be_deaf() {
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) ::signal(signal, SIG_IGN);
  for (;;) ::pause();
}

/// One in this process group, one in a session of its own whose parent has ended.
void fork_children() {
  if (::fork() == 0) wait_for_ever_and_be_deaf();
  if (::fork() == 0) {
    ::setsid();
    if (::fork() == 0) wait_for_ever_and_be_deaf();
    ::_exit(0);
  }
}

void close_all_descriptors() { ::syscall(SYS_close_range, 0U, ~0U, 0U); }

/// Keeps when an execution begins, where the campaign names a file for it: the process, and the nanoseconds
/// of the clock that all processes have in common.
void note_beginning() {
  const char* const name = std::getenv("RUNOFF_CAMPAIGN_BEGINNINGS");
  if (name == nullptr) return;
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  const std::string line =
      std::to_string(::getpid()) + ' ' + std::to_string(std::chrono::nanoseconds(now).count()) + '\n';
  std::ofstream(name, std::ios::app) << line;
}

/// Tasks of a millisecond, of which the first that a process runs does what `fault` says. Then it goes on as
/// if nothing had happened, and a task's result tells whether it did.
class Harm final : public runoff::Independent {
 public:
  explicit Harm(const runoff::Parameters& parameters)
      : fault_(parameters.text("fault")), tasks_(parameters.count("tasks")) {}

  std::size_t tasks() const override { return tasks_; }
  runoff::ResultLayout result() const override { return runoff::result_of<std::size_t>(); }

  void run(runoff::Range range, runoff::Results results) const override {
    static const bool once = (misbehave(), true);
    (void)once;
    if (range.first == 0) note_beginning();
    for (std::size_t task = range.first; task < range.last; ++task) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      results.at<std::size_t>(task) = fault_ == "corrupt" && task == 3 ? 4 : task * task;
    }
  }

  runoff::Check check(runoff::Results results) const override {
    for (std::size_t task = 0; task < tasks_; ++task)
      if (const std::size_t found = results.at<std::size_t>(task); found != task * task)
        return runoff::Check::wrong("task " + std::to_string(task) + " gave " + std::to_string(found));
    return runoff::Check::ok();
  }

 private:
  void misbehave() const {
    if (fault_ == "throw") throw std::runtime_error("a task threw");
    if (fault_ == "abort") std::abort();
    if (fault_ == "overflow") std::exit(static_cast<int>(deeper(0)));
    if (fault_ == "allocate") take_all_memory();
    if (fault_ == "write") fill_the_temporary_folder();
    if (fault_ == "say") say_much();
    if (fault_ == "deaf") wait_for_ever_and_be_deaf();
    if (fault_ == "fork") fork_children();
    if (fault_ == "leave" && ::chdir("/") != 0) throw std::runtime_error("chdir");
    if (fault_ == "close") close_all_descriptors();
  }

  std::string fault_;
  std::size_t tasks_;
};

}  // namespace

RUNOFF_WORKLOAD(Harm,
                {
                    .name = "harm",
                    .summary = "tasks that misbehave",
                    .bound = runoff::Bound::runtime,
                    .source = "the reliability campaign",
                    .parameters = {runoff::Parameter::choice("fault",
                                                             {"none", "throw", "abort", "overflow", "corrupt",
                                                              "allocate", "write", "say", "deaf", "fork",
                                                              "leave", "close"},
                                                             "what the first task of each process does"),
                                   runoff::Parameter::count("tasks", 40, 1, 100000, "tasks of 1 ms")},
                })
