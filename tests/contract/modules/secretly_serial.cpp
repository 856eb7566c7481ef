#include <thread>
#include <vector>

#include "runoff/plugin.h"

namespace {

/// Lies: makes all its workers, and gives all the work to one.
class SecretlySerial final : public runoff::Backend {
 public:
  explicit SecretlySerial(const runoff::Settings& settings) : workers_(settings.workers) {}
  void start(const runoff::Workload&, runoff::Results, runoff::Host&) override {}
  void execute(const runoff::Independent& workload, runoff::Results results) override {
    std::vector<std::thread> threads;
    std::exception_ptr failure;
    for (unsigned worker = 0; worker < workers_; ++worker)
      threads.emplace_back([&, worker] {
        if (worker > 0) return;
        try {
          workload.run({0, workload.tasks()}, results);
        } catch (...) {
          failure = std::current_exception();
        }
      });
    for (auto& thread : threads) thread.join();
    if (failure) std::rethrow_exception(failure);
  }

 private:
  unsigned workers_;
};

}  // namespace

RUNOFF_BACKEND(SecretlySerial,
               {.name = "secretly-serial", .summary = "works on one worker", .source = "the contract tests"})
