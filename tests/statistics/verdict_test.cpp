#include "statistics/verdict.h"

#include <gtest/gtest.h>

#include "series.h"

namespace runoff {
namespace {

std::vector<Judgement> judged(const std::vector<Cell>& cells) {
  std::vector<const Cell*> group;
  for (const Cell& cell : cells) group.push_back(&cell);
  return judge_times(group, Rules());
}

std::vector<std::string> words(const std::vector<Sample>& samples) {
  std::vector<std::string> said;
  const std::vector<Cell> cells = gather_cells(samples);
  const std::vector<Judgement> judgements = judged(cells);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto rank = judgements[i].rank;
    said.push_back(cells[i].backend + " " + judgements[i].word + (rank ? " " + std::to_string(*rank) : ""));
  }
  return said;
}

using Words = std::vector<std::string>;

// Cells come in the order of their names.
TEST(Verdict, FastestTiedSlower) {
  EXPECT_EQ(words(samples("a", 2, {1000, 1020, 1000, 980, 1010, 1000}) +   // median 1000
                  samples("b", 2, {1010, 1031, 1009, 991, 1020, 1009}) +   // 1 % more in every round
                  samples("c", 2, {1200, 1210, 1190, 1180, 1220, 1200})),  // 20 % more
            (Words{"a fastest 1", "b tied 2", "c slower 3"}));
}

TEST(Verdict, NoneIsFastestThatIsNotSurelySo) {
  EXPECT_EQ(words(samples("a", 2, {1000, 1001, 1000, 1000, 1001, 1002}) +
                  samples("b", 2, {1001, 1000, 1001, 1001, 1000, 1001}) +
                  samples("c", 2, {1200, 1210, 1190, 1200, 1220, 1200})),
            (Words{"a tied 1", "b tied 2", "c slower 3"}));
}

// What may be the best leaves open what else is: d lies anywhere between -10 and +31 % of a.
TEST(Verdict, OneThatIsOpenLeavesOthersOpen) {
  EXPECT_EQ(
      words(samples("a", 2, {100, 101, 100, 100, 100, 101}) +
            samples("b", 2, {101, 102, 101, 100, 101, 102}) +  // beaten by a
            samples("c", 2, {150, 151, 149, 150, 152, 150}) + samples("d", 2, {90, 130, 95, 125, 99, 131})),
      (Words{"a inconclusive 1", "b slower 2", "c slower 4", "d inconclusive 3"}));
}

TEST(Verdict, SaysWhatItCouldSeeAndHowMuchWouldBeEnough) {
  const std::vector<Cell> cells = gather_cells(samples("a", 2, {1000, 1050, 960, 1010, 1030, 980}) +
                                               samples("b", 2, {1010, 1000, 1020, 990, 1060, 970}));
  const auto judgements = judged(cells);
  EXPECT_EQ(judgements[1].verdict, Verdict::inconclusive);
  ASSERT_TRUE(judgements[1].visible);
  EXPECT_GT(*judgements[1].visible, 0.02);
  EXPECT_LT(*judgements[1].visible, 0.12);
  ASSERT_TRUE(judgements[1].enough);
  EXPECT_GT(*judgements[1].enough, 6U);
  EXPECT_LT(*judgements[1].enough, 100U);
}

// Fewer common rounds than a comparison takes: nothing is known of their noise, nor when it would be.
TEST(Verdict, HowManyWouldBeEnoughIsNotSaidWhereRoundsAreNotCommon) {
  auto first = samples("a", 2, {1000, 1010, 995, 1005, 1008, 1001});
  auto other = samples("b", 2, {1000, 1012, 990, 1007, 1003, 1002});
  for (Sample& sample : other) sample.sample += 100;
  const std::vector<Cell> cells = gather_cells(first + other);
  for (const Judgement& judgement : judged(cells)) {
    EXPECT_EQ(judgement.verdict, Verdict::inconclusive);
    EXPECT_FALSE(judgement.enough);
  }
}

// A round in which the machine was busy makes the bounds wide, but is one of few for a while only.
TEST(Verdict, ADisturbedRoundDoesNotMakeItHopeless) {
  const std::vector<Cell> cells = gather_cells(samples("a", 2, {1000, 1010, 995, 1005, 1008, 5000}) +
                                               samples("b", 2, {1060, 1052, 1049, 1061, 1055, 1050}));
  const auto judgements = judged(cells);
  EXPECT_EQ(judgements[1].verdict, Verdict::inconclusive);
  ASSERT_TRUE(judgements[1].enough);
  EXPECT_LT(*judgements[1].enough, 20U);
}

TEST(Verdict, LooksInBetweenMakeTheLastOneStricter) {
  const std::vector<Cell> cells = gather_cells(samples("a", 2, {1000, 1010, 1020, 990, 1000, 1010}) +
                                               samples("b", 2, {1040, 1020, 1050, 1020, 1090, 1040}));
  std::vector<const Cell*> group{&cells[0], &cells[1]};
  EXPECT_EQ(judge_times(group, Rules())[1].verdict, Verdict::slower);
  EXPECT_EQ(judge_times(group, {usual_precision, Looks({6, 9})})[1].verdict, Verdict::inconclusive);
}

TEST(Verdict, ThePrecisionDecidesWhatTies) {
  const std::vector<Cell> cells = gather_cells(samples("a", 2, {1000, 1000, 1000, 1000, 1000, 1000}) +
                                               samples("b", 2, {1020, 1020, 1020, 1020, 1020, 1020}));
  std::vector<const Cell*> group{&cells[0], &cells[1]};
  EXPECT_EQ(judge_times(group, {0.03, {}})[1].verdict, Verdict::tied);
  EXPECT_EQ(judge_times(group, {0.01, {}})[1].verdict, Verdict::slower);
}

// The choice is of a backend, at whichever number of workers: it is slower where all of them are.
TEST(Verdict, ChoicesAreJudgedAtAllTheirNumbersOfWorkers) {
  const std::vector<Cell> cells = gather_cells(samples("a", 1, {1000, 1004, 999, 1001, 1003, 1000}) +
                                               samples("a", 2, {1002, 999, 1002, 1000, 1001, 1001}) +
                                               samples("b", 1, {2000, 2001, 1999, 2000, 2000, 2002}) +
                                               samples("b", 2, {1500, 1503, 1498, 1500, 1502, 1501}));
  std::vector<const Cell*> all;
  std::vector<std::size_t> choice_of;
  for (const Cell& cell : cells) {
    all.push_back(&cell);
    choice_of.push_back(cell.backend == "a" ? 0 : 1);
  }
  const auto chosen = judge_choices(all, choice_of, Rules());
  ASSERT_EQ(chosen.size(), 2U);
  EXPECT_EQ(chosen[0].choice, 0U);
  EXPECT_EQ(chosen[0].judgement.verdict, Verdict::fastest);  // it does not matter which of its two is
  EXPECT_EQ(chosen[1].cell->workers, 2);
  EXPECT_EQ(chosen[1].judgement.verdict, Verdict::slower);
  EXPECT_EQ(chosen[1].judgement.rank, 2U);
}

TEST(Verdict, SurelySlowerByLessThanTheMarginIsTied) {
  EXPECT_EQ(words(samples("a", 2, {1000, 1000, 1000, 1000, 1000, 1000}) +
                  samples("b", 2, {1020, 1020, 1020, 1020, 1020, 1020})),
            (Words{"a fastest 1", "b tied 2"}));
  EXPECT_EQ(words(samples("a", 2, {1000, 1000, 1000, 1000, 1000, 1000}) +
                  samples("b", 2, {1030, 1030, 1030, 1030, 1030, 1030})),  // 1.03 does not lie under 1.03
            (Words{"a fastest 1", "b slower 2"}));
}

TEST(Verdict, FewerThanSixSamplesGiveNone) {
  EXPECT_EQ(words(samples("a", 2, {1, 1, 1, 1, 1}) + samples("b", 2, {9, 9, 9, 9, 9, 9}) +
                  samples("c", 2, {8, 8, 8, 8, 8, 8})),
            (Words{"a too-few", "b slower 2", "c fastest 1"}));
}

TEST(Verdict, OneSampleThatIsNotOkKeepsTheCellOutByTheWorstStatus) {
  for (const auto& [status, word] :
       std::vector<std::pair<Status, std::string>>{{Status::wrong, "wrong"},
                                                   {Status::timeout, "timeout"},
                                                   {Status::crashed, "crashed"},
                                                   {Status::failed, "failed"},
                                                   {Status::unsupported, "unsupported"},
                                                   {Status::skipped, "skipped"}}) {
    std::vector<Sample> bad = samples("a", 2, {1, 1, 1, 1, 1, 1, 1, 1});
    bad[3].status = status;
    EXPECT_EQ(words(bad + samples("b", 2, {9, 9, 9, 9, 9, 9})), (Words{"a " + word, "b fastest 1"}));
    bad[7].status = Status::skipped;
    EXPECT_EQ(words(bad), Words{"a " + word});
    bad[1].status = Status::wrong;
    EXPECT_EQ(words(bad), Words{"a wrong"});
  }
}

TEST(Verdict, OneWhoseWorkersNeverAllWorkedHasNoRank) {
  std::vector<Sample> lonely = samples("a", 2, {1, 1, 1, 1, 1, 1});
  for (Sample& sample : lonely) sample.workers_shares = "1=1";
  const std::vector<Sample> others = samples("b", 2, {9, 9, 9, 9, 9, 9});
  EXPECT_EQ(words(lonely + others), (Words{"a idle-workers", "b fastest 1"}));
  lonely[2].workers_shares = "1=0.9;2=0.1";  // some come late: that is what this runtime does
  EXPECT_EQ(words(lonely + others), (Words{"a fastest 1", "b slower 2"}));
  for (Sample& sample : lonely) sample.workers_shares = "1=1", sample.tasks = 1;  // no work for a second one
  EXPECT_EQ(words(lonely + others), (Words{"a fastest 1", "b slower 2"}));
}

TEST(Verdict, AloneIsFastest) { EXPECT_EQ(words(samples("a", 1, {1, 2, 3, 4, 5, 6})), Words{"a fastest 1"}); }

TEST(Verdict, NothingToCompareWith) {
  EXPECT_EQ(words(samples("a", 1, {1})), Words{"a too-few"});
  EXPECT_TRUE(judge_times({}, Rules()).empty());
}

TEST(Verdict, RatioIsToTheFastestWithTheIntervalBehindTheWord) {
  const std::vector<Cell> cells = gather_cells(samples("a", 2, {100, 100, 100, 100, 100, 100}) +
                                               samples("b", 2, {150, 150, 150, 150, 150, 150}));
  const auto judgements = judged(cells);
  EXPECT_EQ(judgements[0].ratio->value, 1);
  EXPECT_EQ(judgements[0].ratio->high, 1);
  ASSERT_TRUE(judgements[1].ratio.has_value());
  EXPECT_DOUBLE_EQ(judgements[1].ratio->value, 1.5);
  EXPECT_DOUBLE_EQ(judgements[1].ratio->low, 1.5);
  EXPECT_DOUBLE_EQ(judgements[1].ratio->high, 1.5);
}

}  // namespace
}  // namespace runoff
