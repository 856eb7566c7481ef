#include "process/hold.h"

#include <csignal>

#include "support/proc.h"

namespace runoff {

std::vector<pid_t> hold(pid_t process) {
  std::vector<pid_t> held{process};
  for (std::size_t i = 0; i < held.size(); ++i) {
    ::kill(held[i], SIGSTOP);
    for (const pid_t child : children_of(held[i])) held.push_back(child);
  }
  return held;
}

void let_go_on(std::span<const pid_t> held) {
  for (const pid_t process : held) ::kill(process, SIGCONT);
}

}  // namespace runoff
