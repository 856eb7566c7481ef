#pragma once

#include <istream>
#include <string>

namespace runoff {

/// The file system that a folder lies on.
struct FileSystem {
  std::string type;    ///< "ext4", "tmpfs"; empty where not known
  std::string device;  ///< "/dev/vda1"; what has no device has another name here
};

/// `folder` is absolute and without links; `mounts` as in /proc/self/mountinfo (proc(5)).
FileSystem find_file_system(const std::string& folder, std::istream& mounts);

/// Of a folder of this machine.
FileSystem file_system_of(const std::string& folder);

}  // namespace runoff
