#pragma once

#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "process/child.h"
#include "support/descriptor.h"
#include "support/text.h"

namespace runoff {

/// How a process is started.
struct Spawn {
  std::vector<std::string> arguments;  ///< the first is a path, or a name that `find_program` finds
  Pairs environment;                   ///< on top of this process's own
  int input = -1;                      ///< descriptors for its standard streams; -1 is /dev/null
  int output = -1;
  int error = -1;
  bool dies_with_parent = true;  ///< SIGKILL when the thread that started it ends
};

/// Starts a process in a process group of its own, with no signal blocked or ignored. Throws
/// std::system_error where nothing could be started, and MachineError where the kernel has no pidfd_open.
Child spawn(const Spawn& how);

/// Both ends of a pipe (read, write), closed on exec, reading without blocking. Throws std::system_error.
std::pair<Descriptor, Descriptor> make_pipe();

/// Appends what is there to read. Of more than `most` bytes the beginning and the end are kept, half each:
/// some programs name a cause first, others last. False at the end of the stream.
bool read_ends(int descriptor, std::string& text, std::size_t most);

}  // namespace runoff
