#include "support/files.h"

#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "support/errors.h"

namespace runoff {

void write_all(int descriptor, std::string_view text, const std::filesystem::path& file) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail_on(file, "write to");
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

void fail_on(const std::filesystem::path& file, const std::string& what) {
  const int error = errno;
  throw MachineError("cannot " + what + " '" + file.string() +
                     "': " + std::generic_category().message(error));
}

}  // namespace runoff
