#include "follower.h"

#include <sys/mman.h>
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

void Follower::Unmap::operator()(std::byte* memory) const { ::munmap(memory, size); }

Follower::Follower(Inheritance inheritance, const Independent& workload, Results results,
                   ChunkCounter& counter, unsigned workers, bool in_place)
    : inheritance_(inheritance),
      loop_(&workload),
      counter_(counter),
      workers_(workers),
      in_place_(in_place),
      own_slots_(nullptr, Unmap{0}),
      results_(results) {
  take_descriptors();
  if (in_place_ || results.all().empty()) return;
  const std::size_t size = results.all().size();
  void* memory =
      ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  own_slots_ = {static_cast<std::byte*>(memory), Unmap{size}};
  results_ = Results(own_slots_.get(), results.count(), results.size(), results.stride());
}

Follower::Follower(Inheritance inheritance, Lanes& lanes, ChunkCounter& counter, unsigned workers)
    : inheritance_(inheritance),
      lanes_(&lanes),
      counter_(counter),
      workers_(workers),
      own_slots_(nullptr, Unmap{0}) {
  take_descriptors();
}

Follower::Follower(Inheritance inheritance, Subtrees& subtrees, ChunkCounter& counter, unsigned workers)
    : inheritance_(inheritance),
      subtrees_(&subtrees),
      counter_(counter),
      workers_(workers),
      own_slots_(nullptr, Unmap{0}) {
  take_descriptors();
}

void Follower::take_descriptors() {
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
    if (subtrees_ != nullptr)
      subtrees_->work();
    else
      run_chunks();
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

void Follower::run_chunks() {
  // Of a graph, a chunk is a lane to begin with.
  const std::size_t tasks = loop_ != nullptr ? loop_->tasks() : workers_;
  try {
    for (Range chunk; !(chunk = counter_.take(tasks, workers_)).empty();) {
      if (loop_ != nullptr)
        loop_->run(chunk, results_);
      else
        lanes_->run(chunk.first);
      if (in_place_) continue;
      write_object(inheritance_.answers, Answer{Answer::Kind::slots, chunk.first, chunk.last});
      write_slots(inheritance_.answers, chunk, results_);
    }
  } catch (...) {
    counter_.stop(tasks);
    throw;
  }
}

}  // namespace runoff::boost_process
