#include "answers.h"

#include <cstring>
#include <nlohmann/json.hpp>
#include <string>

#include "runoff/errors.h"

namespace runoff::cpython {
namespace {

/// More than any machine's memory has room for.
constexpr std::uint64_t most_bytes = std::uint64_t{1} << 40;

/// The columns of a table, one after the other.
class Table {
 public:
  explicit Table(std::span<const std::byte> bytes) : left_(bytes) {}

  template <class Number>
  std::vector<Number> column(std::uint64_t rows) {
    if (rows > left_.size() / sizeof(Number)) torn();
    std::vector<Number> numbers(rows);
    const auto bytes = take(rows * sizeof(Number));
    if (rows > 0) std::memcpy(numbers.data(), bytes.data(), bytes.size());
    return numbers;
  }
  std::span<const std::byte> take(std::uint64_t size) {
    if (size > left_.size()) torn();
    const auto taken = left_.first(size);
    left_ = left_.subspan(size);
    return taken;
  }
  bool is_at_end() const { return left_.empty(); }

 private:
  [[noreturn]] static void torn() { throw WrongInput("python3 answered with a table that is cut short"); }

  std::span<const std::byte> left_;
};

}  // namespace

void check(const Head& head) {
  if (head.kind > Kind::lost || head.size > most_bytes)
    throw WrongInput(
        "python3 sent what is no answer; does a task write to descriptors that are not its own?");
}

std::uint64_t tasks_of(std::span<const std::byte> ready) {
  const auto* text = reinterpret_cast<const char*>(ready.data());
  try {
    return nlohmann::json::parse(text, text + ready.size()).at("tasks").get_ref<const std::uint64_t&>();
  } catch (const nlohmann::json::exception& error) {
    throw WrongInput(std::string("python3 does not say how many tasks there are: ") + error.what());
  }
}

Answers read_answers(std::span<const std::byte> message, std::uint64_t tasks) {
  Table table(message);
  const auto head = table.column<std::uint64_t>(2);
  const std::uint64_t rows = head[0];
  const auto numbers = table.column<std::uint64_t>(rows);
  const auto threads = table.column<std::int64_t>(rows);
  const auto times = table.column<std::int64_t>(rows);
  const auto values = table.column<std::uint64_t>(rows);
  const auto failures = table.column<std::uint64_t>(rows);
  Answers answers;
  for (std::size_t row = 0; row < rows; ++row) {
    if (numbers[row] >= tasks)
      throw WrongInput("python3 says that it ran task " + std::to_string(numbers[row]) + " of " +
                       std::to_string(tasks));
    answers.tasks.push_back({numbers[row], threads[row], times[row], table.take(values[row]), {}});
  }
  for (std::size_t row = 0; row < rows; ++row) {
    const auto failure = table.take(failures[row]);
    answers.tasks[row].failure = {reinterpret_cast<const char*>(failure.data()), failure.size()};
  }
  answers.left = table.take(head[1]);
  if (!table.is_at_end()) throw WrongInput("python3 answered with more than its table has room for");
  return answers;
}

}  // namespace runoff::cpython
