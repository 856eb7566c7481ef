#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "cli/commands.h"
#include "support/errors.h"
#include "support/install.h"

namespace runoff {
namespace {

/// The server is an executable of its own: this process becomes it, and so ends with its status.
int become_endpoint(std::vector<std::string> words) {
  const std::string executable = find_install().endpoint();
  words.insert(words.begin(), executable);
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  ::execv(executable.c_str(), arguments.data());
  throw MachineError("cannot start '" + executable + "': " + std::strerror(errno));
}

}  // namespace

void add_serve(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("serve", "The HTTP endpoint that fetching workloads use by default");
  // Every word is the server's to read, --help as well.
  command->prefix_command();
  command->set_help_flag();
  command->callback(
      [&action, command] { action = [command] { return become_endpoint(command->remaining()); }; });
}

}  // namespace runoff
