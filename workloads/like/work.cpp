#include "work.h"

#include <algorithm>
#include <cmath>
#include <thread>

#include "lengths.h"
#include "steps.h"

namespace like {
namespace {

/// Word i of the memory is i times this, modulo 2^64: sums over pieces have a closed form.
constexpr std::uint64_t word_factor = 0x9E3779B97F4A7C15;

/// 0 + 1 + … + (n - 1), modulo 2^64.
constexpr std::uint64_t triangle(std::uint64_t n) {
  if (n == 0) return 0;
  return n % 2 == 0 ? n / 2 * (n - 1) : (n - 1) / 2 * n;
}

}  // namespace

std::vector<runoff::Parameter> work_parameters() {
  using namespace std::chrono_literals;
  using runoff::Parameter;
  return {
      Parameter::count("tasks", 1'000, 1, 1'000'000, "tasks of one execution"),
      Parameter::duration("task", "20us", 0ns, 1h, "mean length of a task, its waiting included"),
      Parameter::count("spread", 100, 100, 10'000,
                       "of the lengths, in percent: with 200, two of three tasks are between half and twice "
                       "the median; 100: all alike"),
      Parameter::bytes("memory", "0B", 0, std::int64_t{1} << 40,
                       "memory that the tasks walk, each a piece of its own"),
      Parameter::count("steps-per-ms", 700'000, 1, 1'000'000'000,
                       "steps of work that a core does in 1 ms; 'runoff advise' measures it"),
      Parameter::duration("beside", "0s", 0ns, 1h,
                          "what a task takes beside its steps and its waiting; 'runoff advise' measures it"),
  };
}

runoff::Parameter wait_parameter() {
  return runoff::Parameter::count("wait", 0, 0, 100, "percent of its length for which a task waits");
}

Work::Work(const runoff::Parameters& parameters)
    : lengths_(lengths(static_cast<std::size_t>(parameters.count("tasks")),
                       static_cast<double>(parameters.count("spread")) / 100)) {
  const auto task = static_cast<double>(parameters.duration("task").count());
  if (parameters.has("wait")) mean_wait_ns_ = task * static_cast<double>(parameters.count("wait")) / 100;
  const double work = task - mean_wait_ns_ - static_cast<double>(parameters.duration("beside").count());
  mean_steps_ = std::max(0.0, work) * static_cast<double>(parameters.count("steps-per-ms")) / 1e6;
  const auto words = static_cast<double>(parameters.bytes("memory") / 8);
  ends_.reserve(tasks() + 1);
  ends_.push_back(0);
  double sum = 0;
  for (const double length : lengths_) {
    sum += length;
    ends_.push_back(static_cast<std::size_t>(std::min(words, words * sum / static_cast<double>(tasks()))));
  }
}

void Work::layout(runoff::Memory& memory) { words_ = memory.array<std::uint64_t>(ends_.back()); }

void Work::fill(std::size_t first, std::size_t last) const {
  const auto piece = words_.subspan(ends_[first], ends_[last] - ends_[first]);
  runoff::Memory::populate(std::as_bytes(piece));
  std::uint64_t i = ends_[first];
  for (std::uint64_t& word : piece) word = i++ * word_factor;
}

std::uint64_t Work::run(std::size_t task) const {
  std::uint64_t sum = task;
  for (const std::uint64_t word : words_.subspan(ends_[task], ends_[task + 1] - ends_[task])) sum += word;
  return walk_steps(sum, steps(task));
}

std::uint64_t Work::expected(std::size_t task) const {
  const std::uint64_t sum = task + word_factor * (triangle(ends_[task + 1]) - triangle(ends_[task]));
  return jump_steps(sum, steps(task));
}

std::chrono::nanoseconds Work::wait(std::size_t task) const {
  return std::chrono::nanoseconds(std::llround(mean_wait_ns_ * lengths_[task]));
}

std::uint64_t Work::steps(std::size_t task) const {
  return static_cast<std::uint64_t>(mean_steps_ * lengths_[task]);
}

void wait_for(std::chrono::nanoseconds duration) {
  if (duration.count() > 0) std::this_thread::sleep_until(std::chrono::steady_clock::now() + duration);
}

}  // namespace like
