#include "plan/experiments.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "catalog/catalog_of.h"
#include "plan/preset.h"
#include "support/errors.h"
#include "support/temporary.h"

namespace runoff {
namespace {

Selection selection(std::vector<std::string> backends, std::vector<std::string> workers) {
  return {.workloads = {"sums"},
          .backends = std::move(backends),
          .workers = std::move(workers),
          .set = {"sums.n=7"}};
}

TEST(Experiments, PublishedFiguresStandBesideTheirCells) {
  Selection made_again = selection({"team", "team:mode=spawn"}, {"2", "4"});
  made_again.published = {.experiment = "b3",
                          .about = "sums",
                          .says = "the more the better",
                          .by_backend = {{"team", "3 s"}, {"team:mode=spawn@4", "5 s"}, {"gone", "7 s"}}};
  const Catalog catalog = small_catalog();
  const std::vector<Selection> selections{selection({"alone"}, {"1"}), made_again};
  const ChoiceRules rules{Absent::is_left_out, Absent::is_left_out, 2};
  const auto chosen = choose_cells(catalog, selections, {}, rules);
  const auto experiments = find_experiments(catalog, selections, {}, rules, chosen.cells);
  ASSERT_EQ(experiments.size(), 1U);
  EXPECT_EQ(experiments[0].says, "the more the better");
  std::vector<std::string> rows;
  for (const auto& row : experiments[0].rows)
    rows.push_back(row.cell.variant + " " + std::to_string(row.cell.workers) + " " + row.published);
  EXPECT_EQ(rows, (std::vector<std::string>{"mode=pool;wait=spin 2 3 s", "mode=pool;wait=spin 4 3 s",
                                            "mode=spawn;wait=spin 2 ", "mode=spawn;wait=spin 4 5 s"}));
  EXPECT_EQ(to_json(experiments)[0]["rows"][3]["published"], "5 s");
}

TEST(Experiments, WhatIsNotThereIsLeftOut) {
  Selection made_again = selection({"gone"}, {"2"});
  made_again.published = {.experiment = "a1", .about = "sums", .says = {}, .by_backend = {}};
  const Catalog catalog = small_catalog();
  const std::vector<Selection> selections{made_again};
  EXPECT_TRUE(
      find_experiments(catalog, selections, {}, {Absent::is_left_out, Absent::is_left_out, 2}, {}).empty());
}

TEST(Experiments, AreReadFromPresets) {
  const TemporaryFolder folder;
  write_text(
      folder.path() / "papers.json",
      R"({"summary": "s", "selections": [{"workloads": ["sums"], "backends": ["team"], "workers": ["1"],
                 "experiment": "a1", "about": "sums", "published": {"team": "3 s"}}]})");
  const auto preset = find_presets(folder.path()).front();
  ASSERT_TRUE(preset.selections[0].published);
  EXPECT_EQ(preset.selections[0].published->by_backend.at("team"), "3 s");
  write_text(
      folder.path() / "papers.json",
      R"({"summary": "s", "selections": [{"workloads": ["sums"], "backends": ["team"], "workers": ["1"],
                 "experiment": "a1"}]})");
  EXPECT_THROW(find_presets(folder.path()), MachineError);  // it does not say what is done
}

}  // namespace
}  // namespace runoff
