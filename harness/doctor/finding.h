#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace runoff {

/// How a part of the machine suits measuring. `ok`: there is nothing to mend. `warn`: figures are less exact
/// than they could be, or tell of less. `bad`: figures mislead until it is mended.
enum class Level { ok, warn, bad };

std::string_view to_string(Level level);

/// What was found about one part of the machine.
struct Finding {
  std::string name = {};  ///< of the part; scripts rely on it
  Level level = Level::ok;
  std::string seen = {};   ///< what there is
  std::string means = {};  ///< for measurements on this machine, in one sentence
  std::string mend =
      {};  ///< the command that mends it; empty where there is nothing to mend, or no command can
  bool prevents = false;  ///< nothing can be measured like this
};

// Commands for a shell. They begin with sudo where this process has not the rights itself.

std::string as_root(const std::string& command);
/// Writes the value into a file of the kernel's; into all of them where the name has a '*'.
std::string to_write(std::string_view value, const std::filesystem::path& file);

}  // namespace runoff
