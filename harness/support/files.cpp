#include "support/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <system_error>

#include "support/descriptor.h"
#include "support/errors.h"

namespace runoff {

namespace {

/// A device, a pipe or a link: a draft that took its name would be in its place.
bool is_special(const std::filesystem::path& file) {
  std::error_code error;
  const auto status = std::filesystem::symlink_status(file, error);
  return std::filesystem::exists(status) && !std::filesystem::is_regular_file(status) &&
         !std::filesystem::is_directory(status);
}

/// For `file`, which messages name, under the name `place`.
void write_at(const std::filesystem::path& place, std::string_view text, const std::filesystem::path& file) {
  write_opened(Descriptor(::open(place.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)), text, file);
}

}  // namespace

void write_file(const std::filesystem::path& file, std::string_view text) {
  if (is_special(file)) return write_at(file, text, file);
  const std::string draft = file.string() + ".draft";
  try {
    write_at(draft, text, file);
    if (std::rename(draft.c_str(), file.c_str()) != 0) fail_on(file, "write");
  } catch (const MachineError&) {
    std::remove(draft.c_str());
    throw;
  }
}

std::string read_file(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

void write_all(int descriptor, std::string_view text, const std::filesystem::path& file) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail_on(file, "write to");
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

void write_opened(Descriptor descriptor, std::string_view text, const std::filesystem::path& file) {
  if (descriptor.get() < 0) fail_on(file, "write");
  write_all(descriptor.get(), text, file);
  if (!descriptor.close()) fail_on(file, "write");
}

void fail_on(const std::filesystem::path& file, const std::string& what) {
  const int error = errno;
  throw MachineError("cannot " + what + " '" + file.string() +
                     "': " + std::generic_category().message(error));
}

}  // namespace runoff
