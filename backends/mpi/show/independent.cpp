// MPI (Debian: libopenmpi-dev): ranks that take chunks from a counter in shared memory, and a reduction.
// $ mpicxx -std=c++20 -O3 independent.cpp -o independent && mpirun -n 2 ./independent
#include <mpi.h>

#include <algorithm>
#include <atomic>
#include <cstdio>

bool is_prime(int n) {
  for (int d = 2; d * d <= n; ++d)
    if (n % d == 0) return false;
  return n > 1;
}

int main(int count, char** words) {
  MPI_Init(&count, &words);
  int rank = 0, unit = 0, *counter = nullptr;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Win window;
  MPI_Aint size = rank == 0 ? sizeof(int) : 0;
  MPI_Win_allocate_shared(size, sizeof(int), MPI_INFO_NULL, MPI_COMM_WORLD, &counter, &window);
  MPI_Win_shared_query(window, 0, &size, &unit, &counter);
  if (rank == 0) *counter = 0;
  MPI_Barrier(MPI_COMM_WORLD);
  constexpr int tasks = 1'000'000, chunk = 1000;
  int found = 0, primes = 0;
  MPI_Win_lock_all(0, window);
  for (int first; (first = std::atomic_ref(*counter).fetch_add(chunk)) < tasks;)
    for (int n = first; n < std::min(first + chunk, tasks); ++n) found += is_prime(n);
  MPI_Win_unlock_all(window);
  MPI_Reduce(&found, &primes, 1, MPI_INT, MPI_SUM, 0, MPI_COMM_WORLD);
  if (rank == 0) std::printf("%d\n", primes);
  MPI_Win_free(&window);
  MPI_Finalize();
}
