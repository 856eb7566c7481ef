#include "check/check.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "check/cells.h"
#include "check/promises.h"
#include "check/text.h"

namespace runoff {
namespace {

/// A promise that is asked by cells with 1, 2 … workers, of which each replies as it is told to.
Examination asked(const std::vector<Reply>& replies) {
  Examination examination{.promise = {"order", "runs in order", "it runs in another", "wait"},
                          .questions = {}};
  for (const Reply& reply : replies) {
    PlannedCell cell;
    cell.workload = "sums";
    cell.parameters = "n=1";
    cell.shape = "dependent";
    cell.backend = "mine";
    cell.variant = "mode=a";
    cell.workers = static_cast<unsigned>(examination.questions.size() + 1);
    examination.questions.push_back({cell, [reply](const Sample&) { return reply; }});
  }
  return examination;
}

std::optional<Sample> take(const Question&) { return Sample{}; }

TEST(Check, HoldsWhereEachReplyIsYes) {
  const auto held = put_to_test(asked({{}, {}, {}}), take);
  ASSERT_TRUE(held);
  EXPECT_EQ(held->kept, Kept::yes);
  EXPECT_EQ(held->samples, 3U);
  EXPECT_EQ(to_text(*held), "  holds    order: runs in order (3 samples)\n");
}

TEST(Check, OneNoOutweighsAllElseAndEqualOnesStandTogether) {
  const auto held = put_to_test(
      asked({{}, {Kept::no, "late"}, {Kept::refused, "no graphs"}, {Kept::no, "late"}, {Kept::no, "twice"}}),
      take);
  ASSERT_TRUE(held);
  EXPECT_EQ(held->kept, Kept::no);
  EXPECT_EQ(to_text(*held),
            "  FAILS    order: runs in order (5 samples)\n"
            "           late  (sums n=1 on mine, mode=a, 2 workers) and 1 more\n"
            "           twice  (sums n=1 on mine, mode=a, 5 workers)\n"
            "           this means: it runs in another\n"
            "           to do: wait\n"
            "           it says: no graphs  (sums n=1 on mine, mode=a, 3 workers)\n");
  const auto json = to_json(*held);
  EXPECT_EQ(json.at("kept"), "no");
  EXPECT_EQ(json.at("broken").at(0).at("cells").at(1).at("workers"), 4);
  EXPECT_EQ(json.at("refused").at(0).at("cells").at(0).at("shape"), "dependent");
}

TEST(Check, RefusedIsNotBrokenAndYesOutweighsIt) {
  EXPECT_EQ(put_to_test(asked({{Kept::refused, "no graphs"}}), take)->kept, Kept::refused);
  EXPECT_EQ(put_to_test(asked({{Kept::refused, "no graphs"}, {}}), take)->kept, Kept::yes);
  EXPECT_EQ(put_to_test(asked({{Kept::untested, "threads"}, {Kept::refused, "no graphs"}}), take)->kept,
            Kept::refused);
}

TEST(Check, WithoutQuestionsItIsUntestedForAReason) {
  Examination none = asked({});
  none.untested = "such a workload has no asynchronous form";
  const auto held = put_to_test(none, take);
  EXPECT_EQ(held->kept, Kept::untested);
  EXPECT_EQ(to_text(*held),
            "  untested order: runs in order\n           such a workload has no asynchronous form\n");
}

/// A sample that ended so.
Take ended(Status status) {
  return [status](const Question&) {
    Sample sample;
    sample.status = status;
    return std::optional(sample);
  };
}

TEST(Check, AsksNoMoreWhenTimeWasUpTwice) {
  const Reply late{Kept::no, "no end"};
  const auto held = put_to_test(asked({late, late, late, late, late}), ended(Status::timeout));
  ASSERT_TRUE(held);
  EXPECT_EQ(held->samples, 2U);
  EXPECT_EQ(held->timeouts, 2U);
  EXPECT_EQ(held->not_asked, 3U);
  EXPECT_NE(to_text(*held).find("3 more were not asked: time was up 2 times\n"), std::string::npos);
  // Where that is what is promised, all are asked.
  EXPECT_EQ(put_to_test(asked({{}, {}, {}}), ended(Status::timeout))->samples, 3U);
}

TEST(Check, WhatASampleMeansFollowsFromHowItEnded) {
  const Examination order = asked({{Kept::no, "it is so"}});
  for (const Status status : {Status::timeout, Status::crashed, Status::failed, Status::unsupported}) {
    const std::string text = to_text(*put_to_test(order, ended(status)));
    EXPECT_EQ(text.find("it runs in another"), std::string::npos) << text;
    EXPECT_NE(text.find("this promise could not be put to the test"), std::string::npos) << text;
  }
  for (const Status status : {Status::ok, Status::wrong})
    EXPECT_NE(to_text(*put_to_test(order, ended(status))).find("this means: it runs in another"),
              std::string::npos);
  Examination of_ends = order;
  of_ends.promise.of_ends = true;
  EXPECT_NE(to_text(*put_to_test(of_ends, ended(Status::crashed))).find("this means: it runs in another"),
            std::string::npos);
}

TEST(Check, EndsWhenItIsInterrupted) {
  int taken = 0;
  const auto interrupted =
      put_to_test(asked({{}, {}, {}}), [&taken](const Question&) -> std::optional<Sample> {
        if (++taken == 2) return std::nullopt;
        return Sample{};
      });
  EXPECT_FALSE(interrupted);
  EXPECT_EQ(taken, 2);
}

/// A backend whose four variants are two for a loop, and two for a graph.
BackendModule team() {
  BackendModule team;
  team.name = "team";
  team.available = true;
  team.options = {Parameter::choice("cut", {"even", "fine"}, "").only_for(Shape::independent),
                  Parameter::choice("graph", {"steps", "tasks"}, "").only_for(Shape::dependent)};
  return team;
}

WorkloadModule workload(const std::string& name, const std::string& shape,
                        std::vector<Parameter> parameters) {
  WorkloadModule workload;
  workload.name = name;
  workload.available = true;
  workload.shape = shape;
  workload.parameters = std::move(parameters);
  return workload;
}

// Variants that differ only for graphs are one for loops, and each is asked once.
TEST(Answers, EachCellIsAskedOnce) {
  Catalog catalog;
  catalog.backends = {team()};
  catalog.workloads = {workload("loop", "independent", {Parameter::count("n", 9, 1, 99, "")})};
  catalog.workloads[0].checked_at = {"n=3,7"};
  const std::vector<const WorkloadModule*> workloads{&catalog.workloads[0]};
  const auto variants = variants_to_check(catalog, "team");
  EXPECT_EQ(variants.size(), 4U);
  const Examination examination = answers(workloads, variants, {.catalog = catalog});
  EXPECT_EQ(examination.questions.size(), 2U * 2 * 3);  // n, cut, workers
}

// The same of what is promised beside answers: of each promise, as many questions as its cells differ.
TEST(BackendPromises, EachCellIsAskedOnce) {
  const auto kind =
      Parameter::choice("kind", {"throw", "throw-odd", "kill", "exit", "wrong", "stale", "unsupported"}, "");
  const auto tasks = Parameter::count("tasks", 2, 0, 100'000, "");
  Catalog catalog;
  catalog.backends = {team()};
  catalog.workloads = {
      workload("probe:count", "independent", {tasks}),
      workload("probe:fault", "independent", {kind}),
      workload("probe:fault-graph", "dependent", {kind}),
      workload("probe:fault-recursion", "recursive", {kind}),
      workload("probe:filled", "independent", {tasks, Parameter::choice("together", {"no", "yes"}, "")}),
      workload(
          "probe:meet", "independent",
          {tasks,
           Parameter::duration("patience", "20s", std::chrono::milliseconds(1), std::chrono::hours(1), ""),
           Parameter::text("file", "", "")})};
  const auto examinations =
      backend_promises(catalog.backends[0], variants_to_check(catalog, "team"), {.catalog = catalog});
  ASSERT_EQ(examinations.size(), 7U);
  const auto cells = [](PlannedCell cell) {
    // Each meeting has a file of its own, which makes no other question of it.
    cell.parameters.erase(std::min(cell.parameters.find("file="), cell.parameters.size()));
    return cell;
  };
  for (const Examination& one : examinations) {
    std::set<PlannedCell> different;
    for (const Question& question : one.questions) different.insert(cells(question.cell));
    EXPECT_EQ(different.size(), one.questions.size()) << one.promise.name;
  }
  EXPECT_EQ(examinations[1].promise.name, "workers");
  EXPECT_EQ(examinations[1].questions.size(), 2U * 3);  // cut, workers
  std::set<std::string> variants;
  for (const Question& question : examinations[1].questions) variants.insert(question.cell.variant);
  EXPECT_EQ(variants, (std::set<std::string>{"cut=even", "cut=fine"}));
}

}  // namespace
}  // namespace runoff
