#include "cell/read_stamps.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <map>

namespace runoff {
namespace {

/// A file, mapped for reading for as long as this lives; empty where it is none of this build.
class MappedStamps {
 public:
  explicit MappedStamps(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return;
    struct stat about {};
    if (::fstat(descriptor, &about) == 0 && about.st_size == static_cast<off_t>(sizeof(StampsFile)))
      address_ = ::mmap(nullptr, sizeof(StampsFile), PROT_READ, MAP_SHARED, descriptor, 0);
    ::close(descriptor);
  }
  MappedStamps(const MappedStamps&) = delete;
  MappedStamps& operator=(const MappedStamps&) = delete;
  ~MappedStamps() {
    if (address_ != MAP_FAILED) ::munmap(address_, sizeof(StampsFile));
  }
  const StampsFile* get() const {
    return address_ == MAP_FAILED ? nullptr : static_cast<const StampsFile*>(address_);
  }

 private:
  void* address_ = MAP_FAILED;
};

}  // namespace

std::optional<StampedCell> read_stamps(const std::filesystem::path& name) {
  const MappedStamps mapped(name);
  const StampsFile* file = mapped.get();
  if (file == nullptr || file->size != sizeof(StampsFile)) return std::nullopt;
  StampedCell cell;
  cell.dropped = file->dropped;
  const std::size_t noted = std::min<std::size_t>(file->executions, file->noted.size());
  std::vector<StampedExecution> all;
  std::vector<bool> complete;
  for (std::size_t i = 0; i < noted; ++i) {
    all.push_back({file->noted[i].begin_ns, file->noted[i].end_ns, {}});
    complete.push_back(file->noted[i].dropped == (i > 0 ? file->noted[i - 1].dropped : 0));
  }
  std::vector<std::map<pid_t, std::vector<Stamp>>> threads(noted);
  const std::size_t blocks = std::min<std::size_t>(file->taken, file->blocks.size());
  for (std::size_t number = 0; number < blocks; ++number) {
    const StampsFile::Block& block = file->blocks[number];
    for (std::uint32_t i = 0; i < std::min<std::size_t>(block.used, block.stamps.size()); ++i) {
      const Stamp& stamp = block.stamps[i];
      const auto after = std::upper_bound(
          all.begin(), all.end(), stamp.begin_ns,
          [](std::int64_t at, const StampedExecution& execution) { return at < execution.begin_ns; });
      if (after == all.begin() || stamp.end_ns > (after - 1)->end_ns) continue;
      threads[static_cast<std::size_t>(after - all.begin() - 1)][block.thread].push_back(stamp);
    }
  }
  for (std::size_t i = 0; i < noted; ++i) {
    if (!complete[i]) {
      cell.incomplete += 1;
      continue;
    }
    for (auto& [thread, stamps] : threads[i]) {
      std::sort(stamps.begin(), stamps.end(),
                [](const Stamp& a, const Stamp& b) { return a.end_ns < b.end_ns; });
      all[i].threads.push_back({thread, std::move(stamps)});
    }
    cell.executions.push_back(std::move(all[i]));
  }
  if (file->run_delay_ns >= 0 && noted > 0)
    cell.run_delay_ns = static_cast<double>(file->run_delay_ns) / static_cast<double>(noted);
  return cell;
}

}  // namespace runoff
