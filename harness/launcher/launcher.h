#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "launcher/protocol.h"
#include "process/child.h"
#include "process/shared_memory_files.h"
#include "support/descriptor.h"

namespace runoff {

/// runoff's end of runoff-launcher. It starts the launcher, sends it requests, and leaves no process behind.
class Launcher {
 public:
  /// Throws MachineError when the launcher does not start.
  explicit Launcher(const std::filesystem::path& executable);
  Launcher(const Launcher&) = delete;
  Launcher& operator=(const Launcher&) = delete;
  /// Ends what still runs.
  ~Launcher();

  /// A private folder that lives as long as the launcher.
  const std::filesystem::path& folder() const { return folder_; }

  /// A private folder in memory, made for each process that is run, and removed with all it holds when that
  /// has ended: for files of shared memory, whose makers may be killed before they can remove them.
  const std::filesystem::path& shared_memory() const { return shared_memory_folder_; }

  /// Runs one process, and waits until it and all that it started have ended. Nothing when `Interruption`
  /// happened meanwhile: the launcher is then of no further use. Throws MachineError when the launcher died.
  std::optional<Answer> run(const Request& request);

  /// The same for several that take turns (see turn_socket.h): one of them goes on at a time. Those that ask
  /// for no turn run one after the other. The answers are in their order.
  std::optional<std::vector<Answer>> run_in_turns(std::vector<Request> requests);

  /// Where cells ask for turns: `runoff-cell --turns`.
  pid_t process() const { return process_.id(); }

 private:
  void end();
  std::optional<Answer> receive_answer();

  Descriptor socket_;
  Child process_;
  std::filesystem::path folder_, shared_memory_folder_;
  SharedMemoryFiles shared_memory_;  // of cells whose launcher was killed
};

}  // namespace runoff
