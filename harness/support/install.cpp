#include "support/install.h"

#include "support/errors.h"

namespace runoff {

Install find_install() {
  std::error_code error;
  const auto executable = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) throw MachineError("cannot read /proc/self/exe: " + error.message() + "; runoff needs /proc");
  return install_at(executable.parent_path().parent_path());
}

Install install_at(const std::filesystem::path& prefix) {
  const auto modules = prefix / "lib" / "runoff";
  return {prefix / "bin", modules / "backends", modules / "workloads", prefix / "share" / "runoff"};
}

}  // namespace runoff
