#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>

#include "follower.h"
#include "nap.h"
#include "runoff/asynchronous.h"
#include "runoff/memory.h"
#include "runoff/workload_plugin.h"

namespace {

/// Tasks that fail: `throw` in one of them, `throw-odd` something that is no std::exception, or, in every
/// process but the one that made the inputs, `kill` the process or `exit` it.
class Fault final : public runoff::Independent, public runoff::Asynchronous {
 public:
  explicit Fault(const runoff::Parameters& parameters)
      : kind_(parameters.text("kind")), victim_(static_cast<std::size_t>(parameters.count("victim"))) {}

  std::size_t tasks() const override { return 400; }
  runoff::ResultLayout result() const override { return runoff::result_of<int>(); }

  void layout(runoff::Memory& memory) override { leader_ = &memory.object<pid_t>(); }
  void fill(const runoff::Memory&) override { *leader_ = ::getpid(); }

  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task) {
      begin(task, results);
      std::this_thread::sleep_for(duration);
    }
  }

  const runoff::Asynchronous* asynchronous() const override { return this; }
  boost::asio::awaitable<void> run_async(std::size_t task, runoff::Results results) const override {
    begin(task, results);
    co_await nap(duration);
  }

  runoff::Check check(runoff::Results) const override { return runoff::Check::ok(); }

 private:
  // Long enough for every worker to get its share.
  static constexpr std::chrono::milliseconds duration{1};

  void begin(std::size_t task, runoff::Results results) const {
    results.at<int>(task) = 1;
    if (kind_ == "throw" && task == victim_)
      throw std::runtime_error("task " + std::to_string(task) + " threw");
    if (kind_ == "throw-odd" && task == victim_) throw 42;
    if (kind_ == "kill" && is_follower(*leader_)) ::kill(::getpid(), SIGKILL);
    if (kind_ == "exit" && is_follower(*leader_)) ::_exit(7);
  }

  std::string kind_;
  std::size_t victim_;
  pid_t* leader_ = nullptr;
};

}  // namespace

RUNOFF_WORKLOAD(Fault,
                {
                    .name = "fault",
                    .summary = "tasks that fail",
                    .bound = runoff::Bound::runtime,
                    .source = "the contract tests",
                    .parameters = {runoff::Parameter::choice("kind", {"throw", "throw-odd", "kill", "exit"},
                                                             "what happens"),
                                   runoff::Parameter::count("victim", 123, 0, 399, "the task that throws")},
                })
