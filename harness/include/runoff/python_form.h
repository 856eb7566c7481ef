#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "runoff/errors.h"
#include "runoff/results.h"

namespace runoff {

/// What one task of a Python form left behind.
struct PythonAnswer {
  std::size_t task = 0;
  std::int64_t thread = 0;  ///< the kernel's number of the thread that ran it
  /// What its function returned: whole numbers as 8 bytes each (modulo 2^64), floating-point numbers as a
  /// double, text and bytes as they are; the parts of a tuple or list one after the other, nothing for None.
  std::span<const std::byte> value = {};
  std::chrono::nanoseconds latency{0};  ///< of its function, where the workload keeps records
  std::string_view failure = {};        ///< what its function raised, where the workload keeps records
};

/// The Python form of a workload: the same tasks in a Python file, which a backend runs that is Python. A
/// workload that has one derives from this as well, and returns itself from `python()`. The file lies beside
/// the workload's module, with the same name and the ending `.py` (CMake: PYTHON); docs/add-a-workload.md
/// says what stands in it. It is given the workload's parameters, so that it makes the same tasks. The file
/// of a recursion cuts it into subtrees, which are its tasks, and joins what they return.
class RUNOFF_VISIBLE PythonForm {
 public:
  virtual ~PythonForm() = default;

  /// Another file than the one beside the module; empty: that one.
  virtual std::string python_file() const { return {}; }

  /// What task number `task` is given of the workload's inputs, a part of what it claimed of Memory; empty
  /// where the file makes its inputs itself.
  virtual std::span<const std::byte> python_input(std::size_t /*task*/) const { return {}; }

  /// Whether values come as Python pickled them, whatever they are.
  virtual bool python_pickles() const { return false; }

  /// That a subtree of a recursion was solved, and by which thread: its value stays in Python.
  virtual void note_subtree(std::size_t /*subtree*/, std::int64_t /*thread*/) const {}

  /// Writes the slot of a task from what it returned, in the process that leads; of a recursion, the root's,
  /// from what `join` returned when all subtrees were solved: `answer.task` is their number then. May throw
  /// TaskFailed and WrongInput.
  virtual void take_python(const PythonAnswer& answer, Results results) const = 0;

  /// What the file's function `left` returned after an execution, encoded as a value is.
  virtual void take_left(std::span<const std::byte> /*value*/) const {}
};

/// Reads the parts of a value one after the other.
class PythonValue {
 public:
  explicit PythonValue(const PythonAnswer& answer) : task_(answer.task), left_(answer.value) {}

  template <class Number>
  Number number() {
    static_assert(sizeof(Number) <= sizeof(std::uint64_t));
    std::uint64_t bits = 0;
    std::memcpy(&bits, take(sizeof(bits)).data(), sizeof(bits));
    return static_cast<Number>(bits);
  }
  std::span<const std::byte> bytes(std::size_t size) { return take(size); }
  /// All that is left.
  std::span<const std::byte> rest() { return take(left_.size()); }
  std::string_view rest_as_text() {
    const auto all = rest();
    return {reinterpret_cast<const char*>(all.data()), all.size()};
  }

 private:
  std::span<const std::byte> take(std::size_t size) {
    if (size > left_.size())
      throw WrongInput("the Python form of task " + std::to_string(task_) +
                       " returned less than the workload needs");
    const auto taken = left_.first(size);
    left_ = left_.subspan(size);
    return taken;
  }

  std::size_t task_;
  std::span<const std::byte> left_;
};

/// For workloads whose slots hold just what the Python function returns.
inline void copy_python(const PythonAnswer& answer, Results results) {
  const auto slot = results.bytes(answer.task);
  if (answer.value.size() != slot.size())
    throw WrongInput("the Python form of task " + std::to_string(answer.task) + " returned " +
                     std::to_string(answer.value.size()) + " bytes, and " + std::to_string(slot.size()) +
                     " are its result");
  if (!slot.empty()) std::memcpy(slot.data(), answer.value.data(), slot.size());
}

}  // namespace runoff
