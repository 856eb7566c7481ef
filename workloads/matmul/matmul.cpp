#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "kernel.h"
#include "runoff/memory.h"
#include "runoff/random.h"
#include "runoff/workload_plugin.h"

namespace {

constexpr std::int64_t most_n = 8'192;
constexpr std::int64_t most_element = 1'000;  // so that sums stay far below 2^53 and are exact
constexpr std::size_t vectors = 4;

/// Element `index` (row by row) of matrix A (0) or B (1): a whole number from -1000 to 1000.
std::int64_t element(std::uint64_t matrix, std::size_t index) {
  const std::uint64_t bits = runoff::splitmix64(matrix, index) >> 32;
  return static_cast<std::int64_t>(bits * (2 * most_element + 1) >> 32) - most_element;
}

/// C = A B for square matrices of integers, held as doubles. A task is a block of rows of C.
class Matmul final : public runoff::Independent {
 public:
  explicit Matmul(const runoff::Parameters& parameters)
      : n_(static_cast<std::size_t>(parameters.count("n"))),
        rows_(std::min(static_cast<std::size_t>(parameters.count("rows")), std::max<std::size_t>(n_, 1))) {}

  std::size_t tasks() const override { return (n_ + rows_ - 1) / rows_; }
  runoff::ResultLayout result() const override { return {rows_ * n_ * sizeof(double), runoff::cache_line}; }

  void layout(runoff::Memory& memory) override {
    a_ = memory.array<double>(n_ * n_);
    b_ = memory.array<double>(n_ * matmul::padded(n_));
  }

  void fill(const runoff::Memory&) override {
    runoff::Memory::populate(std::as_bytes(a_));
    runoff::Memory::populate(std::as_bytes(b_));
    for (std::size_t i = 0; i < n_ * n_; ++i) a_[i] = static_cast<double>(element(0, i));
    for (std::size_t k = 0; k < n_; ++k)
      for (std::size_t column = 0; column < n_; ++column)
        b_[matmul::panel_index(n_, k, column)] = static_cast<double>(element(1, k * n_ + column));
  }

  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task) {
      const std::size_t row = task * rows_;
      multiply_rows_(&results.at<double>(task), a_.data() + row * n_, b_.data(), n_,
                     std::min(rows_, n_ - row));
    }
  }

  /// Freivalds' method: C r = A (B r), in whole numbers modulo 2^64, for several r. The matrices come from
  /// the generator and not from memory. A row of C with one wrong element always shows unless the error is
  /// divisible by a high power of two: each r misses an error e in a row with a chance of the largest power
  /// of two in e over 2^64.
  runoff::Check check(runoff::Results results) const override {
    std::vector<Vector> r(n_);
    for (std::size_t i = 0; i < n_; ++i)
      for (std::size_t v = 0; v < vectors; ++v) r[i][v] = runoff::splitmix64(2, i * vectors + v);
    std::vector<Vector> br(n_);
    for (std::size_t k = 0; k < n_; ++k)
      for (std::size_t i = 0; i < n_; ++i) br[k].add(element(1, k * n_ + i), r[i]);
    for (std::size_t row = 0; row < n_; ++row) {
      const double* c = &results.at<double>(row / rows_) + row % rows_ * n_;
      Vector expected;
      Vector found;
      for (std::size_t i = 0; i < n_; ++i) {
        expected.add(element(0, row * n_ + i), br[i]);
        if (!is_possible(c[i]))
          return runoff::Check::wrong(place(row) + ", column " + std::to_string(i) + ": " +
                                      std::to_string(c[i]) +
                                      " cannot be a sum of products of the matrices' whole numbers");
        found.add(static_cast<std::int64_t>(c[i]), r[i]);
      }
      if (found != expected)
        return runoff::Check::wrong(place(row) + " is not that of the product (Freivalds' method)");
    }
    return runoff::Check::ok();
  }

 private:
  /// One entry of each of Freivalds' vectors.
  struct Vector {
    std::uint64_t values[vectors] = {};
    std::uint64_t& operator[](std::size_t v) { return values[v]; }
    void add(std::int64_t factor, const Vector& other) {
      for (std::size_t v = 0; v < vectors; ++v)
        values[v] += static_cast<std::uint64_t>(factor) * other.values[v];
    }
    bool operator==(const Vector&) const = default;
  };

  bool is_possible(double value) const {
    return std::abs(value) <= static_cast<double>(n_) * most_element * most_element &&
           std::trunc(value) == value;
  }

  std::string place(std::size_t row) const {
    return "task " + std::to_string(row / rows_) + ": row " + std::to_string(row);
  }

  std::size_t n_;
  std::size_t rows_;
  matmul::MultiplyRows* multiply_rows_ = matmul::widest_multiply_rows();
  std::span<double> a_;
  std::span<double> b_;
};

}  // namespace

RUNOFF_WORKLOAD(Matmul,
                {
                    .name = "matmul",
                    .summary = "product of two square matrices, in blocks that fit the caches",
                    .bound = runoff::Bound::cpu,
                    .source = "checked by Freivalds' method (Freivalds 1979) over whole numbers",
                    .checked_at = {"n=96"},
                    .parameters = {runoff::Parameter::count("n", 1'024, 0, most_n, "rows and columns"),
                                   runoff::Parameter::count("rows", 16, 1, most_n,
                                                            "rows of the result in a task")},
                })
