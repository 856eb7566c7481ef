#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "folder.h"
#include "report/metg_csv.h"
#include "report/metg_text.h"
#include "report/report.h"

namespace runoff {
namespace {

GrainCurve curve(const std::string& backend, std::optional<Estimate> metg,
                 std::vector<Efficiency> points = {{1000, 0.9, 450}, {100, 0.2, 10}}) {
  return {.workload = "graph",
          .grain = "grain",
          .parameters = "pattern=fft;width=8",
          .backend = backend,
          .variant = "",
          .workers = 2,
          .end = {10, 450, 1.01},
          .peak = 1e9,
          .curve = std::move(points),
          .metg = metg,
          .judgement = {}};
}

GrainCurve judged(GrainCurve curve, Verdict verdict, std::optional<Estimate> ratio = {}) {
  curve.judgement = {verdict, "", {}, ratio};
  return curve;
}

/// What a sweep leaves behind in which the best rate rose to the end.
GrainCurve without_peak(SweepEnd end) {
  GrainCurve none = curve("fork", std::nullopt, {});
  none.peak = std::nullopt;
  none.end = end;
  return none;
}

constexpr double infinite = std::numeric_limits<double>::infinity();
const double unknown = std::nan("");

std::string sentence(const std::vector<GrainCurve>& curves) { return metg_sentence(curves, Names({})); }

TEST(MetgText, HasARowForEachBackendTheShortestMetgFirst) {
  const std::vector<GrainCurve> curves{
      judged(curve("fork", Estimate{212, 200, 230}), Verdict::fastest),
      judged(curve("tbb", Estimate{225, 215, infinite}), Verdict::inconclusive,
             Estimate{1.06, 0.98, infinite}),
      judged(curve("openmp", Estimate{530, 500, 560}), Verdict::slower, Estimate{2.5, 2.25, 2.75}),
      judged(curve("llvm", Estimate{1530, 1500, 1560}), Verdict::slower, Estimate{7.2, 7, 7.5}),
      curve("mpi", std::nullopt, {{4e6, 0.125, 1}}),
      curve("stdpar", std::nullopt, {{4e6, 0.97, 2}, {2e5, 0.625, 1}})};
  EXPECT_EQ(metg_text(curves, Names({}), Page()),
            "graph: minimum effective task granularity  pattern=fft width=8  ·  2 workers  ·  peak 1000 "
            "million grain a\n"
            "  second\n"
            "     backend  METG(50 %)  95 % interval   ratio  95 % interval  verdict\n"
            "  1  fork         212 ns  200 – 230                             shortest\n"
            "  2  tbb          225 ns  215 – ∞        1.06 ×  0.980 – ∞      inconclusive\n"
            "  3  openmp       530 ns  500 – 560      2.50 ×  2.25 – 2.75    longer\n"
            "  4  llvm        1.53 µs  1.50 – 1.56    7.20 ×  7.00 – 7.50    longer\n"
            "     mpi                  not yet at 50 %: 12 % with the longest tasks, 4.00 ms\n"
            "     stdpar               still above 50 %: 62 % with the shortest tasks, 200 µs\n");
  EXPECT_EQ(
      sentence(curves),
      "fork gets half of the peak from tasks of 212 ns on; these samples cannot say whether tbb needs longer "
      "ones; the first that surely does, openmp, needs 2.50 × as long (95 % sure: 2.25 – 2.75 ×).");
}

TEST(MetgText, NamesThoseThatTie) {
  EXPECT_EQ(
      sentence({judged(curve("fork", Estimate{212, 200, 230}), Verdict::fastest),
                judged(curve("tbb", Estimate{213, 200, 230}), Verdict::tied, Estimate{1.01, 0.99, 1.02}),
                judged(curve("mpi", Estimate{413, 400, 430}), Verdict::slower, Estimate{1.95, 1.9, 2})}),
      "fork gets half of the peak from tasks of 212 ns on; so does tbb; mpi needs 1.95 × as long (95 % "
      "sure: 1.90 – 2.00 ×).");
}

TEST(MetgText, SaysThatThereIsNoPeakAndWhatToDo) {
  const std::vector<GrainCurve> curves{without_peak({1000, 4000, 3.97})};
  EXPECT_EQ(metg_text(curves, Names({}), Page()),
            "graph: minimum effective task granularity  pattern=fft width=8  ·  2 workers\n");
  EXPECT_EQ(
      sentence(curves),
      "No peak, and so no METG: from grain=1000 to grain=4000 the best rate still rose to 3.97 × as much. "
      "Sweep larger values of grain; work that does not grow with grain never has a peak.");
  EXPECT_EQ(sentence({without_peak({0, 12, 0})}),
            "No peak: no value of grain is twice another. Sweep larger values of grain.");
  EXPECT_EQ(
      metg_csv(curves, Names({})),
      "workload,parameters,backend,variant,workers,peak,metg_ns,metg_low_ns,metg_high_ns,problem,label\r\n"
      "graph,pattern=fft;width=8,fork,,2,,,,,graph,fork\r\n");
  EXPECT_EQ(efficiency_csv(curves, Names({})),
            "workload,parameters,backend,variant,workers,grain,granularity_ns,efficiency,problem,label\r\n");
}

TEST(MetgText, PromisesNoMoreThanTheSamplesDo) {
  EXPECT_EQ(sentence({curve("fork", std::nullopt)}),
            "No backend's efficiency crosses 50 % here: sweep a wider range of task sizes.");
  EXPECT_EQ(sentence({curve("fork", Estimate{212, unknown, unknown}), curve("tbb", Estimate{300, 250, 350})}),
            "fork gets half of the peak from tasks of 212 ns on; too few samples for intervals.");
}

TEST(MetgCsv, WhatIsNotKnownIsEmpty) {
  const std::vector<GrainCurve> curves{curve("fork", Estimate{212.34, 200, infinite}),
                                       curve("tbb", Estimate{300, unknown, unknown}),
                                       curve("mpi", std::nullopt)};
  EXPECT_EQ(
      metg_csv(curves, Names({})),
      "workload,parameters,backend,variant,workers,peak,metg_ns,metg_low_ns,metg_high_ns,problem,label\r\n"
      "graph,pattern=fft;width=8,fork,,2,1000000000.0,212.3,200.0,,graph,fork\r\n"
      "graph,pattern=fft;width=8,tbb,,2,1000000000.0,300.0,,,graph,tbb\r\n"
      "graph,pattern=fft;width=8,mpi,,2,1000000000.0,,,,graph,mpi\r\n");
  EXPECT_EQ(efficiency_csv(std::span(curves).first(1), Names({})),
            "workload,parameters,backend,variant,workers,grain,granularity_ns,efficiency,problem,label\r\n"
            "graph,pattern=fft;width=8,fork,,2,450,1000.0,0.900000,graph,fork\r\n"
            "graph,pattern=fft;width=8,fork,,2,10,100.0,0.200000,graph,fork\r\n");
}

/// A run of `primes` with tasks of n ns and 100 ns of overhead.
std::string samples_of_sizes() {
  std::vector<Sample> all;
  for (const std::int64_t n : {10, 1000, 100'000}) {
    auto some = constant("tbb", 2, (n + 100) * 500);
    for (Sample& sample : some) {
      sample.parameters = "n=" + std::to_string(n);
      sample.tasks = 1000;
    }
    all = all + some;
  }
  return csv_of(all);
}

TEST(Metg, AReportOfASweepOfTheGrainHasItAndOthersHaveNot) {
  const Folder folder;
  folder.write("samples.csv", samples_of_sizes());
  std::ostringstream out, errors;
  const ReportOptions options{.colour = false, .plots = false, .scripts = {}};
  EXPECT_EQ(report({folder.path()}, out, errors, options), 0);
  EXPECT_FALSE(folder.has("metg.csv"));
  EXPECT_EQ(out.str().find("METG"), std::string::npos);

  folder.write("environment.json", R"({"workloads": {"primes": {"grain": "n"}, "sleep": {"grain": null}}})");
  EXPECT_EQ(report({folder.path()}, out, errors, options), 0);
  EXPECT_EQ(
      folder.read("metg.csv"),
      "workload,parameters,backend,variant,workers,peak,metg_ns,metg_low_ns,metg_high_ns,problem,label\r\n"
      "primes,,tbb,,2,1998001998.0,199.8,199.8,199.8,primes,tbb\r\n");
  EXPECT_NE(out.str().find("tbb gets half of the peak from tasks of 200 ns on"), std::string::npos);
  EXPECT_NE(out.str().find((folder.path() / "metg.csv").string() + "\n"), std::string::npos);
}

}  // namespace
}  // namespace runoff
