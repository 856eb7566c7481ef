#include "report/contest_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "folder.h"
#include "report/table.h"

namespace runoff {
namespace {

std::string text_of(const std::vector<Sample>& samples, bool colour = false,
                    std::optional<std::size_t> terminal = {}) {
  const std::vector<Cell> cells = gather_cells(samples);
  return contest_text(contests(cells, Rules()).front(), cells, Names(samples),
                      Page{.paint = Painter(colour), .terminal = terminal});
}

std::vector<Sample> with_cpu(std::vector<Sample> samples, std::int64_t cpu) {
  for (Sample& sample : samples) sample.cpu_ns = cpu;
  return samples;
}

TEST(ContestText, OneBlockToReadAtAGlance) {
  std::vector<Sample> mpi = constant("mpi", 2, 1);
  mpi[3].status = Status::crashed;
  mpi[3].detail = "rank 1 was killed by signal 9";
  std::vector<Sample> none = constant("stdpar", 2, 1) + constant("stdpar", 4, 1);
  for (Sample& sample : none) sample.status = Status::unsupported;
  EXPECT_EQ(text_of(with_cpu(constant("serial", 1, 38'200'000), 38'000'000) +
                    with_cpu(constant("tbb", 2, 20'000'000), 39'000'000) + constant("tbb", 4, 21'000'000) +
                    constant("fork", 2, 30'000'000) + mpi + none),
            "primes  n=1000  ·  cpu-bound, independent  ·  6 samples each  ·  serial 38.2 ms = 1 ×\n"
            "     backend  workers     time  95 % interval  speed-up  95 % interval  CPU time  verdict\n"
            "  1  tbb            2  20.0 ms  20.0 – 20.0      1.91 ×  1.91 – 1.91     39.0 ms  fastest\n"
            "  2  fork           2  30.0 ms  30.0 – 30.0      1.27 ×  1.27 – 1.27              slower\n"
            "  3  serial         1  38.2 ms  38.2 – 38.2      1.00 ×  1.00 – 1.00     38.0 ms  slower\n"
            "  kept out: mpi at 2 workers: crashed, 1 of 6 samples: rank 1 was killed by signal 9\n"
            "  kept out: stdpar at 2, 4 workers: unsupported\n");
}

TEST(ContestText, MemoryBoundTablesTellBandwidthAndWhatWasCopied) {
  std::vector<Sample> all = constant("serial", 1, 20'000'000) + constant("mpi", 2, 10'000'000);
  for (Sample& sample : all) {
    sample.bound = "memory";
    sample.bytes = 100'000'000;
    sample.bytes_copied = sample.backend == "mpi" ? 17'301'504 : 0;
  }
  const std::string text = text_of(all);
  EXPECT_NE(text.find("CPU time  GB/s    copied  verdict\n"), std::string::npos) << text;
  EXPECT_NE(text.find("10.0  16.5 MiB  fastest\n"), std::string::npos) << text;
  EXPECT_NE(text.find("5.00            slower\n"), std::string::npos) << text;
}

TEST(ContestText, FewSamplesHaveTimesAndNoVerdict) {
  EXPECT_EQ(text_of(constant("serial", 1, 2'000, 3) + constant("tbb", 2, 1'000, 2)),
            "primes  n=1000  ·  cpu-bound, independent  ·  2 to 3 samples each  ·  serial 2.00 µs = 1 ×\n"
            "    backend  workers     time  95 % interval  speed-up  95 % interval  CPU time  verdict\n"
            "    tbb            2  1.00 µs                   2.00 ×                           too-few\n"
            "    serial         1  2.00 µs                   1.00 ×                           too-few\n");
}

std::size_t widest(const std::string& text) {
  std::size_t most = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) most = std::max(most, width(line));
  return most;
}

TEST(ContestText, ANarrowTerminalGetsFewerColumnsAndNoBrokenLines) {
  std::vector<Sample> mpi = constant("mpi", 2, 1);
  mpi[3].status = Status::crashed;
  mpi[3].detail = "rank 1 was killed by signal 9, and this is a long story that does not fit into one line";
  const auto samples = with_cpu(constant("serial", 1, 38'200'000), 38'000'000) +
                       with_cpu(constant("boost-process", 2, 20'000'000), 39'000'000) + mpi;
  const std::string wide = text_of(samples, false, 200), narrow = text_of(samples, false, 72);
  EXPECT_NE(wide.find("CPU time"), std::string::npos) << wide;
  EXPECT_EQ(narrow.find("CPU time"), std::string::npos) << narrow;
  EXPECT_LE(widest(narrow), 72u) << narrow;
  for (const char* kept : {"speed-up", "verdict", "1.91 ×", "slower", "workers", "long story"})
    EXPECT_NE(narrow.find(kept), std::string::npos) << kept << " in\n" << narrow;
}

TEST(ContestText, ColourOnlyWhenAskedFor) {
  EXPECT_EQ(text_of(constant("tbb", 2, 1'000)).find('\x1b'), std::string::npos);
  EXPECT_NE(text_of(constant("tbb", 2, 1'000), true).find("\x1b[1;32mfastest\x1b[0m"), std::string::npos);
}

}  // namespace
}  // namespace runoff
