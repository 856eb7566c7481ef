#include "support/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

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
  Descriptor opened(
      ::open(place.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0644));
  if (opened.get() < 0 && errno == ENXIO)
    throw MachineError("cannot write '" + file.string() + "': it is a pipe that no program reads");
  if (opened.get() < 0) fail_on(file, "write");
  ::fcntl(opened.get(), F_SETFL, 0);  // only to open it was not to be waited for
  std::string waiting;
  make([&](std::string_view text) {
    waiting += text;
    if (waiting.size() < enough) return;
    write_all(opened.get(), waiting, file);
    waiting.clear();
  });
  write_opened(std::move(opened), waiting, file);
}

/// What is in the way of a folder that cannot be made.
std::string why_no_folder(const std::filesystem::path& folder, std::error_code error) {
  namespace fs = std::filesystem;
  std::error_code none;
  for (fs::path part = folder; part.has_relative_path(); part = part.parent_path())
    if (fs::is_symlink(part, none) && fs::status(part, none).type() == fs::file_type::not_found)
      return std::string("'") + part.c_str() + "' is a link to '" + fs::read_symlink(part, none).c_str() +
             "', which is not there";
  if (folder.is_relative() && fs::current_path(none).empty()) return "the current folder has been removed";
  return error ? error.message() : "it is a file";
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
  if (auto text = read_if_there(file)) return std::move(*text);
  errno = ENOENT;
  fail_on(file, "read");
}

std::optional<std::string> read_if_there(const std::filesystem::path& file) {
  const Descriptor opened(::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (opened.get() < 0 && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
  if (opened.get() < 0) fail_on(file, "read");
  return read_opened(opened.get(), file);
}

std::string read_opened(int descriptor, const std::filesystem::path& file) {
  struct stat about {};
  if (::fstat(descriptor, &about) != 0) fail_on(file, "read");
  if (!S_ISREG(about.st_mode))
    throw MachineError("cannot read '" + file.string() + "': it is no regular file");
  // One more than it has, for its end. Of files in /proc no size is told.
  std::string text(std::max<std::size_t>(static_cast<std::size_t>(about.st_size) + 1, 4096), '\0');
  for (std::size_t size = 0;;) {
    const ssize_t came = ::read(descriptor, text.data() + size, text.size() - size);
    if (came < 0 && errno == EINTR) continue;
    if (came < 0) fail_on(file, "read");
    size += static_cast<std::size_t>(came);
    if (size == text.size()) text.resize(2 * size);
    if (came > 0) continue;
    text.resize(size);
    return text;
  }
}

void write_all(int descriptor, std::string_view text, const std::filesystem::path& file) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail_on(file, "write to");
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

void write_through(int descriptor, std::string_view text, const std::filesystem::path& file) {
  write_all(descriptor, text, file);
  while (::fdatasync(descriptor) != 0) {
    if (errno == EINTR) continue;
    if (errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP || errno == EROFS) return;  // it cannot
    fail_on(file, "write to");  // network file systems say only now that there is no room
  }
}

void write_opened(Descriptor descriptor, std::string_view text, const std::filesystem::path& file) {
  if (descriptor.get() < 0) fail_on(file, "write");
  write_all(descriptor.get(), text, file);
  if (!descriptor.close()) fail_on(file, "write");
}

void make_folder(const std::filesystem::path& folder) {
  std::error_code error, none;
  std::filesystem::create_directories(folder, error);
  if (error || !std::filesystem::is_directory(folder, none))
    throw MachineError("cannot make the folder '" + folder.string() + "': " + why_no_folder(folder, error));
}

bool is_same_file(const std::filesystem::path& one, const std::filesystem::path& other) {
  std::error_code none;  // of what is not there
  if (std::filesystem::equivalent(one, other, none)) return true;
  const auto place = std::filesystem::weakly_canonical(one, none);
  return !place.empty() && place == std::filesystem::weakly_canonical(other, none);
}

void fail_on(const std::filesystem::path& file, const std::string& what) {
  const int error = errno;
  throw MachineError("cannot " + what + " '" + file.string() +
                     "': " + std::generic_category().message(error));
}

}  // namespace runoff
