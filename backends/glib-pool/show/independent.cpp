// GLib (Debian: libglib2.0-dev): a function of an exclusive GThreadPool, called for each chunk.
// $ g++ -std=c++20 -O3 independent.cpp -o independent $(pkg-config --cflags --libs glib-2.0) && ./independent
#include <glib.h>

#include <atomic>
#include <cstdio>

constexpr int tasks = 1'000'000, chunk = 1000;

bool is_prime(int n) {
  for (int d = 2; d * d <= n; ++d)
    if (n % d == 0) return false;
  return n > 1;
}

void find(gpointer data, gpointer primes) {
  const int last = GPOINTER_TO_INT(data);  // the end of a chunk, as 0 is no data
  int found = 0;
  for (int n = last - chunk; n < last; ++n) found += is_prime(n);
  *static_cast<std::atomic<int>*>(primes) += found;
}

int main() {
  std::atomic<int> primes{0};
  GThreadPool* pool =
      g_thread_pool_new(find, &primes, static_cast<gint>(g_get_num_processors()), TRUE, nullptr);
  for (int last = chunk; last <= tasks; last += chunk)
    g_thread_pool_push(pool, GINT_TO_POINTER(last), nullptr);
  g_thread_pool_free(pool, FALSE, TRUE);  // when all have run
  std::printf("%d\n", primes.load());
}
