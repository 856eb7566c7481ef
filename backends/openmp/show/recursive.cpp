// OpenMP: a task for each call that is forked, and taskwait.
// $ g++ -std=c++20 -O3 -fopenmp recursive.cpp -o recursive && ./recursive
#include <cstdio>

int fib(int n) {
  if (n < 2) return n;
  int a = 0, b = 0;
#pragma omp task shared(a)
  a = fib(n - 1);
#pragma omp task shared(b) if (0)
  b = fib(n - 2);
#pragma omp taskwait
  return a + b;
}

int main() {
  int result = 0;
#pragma omp parallel
#pragma omp single
  result = fib(27);
  std::printf("%d\n", result);
}
