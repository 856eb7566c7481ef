#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace runoff::cpython {

/// What the driver says, as runoff_serve.py numbers it.
enum class Kind : std::uint64_t { ready, answers, part, failed, unsupported, lost };

/// Before each message.
struct Head {
  Kind kind;
  std::uint64_t size;
};

/// Throws WrongInput for a head that no driver sends.
void check(const Head& head);

/// Of "ready": how many tasks the Python form has. Throws WrongInput.
std::uint64_t tasks_of(std::span<const std::byte> ready);

/// What became of one task. Value and failure lie in the message.
struct TaskAnswer {
  std::uint64_t task;
  std::int64_t thread;
  std::int64_t time_ns;
  std::span<const std::byte> value;
  std::string_view failure;
};

/// Of "answers": one execution.
struct Answers {
  std::vector<TaskAnswer> tasks;
  std::span<const std::byte> left;
};

/// Reads a message about tasks that are numbered below `tasks`. Throws WrongInput.
Answers read_answers(std::span<const std::byte> message, std::uint64_t tasks);

}  // namespace runoff::cpython
