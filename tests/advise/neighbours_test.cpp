#include "advise/neighbours.h"

#include <gtest/gtest.h>

#include <map>

namespace runoff {
namespace {

std::map<std::string, std::vector<std::string>> values_by_word(const DescriptionWords& words) {
  std::map<std::string, std::vector<std::string>> values;
  for (const Neighbour& one : neighbours(read_description(words))) values[one.word].push_back(one.value);
  return values;
}

using Values = std::vector<std::string>;

TEST(Neighbours, AreHalfAndTwiceOfEachWordThatSaysSomething) {
  const auto found = values_by_word(
      {.tasks = "100", .task = "20us", .spread = "3", .wait = "20%", .payload = "4KiB", .memory = "1MiB"});
  EXPECT_EQ(found.at("task"), (Values{"10us", "40us"}));
  EXPECT_EQ(found.at("tasks"), (Values{"50", "200"}));
  EXPECT_EQ(found.at("spread"), (Values{"1.5", "6"}));
  EXPECT_EQ(found.at("wait"), (Values{"10%", "40%"}));
  EXPECT_EQ(found.at("payload"), (Values{"2KiB", "8KiB"}));
  EXPECT_EQ(found.at("memory"), (Values{"512KiB", "2MiB"}));
  EXPECT_EQ(values_by_word({.task = "20us"}).size(), 2u) << "task and tasks alone";
}

TEST(Neighbours, DifferInOneWord) {
  const Description description =
      read_description({.tasks = "100", .task = "20us", .spread = "3", .payload = "4KiB", .memory = "1MiB"});
  for (const Neighbour& one : neighbours(description)) {
    const auto words = options_of(description), others = options_of(one.description);
    ASSERT_EQ(words.size(), others.size()) << one.word;
    std::size_t changed = 0;
    for (std::size_t i = 0; i < words.size(); ++i) changed += words[i] != others[i];
    EXPECT_EQ(changed, 1u) << one.word << " " << one.value;
  }
}

TEST(Neighbours, StayWithinWhatCanBe) {
  EXPECT_EQ(values_by_word({.tasks = "1", .task = "1ns"}).at("tasks"), (Values{"2"}));
  EXPECT_EQ(values_by_word({.tasks = "1", .task = "1ns"}).at("task"), (Values{"2ns"}));
  EXPECT_EQ(values_by_word({.task = "1ms", .wait = "90%"}).at("wait"), (Values{"45%", "99%"}));
  EXPECT_EQ(values_by_word({.task = "1ms", .spread = "1.5"}).at("spread"), (Values{"1", "3"}));
  EXPECT_EQ(values_by_word({.tasks = "9", .task = "1ms", .depends = "stencil", .width = "6"}).at("width"),
            (Values{"3", "9"}));
}

TEST(Neighbours, OfArrivalsAreRatesAndNoOtherNumberOfTasks) {
  const auto found = values_by_word({.task = "1ms", .arrive = "500/s"});
  EXPECT_EQ(found.at("arrive"), (Values{"250/s", "1000/s"}));
  EXPECT_FALSE(found.contains("tasks"));
}

}  // namespace
}  // namespace runoff
