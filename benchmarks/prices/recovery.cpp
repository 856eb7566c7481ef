#include "recovery.h"

#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "cell/module.h"
#include "common/bare_host.h"
#include "runoff/errors.h"
#include "runoff/memory.h"
#include "runoff/started.h"

namespace prices {
namespace {

using Clock = std::chrono::steady_clock;

/// What all processes see of the accident.
struct Accident {
  std::atomic<bool> wanted;
  std::atomic<Clock::rep> at;  // ticks of the steady clock, the same in all processes
};

/// Short tasks, until one in another process than the caller's kills its own.
class Fatal final : public runoff::Independent {
 public:
  explicit Fatal(Accident& accident) : accident_(accident) {}
  std::size_t tasks() const override { return 400; }
  runoff::ResultLayout result() const override { return runoff::result_of<int>(); }
  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task) {
      results.at<int>(task) = 1;
      if (!accident_.wanted.load()) continue;
      std::this_thread::sleep_for(std::chrono::microseconds(200));
      if (::getpid() == caller_ || !accident_.wanted.exchange(false)) continue;
      accident_.at.store(Clock::now().time_since_epoch().count());
      ::raise(SIGKILL);
    }
  }
  runoff::Check check(runoff::Results) const override { return runoff::Check::ok(); }

 private:
  Accident& accident_;
  pid_t caller_ = ::getpid();
};

double nanoseconds(Clock::duration duration) {
  return std::chrono::duration<double, std::nano>(duration).count();
}

}  // namespace

Recovery recover(const std::string& module, unsigned workers) {
  const runoff::BackendPlugin& plugin = runoff::cell::load_backend(module);
  benchmarks::BareHost host;
  Accident& accident = host.memory().object<Accident>();
  const Fatal work(accident);
  const runoff::Results results(host.memory().bytes(work.tasks() * runoff::cache_line), work.tasks(),
                                sizeof(int), runoff::cache_line);
  std::optional<runoff::Started> started;
  const auto start = [&] {
    started.reset();
    started.emplace(plugin.make({workers, runoff::Parameters(plugin.options, {})}), work, results, host);
    started->execute();
  };
  start();
  accident.wanted.store(true);
  try {
    started->execute();
  } catch (const runoff::WorkerLost&) {
    const auto told = Clock::now();
    const Clock::time_point killed{Clock::duration(accident.at.load())};
    start();
    return {nanoseconds(told - killed), nanoseconds(Clock::now() - told)};
  }
  throw std::runtime_error("no worker was lost");
}

}  // namespace prices
