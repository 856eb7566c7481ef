#include "doctor/finding.h"

#include <fmt/format.h>
#include <unistd.h>

namespace runoff {

std::string_view to_string(Level level) {
  switch (level) {
    case Level::ok:
      return "ok";
    case Level::warn:
      return "warn";
    case Level::bad:
      return "bad";
  }
  return {};
}

std::string as_root(const std::string& command) { return (::geteuid() == 0 ? "" : "sudo ") + command; }

std::string to_write(std::string_view value, const std::filesystem::path& file) {
  return fmt::format("echo {} | {}", value, as_root("tee " + file.string()));
}

}  // namespace runoff
