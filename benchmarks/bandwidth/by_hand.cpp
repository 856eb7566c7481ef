#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

// What a program without runoff would do: bandwidth-by-hand KERNEL DOUBLES THREADS ITERATIONS prints
// {"wall_ns": …}, the mean of warm executions.

int main(int count, char** arguments) {
  if (count != 5) return 2;
  const bool dot = std::string(arguments[1]) == "dot";
  const auto n = static_cast<std::ptrdiff_t>(std::atoll(arguments[2]));
  const int threads = std::atoi(arguments[3]), iterations = std::atoi(arguments[4]);
  const auto make = [n] { return std::unique_ptr<double[]>(new double[static_cast<std::size_t>(n)]); };
  const auto arrays = {make(), make(), make()};
  double* a = arrays.begin()[0].get();
  double* b = arrays.begin()[1].get();
  double* c = arrays.begin()[2].get();
#pragma omp parallel for num_threads(threads) schedule(static)
  for (std::ptrdiff_t i = 0; i < n; ++i) {
    a[i] = 0;
    b[i] = static_cast<double>(i % 1023);
    c[i] = static_cast<double>(i % 511);
  }

  double sum = 0;
  const auto execute = [&] {
    if (dot) {
      double all = 0;
#pragma omp parallel for simd num_threads(threads) schedule(static) reduction(+ : all)
      for (std::ptrdiff_t i = 0; i < n; ++i) all += b[i] * c[i];
      sum += all;
    } else {
#pragma omp parallel for simd num_threads(threads) schedule(static)
      for (std::ptrdiff_t i = 0; i < n; ++i) a[i] = b[i] + 3.0 * c[i];
    }
  };
  for (int i = 0; i < 3; ++i) execute();
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < iterations; ++i) execute();
  const std::chrono::duration<double, std::nano> time = std::chrono::steady_clock::now() - begin;
  std::printf("{\"wall_ns\": %.0f, \"proof\": %g}\n", time.count() / iterations, sum + a[n / 2]);
}
