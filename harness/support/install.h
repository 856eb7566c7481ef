#pragma once

#include <filesystem>

namespace runoff {

/// Where runoff's own files are. They are found from the executable that runs, so that a built or installed
/// tree can be moved.
struct Install {
  std::filesystem::path bin;        ///< the executables
  std::filesystem::path backends;   ///< modules
  std::filesystem::path workloads;  ///< modules
  std::filesystem::path share;      ///< presets, claims, programs, templates, plots

  /// Modules that put others to the test.
  std::filesystem::path probes() const { return backends.parent_path() / "probes"; }
  std::filesystem::path cell() const { return bin / "runoff-cell"; }
  std::filesystem::path launcher() const { return bin / "runoff-launcher"; }
  std::filesystem::path endpoint() const { return bin / "runoff-endpoint"; }
  std::filesystem::path presets() const { return share / "presets"; }
  /// A folder for each backend that shows how to use its runtime.
  std::filesystem::path programs() const { return share / "programs"; }
  /// What `runoff new` fills in.
  std::filesystem::path templates() const { return share / "templates"; }
  std::filesystem::path claims() const { return share / "claims"; }
  std::filesystem::path plots() const { return share / "plots"; }
};

/// Throws MachineError when /proc is not there.
Install find_install();

/// Of a build or installed tree with this root.
Install install_at(const std::filesystem::path& prefix);

}  // namespace runoff
