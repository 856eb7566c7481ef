// C++ threads, each with its part of every step, and a barrier between two steps (graph=barrier).
// $ g++ -std=c++20 -O3 dependent.cpp -o dependent -pthread && ./dependent
#include <barrier>
#include <cstdint>
#include <cstdio>
#include <numeric>
#include <thread>
#include <vector>

constexpr int steps = 1000, width = 64;
constexpr std::uint64_t most = 1'000'000'007;
using Row = std::vector<std::uint64_t>;

// A task: a point of a step, from three points of the step before.
std::uint64_t next(const Row& before, int point) {
  return (before[(point + width - 1) % width] + before[point] + 2 * before[(point + 1) % width]) % most;
}

int main() {
  const int workers = static_cast<int>(std::thread::hardware_concurrency());
  Row rows[2] = {Row(width), Row(width)};
  std::iota(rows[0].begin(), rows[0].end(), 1);
  std::barrier step_ends(workers);
  const auto work = [&](int worker) {
    for (int step = 0; step < steps; ++step, step_ends.arrive_and_wait())
      for (int point = width * worker / workers; point < width * (worker + 1) / workers; ++point)
        rows[(step + 1) % 2][point] = next(rows[step % 2], point);
  };
  {
    std::vector<std::jthread> threads;
    for (int worker = 0; worker < workers; ++worker) threads.emplace_back(work, worker);
  }
  std::printf("%llu\n", static_cast<unsigned long long>(rows[steps % 2][0]));
}
