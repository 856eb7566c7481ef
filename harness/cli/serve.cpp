#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "cli/commands.h"
#include "support/errors.h"
#include "support/install.h"

namespace runoff {
/// The server is an executable of its own: this process becomes it, and so ends with its status.
int serve(std::vector<std::string> words) {
  const std::string executable = find_install().endpoint();
  words.insert(words.begin(), executable);
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  ::execv(executable.c_str(), arguments.data());
  throw MachineError("cannot start '" + executable + "': " + std::strerror(errno));
}

}  // namespace runoff
