#include <algorithm>
#include <cstdint>
#include <span>

#include "runoff/memory.h"
#include "runoff/workload_plugin.h"

namespace {

using namespace runoff;

/// Each task sorts its part of the inputs where it lies: the second time there is nothing to do.
class InPlace final : public Independent {
 public:
  explicit InPlace(const Parameters&) {}
  std::size_t tasks() const override { return 2; }
  ResultLayout result() const override { return result_of<std::uint64_t>(); }
  void layout(Memory& memory) override { numbers_ = memory.array<std::uint64_t>(2 * each); }
  void fill(const Memory&) override {
    for (std::size_t i = 0; i < numbers_.size(); ++i) numbers_[i] = numbers_.size() - i;
  }
  void run(Range range, Results results) const override {
    for (std::size_t task = range.first; task < range.last; ++task) {
      const auto part = numbers_.subspan(task * each, each);
      std::sort(part.begin(), part.end());
      results.at<std::uint64_t>(task) = part.front();
    }
  }
  Check check(Results results) const override {
    return results.at<std::uint64_t>(0) == each + 1 && results.at<std::uint64_t>(1) == 1
               ? Check::ok()
               : Check::wrong("not the least of each part");
  }

 private:
  static constexpr std::size_t each = 1000;
  std::span<std::uint64_t> numbers_;
};

}  // namespace

RUNOFF_WORKLOAD(InPlace,
                {.name = "in-place", .summary = "sorts its inputs", .bound = Bound::cpu, .source = "nothing"})
