#include "answers.h"

#include "fuzz.h"
#include "runoff/errors.h"

using namespace runoff::cpython;

// What python3 sends, or a task that writes where it should not: read, or refused as WrongInput. The first
// byte says what it is taken for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::span bytes(reinterpret_cast<const std::byte*>(data + 1), size - 1);
  try {
    if (data[0] % 2 == 0) {
      tasks_of(bytes);
      return 0;
    }
    constexpr std::uint64_t tasks = 5;
    const Answers answers = read_answers(bytes, tasks);
    std::size_t held = answers.left.size();
    for (const TaskAnswer& one : answers.tasks) {
      require(one.task < tasks, "a task that there is");
      held += one.value.size() + one.failure.size() + 5 * sizeof(std::uint64_t);
    }
    require(held + 2 * sizeof(std::uint64_t) == bytes.size(), "all of the message is an answer, once");
  } catch (const runoff::WrongInput&) {
  }
  return 0;
}
