#include "claims/read_claims.h"

#include <gtest/gtest.h>

#include "catalog/catalog_of.h"
#include "claims/cells.h"
#include "support/errors.h"
#include "support/temporary.h"

namespace runoff {
namespace {

constexpr const char* whole = R"({
  "number": 3,
  "sentence": "Teams beat one.",
  "stands_in": "article b",
  "page": "docs/claims.md#teams",
  "comparisons": [{
    "place": "here",
    "figure": "one takes {} × as long",
    "workload": "sums",
    "set": ["n=7"],
    "workers": 2,
    "of": {"backend": "alone", "workers": 1},
    "to": {"backend": "team:mode=spawn", "quantity": "cpu_ns"},
    "at_least": 1.5
  }]
})";

class ReadClaims : public testing::Test {
 protected:
  std::vector<Claim> read(const std::string& text, const std::string& name = "teams") {
    write_text(folder_.path() / (name + ".json"), text);
    return read_claims(folder_.path());
  }
  /// The message for the whole claim with something else in one place.
  std::string refused(const std::string& part, const std::string& instead) {
    std::string text = whole;
    const std::size_t at = text.find(part);
    EXPECT_NE(at, text.npos) << part;
    text.replace(at, part.size(), instead);
    try {
      read(text);
    } catch (const MachineError& error) {
      return error.what();
    }
    return "nothing was refused";
  }

  TemporaryFolder folder_;
};

TEST_F(ReadClaims, SidesInheritWhatTheComparisonSays) {
  const auto claims = read(whole);
  ASSERT_EQ(claims.size(), 1U);
  EXPECT_EQ(claims[0].name, "teams");
  const Comparison& comparison = claims[0].comparisons.at(0);
  EXPECT_EQ(comparison.of.cell.workers, std::vector<std::string>{"1"});
  EXPECT_EQ(comparison.to->cell.workers, std::vector<std::string>{"2"});
  EXPECT_EQ(comparison.to->cell.set, std::vector<std::string>{"sums.n=7"});
  EXPECT_EQ(comparison.of.quantity, "typical_ns");
  EXPECT_EQ(comparison.to->quantity, "cpu_ns");
}

TEST_F(ReadClaims, ErrorsNameFileAndKey) {
  const auto names = [this](const std::string& error, const std::string& what) {
    EXPECT_NE(error.find((folder_.path() / "teams.json").string()), error.npos) << error;
    EXPECT_NE(error.find(what), error.npos) << error;
  };
  names(refused("\"sentence\": \"Teams beat one.\",", ""), "it has no 'sentence'");
  names(refused("\"number\": 3", "\"number\": \"three\""), "'number' of it is \"three\"");
  names(refused("\"stands_in\"", "\"stand_in\""), "it has no 'stands_in'");
  names(refused("\"page\"", "\"papers\": 1, \"page\""), "unknown key 'papers'; did you mean 'page'?");
  names(refused("\"place\": \"here\",", ""), "comparison 1 has no 'place'");
  names(refused("\"workload\": \"sums\",", ""), "'of' of comparison 1 has no 'workload'");
  names(refused("\"backend\": \"alone\", ", ""), "'of' of comparison 1 has no 'backend'");
  names(refused("cpu_ns", "cpu_nz"), "'cpu_nz', which is none; did you mean 'cpu_ns'?");
  names(refused("\"at_least\": 1.5", "\"status\": \"fine\""), "'status' of comparison 1 is 'fine'");
  names(refused(",\n    \"at_least\": 1.5", ""), "one of 'at_least', 'at_most' and 'status'");
  names(refused("\"at_least\": 1.5", "\"at_least\": 0"), "is not above 0");
  names(refused("\"comparisons\": [", "\"comparisons\": 5, \"memo\": ["), "'comparisons' is no list");
  names(refused("}]", "}"), "is no JSON");
}

TEST_F(ReadClaims, ANumberStandsForOneClaim) {
  read(whole);
  EXPECT_THROW(read(whole, "again"), MachineError);
}

TEST_F(ReadClaims, AnUnknownNameGetsTheNearest) {
  const auto claims = read(whole);
  const std::vector<std::string> names{"taems"};
  try {
    choose_claims(claims, names);
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_NE(std::string(error.what()).find("unknown claim 'taems'; did you mean 'teams'?"),
              std::string::npos);
  }
  EXPECT_EQ(choose_claims(claims, {}).size(), 1U);
}

TEST_F(ReadClaims, CellsAreThoseOfTheCatalogAndComeOnce) {
  std::string twice = whole;
  twice.replace(twice.find("3"), 1, "4");
  read(twice, "twice");
  const auto claims = read(whole);
  const Catalog catalog = small_catalog();
  const auto found = find_cells(claims, catalog, 2, 1);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].comparisons[0].to.cell->variant, "mode=spawn;wait=spin");
  const ChosenCells cells = cells_of(found, catalog, 2);
  EXPECT_EQ(cells.cells.size(), 2U);
  for (const PlannedCell& cell : cells.cells) EXPECT_EQ(cell.part, 0U);
}

TEST_F(ReadClaims, WhatIsNotThereIsAbsentAndWhatNoCatalogKnowsAMistake) {
  std::string text = whole;
  text.replace(text.find("alone"), 5, "gone");
  const Catalog catalog = small_catalog();
  auto found = find_cells(read(text), catalog, 2, 1);
  EXPECT_EQ(found[0].comparisons[0].of.absent,
            "backend 'gone' is not available: no library; apt-get install libgone-dev");
  EXPECT_TRUE(cells_of(found, catalog, 2).cells.empty());
  text.replace(text.find("gone"), 4, "aloen");
  try {
    find_cells(read(text), catalog, 2, 1);
    FAIL();
  } catch (const MachineError& error) {
    EXPECT_NE(std::string(error.what())
                  .find("claim 'teams', comparison 'here': unknown backend 'aloen'; did you mean "
                        "'alone'?"),
              std::string::npos)
        << error.what();
  }
}

TEST_F(ReadClaims, AMachineWithTooFewMemoryNodesIsUnfit) {
  std::string text = whole;
  text.replace(text.find("\"page\""), 6, "\"memory_nodes\": 2, \"page\"");
  const auto found = find_cells(read(text), small_catalog(), 2, 1);
  EXPECT_EQ(found[0].unfit, "this machine has 1 memory node, and it takes 2");
  EXPECT_TRUE(found[0].comparisons.empty());
}

}  // namespace
}  // namespace runoff
