#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include "by_hand.h"

namespace {

namespace tbb = oneapi::tbb;

class Tbb final : public by_hand::Program {
 public:
  explicit Tbb(unsigned workers)
      : limit_(tbb::global_control::max_allowed_parallelism, workers), arena_(static_cast<int>(workers)) {}

  void run(const by_hand::Primes& primes) override {
    arena_.execute([&] {
      tbb::parallel_for(tbb::blocked_range<std::size_t>(0, primes.blocks()), [&](const auto& range) {
        for (std::size_t block = range.begin(); block != range.end(); ++block) primes.run(block);
      });
    });
  }

  void run(const by_hand::Triad& triad) override {
    arena_.execute([&] {
      tbb::parallel_for(tbb::blocked_range<std::size_t>(0, triad.blocks()), [&](const auto& range) {
        for (std::size_t block = range.begin(); block != range.end(); ++block) triad.run(block);
      });
    });
  }

 private:
  tbb::global_control limit_;
  tbb::task_arena arena_;
};

}  // namespace

by_hand::Program* by_hand_program(unsigned workers) { return new Tbb(workers); }
