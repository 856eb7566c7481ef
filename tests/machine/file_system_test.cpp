#include "machine/file_system.h"

#include <gtest/gtest.h>

#include <sstream>

namespace runoff {
namespace {

// As in proc(5), with none, one and two optional fields.
constexpr const char* mounts =
    "27 1 254:0 / / rw,noatime - ext4 /dev/vda rw\n"
    "30 27 0:26 / /tmp rw shared:1 - tmpfs first rw\n"
    "31 27 8:1 / /tmp rw shared:2 master:1 - xfs /dev/sda1 rw\n"
    "32 27 0:27 / /tmp/with\\040blank rw - tmpfs second\\134name rw\n"
    "33 27 torn line\n";

FileSystem of(const std::string& folder) {
  std::istringstream stream(mounts);
  return find_file_system(folder, stream);
}

TEST(FileSystem, IsThatOfTheLongestMountAbove) {
  EXPECT_EQ(of("/").type, "ext4");
  EXPECT_EQ(of("/home/someone").device, "/dev/vda");
  EXPECT_EQ(of("/tmpfoo").type, "ext4");
  EXPECT_EQ(of("/tmp/with").type, "xfs");
}

TEST(FileSystem, IsTheLastOfThoseMountedAtOnePlace) { EXPECT_EQ(of("/tmp").device, "/dev/sda1"); }

TEST(FileSystem, NamesMayHoldBlanksAndBackslashes) {
  EXPECT_EQ(of("/tmp/with blank/a").type, "tmpfs");
  EXPECT_EQ(of("/tmp/with blank").device, "second\\name");
}

TEST(FileSystem, OfThisMachineIsReadFromTheKernel) {
  EXPECT_EQ(file_system_of("/proc/sys").type, "proc");
  EXPECT_EQ(file_system_of("/no/such/folder").type, "");
}

}  // namespace
}  // namespace runoff
