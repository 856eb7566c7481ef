#include "support/install.h"

#include "support/errors.h"

namespace runoff {

Install find_install() {
  std::error_code error;
  const auto executable = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) throw MachineError("cannot read /proc/self/exe: " + error.message() + "; runoff needs /proc");
  const auto bin = executable.parent_path();
  const auto prefix = bin.parent_path();
  const auto modules = prefix / "lib" / "runoff";
  return {bin, modules / "backends", modules / "workloads", prefix / "share" / "runoff"};
}

}  // namespace runoff
