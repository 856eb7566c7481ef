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

using Make = std::function<void(const Append&)>;

/// For `file`, which messages name, under the name `place`.
void write_at(const std::filesystem::path& place, const Make& make, const std::filesystem::path& file) {
  constexpr std::size_t enough = 1 << 16;  // for one call of the kernel
  Descriptor opened(::open(place.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (opened.get() < 0) fail_on(file, "write");
  std::string waiting;
  make([&](std::string_view text) {
    waiting += text;
    if (waiting.size() < enough) return;
    write_all(opened.get(), waiting, file);
    waiting.clear();
  });
  write_opened(std::move(opened), waiting, file);
}

}  // namespace

void write_file(const std::filesystem::path& file, const Make& make) {
  if (is_special(file)) return write_at(file, make, file);
  const std::string draft = file.string() + ".draft";
  try {
    write_at(draft, make, file);
    if (std::rename(draft.c_str(), file.c_str()) != 0) fail_on(file, "write");
  } catch (...) {
    std::remove(draft.c_str());
    throw;
  }
}

void write_file(const std::filesystem::path& file, std::string_view text) {
  write_file(file, [text](const Append& append) { append(text); });
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
