#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>

#include "nap.h"
#include "runoff/asynchronous.h"
#include "runoff/workload_plugin.h"

namespace {

/// As many tasks as workers, each of which waits until all have begun: only that many true workers can finish
/// it. They meet in a file, so that threads, processes and ranks alike can.
class Meet final : public runoff::Independent, public runoff::Asynchronous {
 public:
  explicit Meet(const runoff::Parameters& parameters)
      : tasks_(static_cast<std::size_t>(parameters.count("tasks"))),
        patience_(parameters.duration("patience")) {
    const int file = ::open(parameters.text("file").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0 || ::ftruncate(file, 4096) != 0)
      throw runoff::InvalidParameter("'file' must name a file that can be written");
    void* page = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    ::close(file);
    if (page == MAP_FAILED) throw std::runtime_error("cannot map the meeting's file");
    arrived_ = static_cast<std::atomic<std::uint64_t>*>(page);
  }
  ~Meet() override { ::munmap(arrived_, 4096); }

  std::size_t tasks() const override { return tasks_; }
  runoff::ResultLayout result() const override { return runoff::result_of<std::uint64_t>(); }

  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task) {
      const Wait wait = arrive();
      while (!wait.over()) std::this_thread::sleep_for(look_every());
      results.at<std::uint64_t>(task) = task + 1;
    }
  }

  const runoff::Asynchronous* asynchronous() const override { return this; }
  boost::asio::awaitable<void> run_async(std::size_t task, runoff::Results results) const override {
    const Wait wait = arrive();
    while (!wait.over()) co_await nap(look_every());
    results.at<std::uint64_t>(task) = task + 1;
  }

  runoff::Check check(runoff::Results results) const override {
    for (std::size_t task = 0; task < tasks_; ++task)
      if (results.at<std::uint64_t>(task) != task + 1) return runoff::Check::wrong("a task did not come");
    return runoff::Check::ok();
  }

 private:
  /// The more there are, the more rarely each looks: they share a few cores.
  std::chrono::microseconds look_every() const { return std::chrono::microseconds(100 + 20 * tasks_); }

  /// One task's wait for all others of its execution.
  struct Wait {
    const Meet& meeting;
    std::uint64_t all;
    std::chrono::steady_clock::time_point until;

    /// Throws when it takes too long.
    bool over() const {
      const std::uint64_t arrived = meeting.arrived_->load();
      if (arrived < all && std::chrono::steady_clock::now() > until)
        throw runoff::WrongInput(std::to_string(arrived % meeting.tasks_) + " of " +
                                 std::to_string(meeting.tasks_) +
                                 " tasks met; the others were never run beside them");
      return arrived >= all;
    }
  };

  Wait arrive() const {
    const std::uint64_t ticket = arrived_->fetch_add(1);
    return {*this, (ticket / tasks_ + 1) * tasks_, std::chrono::steady_clock::now() + patience_};
  }

  std::size_t tasks_;
  std::chrono::nanoseconds patience_;
  std::atomic<std::uint64_t>* arrived_ = nullptr;
};

}  // namespace

RUNOFF_WORKLOAD(
    Meet, {
              .name = "meet",
              .summary = "tasks that wait for each other",
              .bound = runoff::Bound::runtime,
              .source = "the contract tests",
              .parameters = {runoff::Parameter::count("tasks", 2, 1, 10'000, "tasks"),
                             runoff::Parameter::duration("patience", "20s", std::chrono::milliseconds(1),
                                                         std::chrono::hours(1), "how long they wait"),
                             runoff::Parameter::text("file", "", "where they meet")},
          })
