#include <array>
#include <span>
#include <string>

#include "runoff/recursive_of.h"
#include "runoff/workload_plugin.h"
#include "work.h"

namespace {

/// A binary tree of tasks that are only described: each forks up to two, joins them, and then does its own
/// work. Nodes are numbered as in a heap, the root is 1. The result is the sum of all values.
class LikeTree final : public runoff::RecursiveOf<LikeTree, std::uint32_t, std::uint64_t> {
 public:
  explicit LikeTree(const runoff::Parameters& parameters) : work_(parameters) {}

  std::uint32_t root() const { return 1; }

  template <class Fork>
  std::uint64_t solve(std::uint32_t node, Fork& fork) const {
    std::uint64_t sum = 0;
    if (2 * node < tasks()) {
      const auto [a, b] = fork(2 * node, 2 * node + 1);
      sum = a + b;
    } else if (2 * node == tasks()) {
      const std::array<std::uint32_t, 1> only{2 * node};
      std::array<std::uint64_t, 1> result{};
      fork.many(std::span<const std::uint32_t>(only), std::span<std::uint64_t>(result));
      sum = result.front();
    }
    sum += work_.run(node - 1);
    like::wait_for(work_.wait(node - 1));
    return sum;
  }

  std::size_t tasks() const override { return work_.tasks(); }
  std::uint64_t bytes() const override { return work_.bytes(); }
  void layout(runoff::Memory& memory) override { work_.layout(memory); }
  void fill(const runoff::Memory&) override { work_.fill(); }

  runoff::Check check(runoff::Results results) const override {
    std::uint64_t right = 0;
    for (std::size_t task = 0; task < tasks(); ++task) right += work_.expected(task);
    const auto found = results.at<std::uint64_t>(0);
    if (found == right) return runoff::Check::ok();
    return runoff::Check::wrong("the values of all tasks sum up to " + std::to_string(right) + ", not " +
                                std::to_string(found));
  }

 private:
  like::Work work_;
};

std::vector<runoff::Parameter> parameters() {
  auto all = like::work_parameters();
  all.push_back(like::wait_parameter());
  return all;
}

}  // namespace

RUNOFF_WORKLOAD(LikeTree, {
                              .name = "like-tree",
                              .summary = "a binary tree of tasks that are only described, forked and joined",
                              .bound = runoff::Bound::cpu,
                              .source = "oracle: closed forms; steps: the generator of Knuth's MMIX",
                              .checked_at = {"tasks=100", "task=2us", "spread=200", "memory=100000B"},
                              .parameters = parameters(),
                              .only_by_name = true,
                          })
