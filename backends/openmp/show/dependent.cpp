// OpenMP: one parallel region, and a loop for each step, which ends in a barrier (graph=barrier).
// $ g++ -std=c++20 -O3 -fopenmp dependent.cpp -o dependent && ./dependent
#include <cstdint>
#include <cstdio>
#include <numeric>
#include <vector>

constexpr int steps = 1000, width = 64;
constexpr std::uint64_t most = 1'000'000'007;
using Row = std::vector<std::uint64_t>;

// A task: a point of a step, from three points of the step before.
std::uint64_t next(const Row& before, int point) {
  return (before[(point + width - 1) % width] + before[point] + 2 * before[(point + 1) % width]) % most;
}

int main() {
  Row rows[2] = {Row(width), Row(width)};
  std::iota(rows[0].begin(), rows[0].end(), 1);
#pragma omp parallel
  for (int step = 0; step < steps; ++step)
#pragma omp for schedule(static)
    for (int point = 0; point < width; ++point) rows[(step + 1) % 2][point] = next(rows[step % 2], point);
  std::printf("%llu\n", static_cast<unsigned long long>(rows[steps % 2][0]));
}
