#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "runoff/asynchronous.h"
#include "runoff/fiber_form.h"
#include "runoff/memory.h"
#include "runoff/python_form.h"
#include "runoff/recursion/frontier.h"
#include "runoff/recursion/job_stacks.h"
#include "runoff/recursive.h"
#include "runoff/task_groups.h"
#include "runoff/task_record.h"
#include "runoff/workload.h"

namespace runoff::cell {

/// A workload that is another one: for the harness, which puts something around its tasks. Forwards
/// everything but the running of tasks: what it left out, backends and the harness would see as the default
/// of the base class.
template <class Base>
class Forwarded : public Base {
 public:
  explicit Forwarded(Base& inner) : inner_(inner) {}
  void layout(Memory& memory) override { inner_.layout(memory); }
  void fill(const Memory& memory) override { inner_.fill(memory); }
  std::size_t tasks() const override { return inner_.tasks(); }
  std::size_t slots() const override { return inner_.slots(); }
  ResultLayout result() const override { return inner_.result(); }
  void finish(Results results) const override { inner_.finish(results); }
  std::uint64_t bytes() const override { return inner_.bytes(); }
  const TaskRecord* record(Results results, std::size_t slot) const override {
    return inner_.record(results, slot);
  }
  std::chrono::nanoseconds pause() const override { return inner_.pause(); }
  bool writes_memory() const override { return inner_.writes_memory(); }
  bool places_workers() const override { return inner_.places_workers(); }
  std::vector<Price> prices() const override { return inner_.prices(); }
  Check check(Results results) const override { return inner_.check(results); }

 protected:
  Base& inner_;
};

/// Of a shape whose workloads may have a Python form.
template <class Base>
class ForwardedPython : public Forwarded<Base>, public PythonForm {
 public:
  using Forwarded<Base>::Forwarded;
  const PythonForm* python() const override { return inner_.python() ? this : nullptr; }
  std::string python_file() const override { return inner_.python()->python_file(); }
  std::span<const std::byte> python_input(std::size_t task) const override {
    return inner_.python()->python_input(task);
  }
  bool python_pickles() const override { return inner_.python()->python_pickles(); }
  void note_subtree(std::size_t subtree, std::int64_t thread) const override {
    inner_.python()->note_subtree(subtree, thread);
  }
  void take_python(const PythonAnswer& answer, Results results) const override {
    inner_.python()->take_python(answer, results);
  }
  void take_left(std::span<const std::byte> value) const override { inner_.python()->take_left(value); }

 protected:
  using Forwarded<Base>::inner_;
};

class ForwardedIndependent : public ForwardedPython<Independent>, public Asynchronous, public FiberForm {
 public:
  using ForwardedPython::ForwardedPython;
  bool filled_by_workers() const override { return inner_.filled_by_workers(); }
  void fill_part(Range range, Results results) const override { inner_.fill_part(range, results); }
  void observe_waits(WaitObserver* observer) const override { inner_.observe_waits(observer); }
  const Asynchronous* asynchronous() const override { return inner_.asynchronous() ? this : nullptr; }
  const FiberForm* fibers() const override { return inner_.fibers() ? this : nullptr; }
};

class ForwardedDependent : public Forwarded<Dependent> {
 public:
  using Forwarded::Forwarded;
  std::size_t steps() const override { return inner_.steps(); }
  std::size_t width(std::size_t step) const override { return inner_.width(step); }
  std::size_t slot(std::size_t step, std::size_t point) const override { return inner_.slot(step, point); }
  std::span<const Interval> dependencies(std::size_t step, std::size_t point) const override {
    return inner_.dependencies(step, point);
  }
  std::span<const Interval> dependents(std::size_t step, std::size_t point) const override {
    return inner_.dependents(step, point);
  }
};

class ForwardedRecursive : public ForwardedPython<Recursive> {
 public:
  using ForwardedPython::ForwardedPython;
  void solve(Results results) const override { inner_.solve(results); }
  void solve(TaskGroups& groups, Results results) const override { inner_.solve(groups, results); }
  JobLayout job() const override { return inner_.job(); }
  void work(JobStacks& stacks, unsigned worker, Results results) const override {
    inner_.work(stacks, worker, results);
  }
  std::unique_ptr<Frontier> frontier(FrontierLimits limits) const override { return inner_.frontier(limits); }
};

}  // namespace runoff::cell
