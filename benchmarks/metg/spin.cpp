#include "runoff/scheduling/spin.h"

#include <atomic>
#include <thread>
#include <vector>

#include "by_hand.h"

namespace {

/// The last to arrive lets all others go.
class SpinBarrier {
 public:
  explicit SpinBarrier(unsigned threads) : threads_(threads) {}

  void wait() {
    const unsigned round = round_.load(std::memory_order_relaxed);
    if (arrived_.fetch_add(1, std::memory_order_acq_rel) + 1 == threads_) {
      arrived_.store(0, std::memory_order_relaxed);
      round_.store(round + 1, std::memory_order_release);
    } else {
      while (round_.load(std::memory_order_acquire) == round) runoff::pause();
    }
  }

 private:
  unsigned threads_;
  alignas(64) std::atomic<unsigned> arrived_{0};
  alignas(64) std::atomic<unsigned> round_{0};
};

}  // namespace

int main(int argc, char** argv) {
  const auto [width, steps, grain, workers] = by_hand_arguments(argc, argv);
  Stencil stencil(width, steps, grain);
  SpinBarrier barrier(workers);
  bool go_on = true;  // written between two barriers
  const auto part = [&](unsigned index) {
    for (std::size_t step = 0; step < stencil.steps(); ++step) {
      for (std::size_t point = index * stencil.width() / workers;
           point < (index + 1) * stencil.width() / workers; ++point)
        stencil.run(step, point);
      barrier.wait();
    }
  };
  std::vector<std::thread> threads;
  for (unsigned index = 1; index < workers; ++index)
    threads.emplace_back([&, index] {
      while (go_on) {
        part(index);
        barrier.wait();
      }
    });
  Clock clock;
  while (go_on) {
    part(0);
    go_on = clock.go_on();
    barrier.wait();
  }
  for (auto& thread : threads) thread.join();
  clock.print();
}
