#include "by_hand.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace {

std::int64_t now() {
  return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

[[noreturn]] void give_up(const char* why) {
  std::fprintf(stderr, "%s\n", why);
  std::exit(1);
}

}  // namespace

void Stencil::check(std::size_t step, std::size_t point) const {
  const Cell& cell = cells_[step * width_ + point];
  if (cell.step != step || cell.point != point) give_up("a task ran before its input");
}

bool Clock::go_on() {
  constexpr std::int64_t enough_ns = 50'000'000;
  last_ = now();
  if (++executions_ == 0) begin_ = last_;
  return last_ - begin_ < enough_ns;
}

void Clock::print() const {
  std::printf("{\"wall_ns\": %.0f}\n", static_cast<double>(last_ - begin_) / executions_);
}

ByHandArguments by_hand_arguments(int argc, char** argv) {
  if (argc != 5) give_up("usage: PROGRAM WIDTH STEPS GRAIN WORKERS");
  return {std::strtoul(argv[1], nullptr, 10), std::strtoul(argv[2], nullptr, 10),
          std::strtoul(argv[3], nullptr, 10), static_cast<unsigned>(std::strtoul(argv[4], nullptr, 10))};
}
