#pragma once

#define BOOST_PROCESS_USE_STD_FS 1
// Boost takes it that POSIX of today has none; Linux has it.
#define BOOST_POSIX_HAS_VFORK 1

#include <boost/process/child.hpp>
#include <boost/process/pipe.hpp>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "pipes.h"
#include "runoff/backend.h"

namespace runoff::boost_process {

/// A file descriptor, closed at the end of its life.
class Descriptor {
 public:
  explicit Descriptor(int descriptor = -1) : descriptor_(descriptor) {}
  Descriptor(Descriptor&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor();
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

/// How a worker's process comes to be: what a fork copies, a vfork shares until the worker's program begins.
enum class Start { fork, vfork };

/// The workers of one leader: spawned processes, each with a pipe for commands and one for answers.
class Crew {
 public:
  /// Spawns the workers and waits until each is ready. Throws WorkerLost, with what it said, when one ends
  /// instead.
  Crew(Host& host, unsigned workers, Start start);
  /// Ends all workers: asks first, kills those that do not end within some seconds, and reaps them.
  ~Crew();
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  /// One execution: commands it and takes the answers, with `results` as the place for slots that come by
  /// pipe. Throws TaskFailed or WrongInput when a task threw, and WorkerLost, with no worker left alive, when
  /// a worker died.
  void execute(Results results);
  /// Bytes of results that came by pipe since the last call.
  std::uint64_t take_bytes_copied() { return std::exchange(bytes_copied_, 0); }

 private:
  struct Worker {
    boost::process::child process;
    boost::process::pipe commands;  // the leader holds both ends: writing to a dead worker raises no SIGPIPE
    boost::process::pipe answers;
    Descriptor exit;  // a pidfd: readable as soon as the process has ended
  };

  /// Throws system_error, which says the number of the worker that could not be started.
  void spawn_next(Host& host);
  void spawn(Host& host);
  void watch(std::size_t index);
  void tell(Worker& worker, Command command);
  /// Waits for an answer from any worker.
  std::pair<Worker*, Answer> next_answer();
  /// Ends everything because this worker has ended.
  [[noreturn]] void lose(Worker& worker);
  void kill_all();
  std::string take_start_log();

  Start start_;
  std::uint64_t kills_before_;
  Descriptor start_log_;  // standard error of the workers until they are ready
  Descriptor standard_error_;
  Descriptor events_;
  std::vector<Worker> workers_;
  std::string lost_;
  std::uint64_t bytes_copied_ = 0;
};

}  // namespace runoff::boost_process
