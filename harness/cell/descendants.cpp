#include "cell/descendants.h"

#include <unistd.h>

#include "support/proc.h"

namespace runoff::cell {

std::vector<pid_t> descendants() {
  std::vector<pid_t> found = children_of(::getpid());
  for (std::size_t i = 0; i < found.size(); ++i)
    for (const pid_t child : children_of(found[i])) found.push_back(child);
  return found;
}

}  // namespace runoff::cell
