#pragma once

#include <cstddef>
#include <new>

#include "runoff/errors.h"

namespace runoff {

/// A runtime that spawns tasks and waits for them, as `Recursive::solve` uses it: for each node that forks,
/// `spawn` some jobs and `sync` once, on the same worker. Jobs throw nothing.
class RUNOFF_VISIBLE TaskGroups {
 public:
  /// Bytes on the caller's stack for what the runtime needs between `open` and `sync`.
  static constexpr std::size_t state_size = 256;
  struct alignas(std::max_align_t) State {
    std::byte bytes[state_size];
  };
  using Run = void (*)(void* job);

  virtual ~TaskGroups() = default;
  virtual void open(State& state) = 0;
  virtual void spawn(State& state, Run run, void* job) = 0;
  /// Returns when every spawned job has. Closes the state.
  virtual void sync(State& state) = 0;
};

/// TaskGroups of any class with a default constructor, `run(callable)` and `wait()`.
template <class Group>
class TaskGroupsOf final : public TaskGroups {
  static_assert(sizeof(Group) <= state_size && alignof(Group) <= alignof(State));

 public:
  void open(State& state) override { ::new (static_cast<void*>(state.bytes)) Group(); }
  void spawn(State& state, Run run, void* job) override {
    group(state).run([run, job] { run(job); });
  }
  void sync(State& state) override {
    group(state).wait();
    group(state).~Group();
  }

 private:
  static Group& group(State& state) { return *std::launder(reinterpret_cast<Group*>(state.bytes)); }
};

}  // namespace runoff
