// Plain recursion.
// $ g++ -std=c++20 -O3 recursive.cpp -o recursive && ./recursive
#include <cstdio>

int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

int main() { std::printf("%d\n", fib(27)); }
