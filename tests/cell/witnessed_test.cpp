#include <gtest/gtest.h>
#include <ucontext.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "cell/witness.h"
#include "runoff/asynchronous.h"
#include "runoff/fiber_form.h"
#include "runoff/memory.h"
#include "runoff/python_form.h"
#include "runoff/recursion/frontier.h"
#include "runoff/recursion/job_stacks.h"
#include "runoff/recursion/worker_observer.h"
#include "runoff/recursive.h"
#include "runoff/task_groups.h"
#include "runoff/task_record.h"
#include "runoff/visit_shape.h"

namespace runoff::cell {
namespace {

/// Answers that are no defaults, and notes of what came in.
template <class Base>
struct Telling : Base {
  std::size_t tasks() const override { return 3; }
  std::size_t slots() const override { return 5; }
  ResultLayout result() const override { return {24, 8}; }
  void layout(Memory& memory) override { laid_out = &memory; }
  void fill(const Memory& memory) override { filled = &memory; }
  void finish(Results results) const override { finished = results.count(); }
  std::uint64_t bytes() const override { return 77; }
  const TaskRecord* record(Results, std::size_t slot) const override { return records.data() + slot; }
  std::chrono::nanoseconds pause() const override { return std::chrono::nanoseconds(11); }
  bool writes_memory() const override { return true; }
  bool places_workers() const override { return true; }
  std::vector<Price> prices() const override { return {{.name = "a price"}}; }
  Check check(Results results) const override { return Check::wrong(std::to_string(results.count())); }

  const Memory* laid_out = nullptr;
  const Memory* filled = nullptr;
  mutable std::size_t finished = 0;
  std::array<TaskRecord, 5> records{};
};

struct TellingLoop final : Telling<Independent>, Asynchronous, FiberForm, PythonForm {
  void run(Range range, Results results) const override { ran = {range.first, range.last, results.count()}; }
  bool filled_by_workers() const override { return true; }
  void fill_part(Range range, Results results) const override {
    part = {range.first, range.last, results.count()};
  }
  const Asynchronous* asynchronous() const override { return this; }
  boost::asio::awaitable<void> run_async(std::size_t, Results) const override { co_return; }
  const FiberForm* fibers() const override { return this; }
  void run_on_fiber(std::size_t task, Results results, FiberWaits& waits) const override {
    ran = {task, task + 1, results.count()};
    waits.give_way();
  }
  const PythonForm* python() const override { return this; }
  std::string python_file() const override { return "a file"; }
  std::span<const std::byte> python_input(std::size_t task) const override {
    return std::span(input).first(task);
  }
  bool python_pickles() const override { return true; }
  void take_python(const PythonAnswer& answer, Results results) const override {
    taken = {answer.task, answer.value.size(), results.count()};
  }
  void take_left(std::span<const std::byte> value) const override { left = value.size(); }
  std::array<std::byte, 9> input{};
  mutable std::size_t left = 0;
  mutable std::array<std::size_t, 3> ran{}, part{}, taken{};
};

struct TellingGraph final : Telling<Dependent> {
  std::size_t steps() const override { return 13; }
  std::size_t width(std::size_t step) const override { return 100 + step; }
  std::size_t slot(std::size_t step, std::size_t point) const override { return 10 * step + point; }
  std::span<const Interval> dependencies(std::size_t step, std::size_t point) const override {
    return std::span(needs).first(step + point);
  }
  std::span<const Interval> dependents(std::size_t step, std::size_t point) const override {
    return std::span(needs).last(step + point);
  }
  void run(std::size_t step, std::size_t point, Results results) const override {
    ran = {step, point, results.count()};
  }
  std::array<Interval, 9> needs{};
  mutable std::array<std::size_t, 3> ran{};
};

class Witnessing : public testing::Test {
 protected:
  template <class Told>
  void expect_the_same(Told& inner, Workload& outer) {
    EXPECT_EQ(outer.shape(), inner.shape());
    EXPECT_EQ(outer.tasks(), 3U);
    EXPECT_EQ(outer.slots(), 5U);
    EXPECT_EQ(outer.result().size, 24U);
    outer.layout(memory);
    EXPECT_EQ(inner.laid_out, &memory);
    outer.fill(memory);
    EXPECT_EQ(inner.filled, &memory);
    outer.finish(results);
    EXPECT_EQ(inner.finished, 9U);
    EXPECT_EQ(outer.bytes(), 77U);
    EXPECT_EQ(outer.record(results, 4), &inner.records[4]);
    EXPECT_EQ(outer.pause().count(), 11);
    EXPECT_TRUE(outer.writes_memory());
    EXPECT_TRUE(outer.places_workers());
    EXPECT_EQ(outer.prices().at(0).name, "a price");
    EXPECT_EQ(outer.check(results).why, "9");
  }

  Memory memory = Memory::create();
  Witness witness{memory, 1, {}};
  Results results{nullptr, 9, 24, 64};
};

TEST_F(Witnessing, ALoopAnswersAsTheOneInside) {
  TellingLoop inner;
  const auto outer = witnessed(inner, witness);
  expect_the_same(inner, *outer);
  visit_shape(*outer, [&]<class Shaped>(const Shaped& shaped) {
    if constexpr (std::is_same_v<Shaped, Independent>) {
      shaped.run({4, 6}, results);
      EXPECT_TRUE(shaped.filled_by_workers());
      shaped.fill_part({1, 2}, results);
      EXPECT_NE(shaped.asynchronous(), nullptr);
      const PythonForm& python = *shaped.python();
      EXPECT_EQ(python.python_file(), "a file");
      EXPECT_EQ(python.python_input(7).size(), 7U);
      EXPECT_TRUE(python.python_pickles());
      python.take_left(std::span(inner.input).first(3));
      EXPECT_EQ(inner.left, 3U);
    }
  });
  EXPECT_EQ(inner.ran, (std::array<std::size_t, 3>{4, 6, 9}));
  EXPECT_EQ(inner.part, (std::array<std::size_t, 3>{1, 2, 9}));
  EXPECT_EQ(witness.look().which, mark_of({4, 6}));
}

/// Goes on with a function wherever it is resumed, until it gives way or ends.
class Fiber final : public FiberWaits {
 public:
  explicit Fiber(std::function<void()> function) : function_(std::move(function)) {
    ::getcontext(&inside_);
    inside_.uc_stack.ss_sp = stack_.data();
    inside_.uc_stack.ss_size = stack_.size();
    inside_.uc_link = &outside_;
    begins = this;
    ::makecontext(
        &inside_, [] { begins->function_(); }, 0);
  }
  void resume() { ::swapcontext(&outside_, &inside_); }
  void give_way() override { ::swapcontext(&inside_, &outside_); }
  bool wait(const Atomic<std::uint32_t>&, std::uint32_t, std::chrono::nanoseconds) override { return false; }
  void wake() override {}

 private:
  inline static Fiber* begins = nullptr;
  std::function<void()> function_;
  std::vector<char> stack_ = std::vector<char>(std::size_t{1} << 18);
  ucontext_t inside_{}, outside_{};
};

TEST_F(Witnessing, ATaskOnAFiberCountsOnceWhereverItEnds) {
#if defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "the thread sanitizer does not know these fibers";
#endif
  TellingLoop inner;
  const auto outer = witnessed(inner, witness);
  const FiberForm& form = *dynamic_cast<const Independent&>(*outer).fibers();
  std::optional<Fiber> fiber;
  fiber.emplace([&] { form.run_on_fiber(7, results, *fiber); });
  fiber->resume();
  EXPECT_EQ(witness.look().tasks, 1U);
  std::thread([&] { fiber->resume(); }).join();
  EXPECT_EQ(inner.ran, (std::array<std::size_t, 3>{7, 8, 9}));
  const Seen after = witness.look();
  EXPECT_EQ(after.tasks, 0U);
  EXPECT_EQ(after.which, mark_of({7, 8}));
}

TEST_F(Witnessing, ALoopIsNotFinishedWhileItsInputsAreWritten) {
  TellingLoop inner;
  const auto outer = witnessed(inner, witness);
  for (const auto pass : {Witness::Pass::fill, Witness::Pass::map}) {
    witness.begin(pass);
    outer->finish(results);
    EXPECT_EQ(inner.finished, 0U);
  }
}

TEST_F(Witnessing, AGraphAnswersAsTheOneInside) {
  TellingGraph inner;
  const auto outer = witnessed(inner, witness);
  expect_the_same(inner, *outer);
  visit_shape(*outer, [&]<class Shaped>(const Shaped& shaped) {
    if constexpr (std::is_same_v<Shaped, Dependent>) {
      EXPECT_EQ(shaped.steps(), 13U);
      EXPECT_EQ(shaped.width(7), 107U);
      EXPECT_EQ(shaped.slot(2, 3), 23U);
      EXPECT_EQ(shaped.dependencies(2, 3).data(), inner.needs.data());
      EXPECT_EQ(shaped.dependencies(2, 3).size(), 5U);
      EXPECT_EQ(shaped.dependents(1, 3).data(), inner.needs.data() + 5);
      shaped.run(8, 6, results);
    }
  });
  EXPECT_EQ(inner.ran, (std::array<std::size_t, 3>{8, 6, 9}));
  const Seen seen = witness.look();
  EXPECT_EQ(seen.tasks, 1U);
  EXPECT_EQ(seen.which, mark_of(8, 6));
}

TEST_F(Witnessing, ATaskThatThrowsHasBegunAndNotEnded) {
  struct Throwing final : Telling<Independent> {
    void run(Range, Results) const override { throw std::runtime_error("a task threw"); }
  } inner;
  const auto outer = witnessed(inner, witness);
  EXPECT_THROW(static_cast<const Independent&>(*outer).run({0, 3}, results), std::runtime_error);
  const Seen seen = witness.look();
  EXPECT_EQ(seen.tasks, 3U);
  EXPECT_EQ(seen.which, 0U);
}

/// Two subtrees; the rest does nothing.
struct TellingRecursion final : Telling<Recursive>, PythonForm {
  struct Two final : Frontier {
    std::size_t subtrees() const override { return 2; }
    void solve(std::size_t, Results) override {}
    void join(Results, Results) const override {}
  };
  void solve(Results) const override { observer()->worker_ran(); }
  void solve(TaskGroups&, Results) const override { observer()->worker_ran(); }
  JobLayout job() const override { return {8, 8}; }
  void work(JobStacks&, unsigned, Results) const override { observer()->worker_ran(); }
  std::unique_ptr<Frontier> frontier(FrontierLimits) const override { return std::make_unique<Two>(); }
  const PythonForm* python() const override { return this; }
  std::string python_file() const override { return "a file"; }
  void note_subtree(std::size_t subtree, std::int64_t) const override { noted = subtree; }
  void take_python(const PythonAnswer& root, Results results) const override {
    taken = {root.task, root.value.size(), results.count()};
  }
  mutable std::size_t noted = 0;
  mutable std::array<std::size_t, 3> taken{};
};

TEST_F(Witnessing, ARecursionIsSolvedFromItsRootOnceWhicheverWay) {
  TellingRecursion inner;
  const auto outer = witnessed(inner, witness);
  const auto& recursion = static_cast<const Recursive&>(*outer);
  JobStacks stacks(memory, 2, recursion.job());
  struct None final : TaskGroups {
    void fork(Jobs&, std::size_t) override {}
  } groups;
  const std::uint64_t whole = mark_of(recursion);

  recursion.solve(results);
  EXPECT_EQ(witness.look().which, whole);
  recursion.solve(groups, results);
  EXPECT_EQ(witness.look().which, whole);
  recursion.work(stacks, 1, results);  // a helper; the root is another's
  EXPECT_EQ(witness.look().which, 0U);
  recursion.work(stacks, 0, results);
  EXPECT_EQ(witness.look().which, whole);

  const auto frontier = recursion.frontier({2, 2});
  frontier->solve(1, results);
  frontier->join(results, results);
  EXPECT_NE(witness.look().which, whole);  // a subtree is missing
  frontier->solve(0, results);
  frontier->solve(1, results);
  EXPECT_NE(witness.look().which, whole);  // not joined
  frontier->solve(1, results);
  frontier->solve(0, results);
  frontier->join(results, results);
  EXPECT_EQ(witness.look().which, whole);
}

TEST_F(Witnessing, ARecursionInPythonHasEachSubtreeOnceAndIsJoined) {
  TellingRecursion inner;
  const auto outer = witnessed(inner, witness);
  const auto& recursion = static_cast<const Recursive&>(*outer);
  const PythonForm& python = *recursion.python();
  const std::uint64_t whole = mark_of(recursion);
  const std::array<std::byte, 7> value{};
  const auto marks_of = [&](std::initializer_list<std::size_t> subtrees, bool joins) {
    pid_t thread = 0;
    std::thread([&thread] { thread = ::gettid(); }).join();
    for (const std::size_t subtree : subtrees) python.note_subtree(subtree, thread);
    if (joins) python.take_python({.task = 3, .value = value}, results);
    return witness.look().which;
  };
  EXPECT_EQ(python.python_file(), "a file");
  EXPECT_EQ(marks_of({2, 0, 1}, true), whole);
  EXPECT_EQ(inner.noted, 1U);
  EXPECT_EQ(inner.taken, (std::array<std::size_t, 3>{3, 7, 9}));
  EXPECT_NE(marks_of({2, 0, 1}, false), whole);
  EXPECT_NE(marks_of({0, 1}, true), whole);
  EXPECT_NE(marks_of({0, 0, 1}, true), whole);
}

}  // namespace
}  // namespace runoff::cell
