#include "follower.h"

#include <sys/mman.h>
#include <unistd.h>

#include <stdexcept>
#include <utility>

#include "pipes.h"

namespace runoff::boost_process {

std::vector<std::string> Inheritance::arguments() const {
  return {std::to_string(commands), std::to_string(answers), std::to_string(standard_error)};
}

Inheritance Inheritance::parse(std::span<const std::string> arguments) {
  if (arguments.size() != 3) throw std::invalid_argument("a worker of boost-process needs three descriptors");
  return {std::stoi(arguments[0]), std::stoi(arguments[1]), std::stoi(arguments[2])};
}

void Follower::Unmap::operator()(std::byte* memory) const { ::munmap(memory, size); }

Follower::Follower(Inheritance inheritance, const Independent& workload, Results results,
                   ChunkCounter& counter, unsigned workers, bool in_place)
    : inheritance_(inheritance),
      workload_(workload),
      counter_(counter),
      workers_(workers),
      in_place_(in_place),
      own_slots_(nullptr, Unmap{0}),
      results_(results) {
  for (const int descriptor : {inheritance_.commands, inheritance_.answers, inheritance_.standard_error})
    set_inherited(descriptor, false);
  if (in_place_ || results.all().empty()) return;
  const std::size_t size = results.all().size();
  void* memory =
      ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  own_slots_ = {static_cast<std::byte*>(memory), Unmap{size}};
  results_ = Results(own_slots_.get(), results.count(), results.size(), results.stride());
}

void Follower::serve() {
  ::dup2(inheritance_.standard_error, STDERR_FILENO);
  write_object(inheritance_.answers, Answer{Answer::Kind::ready});
  for (Command command{}; read_object(inheritance_.commands, command) && command == Command::execute;)
    execute();
}

void Follower::execute() {
  const std::size_t tasks = workload_.tasks();
  std::optional<std::string> failure;
  try {
    for (Range chunk; !(chunk = counter_.take(tasks, workers_)).empty();) {
      workload_.run(chunk, results_);
      if (in_place_) continue;
      write_object(inheritance_.answers, Answer{Answer::Kind::slots, chunk.first, chunk.last});
      write_slots(inheritance_.answers, chunk, results_);
    }
  } catch (const std::exception& error) {
    failure = error.what();
  } catch (...) {
    failure = "a task threw something that is not a std::exception";
  }
  if (!failure) return write_object(inheritance_.answers, Answer{Answer::Kind::done});
  counter_.stop(tasks);
  write_object(inheritance_.answers, Answer{Answer::Kind::failed, 0, failure->size()});
  write_all(inheritance_.answers, std::as_bytes(std::span(*failure)));
}

}  // namespace runoff::boost_process
