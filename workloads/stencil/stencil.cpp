#include <algorithm>
#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "modular.h"
#include "runoff/plugin.h"

namespace {

/// What a task leaves: who it was, in which execution, and the sum of its inputs.
struct Cell {
  std::uint32_t step;
  std::uint32_t point;
  std::uint64_t executions;  // rises by one each time; so an output of the execution before is no valid input
  std::uint64_t value;       // modulo modular::prime
  std::uint64_t work;        // where `grain` iterations from the value lead
};

/// One iteration of work: Knuth's MMIX linear congruential generator, modulo 2^64. Each needs the one before.
constexpr std::uint64_t multiplier = 6364136223846793005;
constexpr std::uint64_t increment = 1442695040888963407;

std::uint64_t work(std::uint64_t x, std::uint64_t iterations) {
  for (std::uint64_t i = 0; i < iterations; ++i) x = x * multiplier + increment;
  return x;
}

/// The same by doubling the map x -> a x + c.
std::uint64_t work_at_once(std::uint64_t x, std::uint64_t iterations) {
  std::uint64_t a = multiplier;
  std::uint64_t c = increment;
  for (; iterations > 0; iterations >>= 1) {
    if (iterations & 1) x = a * x + c;
    c = a * c + c;
    a = a * a;
  }
  return x;
}

/// SplitMix64 (Steele, Lea & Flood 2014) of the point.
std::uint64_t initial_value(std::uint64_t point) {
  std::uint64_t x = point + 0x9e3779b97f4a7c15;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return (x ^ (x >> 31)) % modular::prime;
}

/// A line of points; in each step a point becomes the sum of itself and its two neighbours. At the ends,
/// either the line is closed to a ring (periodic), or what lies outside is zero (clipped).
class Stencil final : public runoff::Dependent {
 public:
  explicit Stencil(const runoff::Parameters& parameters)
      : width_(static_cast<std::uint32_t>(parameters.count("width"))),
        steps_(static_cast<std::uint32_t>(parameters.count("steps"))),
        grain_(static_cast<std::uint64_t>(parameters.count("grain"))),
        periodic_(parameters.text("boundary") == "periodic"),
        neighbours_(width_) {
    for (std::uint32_t point = 0; point < width_; ++point) neighbours_[point] = neighbours_of(point);
  }

  std::size_t tasks() const override { return std::size_t{width_} * steps_; }
  std::size_t slots() const override { return tasks(); }
  runoff::ResultLayout result() const override { return runoff::result_of<Cell>(); }

  std::size_t steps() const override { return steps_; }
  std::size_t width(std::size_t) const override { return width_; }
  std::size_t slot(std::size_t step, std::size_t point) const override { return step * width_ + point; }

  std::span<const runoff::Interval> dependencies(std::size_t step, std::size_t point) const override {
    if (step == 0) return {};
    return neighbours_[point].span();
  }
  std::span<const runoff::Interval> dependents(std::size_t step, std::size_t point) const override {
    if (step + 1 == steps_) return {};
    return neighbours_[point].span();  // to be a neighbour is mutual
  }

  void run(std::size_t step, std::size_t point, runoff::Results results) const override {
    Cell& cell = results.at<Cell>(slot(step, point));
    const std::uint64_t executions = cell.executions + 1;
    std::uint64_t value = 0;
    if (step == 0) {
      value = initial_value(point);
    } else {
      for (const int offset : {-1, 0, 1}) {
        const std::int64_t neighbour = static_cast<std::int64_t>(point) + offset;
        if (!periodic_ && (neighbour < 0 || neighbour >= width_)) continue;
        value = modular::add(value, input(step, (neighbour + width_) % width_, executions, results));
      }
    }
    cell = {static_cast<std::uint32_t>(step), static_cast<std::uint32_t>(point), executions, value,
            work(value, grain_)};
  }

  runoff::Check check(runoff::Results results) const override {
    for (std::size_t step = 0; step < steps_; ++step)
      for (std::size_t point = 0; point < width_; ++point) {
        const Cell& cell = results.at<Cell>(slot(step, point));
        if (cell.step != step || cell.point != point || cell.executions != results.at<Cell>(0).executions)
          return runoff::Check::wrong(name(step, point) + " did not run");
        if (cell.work != work_at_once(cell.value, grain_))
          return runoff::Check::wrong(name(step, point) + " did not do its work");
      }
    const std::vector<std::uint64_t> last = last_step();
    for (std::size_t point = 0; steps_ > 0 && point < width_; ++point) {
      const std::uint64_t value = results.at<Cell>(slot(steps_ - 1, point)).value;
      if (value != last[point])
        return runoff::Check::wrong(name(steps_ - 1, point) + " is " + std::to_string(value) + ", not " +
                                    std::to_string(last[point]));
    }
    return runoff::Check::ok();
  }

 private:
  struct Neighbours {
    std::array<runoff::Interval, 2> intervals{};
    std::size_t count = 0;
    std::span<const runoff::Interval> span() const { return {intervals.data(), count}; }
  };

  static std::string name(std::size_t step, std::size_t point) {
    return "point " + std::to_string(point) + " of step " + std::to_string(step);
  }

  Neighbours neighbours_of(std::uint32_t point) const {
    const std::uint32_t end = width_ - 1;
    if (periodic_ && width_ <= 3) return {{{{0, end}}}, 1};
    if (!periodic_ || (point != 0 && point != end))
      return {{{{point == 0 ? 0 : point - 1, std::min(point + 1, end)}}}, 1};
    if (point == 0) return {{{{0, 1}, {end, end}}}, 2};
    return {{{{0, 0}, {end - 1, end}}}, 2};
  }

  /// The value of an input, after a look at whose it is.
  std::uint64_t input(std::size_t step, std::size_t point, std::uint64_t executions,
                      runoff::Results results) const {
    const Cell& cell = results.at<Cell>(slot(step - 1, point));
    if (cell.step != step - 1 || cell.point != point || cell.executions != executions)
      throw std::runtime_error("a task of step " + std::to_string(step) + " ran before its input, " +
                               name(step - 1, point));
    return cell.value;
  }

  /// The values of the last step, without the steps between. On a ring of n points, s steps multiply by
  /// (x + 1 + 1/x)^s modulo x^n - 1. The clipped line is one half of a ring of 2 (width + 1) points whose
  /// other half mirrors it with the opposite sign (the method of images), which keeps the points beside its
  /// ends at zero.
  std::vector<std::uint64_t> last_step() const {
    const std::size_t n = periodic_ ? width_ : 2 * (std::size_t{width_} + 1);
    modular::Ring start(n, 0);
    for (std::size_t point = 0; point < width_; ++point) {
      start[point] = initial_value(point);
      if (!periodic_) start[n - 2 - point] = modular::negate(start[point]);
    }
    modular::Ring one_step(n, 0);
    for (const std::size_t offset : {n - 1, std::size_t{0}, std::size_t{1}})
      one_step[offset % n] = modular::add(one_step[offset % n], 1);
    return modular::multiply(start, modular::power(one_step, steps_ == 0 ? 0 : steps_ - 1));
  }

  std::uint32_t width_;
  std::uint32_t steps_;
  std::uint64_t grain_;
  bool periodic_;
  std::vector<Neighbours> neighbours_;
};

}  // namespace

RUNOFF_WORKLOAD(
    Stencil,
    {
        .name = "stencil",
        .summary = "a 3-point stencil on a line: each step needs the step before",
        .bound = runoff::Bound::runtime,
        .source = "the stencil pattern of Task Bench (Slaughter et al., SC'20); oracle: powers of a "
                  "polynomial modulo a prime",
        .parameters =
            {
                runoff::Parameter::count("width", 64, 1, 4'096, "points, the tasks of a step"),
                runoff::Parameter::count("steps", 1'000, 0, 1'000'000, "steps"),
                runoff::Parameter::count("grain", 1'000, 0, 1'000'000'000, "iterations of work in a task"),
                runoff::Parameter::choice("boundary", {"periodic", "clipped"}, "how the line ends"),
            },
    })
