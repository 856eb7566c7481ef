#include "plan/memory_needs.h"

#include <gtest/gtest.h>

#include "support/errors.h"
#include "support/text.h"

namespace runoff {
namespace {

constexpr std::int64_t gibibyte = std::int64_t{1} << 30;

class Memory : public testing::Test {
 protected:
  std::optional<std::string> why(unsigned workers, bool shares_memory, std::int64_t available) const {
    PlannedCell cell;
    cell.workload = "sums";
    cell.parameters = "n=5";
    cell.workers = workers;
    BackendModule backend;
    backend.shares_memory = shares_memory;
    return what_does_not_fit(cell, backend, needs_, available);
  }
  MemoryNeeds needs_{{{"sums", "n=5"}, 2 * gibibyte}, {{"sums", "n=6"}, 9 * gibibyte}};
};

TEST_F(Memory, OfItsOwnIsNeededByEachWorker) {
  EXPECT_EQ(why(4, false, 6 * gibibyte), "4 workers with memory of their own need " +
                                             format_bytes(8 * gibibyte) + " and " +
                                             format_bytes(6 * gibibyte) + " are available");
  EXPECT_EQ(why(3, false, 6 * gibibyte), std::nullopt);
  EXPECT_EQ(why(4, false, 8 * gibibyte), std::nullopt);
}

TEST_F(Memory, ThatIsSharedIsNeededOnce) { EXPECT_EQ(why(4000, true, 2 * gibibyte), std::nullopt); }

TEST_F(Memory, ThatNoProcessHasIsTold) {
  const std::string text = "the workload needs " + format_bytes(2 * gibibyte) + " of memory and " +
                           format_bytes(gibibyte) + " are available";
  EXPECT_EQ(why(1, true, gibibyte), text);
  EXPECT_EQ(why(4, false, gibibyte), text);
}

TEST_F(Memory, AWorkloadThatDoesNotFitIsRefused) {
  EXPECT_NO_THROW(require_memory(needs_, 9 * gibibyte));
  EXPECT_THROW(require_memory(needs_, 9 * gibibyte - 1), UsageError);
}

}  // namespace
}  // namespace runoff
