#include "follower.h"

#include <unistd.h>

#include <stdexcept>
#include <utility>

#include "pipes.h"
#include "runoff/failure.h"

namespace runoff::boost_process {

std::vector<std::string> Inheritance::arguments() const {
  return {std::to_string(commands), std::to_string(answers), std::to_string(standard_error)};
}

Inheritance Inheritance::parse(std::span<const std::string> arguments) {
  if (arguments.size() != 3) throw std::invalid_argument("a worker of boost-process needs three descriptors");
  return {std::stoi(arguments[0]), std::stoi(arguments[1]), std::stoi(arguments[2])};
}

Follower::Follower(Inheritance inheritance, Share share)
    : inheritance_(inheritance), share_(std::move(share)) {
  for (const int descriptor : {inheritance_.commands, inheritance_.answers, inheritance_.standard_error})
    set_inherited(descriptor, false);
}

void Follower::serve() {
  ::dup2(inheritance_.standard_error, STDERR_FILENO);
  write_object(inheritance_.answers, Answer{Answer::Kind::ready});
  for (Command command{}; read_object(inheritance_.commands, command) && command == Command::execute;)
    execute();
}

void Follower::execute() {
  FailureKind kind = FailureKind::none;
  std::string failure;
  try {
    share_(inheritance_.answers);
  } catch (...) {
    with_caught([&](FailureKind caught, const char* text) {
      kind = caught;
      failure = text;
    });
  }
  if (kind == FailureKind::none) return write_object(inheritance_.answers, Answer{Answer::Kind::done});
  write_object(inheritance_.answers,
               Answer{Answer::Kind::failed, static_cast<std::uint64_t>(kind), failure.size()});
  write_all(inheritance_.answers, std::as_bytes(std::span(failure)));
}

}  // namespace runoff::boost_process
