#include "report/glance_text.h"

#include <algorithm>
#include <sstream>

#include "folder.h"
#include "report/load.h"
#include "report/table.h"

namespace runoff {
namespace {

std::string glance_of(const std::vector<Sample>& samples, const Page& page) {
  const Folder folder;
  folder.write("samples.csv", csv_of(samples));
  const LoadedRun run = load_run(folder.path());
  const Names names(run.samples);
  return glance_text(Findings(run, names), names, page);
}

/// Times of about 20 ms that are equal but for their order.
std::vector<Sample> as_fast(const std::string& backend, std::size_t turn) {
  std::vector<std::int64_t> walls{20'000'000, 20'100'000, 20'050'000, 20'020'000, 20'080'000, 20'040'000};
  std::rotate(walls.begin(), walls.begin() + static_cast<std::ptrdiff_t>(turn), walls.end());
  return samples(backend, 2, walls);
}

std::vector<Sample> tied_crashed_and_slower() {
  std::vector<Sample> crashed = constant("mpi", 2, 1);
  crashed[3].status = Status::crashed;
  return constant("serial", 1, 40'000'000) + as_fast("tbb", 0) + as_fast("fork", 1) +
         as_fast("std-thread", 2) + as_fast("openmp", 3) + as_fast("asio-pool", 4) +
         constant("stdpar", 2, 25'000'000) + constant("event-loop", 1, 30'000'000) + crashed;
}

TEST(GlanceText, TiesAsTiesTheSlowerTheReferenceAndWhatFailed) {
  std::vector<Sample> won = constant("serial", 1, 3'000) + constant("tbb", 2, 1'500);
  for (Sample& sample : won) sample.workload = "sums";
  EXPECT_EQ(glance_of(tied_crashed_and_slower() + won, {.terminal = 80}),
            "primes\n"
            "  ████████          20.0 ms            asio-pool, fork, openmp and 2 more tie\n"
            "                                       within 3 %\n"
            "  ██████████        25.0 ms    1.25 ×  stdpar; 1 more takes up to 1.50 ×\n"
            "  ████████████████  40.0 ms    2.00 ×  serial\n"
            "  kept out: mpi crashed\n"
            "sums\n"
            "  ████████          1.50 µs            tbb wins\n"
            "  ████████████████  3.00 µs    2.00 ×  serial\n");
}

TEST(GlanceText, WhatIsBehindAWinnerIsNoTie) {
  EXPECT_EQ(glance_of(constant("tbb", 2, 20'000'000) + constant("fork", 2, 20'200'000), {.terminal = 80}),
            "primes\n"
            "  ███████████████▉  20.0 ms            tbb wins\n"
            "  ████████████████  20.2 ms    1.01 ×  fork: less than 3 % behind the best\n");
}

TEST(GlanceText, PlainBarsWithoutUtf8AndNoneWhereThePageIsNarrow) {
  const std::vector<Sample> two = constant("serial", 1, 40'000'000) + constant("tbb", 2, 1'000);
  EXPECT_EQ(glance_of(two, {.terminal = 80, .utf8 = false}),
            "primes\n"
            "  #                 1.00 µs            tbb wins\n"
            "  ################  40.0 ms   40000 ×  serial\n");
  EXPECT_EQ(glance_of(two, {.terminal = 50}),
            "primes\n"
            "  1.00 µs            tbb wins\n"
            "  40.0 ms   40000 ×  serial\n");
}

TEST(GlanceText, NoLineIsLongerThanThePage) {
  for (const std::size_t columns : {40, 69, 70, 80, 119, 200}) {
    std::istringstream lines(glance_of(tied_crashed_and_slower(), {.terminal = columns}));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(width(line), columns) << line;
  }
}

TEST(GlanceText, WhatIsNotSureIsNotCalledSure) {
  const std::vector<Sample> open =
      samples("tbb", 2, {100, 140, 90, 150, 95, 130}) + samples("fork", 2, {130, 95, 150, 90, 140, 101});
  const std::string text = glance_of(open, {.terminal = 80});
  EXPECT_NE(text.find("tbb and fork may be the best\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("wins"), std::string::npos) << text;
  EXPECT_NE(glance_of(constant("tbb", 2, 1'000, 2), {.terminal = 80}).find("tbb: too-few\n"),
            std::string::npos);
}

}  // namespace
}  // namespace runoff
