#include <cstdint>
#include <string>

#include "oracle.h"
#include "runoff/workload_plugin.h"

namespace {

using mandelbrot::Picture;
using mandelbrot::Row;

/// How many times z = z² + c is taken until |z| > 2 is seen, or `limit`. The order of the operations is part
/// of the definition: rows.py computes the same bits.
std::uint64_t iterations(double cr, double ci, std::uint64_t limit) {
  double zr = 0;
  double zi = 0;
  for (std::uint64_t count = 0; count < limit; ++count) {
    const double rr = zr * zr;
    const double ii = zi * zi;
    if (rr + ii > 4) return count;
    zi = 2 * (zr * zi) + ci;
    zr = (rr - ii) + cr;
  }
  return limit;
}

/// Iteration counts of a picture of the Mandelbrot set. A task is a row; those through the set take longest.
class Mandelbrot final : public runoff::Independent {
 public:
  explicit Mandelbrot(const runoff::Parameters& parameters)
      : picture_{static_cast<std::uint64_t>(parameters.count("width")),
                 static_cast<std::uint64_t>(parameters.count("height")),
                 static_cast<std::uint64_t>(parameters.count("limit"))} {}

  std::size_t tasks() const override { return picture_.height; }
  runoff::ResultLayout result() const override { return runoff::result_of<Row>(); }

  void run(runoff::Range range, runoff::Results results) const override {
    for (std::size_t row = range.first; row < range.last; ++row) {
      Row counted;
      for (std::uint64_t column = 0; column < picture_.width; ++column) {
        const std::uint64_t count =
            iterations(picture_.real(column), picture_.imaginary(row), picture_.limit);
        counted.iterations += count;
        counted.weighted += (column + 1) * count;
      }
      results.at<Row>(row) = counted;
    }
  }

  runoff::Check check(runoff::Results results) const override {
    for (std::size_t row = 0; row < picture_.height; ++row) {
      const Row& found = results.at<Row>(row);
      const auto shipped = mandelbrot::shipped_row(picture_, row);
      const Row expected = shipped ? *shipped : mandelbrot::row_by_cycles(picture_, row);
      if (found != expected)
        return runoff::Check::wrong(
            "row " + std::to_string(row) + " takes " + std::to_string(expected.iterations) + " iterations (" +
            std::to_string(expected.weighted) + " weighted by column), not " +
            std::to_string(found.iterations) + " (" + std::to_string(found.weighted) + ")");
    }
    return runoff::Check::ok();
  }

 private:
  Picture picture_;
};

}  // namespace

RUNOFF_WORKLOAD(
    Mandelbrot,
    {
        .name = "mandelbrot",
        .summary = "iteration counts of the Mandelbrot set; rows take uneven time",
        .bound = runoff::Bound::cpu,
        .source = "counts computed by rows.py, beside the source; other pictures: a search for cycles",
        .checked_at = {"width=96", "height=61"},
        .parameters = {runoff::Parameter::count("width", 384, 1, 65'536, "columns of the picture"),
                       runoff::Parameter::count("height", 288, 0, 65'536, "rows, one in a task"),
                       runoff::Parameter::count("limit", 500, 1, 1'000'000, "most iterations for a point")},
    })
