#include "catalog/silence.h"

#include <gtest/gtest.h>

namespace runoff {
namespace {

constexpr Doing working{"working", "while it worked", "its work", "it must return"};

std::string why(Captured answer) { return why_silent(answer, working); }

TEST(WhySilent, TellsHowTheProcessEnded) {
  EXPECT_EQ(why({.output = "", .error = "gave no answer within 20 ms", .exit_code = -1, .too_slow = true}),
            "it gave no answer within 20 ms, so working does not end: look at its work");
  EXPECT_EQ(
      why({.output = "{}\n", .error = "gave no answer within 20 ms", .exit_code = -1, .too_slow = true}),
      "it gave its answer, but its process does not end: look at its work");
  EXPECT_EQ(why({.output = "", .error = "no licence\n; it was killed by SIGABRT", .exit_code = -1}),
            "no licence; it was killed by SIGABRT while it worked");
  EXPECT_EQ(
      why({.output = "", .error = "no licence\n", .exit_code = 5}),
      "it ended the process with exit status 5 while it worked; it must return; it printed: no licence");
}

TEST(WhySilent, QuotesTheCellWithoutItsName) {
  const Captured told{.output = "", .error = "runoff-cell: no such parameter\n", .exit_code = 2};
  EXPECT_TRUE(does_cell_say_why(told));
  EXPECT_EQ(why(told), "no such parameter");
  EXPECT_FALSE(does_cell_say_why({.output = "", .error = "leaving\n", .exit_code = 2}));
}

// Where the module closed standard error, the cell cannot say why.
TEST(WhySilent, NamesDescriptorsWhereTheCellCouldNotSpeak) {
  EXPECT_EQ(why({.output = "", .error = "", .exit_code = 3}),
            "it ended the process with exit status 3 while it worked; it must return, and must not close "
            "descriptors that are not its own");
}

}  // namespace
}  // namespace runoff
