#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "runoff/recursive_of.h"
#include "runoff/workload_plugin.h"

namespace {

constexpr int most_n = 18;

// OEIS A000170.
constexpr std::array<std::uint64_t, most_n + 1> solutions{
    1,   1,    0,     0,     2,      10,      4,        40,       92,       352,
    724, 2680, 14200, 73712, 365596, 2279184, 14772512, 95815104, 666090624};

/// A board with queens in its first rows: the squares of the next row that are attacked, by column and by
/// either diagonal, one bit a square.
struct Board {
  std::uint32_t columns;
  std::uint32_t left;
  std::uint32_t right;
};

/// Counts the ways to put n queens on a board so that none attacks another. A task puts a queen into the next
/// row, on each square in turn.
class NQueens final : public runoff::RecursiveOf<NQueens, Board, std::uint64_t> {
 public:
  explicit NQueens(const runoff::Parameters& parameters)
      : n_(static_cast<int>(parameters.count("n"))),
        cutoff_(static_cast<int>(parameters.count("cutoff"))),
        row_((std::uint32_t{1} << n_) - 1) {}

  Board root() const { return {}; }

  template <class Fork>
  std::uint64_t solve(const Board& board, Fork& fork) const {
    if (board.columns == row_) return 1;
    if constexpr (Fork::parallel)
      if (n_ - std::popcount(board.columns) < cutoff_) return fork.serially(board);
    std::array<Board, most_n> next;
    std::size_t count = 0;
    for (std::uint32_t free = row_ & ~(board.columns | board.left | board.right); free != 0; ++count) {
      const std::uint32_t queen = free & -free;
      free ^= queen;
      next[count] = {board.columns | queen, (board.left | queen) << 1, (board.right | queen) >> 1};
    }
    std::array<std::uint64_t, most_n> found;
    fork.many(std::span(next).first(count), std::span(found).first(count));
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < count; ++i) sum += found[i];
    return sum;
  }

  runoff::Check check(runoff::Results results) const override {
    const std::uint64_t expected = solutions[static_cast<std::size_t>(n_)];
    const std::uint64_t result = results.at<std::uint64_t>(0);
    if (result == expected) return runoff::Check::ok();
    return runoff::Check::wrong(std::to_string(n_) + " queens have " + std::to_string(expected) +
                                " solutions, not " + std::to_string(result));
  }

 private:
  int n_;
  int cutoff_;
  std::uint32_t row_;
};

}  // namespace

RUNOFF_WORKLOAD(
    NQueens,
    {
        .name = "nqueens",
        .summary = "ways to put n queens on a board, a task a queen",
        .bound = runoff::Bound::runtime,
        .source = "a usual fork-join benchmark, since Cilk; numbers: OEIS A000170",
        .checked_at = {"n=8", "cutoff=0,4"},
        .parameters = {runoff::Parameter::count("n", 13, 0, most_n, "queens, rows and columns"),
                       runoff::Parameter::count("cutoff", 0, 0, most_n,
                                                "with fewer rows left nothing is forked; 0 forks always")},
    })
