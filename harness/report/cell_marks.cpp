#include "report/cell_marks.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "report/run_flags.h"
#include "support/text.h"

namespace runoff {
namespace {

/// What a status says of a cell that has it, and what to do.
struct StatusAdvice {
  Status status;
  const char* title;
  const char* advice;
};
constexpr std::array<StatusAdvice, 6> status_advice{{
    {Status::wrong, "Its answers were wrong, so it has no time",
     "'runoff check BACKEND WORKLOAD' says which promise is broken; do not use this combination until it is "
     "mended"},
    {Status::timeout, "It ran out of time", "Give it more (--timeout 2min), or take smaller parameters"},
    {Status::crashed, "It crashed", "Run the command below alone; what it said last is among its samples"},
    {Status::failed, "Tasks failed",
     "A failed task has no time: mend what its samples name, and measure again"},
    {Status::unsupported, "This backend cannot run this", "Take another backend; the reason is below"},
    {Status::skipped, "It was not measured to the end",
     "Give the run more time (--budget), or measure it alone"},
}};

std::string rounds_text(const std::vector<std::int64_t>& rounds, std::size_t of) {
  if (rounds.size() == of) return of == 1 ? "the only sample" : fmt::format("all {} samples", of);
  std::string text =
      fmt::format("{} of {} samples, round{}", rounds.size(), of, rounds.size() == 1 ? "" : "s");
  for (std::size_t i = 0; i < std::min<std::size_t>(rounds.size(), 8); ++i)
    text += fmt::format("{} {}", i ? "," : "", rounds[i]);
  return rounds.size() > 8 ? text + " …" : text;
}

/// The samples of a cell that are so, in words; empty where none is.
template <class IsSo>
std::string samples_that(const Cell& cell, IsSo is_so) {
  std::vector<std::int64_t> rounds;
  for (const Sample& sample : cell.samples)
    if (is_so(sample)) rounds.push_back(sample.sample);
  return rounds.empty() ? "" : rounds_text(rounds, cell.samples.size());
}

/// A mark of all cells of which `seen` says something.
template <class Seen>
void add(std::vector<CellMark>& marks, std::string title, std::string advice, std::span<const Cell> cells,
         Seen seen) {
  CellMark mark{std::move(title), std::move(advice), {}};
  for (const Cell& cell : cells)
    if (std::string text = seen(cell); !text.empty()) mark.seen.push_back({&cell, std::move(text)});
  if (!mark.seen.empty()) marks.push_back(std::move(mark));
}

bool has_word(const Sample& sample, std::string_view word) {
  const auto words = split(sample.disturbed_by, ";");
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

std::vector<CellMark> cell_marks(const LoadedRun& run, const Findings& findings, const Names& names) {
  std::vector<CellMark> marks;
  for (const StatusAdvice& one : status_advice)
    add(marks, one.title, std::string(one.advice) + ".", findings.cells, [&](const Cell& cell) {
      if (cell.status != one.status) return std::string();
      return samples_that(cell, [&](const Sample& sample) { return sample.status == one.status; });
    });
  for (const Omission& left : run.left_out)
    add(marks, "It is compared with nothing", left.sentence, findings.cells, [&](const Cell& cell) {
      const bool told = is_failure(cell.status) || cell.comparable() || cell.samples.empty() ||
                        !left.cells.contains(names.benchmark(cell.samples.front()));
      return told ? std::string() : samples_that(cell, [](const Sample&) { return true; });
    });
  for (const Disturbance& one : disturbances())
    add(marks, one.happened, std::string(one.advice) + ".", findings.cells, [&](const Cell& cell) {
      return samples_that(cell, [&](const Sample& sample) { return has_word(sample, one.word); });
    });
  for (Oddity& oddity : oddities(findings.compared, run.machine.cores, true))
    marks.push_back({std::move(oddity.title), std::move(oddity.advice) + ".", std::move(oddity.seen)});
  return marks;
}

}  // namespace runoff
