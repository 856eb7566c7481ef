#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "runoff/errors.h"
#include "runoff/price.h"
#include "runoff/results.h"
#include "runoff/shape.h"
#include "runoff/wait_observer.h"

namespace runoff {

class Asynchronous;  // asynchronous.h
class FiberForm;     // fiber_form.h
class Memory;        // memory.h
class PythonForm;    // python_form.h
struct TaskRecord;   // task_record.h

/// What limits a workload; `runtime` is the cost of the runtime itself.
enum class Bound { cpu, memory, io, runtime };

/// A problem, cut into tasks, with a way to check its answer. It knows no backend. It is made from its name
/// and its parameters alone, so that any process can make the same one; see workload_plugin.h for how one is
/// registered.
///
/// Life: made; `layout` once in every process; `fill` (and `fill_part`) once for each memory; then any number
/// of executions, each of which runs every task exactly once; `check` after some of them. Executions do not
/// change the inputs.
class RUNOFF_VISIBLE Workload {
 public:
  virtual ~Workload() = default;

  virtual Shape shape() const = 0;

  /// Tasks of one execution; 0 where only the execution itself can tell (recursion).
  virtual std::size_t tasks() const = 0;

  /// Result slots, and what each holds.
  virtual std::size_t slots() const = 0;
  virtual ResultLayout result() const = 0;

  /// Claims the memory for the inputs. Makes the same claims in every process.
  virtual void layout(Memory&) {}
  /// Writes the inputs. Never timed. May throw when an input cannot be had.
  virtual void fill(const Memory&) {}

  /// What is left to one worker when every task has run, such as adding up their partial sums. Part of the
  /// execution and of its time; called in the process that leads, where all results are by then. May write
  /// slots that are no task's.
  virtual void finish(Results) const {}

  /// Bytes that one execution must move between memory and processor, as the workload's source counts them; 0
  /// where that is not known.
  virtual std::uint64_t bytes() const { return 0; }

  /// What the task that wrote this slot says of itself; null in workloads that keep no such records. They
  /// are read between executions: latencies are reported, and a task that failed makes the sample `failed`.
  virtual const TaskRecord* record(Results, std::size_t /*slot*/) const { return nullptr; }
  /// Where some tasks keep none, the first or the last does all the same.
  bool keeps_records(Results results) const {
    return slots() > 0 && (record(results, 0) != nullptr || record(results, slots() - 1) != nullptr);
  }

  /// For how long nothing is to be done before each execution; not timed. Shows what a runtime does when
  /// idle.
  virtual std::chrono::nanoseconds pause() const { return {}; }

  /// True when tasks hand on more than their results: what one writes into `Memory`, another reads or writes.
  /// Only workers that share memory can run it then; other backends refuse it.
  virtual bool writes_memory() const { return false; }

  /// True when tasks choose the cores that they run on. Else a worker that is found anywhere but where it was
  /// placed makes the row `wrong`.
  virtual bool places_workers() const { return false; }

  /// What the runtime's price list reads from samples of this workload; empty where it shows no price.
  virtual std::vector<Price> prices() const { return {}; }

  /// Compares the results with an oracle that is not the code under test. Passes over tasks whose record says
  /// that they failed: those are counted already.
  virtual Check check(Results results) const = 0;
};

/// A parallel loop: tasks in any order, at any time, on any worker.
class RUNOFF_VISIBLE Independent : public Workload {
 public:
  static constexpr Shape static_shape = Shape::independent;
  Shape shape() const final { return static_shape; }
  std::size_t slots() const override { return tasks(); }

  /// Runs the tasks of the range, each writing its own slot. Called from many workers at once. May throw, and
  /// may block where the bound is io.
  virtual void run(Range range, Results results) const = 0;

  /// True where the inputs are cut as the tasks are. Then workers write them, each the parts of the tasks
  /// that the backend gives it, before the first execution: pages come to lie near the worker that first
  /// wrote them (first touch), which on a machine with several memory nodes decides how fast they are read.
  virtual bool filled_by_workers() const { return false; }
  /// Writes the inputs of these tasks, and something into their slots. Never timed. Called from many workers
  /// at once; where workers share no memory, in each process for all tasks.
  virtual void fill_part(Range, Results) const {}

  /// The same tasks for event loops; null where there is no such form. Throws Unsupported where there is a
  /// reason to be told: this machine has no io_uring.
  virtual const Asynchronous* asynchronous() const { return nullptr; }
  /// The same tasks for fibers, which give way to each other; null where there is no such form.
  virtual const FiberForm* fibers() const { return nullptr; }
  /// The same tasks in Python; null where there is no such form. Throws Unsupported likewise.
  virtual const PythonForm* python() const { return nullptr; }

  /// From now on `observer` is told when a task waits, where the workload says so; null: nothing is. Before
  /// any execution; it must outlive them.
  virtual void observe_waits(WaitObserver* observer) const { wait_observer_ = observer; }

 protected:
  /// For tasks that block: what this returns is kept for as long as the task waits for something outside the
  /// processor.
  [[nodiscard]] Waiting waiting() const { return Waiting(wait_observer_); }

 private:
  mutable WaitObserver* wait_observer_ = nullptr;
};

/// Points [first, last], both included.
struct Interval {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

/// A graph of tasks in steps: a task is a point of a step and depends on points of the step before.
/// The terms and the form (intervals of dependencies, and their reverse) are Task Bench's (Slaughter et al.,
/// SC'20).
class RUNOFF_VISIBLE Dependent : public Workload {
 public:
  static constexpr Shape static_shape = Shape::dependent;
  Shape shape() const final { return static_shape; }

  virtual std::size_t steps() const = 0;
  /// Points of a step.
  virtual std::size_t width(std::size_t step) const = 0;
  /// The slot that a task writes. Every task has its own: a fast writer must not overrun a slow reader.
  virtual std::size_t slot(std::size_t step, std::size_t point) const = 0;
  /// Points of step - 1 that must be finished before; empty in step 0.
  virtual std::span<const Interval> dependencies(std::size_t step, std::size_t point) const = 0;
  /// Points of step + 1 that wait for this one: the mirror of `dependencies`; empty in the last step.
  virtual std::span<const Interval> dependents(std::size_t step, std::size_t point) const = 0;

  /// Runs one task, which reads the slots of its dependencies and writes its own.
  virtual void run(std::size_t step, std::size_t point, Results results) const = 0;
};

}  // namespace runoff
