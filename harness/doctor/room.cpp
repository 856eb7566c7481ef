#include "doctor/room.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>

#include "machine/file_system.h"
#include "support/descriptor.h"
#include "support/text.h"

namespace runoff {
namespace {

constexpr std::int64_t mebibytes = 1 << 20;

std::optional<std::int64_t> most_of(int resource) {
  rlimit limit{};
  if (::getrlimit(static_cast<__rlimit_resource>(resource), &limit) != 0 || limit.rlim_max == RLIM_INFINITY)
    return std::nullopt;
  return static_cast<std::int64_t>(limit.rlim_max);
}

std::string number_or_none(std::optional<std::int64_t> limit) {
  return limit ? std::to_string(*limit) : "any number of";
}

}  // namespace

Room look_at_room(const std::filesystem::path& folder) {
  Room room{
      .folder = folder, .bytes_free = std::nullopt, .file_system = file_system_of(folder.string()).type};
  struct statvfs system {};
  if (::statvfs(folder.c_str(), &system) != 0) return room;
  room.bytes_free = static_cast<std::int64_t>(system.f_bavail) * static_cast<std::int64_t>(system.f_frsize);
  // A file without a name: whatever ends this process, nothing is left. Some file systems have none.
  const Descriptor file(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR));
  room.writable = file.get() >= 0 || (errno == EOPNOTSUPP && ::access(folder.c_str(), W_OK | X_OK) == 0);
  return room;
}

Finding check_shared_memory(const Room& room) {
  Finding finding{.name = "shared-memory"};
  const bool usable = room.bytes_free && room.writable;
  finding.seen = !room.bytes_free ? fmt::format("there is no {}", room.folder.string())
                 : !room.writable
                     ? fmt::format("{} cannot be written", room.folder.string())
                     : fmt::format("{} free in {}", format_bytes(*room.bytes_free), room.folder.string());
  if (usable && *room.bytes_free >= 256 * mebibytes) {
    finding.means = "runtimes that share memory by name (MPI, Python's pools) have room";
    return finding;
  }
  finding.level = Level::warn;
  finding.means =
      usable ? "MPI with many ranks may run out of it and end with a bus error; runoff itself does not use it"
             : "MPI and Python's pools of processes may not start; runoff itself does not use it";
  finding.mend =
      room.bytes_free
          ? as_root(fmt::format("mount -o remount,rw,mode=1777,size=1G {}", room.folder.string()))
          : as_root(fmt::format("mount -t tmpfs -o mode=1777,size=1G tmpfs {}", room.folder.string()));
  return finding;
}

Finding check_temporary_files(const Room& room) {
  Finding finding{.name = "temporary-files"};
  if (!room.bytes_free || !room.writable) {
    finding.level = Level::bad;
    finding.prevents = true;
    finding.seen =
        room.bytes_free ? room.folder.string() + " cannot be written" : "there is no " + room.folder.string();
    finding.means = "each sample keeps its result there: nothing can be measured";
    finding.mend = "export TMPDIR=/var/tmp";
    return finding;
  }
  const bool in_memory = room.file_system == "tmpfs" || room.file_system == "ramfs";
  finding.seen = fmt::format("{} free in {}, {}", format_bytes(*room.bytes_free), room.folder.string(),
                             room.file_system.empty() ? "file system not known" : room.file_system);
  finding.means = in_memory ? "files of workloads lie in memory: what they show of disks is no disk's"
                            : "files of workloads lie on a disk, behind the page cache";
  if (*room.bytes_free < 1024 * mebibytes) {
    finding.level = *room.bytes_free < 16 * mebibytes ? Level::bad : Level::warn;
    finding.means = "workloads that write files may fail for want of space";
    finding.mend = "export TMPDIR=/var/tmp";
  }
  return finding;
}

ProcessLimits read_process_limits() { return {most_of(RLIMIT_NOFILE), most_of(RLIMIT_NPROC)}; }

Finding check_limits(const ProcessLimits& limits, const CgroupLimits& groups) {
  // 1000 workers, as threads or as processes, with a few descriptors each, and what runs beside them.
  constexpr std::int64_t enough_descriptors = 8'192, enough_processes = 1'500, too_few = 64;
  Finding finding{.name = "limits"};
  auto processes = limits.processes;
  const bool by_group = groups.processes && (!processes || *groups.processes < *processes);
  if (by_group) processes = groups.processes;
  finding.seen = fmt::format("{} descriptors, {} processes and threads", number_or_none(limits.descriptors),
                             number_or_none(processes));
  const bool few_descriptors = limits.descriptors && *limits.descriptors < enough_descriptors;
  const bool few_processes = processes && *processes < enough_processes;
  if (!few_descriptors && !few_processes) {
    finding.means = "a thousand workers have room";
    return finding;
  }
  finding.level = processes && *processes < too_few ? Level::bad : Level::warn;
  finding.means = few_processes
                      ? "cells with hundreds of workers fail to start them"
                      : "cells with hundreds of worker processes or connections run out of descriptors";
  finding.mend = !few_processes ? as_root(fmt::format("prlimit --pid $$ --nofile={}", 8 * enough_descriptors))
                 : by_group     ? to_write("max", groups.processes_file)
                                : as_root("prlimit --pid $$ --nproc=unlimited");
  return finding;
}

}  // namespace runoff
