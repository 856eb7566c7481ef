#include "claims/answers_text.h"

#include <gtest/gtest.h>

#include "made_up.h"

namespace runoff {
namespace {

TEST(ClaimAnswersText, OneBlockToReadAtAGlance) {
  Claim claim{.number = 7,
              .name = "thumb",
              .sentence = "One beats the other.",
              .stands_in = "article a",
              .published = "4 ×",
              .page = "docs/claims.md#thumb",
              .comparisons = {ratio("in C++", 1.5), ratio("in CPython", 1.5)},
              .shows = {"-one", "+other"}};
  MadeUp made;
  made.measure("a", 2000, 0, 6, 1);
  made.measure("b", 1000, 0, 6, 2);
  FoundClaim found{.claim = &claim, .comparisons = {}, .unfit = {}};
  found.comparisons.push_back({&claim.comparisons[0], {planned("a"), {}}, {planned("b"), {}}});
  found.comparisons.push_back({&claim.comparisons[1], {planned("b"), {}}, {planned("a"), {}}});
  const std::string text = claim_answers_text(std::vector{made.answer(found)}, Page());
  EXPECT_TRUE(text.starts_with(
      " 7  One beats the other.\n"
      "    depends: yes in C++; no in CPython\n"
      "    yes   in C++: one takes 2.00 × as long as the other (2.00 to 2.00; yes from 1.50)\n"
      "    no    in CPython: one takes 0.500 × as long as the other (0.500 to 0.500; yes from "
      "1.50)\n"
      "    -one\n"
      "    +other\n"
      "    article a: 4 × → docs/claims.md#thumb\n"
      "\n"
      "1 claim: 0 hold, 0 do not, 1 depends, 0 are undecided."))
      << text;
}

TEST(ClaimAnswersText, WhyThisMachineCannotAnswer) {
  const Claim claim{.number = 1, .name = "nodes", .sentence = "Near is fast.", .stands_in = "x", .page = "y"};
  const FoundClaim found{
      .claim = &claim, .comparisons = {}, .unfit = "this machine has 1 memory node, and it takes 2"};
  EXPECT_EQ(answer_sentence(MadeUp().answer(found)),
            "undecided: this machine has 1 memory node, and it takes 2");
}

}  // namespace
}  // namespace runoff
