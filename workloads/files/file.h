#pragma once

#include <fcntl.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>

namespace files {

/// "write 00012.dat: No space left on device": what was to be done, to which file, and the system's words.
struct FileError : std::runtime_error {
  FileError(const char* what, const std::string& name, int error)
      : FileError(what, name, std::generic_category().message(error)) {}
  FileError(const char* what, const std::string& name, const std::string& why)
      : std::runtime_error(std::string(what) + " " + name + ": " + why) {}
};

/// Calls again as long as a signal came between. Throws FileError for any other error.
template <class Call>
auto checked(const char* what, const std::string& name, Call call) {
  for (;;) {
    const auto result = call();
    if (result >= 0) return result;
    if (errno != EINTR) throw FileError(what, name, errno);
  }
}

/// An open file, which is closed in the end.
class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  File(const std::string& path, const std::string& name, int flags)
      : File(checked("open", name,
                     [&] { return ::open(path.c_str(), flags | O_CLOEXEC, S_IRUSR | S_IWUSR); })) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  int get() const { return descriptor_; }
  /// Gives it to a caller that closes it.
  int release() { return std::exchange(descriptor_, -1); }

 private:
  int descriptor_;
};

/// A file under its temporary name, which is removed unless it became whole. The name is this process's own:
/// ranks may make the same file at once.
class PartialFile {
 public:
  explicit PartialFile(const std::string& whole)
      : path_(whole + "." + std::to_string(::getpid()) + ".part") {}
  PartialFile(const PartialFile&) = delete;
  PartialFile& operator=(const PartialFile&) = delete;
  ~PartialFile() {
    if (!whole_) ::unlink(path_.c_str());
  }
  const std::string& path() const { return path_; }
  void became_whole() { whole_ = true; }

 private:
  std::string path_;
  bool whole_ = false;
};

/// The two pieces that a written file is made of.
using Pieces = std::array<std::span<const std::byte>, 2>;

/// What is left of `pieces` after `written` bytes.
inline Pieces rest_of(const Pieces& pieces, std::size_t written) {
  const std::size_t first = std::min(written, pieces[0].size());
  return {pieces[0].subspan(first), pieces[1].subspan(written - first)};
}

inline std::array<iovec, 2> vectors(const Pieces& pieces) {
  const auto vector = [](std::span<const std::byte> piece) {
    return iovec{const_cast<std::byte*>(piece.data()), piece.size()};
  };
  return {vector(pieces[0]), vector(pieces[1])};
}

/// Writes both pieces where the file stands. Throws FileError.
inline void write_all(const File& file, const std::string& name, const Pieces& pieces) {
  for (Pieces left = pieces; !left[0].empty() || !left[1].empty();) {
    const auto parts = vectors(left);
    left = rest_of(left, static_cast<std::size_t>(
                             checked("write", name, [&] { return ::writev(file.get(), parts.data(), 2); })));
  }
}

/// Writes a file that is whole or not there: under a temporary name first, renamed when all is written. With
/// `sync` both the file and its name are on the disk when this returns. Throws FileError.
inline void write_whole(const std::string& folder, const std::string& name, const Pieces& pieces, bool sync) {
  const std::string path = folder + "/" + name;
  PartialFile part(path);
  {
    File file(part.path(), name, O_WRONLY | O_CREAT | O_TRUNC);
    write_all(file, name, pieces);
    if (sync) checked("fsync", name, [&] { return ::fsync(file.get()); });
    // Not again after a signal: the descriptor is gone then. Some file systems tell of failed writes only
    // here.
    if (::close(file.release()) != 0 && errno != EINTR) throw FileError("close", name, errno);
  }
  checked("rename", name, [&] { return ::rename(part.path().c_str(), path.c_str()); });
  part.became_whole();
  if (sync) {
    const File parent(folder, name, O_RDONLY | O_DIRECTORY);
    checked("fsync the folder of", name, [&] { return ::fsync(parent.get()); });
  }
}

/// Makes a file, or writes over the one that an execution before has left. ext4 sends a file that takes the
/// place of another, or that was cut to nothing, to the disk at once (its `auto_da_alloc`); and to make a
/// file takes it longer the more were removed within minutes, as it gives out none of their inodes
/// (`recently_deleted` in fs/ext4/ialloc.c). No program has either that runs once. Throws FileError.
inline void write_over(const std::string& folder, const std::string& name, std::span<const std::byte> bytes) {
  const File file(folder + "/" + name, name, O_WRONLY | O_CREAT);
  write_all(file, name, {bytes, {}});
  checked("cut", name, [&] { return ::ftruncate(file.get(), static_cast<off_t>(bytes.size())); });
}

/// Reads until `buffer` is full or the file ends, and returns how much that was. Throws FileError.
inline std::size_t read_some(int file, const std::string& name, std::span<std::byte> buffer) {
  std::size_t done = 0;
  while (done < buffer.size()) {
    const auto got = checked("read", name, [&] { return ::read(file, &buffer[done], buffer.size() - done); });
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

}  // namespace files
