#include "statistics/verdict.h"

#include <gtest/gtest.h>

#include "series.h"

namespace runoff {
namespace {

std::vector<Judgement> judged(const std::vector<Cell>& cells) {
  std::vector<const Cell*> group;
  for (const Cell& cell : cells) group.push_back(&cell);
  return judge_times(group);
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
TEST(Verdict, FastestTiedSlowerInconclusive) {
  EXPECT_EQ(words(samples("a", 2, {100, 101, 100, 100, 100, 101}) +  // median 100
                  samples("b", 2, {101, 102, 101, 100, 101, 102}) +  // 1 % more: within the margin
                  samples("c", 2, {120, 121, 119, 120, 122, 120}) +  // 20 % more in every round
                  samples("d", 2, {90, 130, 95, 125, 99, 131})),     // anything between -10 and +31 %
            (Words{"a fastest 1", "b tied 2", "c slower 4", "d inconclusive 3"}));
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

TEST(Verdict, AloneIsFastest) { EXPECT_EQ(words(samples("a", 1, {1, 2, 3, 4, 5, 6})), Words{"a fastest 1"}); }

TEST(Verdict, NothingToCompareWith) {
  EXPECT_EQ(words(samples("a", 1, {1})), Words{"a too-few"});
  EXPECT_TRUE(judge_times({}).empty());
}

TEST(Verdict, RatioIsToTheFastestWithTheIntervalBehindTheWord) {
  const std::vector<Cell> cells = gather_cells(samples("a", 2, {100, 100, 100, 100, 100, 100}) +
                                               samples("b", 2, {150, 150, 150, 150, 150, 150}));
  const auto judgements = judged(cells);
  EXPECT_FALSE(judgements[0].ratio.has_value());
  ASSERT_TRUE(judgements[1].ratio.has_value());
  EXPECT_DOUBLE_EQ(judgements[1].ratio->value, 1.5);
  EXPECT_DOUBLE_EQ(judgements[1].ratio->low, 1.5);
  EXPECT_DOUBLE_EQ(judgements[1].ratio->high, 1.5);
}

}  // namespace
}  // namespace runoff
