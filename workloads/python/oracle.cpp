#include "oracle.h"

#include <cstdint>
#include <nlohmann/json.hpp>

#include "runoff/errors.h"
#include "runoff/python/file_beside.h"

namespace python {
namespace {

/// The oracle's script lies beside this module.
std::string script() {
  static const char here = 0;
  return runoff::file_beside(&here, "python_oracle.py");
}

std::string interpreter() {
  std::string found = runoff::find_python();
  if (found.empty()) throw runoff::InvalidParameter(runoff::no_python());
  return found;
}

// Less than the harness gives a module to describe itself: it would only say that nothing came.
constexpr std::chrono::seconds longest_import{15};

}  // namespace

Oracle::Oracle(const std::string& file) : process_(interpreter(), script()) {
  const Answer answer = ask(nlohmann::json{{"file", file}}.dump() + "\n", longest_import);
  if (!answer.fine) throw runoff::InvalidParameter(answer.text);
  tasks_ = std::stoull(answer.text);
}

void Oracle::expect() {
  if (const Answer answer = ask("expect\n"); !answer.fine) throw std::runtime_error(answer.text);
}

std::string Oracle::check(std::span<const std::string> results) {
  std::string words = "check\n";
  for (const std::string& one : results) {
    const std::uint64_t size = one.size();
    words.append(reinterpret_cast<const char*>(&size), sizeof(size));
  }
  for (const std::string& one : results) words += one;
  return ask(words).text;
}

Oracle::Answer Oracle::ask(const std::string& words, std::optional<std::chrono::seconds> limit) {
  struct {
    std::uint64_t fine = 0, size = 0;
  } head;
  Answer answer;
  const auto receive = [this](auto* first, std::size_t count) {
    return process_.receive(std::as_writable_bytes(std::span(first, count)));
  };
  const bool sent = process_.send(words);
  if (sent && limit && !process_.answers_within(*limit))
    return {false, "it takes longer than " + std::to_string(limit->count()) +
                       " s to import the file and to call its `tasks()`: let `task` do what takes long"};
  if (sent && receive(&head, 1)) {
    answer.fine = head.fine != 0;
    answer.text.resize(head.size);
    if (receive(answer.text.data(), answer.text.size())) return answer;
  }
  return {false, process_.how_it_ended() + " while it ran the file or its tasks in a loop"};
}

}  // namespace python
