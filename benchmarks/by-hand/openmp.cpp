#include "by_hand.h"

namespace {

class OpenMp final : public by_hand::Program {
 public:
  explicit OpenMp(unsigned workers) : workers_(static_cast<int>(workers)) {}

  void run(const by_hand::Primes& primes) override {
#pragma omp parallel for num_threads(workers_) schedule(dynamic)
    for (std::size_t block = 0; block < primes.blocks(); ++block) primes.run(block);
  }

  void run(const by_hand::Triad& triad) override {
#pragma omp parallel for num_threads(workers_) schedule(dynamic)
    for (std::size_t block = 0; block < triad.blocks(); ++block) triad.run(block);
  }

 private:
  int workers_;
};

}  // namespace

by_hand::Program* by_hand_program(unsigned workers) { return new OpenMp(workers); }
