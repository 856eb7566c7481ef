// Tasks in steps, each of which needs three of the step before: one after the other.
// $ g++ -std=c++20 -O3 dependent.cpp -o dependent && ./dependent
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
  Row now(width), then(width);
  std::iota(now.begin(), now.end(), 1);
  for (int step = 0; step < steps; ++step, now.swap(then))
    for (int point = 0; point < width; ++point) then[point] = next(now, point);
  std::printf("%llu\n", static_cast<unsigned long long>(now[0]));
}
