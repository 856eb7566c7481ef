#pragma once

#include <sys/types.h>

#include <filesystem>
#include <set>
#include <span>

#include "support/descriptor.h"

namespace runoff {

/// Files of named shared memory, which outlive processes that are killed before they could remove them. Those
/// of a job are told from everything else in the folder by three marks: they were not there when the job
/// began, a process of the job held them, and when the job has ended none holds them. A file is known by its
/// inode, because some get their name after they were mapped, as the C library's named semaphores do.
class SharedMemoryFiles {
 public:
  /// The job begins now.
  explicit SharedMemoryFiles(std::filesystem::path folder = "/dev/shm");

  /// Readable when any process made a file since the last note; -1 where that cannot be watched.
  int made() const { return made_.get(); }
  /// Notes what these processes of the job have open or mapped. Call it when a file was made, because others
  /// may kill them, and before they are killed here.
  void note(std::span<const pid_t> processes);
  /// The job has ended: removes what it left.
  void remove_left();

 private:
  void keep_held(pid_t process, std::set<ino_t>& held) const;

  std::filesystem::path folder_;
  Descriptor made_;
  std::set<ino_t> before_, held_;
};

}  // namespace runoff
