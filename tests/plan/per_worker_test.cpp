#include "plan/per_worker.h"

#include <gtest/gtest.h>

#include "catalog/catalog_of.h"
#include "plan/choose_cells.h"
#include "support/errors.h"

namespace runoff {
namespace {

using Texts = std::vector<std::string>;

TEST(PerWorker, ValuesGrowAndOthersStay) {
  const Texts settings{"a.n=250*workers", "b.size=4MiB*workers,1MiB", "c.word=x", "nonsense"};
  EXPECT_TRUE(grow_with_workers(settings));
  EXPECT_FALSE(grow_with_workers(Texts{"c.word=x"}));
  EXPECT_EQ(at_workers(settings, 3), (Texts{"a.n=750", "b.size=12MiB,1MiB", "c.word=x", "nonsense"}));
}

TEST(PerWorker, WhatIsNoNumberIsRefused) {
  for (const char* value : {"x*workers", "*workers", "-4*workers", "0*workers", "99999999999999*workers"})
    EXPECT_THROW(at_workers(Texts{std::string("a.n=") + value}, 2), UsageError) << value;
}

TEST(PerWorker, EachNumberOfWorkersHasAProblemOfItsOwnAndTheReferenceAll) {
  const Catalog catalog = small_catalog();
  const std::vector<Selection> selections{{{"sums"}, {"alone", "team"}, {"1", "2", "4"}, {}}};
  const auto cells = choose_cells(catalog, selections, Texts{"sums.n=10*workers"}, {.cores = 4}).cells;
  Texts points;
  for (const auto& cell : cells)
    points.push_back(cell.backend + " " + std::to_string(cell.workers) + " " + cell.parameters);
  EXPECT_EQ(points, (Texts{"alone 1 n=10;grain=10", "team 1 n=10;grain=10", "alone 1 n=20;grain=10",
                           "team 2 n=20;grain=10", "alone 1 n=40;grain=10", "team 4 n=40;grain=10"}));
}

}  // namespace
}  // namespace runoff
