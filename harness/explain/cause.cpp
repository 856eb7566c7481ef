#include "explain/cause.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "support/scale.h"

namespace runoff {
namespace {

// A worker that takes a little longer than another is no cause: cores and caches are never quite alike.
constexpr double surely_slow = 1.3;
// Of workers × wall: what is less explains nothing.
constexpr double worth_a_word = 0.05;
// A chunk so much longer than what surrounds it, or so long by itself, is not too short.
constexpr double long_enough = 20;
constexpr double long_enough_ns = 100'000;

std::string share_of(double part, const Analysis& analysis) {
  const double all = analysis.parts.sum();
  return fmt::format("{:.0f} %", all > 0 ? 100 * part / all : 0);
}

std::string times_of(double ratio) { return fmt::format("{:.{}f} ×", ratio, ratio < 10 ? 1 : 0); }

std::string short_time(double ns) { return Scale::of_time(ns).text(ns); }

/// Whether the worker that lags explains what was lost to `lost`.
bool lags(const Analysis& analysis, double lost) {
  return analysis.slow_worker.value_or(1) >= surely_slow && 2 * analysis.slow_worker_ns >= lost;
}

/// What it takes to hand out a chunk, of one worker.
double handing_ns(const Analysis& analysis) {
  return analysis.chunks > 0 ? analysis.parts.scheduling / analysis.chunks : 0;
}

}  // namespace

std::string_view to_string(Cause cause) {
  constexpr std::array<std::string_view, 11> words{"none",       "imbalance", "slow-worker", "grain",
                                                   "scheduling", "lock",      "caches",      "cores",
                                                   "io",         "idle",      "untold"};
  return words[static_cast<std::size_t>(cause)];
}

Cause main_cause(const Analysis& analysis, const Explained& cell) {
  const Parts& parts = analysis.parts;
  std::array<std::pair<double, Cause>, 8> losses{{{parts.slower, Cause::caches},
                                                  {parts.displaced, Cause::cores},
                                                  {parts.contended, Cause::lock},
                                                  {parts.io, Cause::io},
                                                  {parts.scheduling, Cause::scheduling},
                                                  {parts.imbalance, Cause::imbalance},
                                                  {parts.idle, Cause::idle},
                                                  {parts.untold, Cause::untold}}};
  // To wait is what tasks of this bound are for.
  if (cell.bound == "io") losses[3].first = 0;
  const auto& [lost, cause] = *std::max_element(losses.begin(), losses.end());
  if (lost < worth_a_word * parts.sum()) return Cause::none;
  if (cause == Cause::imbalance &&
      lags(analysis, lost / static_cast<double>(std::max<std::int64_t>(1, cell.workers - 1))))
    return Cause::slow_worker;
  if (cause == Cause::caches && lags(analysis, lost)) return Cause::slow_worker;
  if (cause == Cause::scheduling && cell.shape != "recursive" && analysis.chunk_ns < long_enough_ns &&
      analysis.chunk_ns < long_enough * handing_ns(analysis) &&
      analysis.chunks >= 4 * static_cast<double>(cell.workers))
    return Cause::grain;
  return cause;
}

std::string clause(const Analysis& analysis, Cause cause, const Explained& cell) {
  const Parts& parts = analysis.parts;
  switch (cause) {
    case Cause::none:
      if (cell.bound == "io" && parts.io > parts.useful)
        return fmt::format("its workers spend {} of the time on what the tasks wait for{}",
                           share_of(parts.io, analysis),
                           cell.concurrency > 0 ? fmt::format(", {} at a time", cell.concurrency) : "");
      return fmt::format("{} of its workers' time is useful work", share_of(parts.useful, analysis));
    case Cause::imbalance:
      return fmt::format(
          "its workers wait {} of the time for {}", share_of(parts.imbalance, analysis),
          cell.shape == "dependent" ? "tasks that others have not ended yet" : "the last tasks");
    case Cause::slow_worker:
      return fmt::format("one of its workers takes {} as long for its tasks as the others",
                         times_of(*analysis.slow_worker));
    case Cause::grain:
      return fmt::format("its {} are short, {} each, and {} of its workers' time goes into handing them out",
                         cell.shape == "dependent" ? "tasks" : "chunks", short_time(analysis.chunk_ns),
                         share_of(parts.scheduling, analysis));
    case Cause::scheduling:
      return fmt::format("{} of its workers' time goes into {}", share_of(parts.scheduling, analysis),
                         cell.shape == "recursive" ? "looking for work and joining"
                                                   : "starting, handing out, moving results and joining");
    case Cause::lock:
      return fmt::format(
          "its tasks wait {} of the time that they do not wait in serial, as for a lock or a server that is "
          "busy",
          share_of(parts.contended, analysis));
    case Cause::caches:
      return fmt::format("its tasks take {} as long as in serial, as where {}",
                         times_of((parts.useful + parts.slower) / std::max(1.0, parts.useful)),
                         cell.shape == "recursive"
                             ? "to fork takes long beside the work, or workers share cache lines or memory"
                             : "workers share cache lines or memory");
    case Cause::cores:
      return fmt::format("for {} of the time its workers could run and had no core",
                         share_of(parts.displaced, analysis));
    case Cause::io:
      return fmt::format("its tasks wait {} of the time for something outside the processor",
                         share_of(parts.io, analysis));
    case Cause::idle:
      return analysis.seen ? fmt::format("{} of the time is that of workers that got no task",
                                         share_of(parts.idle, analysis))
                           : fmt::format("for {} of the time its workers use no processor",
                                         share_of(parts.idle, analysis));
    case Cause::untold:
      return fmt::format(
          "{} of its workers' time goes into {}", share_of(parts.untold, analysis),
          cell.shape == "recursive"
              ? "forking and joining, or into slower work: so short tasks are not seen one by one"
              : "scheduling or slower work: tasks of another program are not seen one by one");
  }
  return {};
}

}  // namespace runoff
