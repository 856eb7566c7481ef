#pragma once

#include <benchmark/benchmark.h>

namespace runoff::cell {

/// Google Benchmark's own run, with its own reporters; without one for the terminal when `quiet`.
inline void run_registered_benchmark(bool quiet) {
  if (!quiet) {
    benchmark::RunSpecifiedBenchmarks();
    return;
  }
  class Silent : public benchmark::BenchmarkReporter {
    bool ReportContext(const Context&) override { return true; }
    void ReportRuns(const std::vector<Run>&) override {}
  } silent;
  benchmark::RunSpecifiedBenchmarks(&silent);
}

}  // namespace runoff::cell
