// oneTBB (Debian: libtbb-dev): a task_group for each fork.
// $ g++ -std=c++20 -O3 recursive.cpp -o recursive -ltbb && ./recursive
#include <oneapi/tbb.h>

#include <cstdio>

int fib(int n) {
  if (n < 2) return n;
  int a = 0, b = 0;
  oneapi::tbb::task_group forked;
  forked.run([&] { a = fib(n - 1); });
  forked.run_and_wait([&] { b = fib(n - 2); });
  return a + b;
}

int main() { std::printf("%d\n", fib(27)); }
