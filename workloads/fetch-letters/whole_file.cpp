#include "whole_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace {

class File {
 public:
  File(const std::string& path, int flags) : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
  ~File() { close(); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  int descriptor() const { return descriptor_; }
  /// False when what was written could not be kept.
  bool close() { return descriptor_ < 0 || ::close(std::exchange(descriptor_, -1)) == 0; }

 private:
  int descriptor_;
};

[[noreturn]] void fail(const char* what, const std::string& name, int error) {
  throw std::runtime_error(std::string("cannot ") + what + " " + name + ": " +
                           std::generic_category().message(error));
}

bool write_all(int descriptor, const std::string& content) {
  for (std::size_t written = 0; written < content.size();) {
    const ssize_t n = ::write(descriptor, content.data() + written, content.size() - written);
    if (n < 0 && errno != EINTR) return false;
    if (n > 0) written += static_cast<std::size_t>(n);
  }
  return true;
}

}  // namespace

void write_whole_file(const std::string& folder, const std::string& name, const std::string& content) {
  const std::string path = folder + "/" + name;
  const std::string part = path + ".part";
  File file(part, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW);
  if (file.descriptor() < 0) fail("write", name, errno);
  if (write_all(file.descriptor(), content) && file.close() && ::rename(part.c_str(), path.c_str()) == 0)
    return;
  const int error = errno;
  ::unlink(part.c_str());
  fail("write", name, error);
}

std::string read_whole_file(const std::string& folder, const std::string& name) {
  const File file(folder + "/" + name, O_RDONLY);
  if (file.descriptor() < 0) fail("read", name, errno);
  std::string content;
  char buffer[64 << 10];
  for (;;) {
    const ssize_t n = ::read(file.descriptor(), buffer, sizeof(buffer));
    if (n == 0) return content;
    if (n > 0)
      content.append(buffer, static_cast<std::size_t>(n));
    else if (errno != EINTR)
      fail("read", name, errno);
  }
}
