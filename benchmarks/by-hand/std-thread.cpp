#include <atomic>
#include <barrier>
#include <functional>
#include <thread>
#include <vector>

#include "by_hand.h"

namespace {

/// Threads that stay and meet before and after each loop; each block is a step of an atomic counter.
class StdThread final : public by_hand::Program {
 public:
  explicit StdThread(unsigned workers) : begin_(workers), end_(workers) {
    for (unsigned worker = 1; worker < workers; ++worker)
      threads_.emplace_back([this] {
        for (;;) {
          begin_.arrive_and_wait();
          if (!work_) return;
          work_();
          end_.arrive_and_wait();
        }
      });
  }

  ~StdThread() override {
    work_ = nullptr;
    begin_.arrive_and_wait();
    for (auto& thread : threads_) thread.join();
  }

  void run(const by_hand::Primes& primes) override { loop(primes); }
  void run(const by_hand::Triad& triad) override { loop(triad); }

 private:
  template <class Kernel>
  void loop(const Kernel& kernel) {
    next_ = 0;
    work_ = [this, &kernel] {
      for (std::size_t block; (block = next_.fetch_add(1, std::memory_order_relaxed)) < kernel.blocks();)
        kernel.run(block);
    };
    begin_.arrive_and_wait();
    work_();
    end_.arrive_and_wait();
  }

  std::barrier<> begin_;
  std::barrier<> end_;
  std::atomic<std::size_t> next_{0};
  std::function<void()> work_;
  std::vector<std::thread> threads_;
};

}  // namespace

by_hand::Program* by_hand_program(unsigned workers) { return new StdThread(workers); }
