#include "cell/outcome.h"

#include <gtest/gtest.h>

#include <set>

#include "support/errors.h"
#include "support/temporary.h"

namespace runoff {
namespace {

class OutcomeFile : public testing::Test {
 protected:
  std::optional<Outcome> read(const std::string& text) {
    write_text(file_, text);
    return read_outcome(file_);
  }
  TemporaryFolder folder_;
  std::filesystem::path file_ = folder_.path() / "result.json";
};

/// A value of its own in each member of the list.
struct Fill {
  std::int64_t number = 0;
  void operator()(const char*, Status& value) const { value = Status::wrong; }
  void operator()(const char* name, std::string& value) const { value = std::string("of ") + name; }
  void operator()(const char*, Outcome::Number& value) { value = ++number; }
};

TEST_F(OutcomeFile, HoldsWhatIsKnown) {
  Outcome outcome;
  outcome.status = Status::failed;
  outcome.detail = "said \"no\"";
  outcome.cold_ns = 0;
  outcome.concurrency = 26;
  outcome.latency_quantiles = {{0.5, 7}, {1, 9}};
  write_outcome(outcome, file_);
  EXPECT_EQ(read_text(file_),
            "{\"status\":\"failed\",\"cold_ns\":0,\"detail\":\"said \\\"no\\\"\",\"prices\":\"\","
            "\"concurrency\":26,\"workers_shares\":\"\",\"latency_quantiles\":[[0.5,7],[1.0,9]]}\n");
}

TEST_F(OutcomeFile, IsReadBackAsItWasWritten) {
  Outcome outcome;
  each_field(outcome, Fill{});
  outcome.latency_quantiles = {{0.25, 3}, {1, 1LL << 60}};
  write_outcome(outcome, file_);
  EXPECT_EQ(read_outcome(file_), outcome);
  write_outcome(Outcome{}, file_);
  EXPECT_EQ(read_outcome(file_), Outcome{});
}

TEST_F(OutcomeFile, OfAJobIsThatOfOneLeader) {
  Outcome outcome;
  outcome.wall_ns = 5;
  write_outcome_of_job(outcome, 1, file_);
  EXPECT_EQ(read_outcome(file_), outcome);
  for (const char* further : {"second", "third"}) {
    write_outcome_of_job(outcome, 1, file_);
    ASSERT_TRUE(read_outcome(file_)) << further;
    EXPECT_EQ(read_outcome(file_)->status, Status::failed) << further;
    EXPECT_FALSE(read_outcome(file_)->wall_ns) << further;
  }
  EXPECT_THROW(write_outcome_of_job(outcome, 1, folder_.path() / "none" / "result.json"), MachineError);
}

TEST_F(OutcomeFile, BytesThatAreNoTextAreReplaced) {
  Outcome outcome;
  outcome.detail = "a\xff";
  write_outcome(outcome, file_);
  ASSERT_TRUE(read_outcome(file_));
  EXPECT_EQ(read_outcome(file_)->detail, "a\xEF\xBF\xBD");
}

TEST_F(OutcomeFile, WhatIsNoneIsNotRead) {
  EXPECT_FALSE(read_outcome(file_));
  for (const char* text :
       {"", "{\"status\": \"ok\", ", "[]", "7", "{}", R"({"status": "splendid"})", R"({"status": 1})",
        R"({"status": "ok", "wall_ns": "12"})", R"({"status": "ok", "detail": 12})"})
    EXPECT_FALSE(read(text)) << text;
  EXPECT_TRUE(read(R"({"status": "ok", "further": {}})"));
}

TEST(Outcome, NoFigureIsBelowZero) {
  each_field(*std::make_unique<Outcome>(), [](const char* name, auto& unused) {
    if constexpr (!std::is_same_v<std::remove_reference_t<decltype(unused)>, Outcome::Number>) return;
    Outcome outcome;
    each_field(outcome, [name](const char* other, auto& value) {
      if constexpr (std::is_same_v<std::remove_reference_t<decltype(value)>, Outcome::Number>)
        value = std::string_view(name) == other ? -3 : 3;
    });
    EXPECT_EQ(impossible_figure(outcome), std::string(name) + " is -3, and no such figure is below 0");
  });
  Outcome outcome;
  EXPECT_EQ(impossible_figure(outcome), "");  // nothing is known
  each_field(outcome, Fill{});
  outcome.status = Status::ok;
  EXPECT_EQ(impossible_figure(outcome), "");
  outcome.workers_seen = *outcome.workers_most + 1;
  EXPECT_NE(impossible_figure(outcome), "");
  outcome.workers_seen = outcome.workers_most;
  outcome.latency_quantiles = {{0.5, -1}};
  EXPECT_NE(impossible_figure(outcome), "");
}

TEST(Outcome, EachNameIsInTheListOnce) {
  Outcome outcome;
  std::set<std::string> names;
  each_field(outcome, [&names](const char* name, auto&) { EXPECT_TRUE(names.insert(name).second) << name; });
}

TEST(Status, OfTwoTheWorseCounts) {
  EXPECT_EQ(worse(Status::ok, Status::skipped), Status::skipped);
  EXPECT_EQ(worse(Status::failed, Status::wrong), Status::wrong);
  EXPECT_EQ(worse(Status::unsupported, Status::failed), Status::failed);
  EXPECT_FALSE(is_failure(Status::unsupported));
  EXPECT_TRUE(is_failure(Status::timeout));
}

}  // namespace
}  // namespace runoff
