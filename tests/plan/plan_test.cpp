#include "plan/plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>

#include "catalog/catalog_of.h"
#include "plan/choose_cells.h"
#include "plan/workers.h"
#include "support/errors.h"

namespace runoff {
namespace {

using Texts = std::vector<std::string>;
using Numbers = std::vector<unsigned>;

std::vector<PlannedCell> cells_of(const std::vector<Selection>& selections, const Texts& settings = {},
                                  const ChoiceRules& rules = {}) {
  static const Catalog catalog = small_catalog();
  return choose_cells(catalog, selections, settings, rules).cells;
}

std::vector<PlannedCell> cells_of(const Texts& workloads, const Texts& settings, const Texts& backends,
                                  const Texts& workers) {
  return cells_of({{workloads, backends, workers, {}}}, settings);
}

Texts labels(const std::vector<PlannedCell>& cells) {
  Texts names;
  for (const auto& cell : cells) names.push_back(cell.label);
  return names;
}

TEST(Cells, AreTheProductOfWhatIsChosen) {
  EXPECT_EQ(labels(cells_of({"sums"}, {}, {"team"}, {"1", "4"})),
            (Texts{"sums/team/mode:pool/wait:spin/workers:1", "sums/team/mode:pool/wait:spin/workers:4"}));
}

TEST(Cells, ABackendOfOneWorkerRunsOnce) {
  EXPECT_EQ(labels(cells_of({"sums"}, {}, {"alone"}, {"1", "2", "4"})), Texts{"sums/alone/workers:1"});
  EXPECT_EQ(labels(cells_of({"sums"}, {}, {"alone"}, {"2", "4"})), Texts{"sums/alone/workers:1"});
}

TEST(Cells, AVariantOfOneWorkerRunsOnce) {
  Catalog catalog = small_catalog();
  auto& options = catalog.backends.back().options;
  options = {Parameter::choice("by", {"pool", "loop"}, "").lone_with({"loop"}),
             Parameter::choice("start", {"fork", "spawn"}, "").only_with("by", {"pool"})};
  const std::vector<Selection> selections{{{"sums"}, {"team:*"}, {"2", "4"}, {}}};
  EXPECT_EQ(labels(choose_cells(catalog, selections, {}, {}).cells),
            (Texts{"sums/team/by:pool/start:fork/workers:2", "sums/team/by:pool/start:fork/workers:4",
                   "sums/team/by:pool/start:spawn/workers:2", "sums/team/by:pool/start:spawn/workers:4",
                   "sums/team/by:loop/workers:1"}));
}

TEST(Cells, OnlySweptParametersAreInTheLabelButAllInTheParameters) {
  const auto cells = cells_of({"sums"}, {"sums.n=5,6", "sums.grain=2"}, {"alone"}, {"1"});
  EXPECT_EQ(labels(cells), (Texts{"sums/n:5/alone/workers:1", "sums/n:6/alone/workers:1"}));
  EXPECT_EQ(cells[0].parameters, "n=5;grain=2");
}

TEST(Cells, NoneComesTwice) {
  EXPECT_EQ(cells_of({"sums", "*"}, {"sums.n=5,5"}, {"*", "alone"}, {"1"}).size(), 4U);
}

TEST(Cells, EqualValuesAreOneCellHoweverTheyAreSpelled) {
  const auto cells =
      cells_of({"texts"}, {"texts.size=1KiB,1024B,0.5MiB,512KiB"}, {"team:chunk=08", "team:chunk=8"}, {"1"});
  EXPECT_EQ(labels(cells), (Texts{"texts/size:1KiB/team/mode:pool/wait:spin/chunk:8/workers:1",
                                  "texts/size:512KiB/team/mode:pool/wait:spin/chunk:8/workers:1"}));
  EXPECT_EQ(cells_of({"texts"}, {"texts.size=1024B"}, {"alone"}, {"1"}),
            cells_of({"texts"}, {"texts.size=1KiB"}, {"alone"}, {"1"}));
}

TEST(Cells, OfSeveralSelectionsAreTheirUnion) {
  const std::vector<Selection> selections{{{"sums"}, {"alone"}, {"1"}, {"sums.n=5"}},
                                          {{"sums", "texts"}, {"team"}, {"2", "4"}, {"sums.n=6"}},
                                          {{"sums"}, {"alone"}, {"2"}, {"sums.n=5"}}};
  EXPECT_EQ(labels(cells_of(selections)),
            (Texts{"sums/n:5/alone/workers:1", "sums/n:6/team/mode:pool/wait:spin/workers:2",
                   "sums/n:6/team/mode:pool/wait:spin/workers:4", "texts/team/mode:pool/wait:spin/workers:2",
                   "texts/team/mode:pool/wait:spin/workers:4"}));
}

TEST(Cells, APersonsSettingHoldsInEverySelectionThatHasTheWorkload) {
  const std::vector<Selection> selections{{{"sums"}, {"alone"}, {"1"}, {"sums.n=5"}},
                                          {{"texts"}, {"alone"}, {"1"}, {}},
                                          {{"sums"}, {"team"}, {"1"}, {}}};
  const auto cells = cells_of(selections, {"sums.n=7"});
  ASSERT_EQ(cells.size(), 3U);
  EXPECT_EQ(cells[0].parameters, "n=7;grain=10");
  EXPECT_EQ(cells[1].workload, "texts");
  EXPECT_EQ(cells[2].parameters, "n=7;grain=10");
}

TEST(Cells, WhatIsNotThereLeavesTheOtherSelections) {
  const std::vector<Selection> selections{{{"lost"}, {"*"}, {"1"}, {}},
                                          {{"sums"}, {"gone", "alone"}, {"1"}, {}}};
  const ChoiceRules preset{Absent::is_left_out, Absent::is_left_out, 1};
  EXPECT_EQ(labels(cells_of(selections, {}, preset)), Texts{"sums/alone/workers:1"});
}

/// The message of what is refused; empty when nothing is.
std::string refused(const std::vector<Selection>& selections, const Texts& settings,
                    const ChoiceRules& rules) {
  try {
    cells_of(selections, settings, rules);
  } catch (const UsageError& error) {
    return error.what();
  }
  return {};
}

TEST(Cells, NothingToRunAndSettingsWithoutUseAreRefused) {
  const ChoiceRules preset{Absent::is_left_out, Absent::is_left_out, 1};
  EXPECT_EQ(refused({{{"lost"}, {"*"}, {"1"}, {}}}, {}, preset),
            "there is no workload to run; see 'runoff list'");
  EXPECT_EQ(refused({{{"sums"}, {"gone"}, {"1"}, {}}}, {}, preset),
            "there is no backend to run; see 'runoff list'");
  EXPECT_EQ(refused({{{"sums"}, {"*"}, {"1"}, {}}}, {"texts.size=1MiB"}, preset),
            "--set texts.size=1MiB: 'texts' is not among the workloads of this run; add it to --workloads");
}

Plan plan_of(std::size_t cells, std::uint64_t seed) {
  Plan plan;
  plan.cells.resize(cells);
  plan.samples = 6;
  plan.seed = seed;
  return plan;
}

TEST(Order, EachRoundHoldsEveryCellOnce) {
  for (const std::size_t count : {0U, 1U, 2U, 17U, 200U}) {
    std::vector<std::size_t> all(count);
    std::iota(all.begin(), all.end(), std::size_t{0});
    for (unsigned round = 0; round < 6; ++round) {
      auto order = plan_of(count, 3).round(round);
      std::sort(order.begin(), order.end());
      EXPECT_EQ(order, all);
    }
  }
}

TEST(Order, TheSeedAloneDecides) {
  EXPECT_EQ(plan_of(50, 9).round(2), plan_of(50, 9).round(2));
  EXPECT_NE(plan_of(50, 9).round(2), plan_of(50, 10).round(2));
  EXPECT_NE(plan_of(50, 9).round(2), plan_of(50, 9).round(3));
  // Runs that were begun elsewhere must go on in the same order: these never change.
  EXPECT_EQ(plan_of(6, 1).round(0), (std::vector<std::size_t>{0, 2, 1, 4, 5, 3}));
  EXPECT_EQ(plan_of(6, 1).round(1), (std::vector<std::size_t>{4, 0, 5, 3, 1, 2}));
}

// What is compared is measured close together in time.
TEST(Order, CellsOfAProblemStandTogetherAndProblemsOfAWorkload) {
  Plan plan = plan_of(60, 5);
  for (std::size_t i = 0; i < plan.cells.size(); ++i) {
    plan.cells[i].workload = "w" + std::to_string(i % 3);
    plan.cells[i].parameters = "n=" + std::to_string(i % 12);
    plan.cells[i].part = i % 3 == 0 ? 0 : 1;
  }
  std::set<std::vector<std::string>> orders_of_problems;
  for (unsigned round = 0; round < 6; ++round) {
    std::vector<std::string> problems, workloads;
    for (const std::size_t cell : plan.round(round)) {
      const std::string problem = plan.cells[cell].workload + plan.cells[cell].parameters;
      if (problems.empty() || problems.back() != problem) problems.push_back(problem);
      if (workloads.empty() || workloads.back() != plan.cells[cell].workload)
        workloads.push_back(plan.cells[cell].workload);
    }
    EXPECT_EQ(problems.size(), 12U);
    EXPECT_EQ(workloads.size(), 3U);
    if (round == 0) {
      EXPECT_EQ(workloads.front(), "w0");
    }
    orders_of_problems.insert(problems);
  }
  EXPECT_EQ(orders_of_problems.size(), 6U);
}

TEST(Order, EveryCellComesFirstEquallyOften) {
  // 10 cells, 2000 seeds: 200 each, standard deviation 13.4; seven of them is a bug, not chance.
  std::vector<int> first(10);
  for (std::uint64_t seed = 0; seed < 2000; ++seed) ++first[plan_of(10, seed).round(0)[0]];
  for (const int count : first) EXPECT_NEAR(count, 200, 94);
}

// A problem with many cells is no earlier than one with few.
TEST(Order, EveryProblemComesFirstEquallyOften) {
  std::map<std::string, int> first;
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    Plan plan = plan_of(10, seed);
    for (std::size_t i = 0; i < plan.cells.size(); ++i) plan.cells[i].workload = i < 8 ? "large" : "small";
    ++first[plan.cells[plan.round(1)[0]].workload];
  }
  EXPECT_NEAR(first["large"], 1000, 157);  // standard deviation 22.4
}

TEST(PlanText, TellsPlansApart) {
  Plan plan = plan_of(2, 1);
  const auto before = to_json(plan);
  plan.seed = 2;
  EXPECT_NE(to_json(plan), before);
  plan = plan_of(2, 1);
  plan.cells[1].workers = 2;
  EXPECT_NE(to_json(plan), before);
  plan = plan_of(2, 1);
  plan.placement = Placement::free;
  EXPECT_NE(to_json(plan), before);
  plan = plan_of(2, 1);
  plan.variables = {{"LD_PRELOAD", "liballocator.so"}};
  EXPECT_NE(to_json(plan), before);
  plan = plan_of(2, 1);
  plan.modules["backend tbb"] = "another build";
  EXPECT_NE(to_json(plan), before);
  EXPECT_EQ(to_json(plan_of(2, 1)), before);
}

TEST(Placements, HaveNames) {
  EXPECT_EQ(placement_names(), (std::vector<std::string>{"pinned", "spread", "compact", "free"}));
  for (const auto& name : placement_names()) EXPECT_EQ(to_string(parse_placement(name).value()), name);
  EXPECT_FALSE(parse_placement("anywhere"));
}

TEST(Workers, AutoGoesToTwiceTheCores) {
  EXPECT_EQ(parse_workers(Texts{"auto"}, 1), (Numbers{1, 2}));
  EXPECT_EQ(parse_workers(Texts{"auto"}, 2), (Numbers{1, 2, 4}));
  EXPECT_EQ(parse_workers(Texts{"auto"}, 6), (Numbers{1, 2, 4, 6, 12}));
  EXPECT_EQ(parse_workers(Texts{"auto", "4xcores"}, 2), (Numbers{1, 2, 4, 8}));
  EXPECT_EQ(parse_workers(Texts{"1", "cores"}, 1), Numbers{1});
}

TEST(Workers, AutoHasTheBoundariesOfTheMachine) {
  const std::vector<Boundary> large{
      {16, "one memory node"}, {64, "one socket"}, {128, "all cores"}, {256, "all processors"}};
  EXPECT_EQ(parse_workers(Texts{"auto"}, 256, large), (Numbers{1, 2, 4, 8, 16, 32, 64, 128, 256}));
  const std::vector<Boundary> uneven{{12, "one memory node"}, {48, "one socket"}, {96, "all cores"}};
  EXPECT_EQ(parse_workers(Texts{"auto"}, 96, uneven), (Numbers{1, 2, 4, 8, 12, 16, 32, 48, 64, 96}));
  EXPECT_EQ(parse_workers(Texts{"auto"}, 24, uneven),
            (Numbers{1, 2, 4, 8, 12, 16, 24, 48}));  // twice the cores
  EXPECT_EQ(parse_workers(Texts{"4"}, 96, uneven), Numbers{4});
}

TEST(Workers, AreSortedAndEachOnce) {
  EXPECT_EQ(parse_workers(Texts{"4", "1", "4", "1000"}, 2), (Numbers{1, 4, 1000}));
}

TEST(Workers, AbsurdOnesAreRefused) {
  for (const auto* text :
       {"0", "-1", "", "two", "1.5", "4097", "99999999999999999999", "0xcores", "xcores", "5000xcores"})
    EXPECT_THROW(parse_workers(Texts{text}, 2), UsageError) << text;
}

}  // namespace
}  // namespace runoff
