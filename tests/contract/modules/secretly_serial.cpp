#include <thread>
#include <vector>

#include "runoff/backend_plugin.h"
#include "runoff/scheduling/thread_failure.h"

namespace {

/// Lies: makes all its workers, and gives all the work to one.
class SecretlySerial final : public runoff::Backend {
 public:
  explicit SecretlySerial(const runoff::Settings& settings) : workers_(settings.workers) {}
  runoff::Execution start(const runoff::Independent& loop, runoff::Results results, runoff::Host&) override {
    return [&loop, results, workers = workers_] {
      std::vector<std::thread> threads;
      runoff::ThreadFailure failure;
      for (unsigned worker = 0; worker < workers; ++worker)
        threads.emplace_back([&, worker] {
          if (worker == 0) failure.guard([&] { loop.run({0, loop.tasks()}, results); });
        });
      for (auto& thread : threads) thread.join();
      failure.rethrow();
    };
  }

 private:
  unsigned workers_;
};

}  // namespace

RUNOFF_BACKEND(SecretlySerial,
               {.name = "secretly-serial", .summary = "works on one worker", .source = "the contract tests"})
