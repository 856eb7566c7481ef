#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>

#include "follower.h"
#include "runoff/memory.h"
#include "runoff/recursive_of.h"
#include "runoff/workload_plugin.h"

namespace {

/// A binary tree whose leaves fail: in every process but the one that made the inputs, all of them; there
/// only the last one. The others take a while there, so that the other processes get some.
class FaultRecursion final : public runoff::RecursiveOf<FaultRecursion, int, int> {
 public:
  explicit FaultRecursion(const runoff::Parameters& parameters) : kind_(parameters.text("kind")) {}

  void layout(runoff::Memory& memory) override { leader_ = &memory.object<pid_t>(); }
  void fill(const runoff::Memory&) override { *leader_ = ::getpid(); }
  runoff::Check check(runoff::Results) const override { return runoff::Check::wrong("no leaf failed"); }

  int root() const { return 1; }
  template <class Fork>
  int solve(int node, Fork& fork) const {
    if (node < leaves_) {
      const auto [a, b] = fork(2 * node, 2 * node + 1);
      return a + b;
    }
    if (is_follower(*leader_) || node == 2 * leaves_ - 1) fail();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return 1;
  }

 private:
  [[noreturn]] void fail() const {
    if (kind_ == "wrong") throw runoff::WrongInput("a leaf has a wrong input");
    if (kind_ == "unsupported") throw runoff::Unsupported("a leaf cannot be had");
    throw std::runtime_error("a leaf threw");
  }

  static constexpr int leaves_ = 256;
  std::string kind_;
  pid_t* leader_ = nullptr;
};

}  // namespace

RUNOFF_WORKLOAD(FaultRecursion,
                {
                    .name = "fault-recursion",
                    .summary = "a recursion in which something goes wrong",
                    .bound = runoff::Bound::runtime,
                    .source = "the contract tests",
                    .parameters = {runoff::Parameter::choice("kind", {"throw", "wrong", "unsupported"},
                                                             "what")},
                })
