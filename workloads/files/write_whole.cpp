#include "write_whole.h"

#include <cstddef>

namespace files {

boost::asio::awaitable<void> write_whole(Ring& ring, std::string folder, std::string name, Pieces pieces,
                                         bool sync) {
  const auto checked = [&name](const char* what, int result) {
    if (result < 0) throw FileError(what, name, -result);
    return result;
  };
  const std::string path = folder + "/" + name;
  PartialFile part(path);
  {
    File file(checked("open", co_await ring.open(part.path().c_str(), O_WRONLY | O_CREAT | O_TRUNC)));
    const std::size_t size = pieces[0].size() + pieces[1].size();
    for (std::size_t done = 0; done < size;) {
      const auto left = vectors(rest_of(pieces, done));
      done += static_cast<std::size_t>(checked("write", co_await ring.write(file.get(), left, done)));
    }
    if (sync) checked("fsync", co_await ring.fsync(file.get()));
    checked("close", co_await ring.close(file.release()));
  }
  checked("rename", co_await ring.rename(part.path().c_str(), path.c_str()));
  part.became_whole();
  if (sync) {
    const File parent(
        checked("open the folder of", co_await ring.open(folder.c_str(), O_RDONLY | O_DIRECTORY)));
    checked("fsync the folder of", co_await ring.fsync(parent.get()));
  }
}

}  // namespace files
