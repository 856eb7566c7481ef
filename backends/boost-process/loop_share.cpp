#include "loop_share.h"

#include <sys/mman.h>

#include <new>

#include "pipes.h"

namespace runoff::boost_process {

void LoopShare::Unmap::operator()(std::byte* memory) const { ::munmap(memory, size); }

LoopShare::LoopShare(const Independent& loop, Results results, ChunkCounter& chunks, unsigned workers,
                     bool in_place)
    : loop_(loop),
      results_(results),
      chunks_(chunks),
      workers_(workers),
      in_place_(in_place),
      own_slots_(nullptr, Unmap{0}) {
  if (in_place || results.all().empty()) return;
  const std::size_t size = results.all().size();
  void* memory =
      ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  own_slots_ = {static_cast<std::byte*>(memory), Unmap{size}};
  results_ = Results(own_slots_.get(), results.count(), results.size(), results.stride());
}

void LoopShare::work(int answers) {
  const std::size_t tasks = loop_.tasks();
  try {
    for (Range chunk; !(chunk = chunks_.take(tasks, workers_)).empty();) {
      loop_.run(chunk, results_);
      if (in_place_) continue;
      write_object(answers, Answer{Answer::Kind::slots, chunk.first, chunk.last});
      write_slots(answers, chunk, results_);
    }
  } catch (...) {
    chunks_.stop(tasks);
    throw;
  }
}

}  // namespace runoff::boost_process
